-- grain: one row per file of an inbox as it was read last. settled_at: where it is filed and known to
-- lie there, so that nothing comes of it while it does and the office has no later time for it, when
-- it came. is_open: its content may be entered, or entered again (see contents.sql)
with last_seen as (
    select distinct on (name) name, content_sha256, received_at, modified_at
    from raw.arrival
    where inbox = :place
    order by name desc, seen_no desc
),

filed as (
    select
        content_sha256,
        max(arrival) is not distinct from max(arrival) filter (
            where state = 'accepted' and superseded_by is not null
        ) as is_superseded
    from raw.filing
    group by content_sha256
)

select
    f.name, f.size_bytes, f.modified_at, f.tag, f.content_sha256,
    case
        when
            c.content_sha256 is not null and s.content_sha256 = f.content_sha256
            and (s.modified_at < f.modified_at) is not true
            then s.received_at
    end as settled_at,
    coalesce(c.is_superseded, true) as is_open
from ops.fetched as f
left join last_seen as s using (name)
left join filed as c on c.content_sha256 = f.content_sha256
where f.inbox = :place
