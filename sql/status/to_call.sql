-- grain: one row per unit and form of the latest year with a filing that is missing, late, or was
-- rejected while no version of it is accepted. Whom to call goes by the code: who has it took the unit over
with contacts as (
    select level, unit_code, string_agg(contact, '; ' order by office) as contact
    from mart.contact
    where agency_code is null
    group by level, unit_code
)

select
    f.unit_name as "đơn vị",
    f.form as "biểu",
    f.period as "kỳ",
    f.year::text as "năm",
    f.state as "trạng thái",
    f.days_late as "trễ (ngày)",
    coalesce(c.contact, 'chưa có trong contacts.csv') as "liên hệ"
from mart.filing_status as f
left join contacts as c using (level, unit_code)
where
    f.year = (select max(year) from mart.filing_status)
    and (
        f.state = 'missing' or f.state = 'accepted' and f.days_late > 0
        or f.state = 'rejected' and not exists (
            select from mart.filing_status as a
            where
                (a.level, a.unit_code, a.form, a.year, a.period)
                = (f.level, f.unit_code, f.form, f.year, f.period)
                and a.state in ('accepted', 'missing')
        )
    )
order by f.sort_key, f.form, f.period, f.received_at
