-- grain: one row a filing, or a unit, form and period with a due date and no accepted filing.
-- The warehouse's day is that of its newest receipt: a filing is missing once its due day lies
-- before that day, and not due yet in the rest of the years up to it. Where no document states a
-- date, nothing is missing.
create view mart.filing_status as
with newest as (
    select max((received_at at time zone 'Asia/Ho_Chi_Minh')::date) as received_on from raw.filing
),

due as (
    -- the date set for a unit itself goes before its district's, and that before the province's
    select distinct on (k.form, u.level, u.unit_code, k.year, k.period)
        k.form, k.year, k.period, k.due_on, k.basis_vi, k.basis_en,
        u.level, u.unit_code, u.unit_name, u.sort_key
    from ops.calendar as k
    cross join lateral (
        select case
            when k.units_on = 'start' then make_date(k.year, 1, 1)
            when k.period = 'H1' then make_date(k.year, 6, 30)
            else make_date(k.year, 12, 31)
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
        (k.scope_code in (u.district_code, g.district_code)) desc
),

filed as (
    select
        f.*,
        coalesce(d.unit_name, u.unit_name) as unit_name,
        coalesce(d.sort_key, u.sort_key) as sort_key,
        d.due_on, d.basis_vi, d.basis_en
    from raw.filing as f
    left join due as d
        on d.form = f.form and d.unit_code = f.filer_code and d.year = f.year
        and d.period = f.period
    left join mart.unit as u
        on u.level = f.filer_level and u.unit_code = f.filer_code
        and f.units_on >= u.valid_from and f.units_on < u.valid_to
)

select
    filer_level as level, filer_code as unit_code, unit_name, form, year, period, due_on,
    received_at,
    case
        when due_on is not null
            then greatest((received_at at time zone 'Asia/Ho_Chi_Minh')::date - due_on, 0)
    end as days_late,
    version,
    case when superseded_by is not null then 'superseded' else state end as state,
    warnings, original_name, filing_id, superseded_by, sort_key,
    basis_vi as due_basis_vi, basis_en as due_basis_en
from filed
union all
select
    d.level, d.unit_code, d.unit_name, d.form, d.year, d.period, d.due_on,
    null, null, null, case when d.due_on < n.received_on then 'missing' else 'not_due' end,
    0, null, null, null, d.sort_key, d.basis_vi, d.basis_en
from due as d
inner join newest as n
    on d.due_on is not null and d.year <= extract(year from n.received_on)
where not exists (
    select from raw.filing as f
    where
        (f.form, f.filer_code, f.year, f.period) = (d.form, d.unit_code, d.year, d.period)
        and f.state = 'accepted'
);
