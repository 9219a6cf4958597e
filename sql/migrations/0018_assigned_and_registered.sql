-- Who said it: what a district's register asks of its communes is assigned, not registered, and
-- sums of both are kept apart; every unit that has targets is to be judged by the next night.
update dw.fact_target as f
set basis = 'assigned'
from raw.filing as g
where g.filing_id = f.filing_id and g.form = 'target_register';

-- what is said of a sum that stands beside the plan whose annex it is
create function ref.agree(added numeric, planned numeric) returns text
immutable parallel safe language sql
return case
    when added = planned then 'agrees'
    when added > planned then 'adds_up_to_more'
    when added < planned then 'adds_up_to_less'
end;

insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year from dw.fact_target
on conflict do nothing;
