-- grain: one row per sender and reason of messages that wait in quarantine, or that nobody can be
-- held to (mail-from-unclear) or that are too large; the rule is shown in words
select
    from_address as "người gửi",
    count(*) as "số thư",
    to_char(ref.local_time(max(received_at)), 'DD/MM/YYYY') as "thư mới nhất",
    (array_agg(subject order by received_at desc, message_key))[1] as "tiêu đề",
    rule as "nội dung",
    rule as "việc cần làm"
from ops.message
where state = 'quarantined' or rule in ('mail-from-unclear', 'mail-too-large')
group by from_address, rule
order by max(received_at) desc, from_address, rule
