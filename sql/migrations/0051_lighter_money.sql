-- A commune's money is found by the commune; only what lies above has a key by province.
drop index dw.agg_fund_parent;
create index agg_fund_above on dw.agg_fund (province_key, level) where level <> 'commune';
