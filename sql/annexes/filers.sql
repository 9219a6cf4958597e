-- grain: one row per unit that filed a target register in force, and its year
select level, unit_code, year
from mart.filing_status
where form = 'target_register' and state = 'accepted'
order by year desc, level desc, unit_code
