-- grain: one row per indicator
select indicator_code, name_vi from dw.dim_indicator order by indicator_code
