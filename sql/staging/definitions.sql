-- grain: one row, of the last night that read; changed only by a night that reads by others
insert into ops.definitions as t (digest) values (:digest)
on conflict (is_only) do update set digest = excluded.digest
where t.digest is distinct from excluded.digest
