-- grain: one row per filing by the unit or one in it, of the latest year of any, or one due that is
-- not there, those that somebody has to do something about first
with scope as (
    select distinct level, unit_code, unit_name
    from mart.unit
    where :unit in (unit_code, district_code, province_code)
),

latest as (
    select max(f.year) as year
    from mart.filing_status as f
    inner join scope as s using (level, unit_code, unit_name)
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
inner join scope as s using (level, unit_code, unit_name)
inner join latest as t on t.year = f.year
order by
    f.state not in ('rejected', 'missing'),
    array_position(array['province', 'district', 'commune'], f.level), f.sort_key, f.due_on,
    f.form, f.period, f.version, f.filing_id
