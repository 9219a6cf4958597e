-- makes unit_sum
-- reads unit_part
-- one row per stale unit of a map, period, measure and indicator: the sum of its parts, and how
--   many communes and districts reported
-- why every unit divides its own sums. Where some communes were in force on the figure's day, those
--   are counted, with what was merged into later ones; where none was, all that there are
-- for example: 31 December, a district's group of six communes. Five file, in force that day: 2 000
--   (a part, is_in_force). Of the sixth there is only a former commune's 100, filed late (another part):
--   numerator 2 100, units_reported 5. Had none of the six filed, but three former ones, it were 3. One
--   part with shares_unknown leaves no numerator: a sum that lacks an unknown share is none
create temporary table unit_sum on commit drop as
with part as (
    select
        map_unit_no, year, period, measure, indicator_key, district_key, figure_on, nearest_on,
        numerator, denominator, rate, units, units_counted, shares_unknown, units_merged,
        figure_on = nearest_on as is_in_force
    from unit_part
)

select
    map_unit_no, year, period, measure, indicator_key,
    case when sum(shares_unknown) = 0 then sum(numerator) end as numerator,
    case when sum(shares_unknown) = 0 then sum(denominator) end as denominator,
    case when sum(units) = 1 and sum(units_counted) = 0 then sum(rate) end as rate,
    sum(shares_unknown) as shares_unknown, sum(units) as parts,
    case
        when not bool_or(is_in_force) or sum(units_counted) = 0 then sum(units)
        else
            coalesce(sum(units_counted) filter (where is_in_force), 0) + sum(units_merged)
    end as units_reported,
    case
        when bool_or(is_in_force) then count(district_key) filter (where is_in_force)
        else count(district_key)
    end as districts_reported,
    bool_or(is_in_force) as is_of_its_day,
    max(figure_on) as figure_on,
    case when bool_or(is_in_force) then max(figure_on) else max(nearest_on) end as units_on
from part
group by map_unit_no, year, period, measure, indicator_key
