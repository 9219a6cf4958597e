-- grain: one row per mail that could not be sent, has to wait for the mail server, or may have arrived
-- twice
select
    mail_no || '. ' || to_address || ': ' || case
        when state = 'failed' then 'không gửi được'
        when state = 'sent' then 'có thể đã tới hai lần'
        else 'chờ từ ' || to_char(ref.local_time(composed_at), 'DD/MM/YYYY HH24:MI')
    end || coalesce(' (' || nullif(last_error, '') || ')', '')
    || case when state = 'failed' then ' → khoxa mail retry ' || mail_no else '' end
from ops.outbox
where state = 'failed' or state = 'sent' and cuts > 0 or state = 'waiting' and last_error <> ''
order by state <> 'failed', mail_no desc
limit 20
