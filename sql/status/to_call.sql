-- grain: one row per filing of the latest year that is missing, late, or was rejected and no version
-- came after it; of one in place of an accepted version, whose figures stay, the state says so. Whom to
-- call goes by the code: who has it took the unit over
with contacts as (
    select level, unit_code, string_agg(contact, '; ' order by office) as contact
    from mart.contact
    where agency_code is null
    group by level, unit_code
),

accepted as (
    select distinct level, unit_code, form, year, period, true as is_in_use
    from mart.filing_status
    where state = 'accepted'
)

select
    f.unit_name as "đơn vị",
    f.form as "biểu",
    f.period as "kỳ",
    f.year::text as "năm",
    case when f.state = 'rejected' and a.is_in_use then 'correction_rejected' else f.state end
        as "trạng thái",
    f.days_late as "trễ (ngày)",
    coalesce(c.contact, 'chưa có trong contacts.csv') as "liên hệ"
from mart.filing_status as f
left join contacts as c using (level, unit_code)
left join accepted as a using (level, unit_code, form, year, period)
where
    f.year = (select max(year) from mart.filing_status)
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
order by f.sort_key, f.form, f.period, f.received_at, f.filing_id
