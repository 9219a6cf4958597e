-- makes map_figure
-- reads stale_map_unit, ref.derivation, dw.dim_indicator, dw.dim_programme, dw.fact_target,
--   mart.indicator_on_map
-- one row per stale map unit, year, period, measure and indicator that a target is judged by
-- why targets read these figures only: of what was reached, that since 1 January; of what communes
--   were assigned or registered, sums. They are fetched map unit by map unit (offset 0), so that one
--   filing reads the figures of its own ones
create temporary table map_figure (
    place_no integer, unit_map text, level text, unit_key integer, year smallint, period text,
    measure text, indicator_key smallint, numerator numeric, denominator numeric, value numeric,
    units_expected integer, units_reported integer, shares_unknown integer, is_self_filed boolean
) on commit drop;

insert into map_figure (
    place_no, unit_map, level, unit_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, shares_unknown, is_self_filed
)
with stated as (
    select i.indicator_code, i.fall_of, i.each_unit_of
    from dw.dim_indicator as i
    where exists (select from dw.fact_target as f where f.indicator_key = i.indicator_key)
),

wanted as (
    select array_agg(indicator_key) as keys
    from dw.dim_indicator
    where indicator_code in (
        select unnest(array[indicator_code, fall_of, each_unit_of]) from stated
        union
        select part_code from ref.derivation where indicator_code in (select indicator_code from stated)
        union
        select listed_by from dw.dim_programme
    )
)

select
    s.place_no, f.unit_map, f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key,
    f.numerator, f.denominator, f.value, f.units_expected, f.units_reported, f.shares_unknown, f.is_self_filed
from stale_map_unit as s
cross join wanted as w
cross join lateral (
    select
        m.unit_map, m.level, m.unit_key, m.year, m.period, m.measure, m.indicator_key, m.numerator,
        m.denominator, m.value, m.units_expected, m.units_reported, m.shares_unknown,
        m.is_self_filed
    from mart.indicator_on_map as m
    where
        m.unit_map = s.unit_map and m.level = s.level and m.unit_key = s.unit_key
        and m.indicator_key = any(w.keys)
        and case m.measure
            when 'actual' then ref.first_month(m.period) = 1
            when 'baseline' then true
            else s.level <> 'commune' or s.unit_map <> 'as_filed'
        end
    offset 0
) as f
where s.place_no = s.figures_of
