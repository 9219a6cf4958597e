-- makes beside_whole
-- reads filed_whole, counted_share, commune_figure, counted_elsewhere, merged_commune,
--   ref.unit_path, dw.dim_commune
-- one row per figure of filed_whole and commune of the province that was in none of these units on the day
--   whose communes they counted, nor has become or come of one that was: what it adds
-- why nobody counts twice, and nobody falls out
create temporary table beside_whole on commit drop as
with kin as (
    select commune_key, commune_key as kin_key from dw.dim_commune
    union all
    select from_key, to_key from ref.unit_path
    union all
    select to_key, from_key from ref.unit_path
),

whole as (
    select distinct map_unit_no, year, period, measure, indicator_key
    from filed_whole where is_whole
)

select
    map_unit_no, year, period, measure, indicator_key, f.district_key,
    s.weight * f.numerator as numerator, s.weight * f.denominator as denominator,
    (s.weight is null)::integer as shares_unknown,
    f.nearest_on <= f.figure_on as had_begun, least(f.nearest_on, f.figure_on) as counted_on,
    (f.nearest_on <= f.figure_on)::integer + coalesce(o.communes, 0) as units
from whole as x
inner join counted_share as s using (map_unit_no, year)
inner join commune_figure as f
    using (commune_key, year, figure_on, is_bridged, period, measure, indicator_key)
left join merged_commune as o using (map_unit_no, commune_key, figure_on, year, unit_scope)
where
    f.numerator is not null
    and not exists (
        select from counted_elsewhere as e
        where
            (e.map_unit_no, e.commune_key, e.year, e.period, e.measure, e.indicator_key)
            = (s.map_unit_no, s.commune_key, f.year, f.period, f.measure, f.indicator_key)
    )
    and not exists (
        select from kin as k
        inner join dw.dim_commune as c on c.commune_key = k.kin_key
        inner join filed_whole as w
            on w.former_key = case w.former_level when 'province' then c.province_key else c.district_key end
        where
            k.commune_key = s.commune_key and w.is_whole
            and w.counted_on between c.valid_from and c.valid_to - 1
            and (w.map_unit_no, w.year, w.period, w.measure, w.indicator_key)
            = (x.map_unit_no, x.year, x.period, x.measure, x.indicator_key)
    )
