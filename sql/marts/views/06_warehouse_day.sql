-- makes stg.warehouse_day
-- reads raw.filing
-- one row per warehouse: the day that it takes for today, none where nothing was received
-- why it goes by no clock; the newest receipt but one, so that one file with a wrong date or none
--   makes nobody late and hides nobody who is
create view stg.warehouse_day as
select ref.local_time(min(received_at))::date as received_on
from (
    select max(received_at) as received_at from raw.filing
    group by content_sha256, arrival
    order by received_at desc limit 2
) as last;
