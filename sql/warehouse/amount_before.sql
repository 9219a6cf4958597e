-- grain: one row per amount of this batch and another that it may be held against: of the same unit,
-- line, source and nature, in a filing that counts, or what the units below were given in all. A plan or
-- an allocation is about what another one of the year, or of the year before, says; what is disbursed
-- grows within its year, out of what its own report says was allocated
create temporary table amount_before on commit drop as
with line as (
    select
        f.filing_id, f.stage, f.year, f.year_from, f.period, f.fund_key, f.sheet, f.cell,
        f.amount_million_vnd as amount, f.year_offset, e.amount_million_vnd as before,
        e.stage as stage_before, e.year as year_before, e.year_from as year_from_before,
        e.period as period_before, e.filing_id as before_id
    from dw.fact_fund as f
    inner join dw.fact_fund as e on e.commune_key = f.commune_key and e.fund_key = f.fund_key
    where f.filing_id = any(:batch)
    union all
    select
        f.filing_id, f.stage, f.year, f.year_from, f.period, f.fund_key, f.sheet, f.cell,
        f.amount_million_vnd, f.year_offset, e.amount_million_vnd, e.stage, e.year, e.year_from,
        e.period, e.filing_id
    from dw.fact_fund as f
    inner join dw.fact_fund as e
        on e.level = f.level and e.fund_key = f.fund_key and e.commune_key is null
        and coalesce(e.commune_key, e.district_key, e.province_key)
        = coalesce(f.commune_key, f.district_key, f.province_key)
    where f.filing_id = any(:batch) and f.commune_key is null
)

select
    l.filing_id, l.stage, l.fund_key, l.sheet, l.cell, l.amount, l.before, l.stage_before,
    l.year_before, l.period_before, l.before_id, true as is_whole, g.original_name as source
from line as l
inner join raw.current_filing as g on g.filing_id = l.before_id
where
    l.year_offset = 0 and l.amount > 0 and l.before > 0 and l.year_before in (l.year - 1, l.year)
    and l.year_before - l.year_from_before = l.year - l.year_from
    and case
        when l.stage in ('plan', 'allocated')
            then l.stage_before in ('plan', 'allocated') and l.before_id <> l.filing_id
        when l.stage = 'disbursed' and l.stage_before = 'disbursed'
            then l.year_before = l.year
            and ref.last_day(l.period_before, l.year_before) < ref.last_day(l.period, l.year)
        else (l.stage, l.stage_before) = ('disbursed', 'allocated') and l.before_id = l.filing_id
    end
union all
select
    f.filing_id, f.stage, f.fund_key, f.sheet, f.cell, f.amount_million_vnd,
    a.allocated_million_vnd, 'allocated', a.year, a.period, null,
    a.units_reported = a.units_expected, 'kinh phí được giao đã tổng hợp / allocations in sum'
from dw.fact_fund as f
inner join dw.agg_fund as a
    on a.level = f.level and a.unit_key = coalesce(f.district_key, f.province_key)
    and (a.year_from, a.year, a.fund_key) = (f.year_from, f.year, f.fund_key)
where
    f.filing_id = any(:batch) and f.stage = 'plan' and f.level <> 'commune' and f.year_offset = 0
    and f.amount_million_vnd > 0 and a.allocated_million_vnd > 0
