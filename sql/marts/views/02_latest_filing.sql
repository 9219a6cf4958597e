-- makes mart.latest_filing
-- reads raw.current_filing
-- one row per warehouse
-- why what is printed says until when it knows, without asking what is due
create view mart.latest_filing as
select max(received_at) as received_at
from raw.current_filing;
