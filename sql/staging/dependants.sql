-- grain: one row per form, and per indicator of the province's own, that nights have worked by, with
-- the filings of the form, or those with figures of the indicator, and how many figures these are
with facts as (
    select filing_id, indicator_key from dw.fact_indicator
    union all
    select filing_id, indicator_key from dw.fact_target
    union all
    select filing_id, null from dw.fact_fund
),

of_forms as (
    select
        d.kind, d.code, d.version,
        count(distinct f.filing_id) as filings, count(x.filing_id) as figures
    from ops.declared as d
    left join raw.filing as f on (f.form, f.form_version) = (d.code, d.version)
    left join facts as x using (filing_id)
    where d.kind = 'form'
    group by d.kind, d.code, d.version
)

select kind, code, version, filings, figures from of_forms
union all
select d.kind, d.code, d.version, count(distinct x.filing_id), count(x.filing_id)
from ops.declared as d
left join dw.dim_indicator as i on i.indicator_code = d.code
left join facts as x using (indicator_key)
where d.kind = 'indicator'
group by d.kind, d.code, d.version
order by 1, 2, 3
