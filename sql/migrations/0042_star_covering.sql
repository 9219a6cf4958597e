-- A sum over ten thousand communes reads one index in order, not ten thousand pages.
alter table dw.star_year drop constraint star_year_pkey;
alter table dw.star_year add primary key (indicator_key, level, year, unit_id)
    include (value, numerator, denominator, period, province_id);
alter table dw.star_period drop constraint star_period_pkey;
alter table dw.star_period add primary key (indicator_key, level, year, period, unit_id)
    include (value, numerator, denominator, province_id);
