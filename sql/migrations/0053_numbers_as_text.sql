-- a number as people here read it, with the decimals that it has: 3603.08 is 3.603,08 (as
-- etl/ground/numerals.py writes them)
create function ref.number_text(number numeric) returns text
immutable parallel safe language sql
return translate(
    to_char(
        number,
        'FM999,999,999,999,999,999,999,990'
        || case when scale(number) > 0 then '.' || repeat('0', scale(number)) else '' end
    ), ',.-', '.,−'
);
