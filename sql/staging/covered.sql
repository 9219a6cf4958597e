-- grain: one row per staged filing about several communes that had one before it: the version
-- before, else that of the year before; how many communes each covers, of those in force now
with pairs as (
    select f.filing_id, f.units_on, e.filing_id as earlier_id, e.original_name
    from raw.filing as f
    cross join lateral (
        select o.filing_id, o.original_name
        from raw.filing as o
        where
            o.form = f.form and o.filer_code = f.filer_code and o.period = f.period
            and (
                o.year = f.year and (o.received_at, o.filing_id) < (f.received_at, f.filing_id)
                or o.year = f.year - 1 and o.superseded_by is null
            )
            and (
                exists (select from dw.fact_indicator as x where x.filing_id = o.filing_id)
                or exists (select from dw.fact_target as x where x.filing_id = o.filing_id)
            )
        order by o.year desc, o.received_at desc, o.filing_id desc
        limit 1
    ) as e
    where f.state = 'staged' and f.filer_level <> 'commune'
),

earlier as (
    select filing_id, commune_key from dw.fact_indicator
    where state = 'value' and filing_id in (select earlier_id from pairs)
    union
    select filing_id, commune_key from dw.fact_target
    where state = 'value' and filing_id in (select earlier_id from pairs)
),

before as (
    select p.filing_id, p.original_name, count(*) as units
    from pairs as p
    inner join earlier as e on e.filing_id = p.earlier_id
    inner join dw.dim_commune as c
        on c.commune_key = e.commune_key
        and p.units_on >= c.valid_from and p.units_on < c.valid_to
    group by p.filing_id, p.original_name
),

now as (
    select g.filing_id, count(distinct g.subject) as units
    from stg.figure as g
    inner join stg.slot as s using (slot_id)
    where
        g.filing_id in (select filing_id from pairs) and g.state = 'value'
        and s.kind in ('indicator', 'target') and g.subject is not null
    group by g.filing_id
)

select
    b.filing_id, coalesce(n.units, 0) as units, b.units as units_before,
    b.original_name as source
from before as b
left join now as n using (filing_id)
