-- grain: one row per figure that is loaded about the communes that are asked about, of their years
-- and those before: of filings that nothing superseded, the latest; else, of what a commune came of
-- whole, the sum (dw.agg_indicator on a map, filing_id empty). known_whole adds districts and
-- provinces. `place` is the figure's cell
create temporary table known on commit drop as
with units as materialized (
    select unit_key as commune_key, year as earlier_year from asked_unit where level = 'commune'
),

last_filed as (
    select distinct on (f.commune_key, f.year, f.period, f.measure, f.indicator_key)
        f.commune_key as unit_key, f.year, f.period, f.measure, f.indicator_key, f.value,
        f.filing_id, g.original_name, f.sheet || '!' || f.cell as place
    from units as u
    inner join dw.fact_indicator as f
        on f.commune_key = u.commune_key and f.year = u.earlier_year
    inner join raw.filing as g using (filing_id)
    where
        g.superseded_by is null and f.state = 'value'
        and (f.measure in ('actual', 'preliminary') or f.measure = 'baseline' and f.year_offset = 1)
    order by
        f.commune_key, f.year, f.period, f.measure, f.indicator_key,
        ref.fact_rank(f.measure, f.year_offset), g.received_at desc, f.filing_id desc
),

moved as (
    select distinct on (a.unit_key, a.year, a.period, a.measure, a.indicator_key)
        a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.value, null::bigint as filing_id,
        'tổng ' || a.units_reported || ' đơn vị cũ' as original_name, null as place
    from units as u
    inner join dw.agg_indicator as a
        on a.level = 'commune' and a.unit_key = u.commune_key and a.year = u.earlier_year
    where
        a.unit_map <> 'as_filed' and a.measure in ('actual', 'preliminary')
        and a.units_reported = a.units_expected and a.value is not null
        and not exists (
            select from last_filed as f
            where
                (f.unit_key, f.year, f.period, f.measure, f.indicator_key)
                = (a.unit_key, a.year, a.period, a.measure, a.indicator_key)
        )
    order by a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.unit_map
)

select 'commune' as level, f.* from last_filed as f
union all
select 'commune', m.* from moved as m
