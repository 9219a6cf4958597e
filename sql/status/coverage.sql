-- grain: one row a province: how much of it these figures rest on
select
    'Độ phủ ' || unit_name || ', năm ' || year || ': '
    || max(districts_reported) || '/' || max(districts_expected) || ' huyện ('
    || max(units_reported) || '/' || max(units_expected) || ' xã). Số của tỉnh chỉ là số của các'
    || ' huyện đã có. / ' || unit_name || ' rests on ' || max(districts_reported) || ' of '
    || max(districts_expected) || ' districts (' || max(units_reported) || ' of '
    || max(units_expected) || ' communes).'
from mart.indicator_by_unit
where level = 'province' and indicator_code = 'households' and unit_map = 'as_filed'
    and year = (select max(year) from mart.indicator_by_unit where measure = 'actual')
group by unit_name, year
having max(units_reported) < max(units_expected)
limit 10
