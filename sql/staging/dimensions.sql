-- grain: one row the warehouse: what it knows of indicators, funds, years and units, as one number
select md5(
    (select coalesce(string_agg(indicator_code, ' ' order by indicator_code), '')
     from dw.dim_indicator)
    || (select coalesce(string_agg(
        concat_ws('/', programme_code, project_code, source, nature), ' ' order by fund_key
    ), '')
        from dw.dim_fund)
    || (select coalesce(string_agg(year::text, ' ' order by year), '') from dw.dim_year)
    -- units are as they were put; to read them all takes longer than the rest of a quiet night
    || (select coalesce(max(digest), '') from ops.declared where (kind, code) = ('seeds', 'units'))
)
