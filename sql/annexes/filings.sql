-- grain: one row per filing of the year by the unit or one in it, or one due that has none in force;
-- units of one name before and after a change are told apart
with scope as (
    select u.level, u.unit_code, u.unit_name, u.valid_from, u.valid_to
    from mart.unit as u
    where
        u.level = :level and u.unit_key = :unit_key
        or u.valid_from <= make_date(:year, 12, 31) and u.valid_to > make_date(:year, 1, 1)
        and case :level
            when 'province' then u.province_code = :unit
            when 'district' then u.level = 'commune' and (
                u.district_code = :unit or exists (
                    select from mart.district_group as g
                    where
                        g.commune_key = u.unit_key and g.district_key = :unit_key and g.is_whole
                )
            )
            else false
        end
),

named as materialized ( -- once: a filing looks its unit up
    select
        level, unit_code, unit_name, valid_from, valid_to,
        ref.dated_name(
            unit_name, valid_from, valid_to, :year,
            count(*) over (partition by level, unit_name) > 1
        ) as shown_name
    from scope
),

contacts as ( -- by code: who has it took the unit over
    select level, unit_code, string_agg(contact, '; ' order by office) as contact
    from mart.contact
    where agency_code is null
    group by level, unit_code
)

select
    f.form, f.period, f.level, f.unit_code, s.shown_name as unit_name, f.district_name, f.due_on,
    ref.local_time(f.received_at) as received_at, f.days_late, f.version, f.state, f.warnings,
    f.original_name, f.due_basis_vi, f.due_basis_en, f.illustrative_note,
    case when f.state in ('missing', 'rejected') or f.days_late > 0 then c.contact end as contact,
    count(*) filter (where f.state = 'accepted') over () as accepted,
    count(*) filter (where f.state = 'missing') over () as missing
from mart.filing_status as f
cross join lateral (
    select n.shown_name
    from named as n
    where (n.level, n.unit_code, n.unit_name) = (f.level, f.unit_code, f.unit_name)
    order by coalesce(f.due_on, ref.local_time(f.received_at)::date)
        between n.valid_from and n.valid_to - 1 desc, n.valid_from
    limit 1
) as s
left join contacts as c on (c.level, c.unit_code) = (f.level, f.unit_code)
where f.year = :year
order by
    f.form, f.period, array_position(array['province', 'district', 'commune'], f.level),
    f.sort_key, f.unit_code, f.version, f.received_at, f.filing_id
