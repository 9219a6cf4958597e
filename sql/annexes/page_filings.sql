-- grain: one row per filing of the year by the unit or one in it, or one due that has none in force
with scope as (
    select distinct u.level, u.unit_code, u.unit_name
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
)

select
    f.form, f.period, f.level, f.unit_code, f.unit_name, f.due_on, f.state, f.days_late,
    f.due_basis_vi, f.due_basis_en
from mart.filing_status as f
inner join scope as s using (level, unit_code, unit_name)
where f.year = :year
order by
    f.form, f.period, array_position(array['province', 'district', 'commune'], f.level),
    f.sort_key, f.unit_code, f.version, f.received_at, f.filing_id
