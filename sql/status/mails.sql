-- grain: one row where there are mails: how many were sent, written to files, wait or failed
select
    'Thư: ' || concat_ws(
        ', ',
        ref.number_text(nullif(count(*) filter (where state = 'sent'), 0)) || ' đã gửi',
        ref.number_text(nullif(count(*) filter (where state = 'written'), 0)) || ' đã viết trong {mails} (chạy thử)',
        ref.number_text(nullif(count(*) filter (where state in ('waiting', 'sending')), 0)) || ' đang chờ',
        ref.number_text(nullif(count(*) filter (where state = 'failed'), 0)) || ' không gửi được'
    ) || ' / mails: khoxa mail list'
from ops.outbox
having count(*) > 0
