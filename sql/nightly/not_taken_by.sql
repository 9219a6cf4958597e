-- grain: one row per thing that came by one way in and could not be taken
select name, message_vi as why_vi, message_en as why_en
from ops.not_taken
where way = :way
order by name
limit :most
