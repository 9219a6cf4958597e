-- A night that writes a country's figures keeps fewer keys: a commune's are found by the commune.
drop index dw.agg_indicator_parent;
create index agg_indicator_above on dw.agg_indicator (province_key, year, level)
where level <> 'commune';

-- who asked a unit for a target, by the levels of the filer and of the unit
create function ref.asked_by(filer_level text, level text) returns text
immutable parallel safe language sql
return case
    when filer_level = 'province' and level <> 'province' then 'province'
    when filer_level = 'district' and level = 'commune' then 'district'
    else 'own_plan'
end;

-- how rows of the star lie: by indicator, level, year, period (of these in any order) and unit. To sort
-- by one number (15, 2, 8, 6 and 32 bits) takes a third of what sorting by its parts does
create function ref.star_order(
    indicator_key integer, level text, year integer, period text, unit_id integer
) returns bigint
immutable parallel safe language sql
return (
    (
        (indicator_key::bigint * 4 + case level when 'province' then 0 when 'district' then 1 else 2 end)
        * 256 + mod(year, 256)
    ) * 64 + (hashtext(period) & 63)
) * 4294967296 + unit_id;
