-- grain: one row per district or province and a year that targets of it were judged in; as filed,
-- and what is judged only on the latest map. A target counts once, by the year's latest period. Who
-- stated them counts apart; sums of what communes were assigned or registered are nobody's targets.
with latest as (
    select unit_map from mart.unit_map order by map_on desc limit 1
),

judged as (
    select distinct on (level, unit_code, unit_name, year, target_id) *
    from mart.attainment
    where
        level <> 'commune' and reason <> 'no_actual'
        and (unit_map = 'as_filed' or unit_map in (select unit_map from latest))
    order by
        level, unit_code, unit_name, year, target_id, period desc, unit_map = 'as_filed' desc
)

select
    unit_name as "đơn vị",
    year::text as "năm",
    coalesce(asked_by, basis) as "ai nêu",
    count(*) as "mục tiêu",
    count(*) filter (where verdict = 'exceeded') as "vượt",
    count(*) filter (where verdict = 'met') as "đạt",
    count(*) filter (where verdict = 'not_met') as "không đạt",
    count(*) filter (where verdict = 'on_track') as "đúng tiến độ",
    count(*) filter (where verdict = 'behind') as "chậm",
    count(*) filter (where verdict = 'not_assessable') as "chưa đánh giá được"
from judged
group by level, unit_code, unit_name, sort_key, year, coalesce(asked_by, basis)
order by level, sort_key, year, coalesce(asked_by, basis)
limit 120
