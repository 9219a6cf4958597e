-- grain: one row per district, province or commune with a plan of its own (the other communes of a
-- district or province together), a year that anything of it was reported for, a programme and who
-- stated the targets. Counted as its page counts them (annexes/page_targets): on the unit's newest
-- map, every statement that is about the year once, by the year's latest period
with judged as materialized (select * from mart.attainment), -- once, before it is joined
home as materialized (
    select distinct on (u.level, u.unit_key)
        u.level, u.unit_code, u.unit_name, u.sort_key,
        coalesce('huyện ' || u.district_name, 'tỉnh ' || u.province_name) as parent,
        coalesce(m.unit_map, 'as_filed') as unit_map
    from (select distinct level, unit_code, unit_name from judged) as j
    inner join mart.unit as u using (level, unit_code, unit_name)
    left join mart.unit_map as m on u.valid_from <= m.map_on and u.valid_to > m.map_on
    order by u.level, u.unit_key, m.map_on desc nulls last
),

stated as materialized (
    select
        a.*, h.parent, coalesce(a.asked_by, a.basis) as stated_by,
        a.level <> 'commune' or bool_or(a.asked_by = 'own_plan') over (
            partition by a.level, a.unit_code, a.unit_name
        ) is true as is_by_itself
    from judged as a
    inner join home as h using (level, unit_code, unit_name, unit_map)
),

reported as (
    select distinct level, unit_code, unit_name, year as of_year from stated where actual_value is not null
),

counted as (
    select distinct on (
        level, unit_code, unit_name, of_year, s.programme_code, s.stated_by, s.document, s.version,
        s.indicator_code, s.statement_no, s.section, s.text_as_printed, s.operator, s.target_value,
        s.year_from, s.year_to
    ) s.*, r.of_year, case when s.year = r.of_year then s.verdict else 'not_assessable' end as found,
        case when s.is_by_itself then s.unit_code end as shown_code,
        case when s.is_by_itself then s.unit_name end as shown_name
    from reported as r
    inner join stated as s using (level, unit_code, unit_name)
    where r.of_year between s.year_from and s.year_to
        and coalesce(s.in_force_to > make_date(r.of_year, 1, 1), true)
    order by
        level, unit_code, unit_name, of_year, s.programme_code, s.stated_by, s.document, s.version,
        s.indicator_code, s.statement_no, s.section, s.text_as_printed, s.operator, s.target_value,
        s.year_from, s.year_to, s.year = r.of_year desc, ref.last_month(s.period) desc
)

select
    coalesce(c.shown_name, count(distinct c.unit_code) || ' xã của ' || c.parent) as "đơn vị",
    c.of_year::text as "năm", g.topic_vi as "chương trình", c.stated_by as "ai nêu", count(*) as "mục tiêu",
    count(*) filter (where c.found = 'exceeded') as "vượt", count(*) filter (where c.found = 'met') as "đạt",
    count(*) filter (where c.found = 'not_met') as "không đạt",
    count(*) filter (where c.found = 'on_track') as "đúng tiến độ", count(*) filter (where c.found = 'behind') as "chậm",
    count(*) filter (where c.found = 'not_assessable') as "chưa đánh giá được"
from counted as c
left join dw.dim_programme as g using (programme_code)
group by c.level, c.shown_code, c.shown_name, c.parent, c.of_year, g.topic_vi, c.stated_by
order by c.level = 'commune', c.level, c.shown_name is null, min(c.sort_key), c.parent, c.of_year, g.topic_vi,
    c.stated_by
