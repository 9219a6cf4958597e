-- grain: one row per target of the unit that is behind or was not met by the latest period of the
-- year, on the map that the year belongs to; who leads it, and who else the plan gave it to. What
-- communes were assigned or registered in sum is nobody's target; a total that an annex prints is
-- named where the plan itself does not state it
with judged as (
    select distinct on (target_id)
        *, bool_or(asked_by = 'own_plan') over (partition by indicator_code) as is_planned
    from mart.attainment
    where
        level = :level and unit_key = any(:unit_keys) and unit_map = :unit_map and year = :year
        and coalesce(programme_code, :programme) = :programme
        and actual_value is not null
        and basis not like '%\_sum'
        and (in_force_to is null or in_force_to > make_date(:year, 1, 1))
    order by target_id, ref.last_month(period) desc
),

-- by itself: joined to few rows, the view would be worked out once for each
responsible as materialized (
    select
        r.target_id, r.role = 'lead' as is_lead, r.section,
        r.agency_name_vi || case assigned_by when 'plan' then ' (cả kế hoạch)' else '' end
        || coalesce(' – ' || nullif(concat_ws(', ', c.office_phone, c.office_email), ''), '') as agency
    from mart.target_responsible as r
    left join mart.agency_contact as c using (agency_key)
    where
        r.unit_map = :unit_map and r.level = :level and r.unit_key = any(:unit_keys)
        and r.role <> 'works_with'
),

named as (
    select
        target_id,
        string_agg(distinct agency, '; ' order by agency) filter (where is_lead) as leads,
        string_agg(distinct agency, '; ' order by agency) filter (where not is_lead) as others,
        string_agg(distinct section, ', ' order by section) as sections
    from responsible
    group by target_id
)

select
    i.name_vi as indicator_vi, i.name_en as indicator_en, a.text_as_printed,
    coalesce(a.asked_by, a.basis) as stated_by, a.period, a.verdict, n.leads, n.others, n.sections
from judged as a
inner join dw.dim_indicator as i using (indicator_code)
left join named as n using (target_id)
where
    a.verdict in ('behind', 'not_met')
    and (a.basis <> 'assigned_total' or a.is_planned is not true)
order by i.indicator_key, a.statement_no, a.target_id
