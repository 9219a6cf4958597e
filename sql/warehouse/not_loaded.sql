-- grain: one row per filing, sheet, reason and code: figures that no fact can take, the first and how
-- many. Cells read twice are looked for where a fact's key found one
with figures as (
    select filing_id, kind, sheet, cell, subject, code, source, level, commune_key, province_key,
        is_placed, last_year as year,
        case
            when kind is null then 'slot'
            when kind = 'indicator' and indicator_key is null then 'indicator'
            when kind = 'fund' and fund_key is null then 'fund'
            when kind = 'indicator' and measure is null then 'meaning'
            when kind = 'fund' and stage is null then 'meaning'
        end as why
    from bound_figure where kind is null or kind in ('indicator', 'fund', 'text')
    union all
    select
        filing_id, kind, sheet, cell, subject, code, null, level, commune_key, province_key,
        is_placed, year_to,
        case
            when indicator_key is null then 'indicator'
            when basis is null or target_unit is null then 'meaning'
        end
    from bound_target
    union all
    select
        filing_id, kind, sheet, cell, null, indicator_code, null, level, commune_key, province_key,
        true, last_year,
        case when indicator_code is not null and indicator_key is null then 'indicator' end
    from bound_words
),

lost as (
    select f.filing_id, f.sheet, f.cell,
        case
            when f.province_key is null then 'filer'
            when not f.is_placed then 'unit'
            when f.why is not null then f.why
            when y.year is null then 'year'
            when :looks_for_twice and count(*) over same_cell > 1 then 'cell'
            when (f.level = 'commune') <> (f.commune_key is not null) then 'unit'
        end as why, f.subject, f.code, f.source, f.year
    from figures as f
    left join dw.dim_year as y on y.year = f.year
    window same_cell as (partition by f.filing_id, f.kind, f.sheet, f.cell)
)

select l.filing_id, l.sheet, l.why,
    case l.why
        when 'filer' then g.filer_code
        when 'unit' then coalesce(l.subject, g.filer_code)
        when 'indicator' then l.code
        when 'fund' then concat_ws(' / ', l.code, l.source)
        when 'year' then l.year::text
        else l.cell
    end as seen,
    (array_agg(l.cell order by length(l.cell), l.cell))[1] as cell, count(*) as figures
from lost as l
inner join raw.filing as g using (filing_id)
where l.why is not null
group by 1, 2, 3, 4
order by 1, 2, 3, 4
