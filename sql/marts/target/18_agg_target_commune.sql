-- makes dw.agg_target_commune
-- reads stated_target, target_commune
-- one row per target of a stale map unit about communes one by one, reported period and commune
-- why a reader can see which communes are on a list, or below a minimum
insert into dw.agg_target_commune (
    unit_map, level, unit_key, target_id, actual_year, actual_period, commune_key, list_rate,
    is_listed, numerator, denominator, figure, is_below
)
select
    t.unit_map, t.level, t.unit_key, t.target_id, c.actual_year, c.actual_period, c.commune_key,
    c.list_rate, c.is_listed, c.numerator, c.denominator, c.figure, c.is_below
from target_commune as c
inner join stated_target as t using (target_no)
