-- makes stg.counted_fund
-- reads dw.fact_fund, raw.current_filing, dw.dim_fund
-- one row per cell with money of a unit that counts
-- why of several filings about the same money the last received that states it stands, as the models
--   of sql/marts/fund have it
create view stg.counted_fund as
select
    f.level, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key, f.year_from,
    f.year, f.period, f.fund_key, f.stage, f.amount_million_vnd, f.filing_id, f.sheet, f.cell,
    f.text_as_filed
from dw.fact_fund as f
inner join raw.current_filing as g using (filing_id)
inner join dw.dim_fund as d using (fund_key)
where
    f.state = 'value' and not exists (
        select from dw.fact_fund as o
        inner join raw.current_filing as h using (filing_id)
        inner join dw.dim_fund as e using (fund_key)
        where
            o.amount_million_vnd is not null and o.level = f.level
            and coalesce(o.commune_key, 0) = coalesce(f.commune_key, 0)
            and coalesce(o.district_key, 0) = coalesce(f.district_key, 0)
            and o.province_key = f.province_key and e.line_key = d.line_key
            and (o.year_from, o.year, o.period, o.stage) = (f.year_from, f.year, f.period, f.stage)
            and (o.year_offset = 0, h.received_at, h.filing_id)
            > (f.year_offset = 0, g.received_at, g.filing_id)
    );
