-- grain: one row per filing by the unit or one in it, at its time or now, of the latest year of any, or
-- one due that is not there, or one of an earlier year that was rejected and has no later version, or
-- a file that names the unit and another one, in the year that it came: year by year, in each what somebody has to do something about first
with scope as (
    select distinct unit_id from stg.unit_place where place_code = :unit
),

latest as (
    select max(f.year) as year
    from mart.filing_status as f
    inner join scope as s using (unit_id)
),

listed as (
    select
        f.year, f.unit_name, f.form, f.period, f.due_on, f.received_at, f.state, f.level, f.sort_key,
        f.version, f.filing_id
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
    union all
    select
        received_year, unit_name, 'tệp ' || original_name, null, null, received_at, 'filer_unclear', level,
        sort_key, null, filing_id
    from stg.unclear_filer
    where
        unit_code in (select u.unit_code from dw.dim_unit as u inner join scope using (unit_id))
        and received_year >= coalesce((select t.year from latest as t), 0)
)

select
    year,
    unit_name as "đơn vị",
    form as "biểu",
    period as "kỳ",
    to_char(due_on, 'DD/MM/YYYY') as "hạn nộp",
    to_char(ref.local_time(received_at), 'DD/MM/YYYY') as "nhận ngày",
    state as "trạng thái"
from listed
order by
    year, state not in ('rejected', 'missing', 'filer_unclear'),
    array_position(array['province', 'district', 'commune'], level), sort_key, due_on, form, period,
    version, filing_id
