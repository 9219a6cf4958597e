-- grain: one row per filing by the unit or one in it, at its time or now, of the latest year of any, or
-- one due that is not there, or one of an earlier year that was rejected and has no later version:
-- year by year, in each what somebody has to do something about first
with scope as (
    select distinct unit_id from stg.unit_place where place_code = :unit
),

latest as (
    select max(f.year) as year
    from mart.filing_status as f
    inner join scope as s using (unit_id)
)

select
    f.year,
    f.unit_name as "đơn vị",
    f.form as "biểu",
    f.period as "kỳ",
    to_char(f.due_on, 'DD/MM/YYYY') as "hạn nộp",
    to_char(ref.local_time(f.received_at), 'DD/MM/YYYY') as "nhận ngày",
    f.state as "trạng thái"
from mart.filing_status as f
inner join scope as s using (unit_id)
cross join latest as t
where
    f.year = t.year
    or f.state = 'rejected' and not exists (
        select from mart.filing_status as g
        where
            (g.level, g.unit_code, g.form, g.year, g.period)
            = (f.level, f.unit_code, f.form, f.year, f.period)
            and (g.received_at, g.filing_id) > (f.received_at, f.filing_id)
    )
order by
    f.year, f.state not in ('rejected', 'missing'),
    array_position(array['province', 'district', 'commune'], f.level), f.sort_key, f.due_on,
    f.form, f.period, f.version, f.filing_id
