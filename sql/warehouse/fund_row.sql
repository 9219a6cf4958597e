-- grain: one row per row of a sheet whose words say of which project, source or nature its amounts
-- are. A project that is not said is none: never the whole programme.
create temporary table fund_row on commit drop as
select
    g.filing_id, g.sheet, g.row_no,
    coalesce(max(g.code) filter (where s.code = 'project'), '') as project_code,
    max(g.code) filter (where s.code = 'source') as source,
    max(g.code) filter (where s.code = 'nature') as nature
from bound_filing as b
inner join stg.figure as g using (filing_id)
inner join stg.slot as s using (slot_id)
where
    s.kind = 'attribute' and s.code in ('project', 'source', 'nature')
    and exists (
        select from stg.slot as f
        where
            f.form = s.form and f.form_version = s.form_version and f.table_name = s.table_name
            and 'in_row' in (f.code, f.source, f.nature)
    )
group by g.filing_id, g.sheet, g.row_no
