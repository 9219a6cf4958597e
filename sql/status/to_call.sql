-- grain: one row per filing of the latest year that is missing, late, or was rejected and no version
-- came after it; of one in place of an accepted version, whose figures stay, the state says so; or a
-- file of the year that names the unit and another one, until the unit has another accepted.
-- Whom to call goes by the code: who has it took the unit over
with contacts as (
    select level, unit_code, string_agg(contact, '; ' order by office) as contact
    from mart.contact
    where agency_code is null
    group by level, unit_code
),

latest as (select max(year) as year from mart.filing_status),

accepted as (
    select distinct level, unit_code, form, year, period, true as is_in_use
    from mart.filing_status
    where state = 'accepted'
),

listed as (
    select
        f.level, f.unit_code, f.unit_name, f.form, f.period, f.year, f.days_late, f.sort_key, f.received_at,
        f.filing_id, case when f.state = 'rejected' and a.is_in_use then 'correction_rejected' else f.state end as state
    from mart.filing_status as f
    left join accepted as a using (level, unit_code, form, year, period)
    where
        f.year = (select year from latest)
        and (
            f.state = 'missing' or f.state = 'accepted' and f.days_late > 0
            or f.state = 'rejected' and not exists (
                select from mart.filing_status as g
                where
                    (g.level, g.unit_code, g.form, g.year, g.period)
                    = (f.level, f.unit_code, f.form, f.year, f.period)
                    and (g.state = 'missing'
                        or (g.received_at, g.filing_id) > (f.received_at, f.filing_id))
            )
        )
    union all
    select
        level, unit_code, unit_name, 'tệp ' || original_name, null, received_year, null, sort_key, received_at,
        filing_id, 'filer_unclear'
    from stg.unclear_filer as f
    where received_year >= coalesce((select year from latest), 0) and not exists (
        select from raw.current_filing as g
        where (g.filer_level, g.filer_code) = (f.level, f.unit_code) and g.received_at > f.received_at
    )
)

select
    unit_name as "đơn vị",
    form as "biểu",
    period as "kỳ",
    year::text as "năm",
    state as "trạng thái",
    days_late as "trễ (ngày)",
    coalesce(contact, 'chưa có trong contacts.csv') as "liên hệ"
from listed
left join contacts using (level, unit_code)
order by sort_key, form, period, received_at, filing_id
