-- What a figure is computed from, so that it can be traced to cells.

-- grain: one row per indicator, measure, period, side of its quotient and figure that is a part of it
create table ref.figure_part (
    indicator_key smallint not null,
    measure       text not null,
    period        text not null,
    side          text not null check (side in ('numerator', 'denominator')),
    sign          smallint not null,
    part_key      smallint not null,
    part_measure  text not null,
    part_period   text not null,
    derived_key   smallint, -- the whole that it is a part of, while nobody filed that
    of_measure    text not null,
    of_period     text not null,
    parts         smallint not null
);
create index figure_part_of on ref.figure_part (indicator_key, measure, period);
create index figure_part_back on ref.figure_part (part_key, part_measure, part_period);
