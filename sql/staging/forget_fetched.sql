-- grain: one row per file of an inbox that is gone from it or was read anew
delete from ops.fetched
where inbox = :place and name = any(:gone)
