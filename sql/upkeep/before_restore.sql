-- No night, and nobody who asks, may stand in the way for long; then the restore gives up.
set local lock_timeout = '2min';
select pg_advisory_xact_lock(x'6b686f78'::int);
