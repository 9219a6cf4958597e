-- grain: one row per province: how much of it these figures rest on
with shown as (
    select
        unit_name, year,
        max(districts_reported) as districts, max(districts_expected) as of_districts,
        max(units_reported) as communes, max(units_expected) as of_communes,
        max(districts_self_filed) as self_filed
    from mart.indicator_by_unit
    where
        level = 'province' and indicator_code = 'households' and unit_map = 'as_filed'
        and year = (select max(year) from mart.indicator_by_unit where measure = 'actual')
    group by unit_name, year
    having max(units_reported) < max(units_expected)
)

select
    'Độ phủ ' || unit_name || ', năm ' || year || ': '
    || case
        when of_districts = 0 then communes || '/' || of_communes || ' xã'
        else
            districts || '/' || of_districts || ' huyện ('
            || communes || '/' || of_communes || ' xã'
            || case when self_filed > 0 then ', ' || self_filed || ' huyện tự báo cáo' else '' end
            || ')'
    end
    || '. Số của tỉnh chỉ là số của các xã đã có. / ' || unit_name || ' rests on '
    || case when of_districts = 0 then '' else
        districts || ' of ' || of_districts || ' districts, '
    end
    || communes || ' of ' || of_communes || ' communes'
    || case when self_filed > 0 then ', ' || self_filed || ' by their own figures' else '' end || '.'
from shown
order by unit_name
limit 10
