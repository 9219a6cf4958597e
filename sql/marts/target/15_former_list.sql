-- makes former_list
-- reads target_of_communes, target_member, ref.map_unit, ref.map_share, dw.dim_commune,
--   dw.agg_indicator
-- one row per target about a frozen list of communes and commune that others became since: the
--   lowest and the highest rate of them on the day of the list. One that its target's map has not
--   yet is taken from the first that has it
-- why it is on the list if all of them were, off it if none was; of any other nobody knows how much
--   of its figures is of the list. Its own rate, of all together, was on no list
create temporary table former_list on commit drop as
select
    q.target_no, m.commune_key, min(a.value) as low, max(a.value) as high,
    count(a.value) = count(*) as is_known
from target_of_communes as q
inner join target_member as m using (target_no)
cross join lateral (
    select n.map_unit_no
    from ref.map_unit as n
    where
        n.level = 'commune' and n.unit_key = m.commune_key
        and (n.unit_map = m.figure_map or m.figure_map = 'as_filed' and n.unit_map <> 'as_filed')
    order by n.unit_map
    limit 1
) as u
inner join ref.map_share as w using (map_unit_no)
inner join dw.dim_commune as c
    on c.commune_key = w.commune_key and make_date(q.year_from, 1, 1) >= c.valid_from
    and make_date(q.year_from, 1, 1) < c.valid_to
left join dw.agg_indicator as a
    on a.level = 'commune' and a.unit_key = w.commune_key and a.unit_map = 'as_filed'
    and a.indicator_key = q.rate_key and a.measure = 'baseline' and a.year = q.year_from
    and a.period = 'OPEN'
where q.list_pct is not null and not q.is_retested
group by q.target_no, m.commune_key
having count(*) > 1 or bool_and(w.commune_key <> m.commune_key)
