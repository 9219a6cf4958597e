-- grain: one row per district (or province, of what districts file), form and period that some of
-- these filings are of: how many units have filed what counts, of how many that should have or did;
-- null: no due date says who should.
-- Looked for pair by pair, a country's filings would be compared with one another
with listed as (
    select
        coalesce(case when level = 'commune' then district_name end, province_name) as place,
        form_vi, form_en, period_key, due_on, is_complete,
        bool_or(filing_id = any(:filings)) over (
            partition by form, level, period_key, coalesce(district_code, province_code)
        ) as is_asked
    from mart.completeness
    where coalesce(district_code, province_code) is not null
)

select
    place, form_vi, form_en, period_key,
    case when count(due_on) > 0 then count(*)::integer end as units,
    (count(*) filter (where is_complete))::integer as filed
from listed
where is_asked
group by place, form_vi, form_en, period_key
order by period_key desc, form_vi, place
