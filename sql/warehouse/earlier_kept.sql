-- grain: one row per accepted filing of this batch that its workbook has beside a later period of its
-- filer, and that says otherwise than the version accepted before it: how many facts do
with otherwise as (
    select
        p.after_id, p.file_before, min(f.sheet) filter (where v.side > 0) as sheet,
        sum(v.side) as more
    from stg.version_pair as p
    cross join lateral (values (p.before_id, -1), (p.after_id, 1)) as v (filing_id, side)
    cross join lateral (
        select s.sheet, to_jsonb(s) as content
        from stg.stated_figure as s
        where s.filing_id = v.filing_id and s.fact <> 'target'
        union all
        select t.sheet, to_jsonb(t) from dw.fact_target as t where t.filing_id = v.filing_id
        union all
        select r.sheet, to_jsonb(r) from dw.fact_responsibility as r where r.filing_id = v.filing_id
        union all
        select d.sheet, to_jsonb(d) from dw.fact_duty as d where d.filing_id = v.filing_id
        union all
        -- words of a row belong together, wherever on its sheet the row lies
        select w.sheet, to_jsonb(w) || jsonb_build_object(
            'row_no', dense_rank() over (partition by w.list_code order by w.row_no)
        )
        from dw.fact_text as w
        where w.filing_id = v.filing_id
    ) as f
    where p.after_id in (
        select filing_id from ops.finding
        where rule = 'file-earlier-beside' and filing_id = any(:batch)
    )
    group by
        p.after_id, p.file_before,
        f.content - array['filing_id', 'sheet', 'cell', 'text_as_filed', 'document']
    having sum(v.side) <> 0
)

select
    after_id as filing_id, file_before as file, coalesce(min(sheet), '') as sheet,
    greatest(sum(more) filter (where more > 0), -sum(more) filter (where more < 0))::integer as figures
from otherwise
group by after_id, file_before
order by after_id
