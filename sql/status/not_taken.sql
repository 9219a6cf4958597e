-- grain: one row per thing in an inbox that was not taken
select
    name as "tên",
    message_vi as "nội dung",
    fix_vi as "việc cần làm"
from ops.not_taken
order by name
