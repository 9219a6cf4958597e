-- Whether an indicator is a stock or a flow is its timing: the column no longer bears the name of
-- one of its two values.
alter table dw.dim_indicator rename column flow to timing;
