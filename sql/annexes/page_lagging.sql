-- grain: one row per target of the unit that is behind or was not met by the latest period of the
-- year, on the map that the year belongs to; who leads it, and who else the plan gave it to
with judged as (
    select distinct on (target_id) *
    from mart.attainment
    where
        level = :level and unit_code = :unit and unit_name = :unit_name
        and unit_map = :unit_map and year = :year and actual_value is not null
        and (in_force_to is null or in_force_to > make_date(:year, 1, 1))
    order by target_id, period desc
),

-- by itself: joined to few rows, the view would be worked out once for each
responsible as materialized (
    select target_id, agency_name_vi, role, section
    from mart.target_responsible
    where
        unit_map = :unit_map and level = :level and unit_code = :unit and role <> 'works_with'
),

agency as (
    select
        a.target_id, r.agency_name_vi, bool_or(r.role = 'lead') as is_lead,
        string_agg(distinct r.section, ', ' order by r.section) as sections
    from judged as a
    inner join responsible as r using (target_id)
    group by a.target_id, r.agency_name_vi
),

named as (
    select
        target_id,
        string_agg(agency_name_vi, '; ' order by agency_name_vi) filter (where is_lead) as leads,
        string_agg(agency_name_vi, '; ' order by agency_name_vi) filter (where not is_lead)
        as others,
        string_agg(distinct sections, ', ' order by sections) as sections
    from agency
    group by target_id
)

select
    i.name_vi as indicator_vi, i.name_en as indicator_en, a.text_as_printed, a.period, a.verdict,
    n.leads, n.others, n.sections
from judged as a
inner join dw.dim_indicator as i using (indicator_code)
left join named as n using (target_id)
where a.verdict in ('behind', 'not_met')
order by i.indicator_key, a.statement_no, a.target_id
