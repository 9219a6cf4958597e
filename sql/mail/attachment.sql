-- grain: one row, of a file of a message
insert into ops.attachment (
    message_key, attachment_no, name, content_sha256, filing_id, rule
)
values (:message_key, :attachment_no, :file_name, :content_sha256, :filing_id, :rule)
on conflict (message_key, attachment_no) do update
set filing_id = excluded.filing_id, rule = excluded.rule
