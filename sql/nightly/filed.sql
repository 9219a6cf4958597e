-- grain: one row per district (or province, of what districts file), form and period that some of
-- these filings are of: how many units have filed what counts, of how many that should have or did
select
    coalesce(case when c.level = 'commune' then c.district_name end, c.province_name) as place,
    c.form_vi, c.form_en, c.period_key, count(*)::integer as units,
    (count(*) filter (where c.is_complete))::integer as filed
from mart.completeness as c
where
    (c.form, c.level, c.period_key, coalesce(c.district_code, c.province_code)) in (
        select o.form, o.level, o.period_key, coalesce(o.district_code, o.province_code)
        from mart.completeness as o
        where o.filing_id = any(:filings)
    )
group by 1, c.form_vi, c.form_en, c.period_key
order by c.period_key desc, c.form_vi, 1
