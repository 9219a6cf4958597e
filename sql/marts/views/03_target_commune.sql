-- makes mart.target_commune
-- reads dw.agg_target_commune, mart.target, mart.unit
-- one row per map, target about communes one by one (a list of communes, a minimum of each),
--   reported period, and commune of the unit on the figure's day
-- why readers see which communes are on a list, or below a minimum
create view mart.target_commune as
select
    t.unit_map, t.level, t.unit_code, t.unit_name, t.indicator_code, t.statement_no, t.judged_by,
    c.actual_year as year, c.actual_period as period, u.unit_code as commune_code,
    u.unit_name as commune_name, c.list_rate, c.is_listed, c.numerator, c.denominator, c.figure,
    c.is_below, u.sort_key
from dw.agg_target_commune as c
inner join mart.target as t using (unit_map, level, unit_key, target_id)
inner join mart.unit as u on u.level = 'commune' and u.unit_key = c.commune_key;
