-- What figures mean by the indicators as they stand, before 04_dimensions.sql replaces them; names,
-- definitions and the project that an indicator belongs to change no figure.
create temporary table indicator_before on commit drop as
select
    indicator_key,
    to_jsonb(d)
    - array['name_vi', 'name_en', 'definition_vi', 'definition_en', 'jump_pct', 'project_code']
    as meaning
from dw.dim_indicator as d;
