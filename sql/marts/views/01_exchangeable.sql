-- makes stg.exchangeable
-- reads dw.dim_indicator
-- one row per two counts by the poverty standard that are parts of one whole, which is not by it
-- why they stand side by side on every form, so that one may be written where the other belongs
create view stg.exchangeable as
select
    a.indicator_key as one_key, b.indicator_key as other_key,
    a.name_vi as one_vi, a.name_en as one_en, b.name_vi as other_vi, b.name_en as other_en
from dw.dim_indicator as r
inner join dw.dim_indicator as s on (s.denominator_code, s.timing) = (r.denominator_code, r.timing)
inner join dw.dim_indicator as a on a.indicator_code = r.numerator_code
inner join dw.dim_indicator as b on b.indicator_code = s.numerator_code
inner join dw.dim_indicator as w on w.indicator_code = r.denominator_code
where
    r.timing = 'stock' and a.by_standard and b.by_standard and not w.by_standard
    and a.indicator_key < b.indicator_key;
