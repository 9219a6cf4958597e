-- makes stg.fund_stated
-- reads stg.fund_line, dw.dim_fund
-- one row per line of stg.fund_line: what its total is made of
-- why a stage that is stated for the whole programme is that, any other the sum of its lines
create view stg.fund_stated as
select
    a.unit_map, a.level, a.unit_key, a.year_from, a.year, a.period, a.need_million_vnd,
    a.plan_million_vnd, a.allocated_million_vnd, a.disbursed_million_vnd, a.mobilised_million_vnd,
    a.units_expected, max(a.units_reported) over (
        partition by
            a.unit_map, a.level, a.unit_key, a.year_from, a.year, a.period, f.line_key
    ) as units_reported, -- of the line, however it is split
    f.programme_code, f.source, f.source_vi, f.source_en,
    f.is_whole_programme as is_whole,
    num_nonnulls(
        a.plan_million_vnd, a.allocated_million_vnd, a.disbursed_million_vnd,
        a.mobilised_million_vnd
    ) > 0 or a.units_reported > 0 as is_reported,
    count(a.need_million_vnd) filter (where f.is_whole_programme) over w > 0 as need_all,
    count(a.plan_million_vnd) filter (where f.is_whole_programme) over w > 0 as plan_all,
    count(a.allocated_million_vnd) filter (where f.is_whole_programme) over w > 0 as allocated_all,
    count(a.disbursed_million_vnd) filter (where f.is_whole_programme) over w > 0 as disbursed_all,
    count(a.mobilised_million_vnd) filter (where f.is_whole_programme) over w > 0 as mobilised_all
from stg.fund_line as a
inner join dw.dim_fund as f using (fund_key)
window w as (
    partition by
        a.unit_map, a.level, a.unit_key, a.year_from, a.year, a.period, f.programme_code
);
