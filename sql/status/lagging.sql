-- grain: one row per target of the latest year that is behind or was not met, by its latest period,
-- on the latest map; units that have ended as filed. Who leads it, who else the plan gave it to.
-- What communes were assigned or registered in sum is nobody's target; a total
-- that an annex prints is named where the plan itself does not state it
with latest as (
    select unit_map from mart.unit_map order by map_on desc limit 1
),

judged as (
    select distinct on (level, unit_code, unit_name, target_id)
        *, bool_or(asked_by = 'own_plan') over (
            partition by level, unit_code, unit_name, indicator_code
        ) as is_planned
    from mart.attainment
    where
        actual_value is not null and basis not like '%\_sum'
        and (unit_map = 'as_filed' or unit_map in (select unit_map from latest))
        and year = (select max(year) from mart.attainment where actual_value is not null)
    order by level, unit_code, unit_name, target_id, ref.last_month(period) desc,
        unit_map = 'as_filed'
),

agency as (
    select
        r.unit_map, r.level, r.unit_code, r.target_id, r.role = 'lead' as is_lead,
        agency_name_vi || case assigned_by when 'plan' then ' (cả kế hoạch)' else '' end
        || coalesce(' – ' || nullif(concat_ws(', ', c.office_phone, c.office_email), ''), '') as agency
    from mart.target_responsible as r
    left join mart.agency_contact as c using (agency_key)
    where role <> 'works_with'
),

named as (
    select
        unit_map, level, unit_code, target_id,
        string_agg(distinct agency, '; ' order by agency) filter (where is_lead) as leads,
        string_agg(distinct agency, '; ' order by agency) filter (where not is_lead) as others
    from agency
    group by unit_map, level, unit_code, target_id
)

select
    a.unit_name as "đơn vị",
    i.name_vi as "chỉ tiêu",
    coalesce(a.asked_by, a.basis) as "ai nêu",
    a.period as "kỳ",
    a.actual_value as "đạt",
    a.verdict as "đánh giá",
    r.leads as "cơ quan chủ trì",
    r.others as "cơ quan thực hiện, chủ đầu tư"
from judged as a
inner join dw.dim_indicator as i using (indicator_code)
left join named as r using (unit_map, level, unit_code, target_id)
where
    a.verdict in ('behind', 'not_met')
    and (a.basis <> 'assigned_total' or a.is_planned is not true)
order by a.level, a.sort_key, a.statement_no, a.indicator_code, a.target_id
