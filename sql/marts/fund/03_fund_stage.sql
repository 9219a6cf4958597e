-- makes fund_stage
-- reads fund_sum
-- one row per unit (0: none), years, period, project line, source, nature and stage: what a touched
--   commune filed, or a district or province of a touched one
-- why of several filings about the same money the last received that states it stands, with its own
--   split into capital and recurrent or none. Most units have one filing, which is seen by the year
create temporary table fund_stage on commit drop as
with disputed as (
    select commune_key, district_key, province_key, year
    from fund_sum
    group by commune_key, district_key, province_key, year
    having min(filing_id) <> max(filing_id)
),

chosen as (
    select
        level, commune_key, district_key, province_key, year_from, year, period, fund_key, line_key,
        stage, filing_id, amount, is_stated, first_value(filing_id) over (
            partition by
                level, commune_key, district_key, province_key, year_from, year, period, line_key,
                stage
            order by amount is null, is_of_other_year, received_at desc, filing_id desc
        ) as stands
    from fund_sum
    inner join disputed using (commune_key, district_key, province_key, year)
)

select
    level, commune_key, district_key, province_key, year_from, year, period, fund_key, line_key,
    stage, amount, is_stated
from chosen
where filing_id = stands
union all
select
    level, commune_key, district_key, province_key, year_from, year, period, fund_key, line_key,
    stage, amount, is_stated
from fund_sum
where (commune_key, district_key, province_key, year) not in (
    select commune_key, district_key, province_key, year from disputed
)
