-- grain: one row the warehouse: what it knows of indicators, funds, years and units, as one number
select md5(
    (select coalesce(string_agg(indicator_code, ' ' order by indicator_code), '')
     from dw.dim_indicator)
    || (select coalesce(string_agg(
        concat_ws('/', programme_code, project_code, source, nature), ' ' order by fund_key
    ), '')
        from dw.dim_fund)
    || (select coalesce(string_agg(year::text, ' ' order by year), '') from dw.dim_year)
    || (select count(*) || ' ' || sum(hashtext(u::text)::bigint) from dw.dim_commune as u)
    || (select count(*) || ' ' || sum(hashtext(u::text)::bigint) from dw.dim_district as u)
    || (select count(*) || ' ' || sum(hashtext(u::text)::bigint) from dw.dim_province as u)
)
