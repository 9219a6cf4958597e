-- makes ops.due_date
-- reads ops.calendar, dw.dim_unit
-- one row per unit, form and period that the calendar names, with its due day
-- why the date set for a unit itself goes before its district's, and that before the province's. A
--   duty ends with the unit that owes it and with the one whose plan it is: nothing falls due from,
--   or under the plan of, a unit that has ended by then; its successors owe what names them
create view ops.due_date as
with named as (
    select
        form, filer_level, scope_code, year, period, due_on, basis_vi, basis_en, d.units_on,
        coalesce(due_on, d.units_on) as owed_on
    from ops.calendar as k
    cross join lateral (
        select
            case
                when k.units_on = 'start' then make_date(year, 1, 1)
                else ref.last_day(period, year)
            end as units_on
    ) as d
)

select distinct on (k.form, u.level, u.unit_code, k.year, k.period)
    k.form, k.year, k.period, k.due_on, k.basis_vi, k.basis_en,
    u.level, u.unit_code, u.unit_name, u.sort_key, u.unit_id
from named as k
cross join lateral (
    select o.unit_id, 3 as nearness from dw.dim_unit as o
    where o.unit_code = k.scope_code and o.level = k.filer_level
    union all
    select o.unit_id, 2 from dw.dim_unit as o
    where o.own_district_code = k.scope_code and o.level = k.filer_level and o.level = 'commune'
    union all
    select o.unit_id, 1 from dw.dim_unit as o
    where o.own_province_code = k.scope_code and o.level = k.filer_level and o.level <> 'province'
) as s
inner join dw.dim_unit as u
    on u.unit_id = s.unit_id and not u.is_rest
    and u.valid_from <= k.units_on and u.valid_to > k.units_on
where
    exists (
        select from dw.dim_unit as o
        where
            o.unit_code = k.scope_code and not o.is_rest
            and o.valid_from <= k.owed_on and o.valid_to > k.owed_on
    )
    and exists (
        select from dw.dim_unit as o
        where
            o.unit_code = u.unit_code and o.level = u.level and not o.is_rest
            and o.valid_from <= k.owed_on and o.valid_to > k.owed_on
    )
order by k.form, u.level, u.unit_code, k.year, k.period, s.nearness desc;
