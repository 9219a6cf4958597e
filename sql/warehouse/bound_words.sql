-- grain: one row per staged fact in words (a responsibility, a duty) of an accepted filing, bound
-- to its filer, with what the other cells of its row say
create temporary table bound_words on commit drop as
with said as (
    select
        filing_id, sheet, row_no, jsonb_object_agg(code, text_code) as words,
        max(text) filter (where code = 'agency') as agency_as_filed
    from bound_figure
    where
        kind in ('attribute', 'responsibility', 'duty') and text <> ''
        and filing_id in (
            select filing_id from bound_figure where kind in ('responsibility', 'duty')
        )
    group by filing_id, sheet, row_no
)

select
    b.filing_id, b.kind, b.sheet, b.cell, b.text, b.state, b.level, b.commune_key,
    b.district_key, b.province_key, b.year, b.last_year, s.agency_as_filed,
    s.words ->> 'indicator' as indicator_code, i.indicator_key,
    s.words ->> 'agency' as agency_code,
    coalesce(a.level, b.level) as agency_level,
    coalesce(a.name_vi, s.agency_as_filed) as name_vi,
    coalesce(a.name_en, s.agency_as_filed) as name_en,
    u.unit_level, u.unit_key,
    s.words ->> 'role' as role, b.programme_code,
    nullif(s.words ->> 'project', 'whole_programme') as project_code,
    s.words ->> 'project' is not distinct from 'whole_programme' as is_whole_programme,
    s.words ->> 'duty_kind' as duty_kind, s.words ->> 'frequency' as frequency,
    s.words ->> 'tracked_by' as tracked_form,
    coalesce(s.words ->> 'task', '') as task,
    coalesce(s.words ->> 'recipient', '') as recipient,
    coalesce(s.words ->> 'due', '') as due_text,
    coalesce(s.words ->> 'text_as_printed', '') as text_as_printed,
    coalesce(s.words ->> 'section', '') as section,
    coalesce(s.words ->> 'statement_no', '') as statement_no,
    coalesce(s.words ->> 'document', '') as document
from bound_figure as b
left join said as s using (filing_id, sheet, row_no)
left join dw.dim_indicator as i on i.indicator_code = s.words ->> 'indicator'
left join ref.agency as a on a.agency_code = s.words ->> 'agency'
-- the office of a superior is that unit's; those of the units inside are named as one
cross join lateral (
    select
        case
            when 'province' in (a.level, b.level) then 'province'
            when 'district' in (a.level, b.level) and b.district_key is not null then 'district'
            else b.level
        end as unit_level
) as l
cross join lateral (
    select l.unit_level, case l.unit_level
        when 'province' then b.province_key
        when 'district' then b.district_key
        else b.commune_key
    end as unit_key
) as u
where b.kind in ('responsibility', 'duty')
