-- makes stg.listed_filing
-- reads ops.due_date, raw.filing, dw.dim_unit, stg.warehouse_day
-- one row per filing, or unit, form and period with a due date and no accepted filing
-- why a filing is missing once its due day lies before the warehouse's day, and not due yet in the
--   rest of the years up to it. Where no document states a date, nothing is missing. Late is by the
--   first accepted version: correcting a report that was in time makes nobody late; before it, each
--   version by its own day
create view stg.listed_filing as
with due as (
    select
        form, level, unit_code, unit_name, unit_id, sort_key, year, period, due_on, basis_vi,
        basis_en
    from ops.due_date
),

received_filing as (
    select
        f.filer_level, f.filer_code, f.form, f.year, f.period, f.received_at, f.version,
        f.superseded_by, f.state, f.warnings, f.original_name, f.filing_id, f.illustrative_note,
        coalesce(d.unit_name, u.unit_name) as unit_name,
        coalesce(d.sort_key, u.sort_key) as sort_key, coalesce(d.unit_id, u.unit_id) as unit_id,
        d.due_on, d.basis_vi, d.basis_en,
        least(f.received_at, (
            select min(g.received_at) from raw.filing as g
            where
                (g.form, g.filer_code, g.year, g.last_year, g.period)
                = (f.form, f.filer_code, f.year, f.last_year, f.period)
                and g.state = 'accepted'
        )) as first_received_at
    from raw.filing as f
    left join due as d
        on (d.form, d.unit_code, d.year, d.period) = (f.form, f.filer_code, f.year, f.period)
    left join dw.dim_unit as u
        on u.level = f.filer_level and u.unit_code = f.filer_code and not u.is_rest
        and f.units_on >= u.valid_from and f.units_on < u.valid_to
)

select
    filer_level as level, filer_code as unit_code, unit_name, form, year, period, due_on,
    received_at,
    case
        when due_on is not null then greatest(ref.local_time(first_received_at)::date - due_on, 0)
    end as days_late, version,
    case when superseded_by is not null then 'superseded' else state end as state,
    warnings, original_name, filing_id, superseded_by, sort_key,
    basis_vi as due_basis_vi, basis_en as due_basis_en, illustrative_note, unit_id
from received_filing
union all
select
    d.level, d.unit_code, d.unit_name, d.form, d.year, d.period, d.due_on,
    null, null, null, case when d.due_on < n.received_on then 'missing' else 'not_due' end,
    0, null, null, null, d.sort_key, d.basis_vi, d.basis_en, '', d.unit_id
from due as d
inner join stg.warehouse_day as n
    on d.due_on is not null and d.year <= extract(year from n.received_on)
where not exists (
    select from raw.filing as f
    where (f.form, f.filer_code, f.year, f.period) = (d.form, d.unit_code, d.year, d.period)
        and f.state = 'accepted'
);
