-- makes member_figure
-- reads target_of_communes, target_member, former_list, map_figure
-- one row per target about communes one by one, period that any of them reported, and commune of
--   the map unit on the period's last day: its figure, and whether it is on the list
-- why a commune that reported nothing is known to be missing
create temporary table member_figure on commit drop as
with reported as (
    select distinct q.target_no, a.year as actual_year, a.period as actual_period
    from target_of_communes as q
    inner join target_member as m using (target_no)
    inner join map_figure as a
        on m.is_whole and a.unit_map = m.figure_map and a.level = 'commune'
        and a.unit_key = m.commune_key and a.indicator_key = q.figure_key and a.measure = 'actual'
        and a.year between q.year_from and q.year
        and (q.gathered <> 'average' or a.period = 'Y')
)

select
    target_no, r.actual_year, r.actual_period, m.commune_key, a.numerator, a.denominator, a.value,
    p.value as list_rate,
    case
        when q.judged_by <> 'list' then null
        when f.commune_key is null then q.list_pct is null or p.value >= q.list_pct
        when f.is_known and f.low >= q.list_pct then true
        when f.is_known and f.high < q.list_pct then false
    end as is_listed,
    case
        when q.judged_by = 'lowest' and q.gathered <> 'year' then r.actual_year - q.year_from + 1
        else 1
    end as years_expected
from reported as r
inner join target_of_communes as q using (target_no)
inner join target_member as m using (target_no)
left join former_list as f using (target_no, commune_key)
left join map_figure as a
    on m.is_whole and a.unit_map = m.figure_map and a.level = 'commune'
    and a.unit_key = m.commune_key and a.indicator_key = q.figure_key and a.measure = 'actual'
    and a.year = r.actual_year and a.period = r.actual_period
left join map_figure as p
    on q.list_pct is not null and m.is_whole and p.unit_map = m.figure_map and p.level = 'commune'
    and p.unit_key = m.commune_key and p.indicator_key = q.rate_key
    and (p.measure, p.year, p.period) = case
        when q.is_retested then ('actual'::text, r.actual_year, r.actual_period)
        else ('baseline'::text, q.year_from, 'OPEN'::text)
    end
where
    ref.last_day(r.actual_period, r.actual_year) >= m.valid_from
    and ref.last_day(r.actual_period, r.actual_year) < m.valid_to
