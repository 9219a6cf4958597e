-- makes mart.completeness
-- reads mart.filing
-- one row per form, unit and period: whether it is there
-- why a heat map has one cell each; of several filings the accepted one that counts, else the last
create view mart.completeness as
with ranked as (
    select
        form, form_vi, form_en, level, unit_id, unit_code, unit_name, district_code, district_name,
        province_code, province_name, year, period_key, period_vi, period_en, due_on, received_on,
        days_late, state, state_vi, state_en, filing_id, file,
        count(filing_id) over w as filings,
        count(*) filter (where state = 'rejected') over w as rejected_filings,
        row_number() over (
            partition by form, level, unit_code, period_key
            order by
                state = 'accepted' desc, state = 'rejected' desc, received_on desc nulls last,
                filing_id desc
        ) as place
    from mart.filing
    where form is not null and unit_code is not null
    window w as (partition by form, level, unit_code, period_key)
)

select
    form, form_vi, form_en, level, unit_id, unit_code, unit_name, district_code, district_name,
    province_code, province_name, year, period_key, period_vi, period_en, due_on, received_on,
    days_late, days_late > 0 as is_late, state, state_vi, state_en, state = 'accepted' as is_complete,
    filings, rejected_filings, filing_id, file
from ranked
where place = 1;
