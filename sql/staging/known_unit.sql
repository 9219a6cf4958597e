-- grain: one row per unit that something is known of, found by its code: there are as many as staged
-- filings, and the planner takes both for few
create temporary table known_unit (
    level text, unit_key integer, unit_code text, valid_from date, valid_to date,
    primary key (unit_code, level, unit_key)
) on commit drop;

insert into known_unit (level, unit_key, unit_code, valid_from, valid_to)
select u.level, u.unit_key, u.unit_code, u.valid_from, u.valid_to
from (select distinct level, unit_key from known) as k
inner join dw.dim_unit as u using (level, unit_key)
where not u.is_rest
