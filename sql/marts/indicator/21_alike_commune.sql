-- makes alike_commune
-- reads counted_share, counted_elsewhere, merged_commune
-- one row per commune that counts in a stale district or province, day of its figures, and whether they
--   are bridged: one of the communes that have the same shares in the same of these units (first_key)
-- why they are added up once, not once for each unit. A commune of which a figure counts elsewhere,
--   or which counts as those merged into it, is alike to none
-- for example: the 17 communes of huyện Na Rì lie wholly (weight 1) in Na Rì and in tỉnh Bắc Kạn, and in
--   the same province of each map: 17 rows with one first_key. What they add up to is reckoned once
--   (22_alike_figure) and taken for all of these units. Had one of them 0.6 of its people in another
--   province, its shares would differ, and it would have another first_key
create temporary table alike_commune on commit drop as
with alone as (
    select commune_key, year from counted_elsewhere
    union
    select commune_key, year from merged_commune
),

above as (
    select
        commune_key, year, figure_on, is_bridged,
        array_agg((map_unit_no, weight)::text order by map_unit_no) as shares
    from counted_share
    where level <> 'commune'
    group by commune_key, year, figure_on, is_bridged
)

select
    u.commune_key, u.year, u.figure_on, u.is_bridged, min(u.commune_key) over (
        partition by u.year, u.figure_on, u.is_bridged, u.shares, a.commune_key
    ) as first_key
from above as u
left join alone as a using (commune_key, year)
