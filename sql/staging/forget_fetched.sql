-- grain: one row per file of a folder that is gone from it or was fetched anew
delete from ops.fetched
where inbox = :place and name <> all(:unchanged)
