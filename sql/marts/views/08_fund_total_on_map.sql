-- makes mart.fund_total_on_map
-- reads mart.unit, stg.fund_stated, dw.dim_programme
-- one row per map, unit on it, years (year_from to year), period, programme and source, over all
--   project lines
-- why a stage that is stated for the whole programme is that, any other the sum of its lines
create view mart.fund_total_on_map as
with summed as (
    select
        unit_map, level, unit_key, year_from, year, period, programme_code, source, source_vi,
        source_en,
        sum(need_million_vnd) filter (where is_whole = need_all) as need_million_vnd,
        sum(plan_million_vnd) filter (where is_whole = plan_all) as plan_million_vnd,
        sum(allocated_million_vnd) filter (where is_whole = allocated_all) as allocated_million_vnd,
        sum(disbursed_million_vnd) filter (where is_whole = disbursed_all) as disbursed_million_vnd,
        sum(mobilised_million_vnd) filter (where is_whole = mobilised_all) as mobilised_million_vnd,
        max(units_expected) as units_expected,
        -- the line that fewest communes reported says how far the sum can be trusted
        coalesce(min(units_reported) filter (where is_reported), 0) as units_reported
    from stg.fund_stated
    group by
        unit_map, level, unit_key, year_from, year, period, programme_code, source, source_vi,
        source_en
)

select
    s.level, u.unit_code, u.unit_name, u.province_name, u.district_name,
    s.unit_map, s.year_from, s.year, s.period, s.programme_code,
    g.name_vi as programme_vi, g.name_en as programme_en,
    s.source, s.source_vi, s.source_en,
    s.need_million_vnd, s.plan_million_vnd, s.allocated_million_vnd, s.disbursed_million_vnd,
    s.mobilised_million_vnd,
    round(100 * s.disbursed_million_vnd / nullif(s.allocated_million_vnd, 0), 2) as disbursed_pct,
    s.units_expected, s.units_reported,
    case
        when num_nonnulls(
            s.allocated_million_vnd, s.disbursed_million_vnd, s.mobilised_million_vnd
        ) > 0 or s.units_reported > 0
            then round(100.0 * s.units_reported / nullif(s.units_expected, 0), 2)
    end as coverage_pct,
    u.sort_key, s.unit_key
from summed as s
inner join mart.unit as u on u.level = s.level and u.unit_key = s.unit_key
inner join dw.dim_programme as g using (programme_code);
