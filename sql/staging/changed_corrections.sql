-- grain: one row per row of the corrections file that is new, changed or gone since the last night
with now as (
    select
        form || ' ' || unit_code || ' ' || year || '-' || period || ' ' || sheet || '!' || cell
        || ': ' || guard || ' → ' || value || ' (' || corrected_by || ', ' || corrected_on || ')' as said
    from correction_now
),

before as (
    select
        form || ' ' || unit_code || ' ' || year || '-' || period || ' ' || sheet || '!' || cell
        || ': ' || guard || ' → ' || value || ' (' || corrected_by || ', ' || corrected_on || ')' as said
    from ref.correction
)

(select said from now except select said from before)
union all
(select 'không còn / withdrawn: ' || said from (
    select said from before
    except
    select said from now
) as gone)
order by 1
