-- grain: one row per form ("code/version") and indicator of those asked for that figures or filings
-- rest on, with the filings and how many figures these are
with facts as (
    select filing_id, indicator_key from dw.fact_indicator
    union all
    select filing_id, indicator_key from dw.fact_target
    union all
    select filing_id, null from dw.fact_fund
    union all
    select filing_id, null from dw.fact_text
)

select
    'form' as kind, f.form as code, f.form_version as version,
    count(distinct f.filing_id) as filings, count(x.filing_id) as figures
from raw.filing as f
left join facts as x using (filing_id)
where f.form || '/' || f.form_version = any(:forms)
group by f.form, f.form_version
union all
select 'indicator', i.indicator_code, '', count(distinct x.filing_id), count(*)
from dw.dim_indicator as i
inner join facts as x using (indicator_key)
where i.indicator_code = any(:indicators)
group by i.indicator_code
order by 1, 2, 3
