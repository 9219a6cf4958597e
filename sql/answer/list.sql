-- grain: one row per mail, the newest first
select
    mail_no as "số", kind as "loại thư", to_address as "tới", subject as "về việc", state as "tình trạng",
    to_char(ref.local_time(coalesce(sent_at, composed_at)), 'DD/MM/YYYY HH24:MI') as "lúc",
    tries as "lần thử", last_error as "vì sao"
from ops.outbox
order by mail_no desc
limit :most
