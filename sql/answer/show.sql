-- grain: one row: a mail by its number; a column is named as it is shown
select
    mail_no as "thư số",
    kind as "loại thư",
    to_address as "tới",
    subject as "về việc",
    state as "tình trạng",
    to_char(ref.local_time(composed_at), 'DD/MM/YYYY HH24:MI') as "soạn lúc",
    to_char(ref.local_time(sent_at), 'DD/MM/YYYY HH24:MI') as "gửi hoặc ghi lúc",
    tries as "lần thử",
    last_error as "vì sao",
    message_id as "Message-ID",
    body
from ops.outbox
where mail_no = :mail_no
