-- grain: one row per way in which the filings asked about change figures of the versions before them
select change, change_vi, change_en, count(*)::integer as figures, count(distinct filing_after)::integer as filings
from mart.change
where filing_after = any(:filings)
group by change, change_vi, change_en
order by change
