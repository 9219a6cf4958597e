-- grain: one row per thing in an inbox that was not taken, or that lies there with the content of a
-- file of another name, which was
with taken as (
    select content_sha256, array_agg(original_name order by arrival desc) as names, max(received_at) as last_on
    from raw.filing
    group by content_sha256
)

select
    name as "tên",
    message_vi as "nội dung",
    fix_vi as "việc cần làm"
from ops.not_taken
union all
select
    f.name,
    'Giống hệt tệp “' || t.names[1] || '” đã nhận ngày '
    || to_char(ref.local_time(t.last_on), 'DD/MM/YYYY') || ', nên không nhận lại.',
    'Nếu là bản đã sửa: mở tệp xem đã lưu chỗ sửa chưa. Nếu gửi trùng: xóa khỏi hộp nhận.'
from ops.fetched as f
inner join taken as t using (content_sha256)
where f.name <> all(t.names)
order by "tên"
