-- grain: one row per figure that is loaded about the units that are asked about, of their years and
-- those before: of filings that nothing superseded, the latest; else, of what a commune came of
-- whole, the sum (dw.agg_indicator on a map, filing_id empty). Of a district or province: what it
-- filed for itself. `place` is the figure's cell
create temporary table known on commit drop as
with years as materialized (
    select distinct a.level, a.unit_key, y.earlier_year
    from (select distinct level, unit_key, year from asked) as a
    cross join lateral (values (a.year), (a.year - 1)) as y (earlier_year)
),

units as materialized (
    select unit_key as commune_key, earlier_year from years where level = 'commune'
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
        g.superseded_by is null and f.state = 'value' and f.measure in ('actual', 'preliminary')
    order by
        f.commune_key, f.year, f.period, f.measure, f.indicator_key,
        g.received_at desc, f.filing_id desc
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
),

whole as (
    select distinct on (f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key)
        f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key, f.value, f.filing_id,
        g.original_name, f.sheet || '!' || f.cell
    from years as u
    inner join dw.fact_indicator as f
        on f.commune_key is null and f.year = u.earlier_year and f.level = u.level
        and case f.level when 'district' then f.district_key else f.province_key end = u.unit_key
    inner join raw.filing as g using (filing_id)
    where
        u.level <> 'commune' and g.superseded_by is null and f.state = 'value'
        and f.measure in ('actual', 'preliminary')
    order by
        f.level, u.unit_key, f.year, f.period, f.measure, f.indicator_key,
        g.received_at desc, f.filing_id desc
)

select 'commune' as level, f.* from last_filed as f
union all
select 'commune', m.* from moved as m
union all
select * from whole
