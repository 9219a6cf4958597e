-- makes ops.due_date
-- reads ops.calendar, mart.unit, mart.district_group
-- one row per unit, form and period that the calendar names, with its due day
-- why the date set for a unit itself goes before its district's, and that before the province's
create view ops.due_date as
select distinct on (k.form, u.level, u.unit_code, k.year, k.period)
    k.form, k.year, k.period, k.due_on, k.basis_vi, k.basis_en,
    u.level, u.unit_code, u.unit_name, u.sort_key
from ops.calendar as k
cross join lateral (
    select
        case
            when k.units_on = 'start' then make_date(k.year, 1, 1)
            else ref.last_day(k.period, k.year)
        end as units_on
) as d
inner join mart.unit as u
    on u.level = k.filer_level and u.valid_from <= d.units_on and u.valid_to > d.units_on
-- a district that ended stays the scope of the communes that lie wholly in it
left join mart.district_group as g
    on u.level = 'commune' and g.commune_key = u.unit_key and g.is_whole
    and g.district_code = k.scope_code
where k.scope_code in (u.unit_code, u.district_code, u.province_code, g.district_code)
order by
    k.form, u.level, u.unit_code, k.year, k.period,
    (k.scope_code = u.unit_code) desc,
    (k.scope_code in (u.district_code, g.district_code)) desc;
