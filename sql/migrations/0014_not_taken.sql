-- What lies in an inbox and cannot be entered stops nothing and is said.

-- grain: one row per thing that the last look into an inbox did not take
create table ops.not_taken (
    name       text collate "C" primary key,
    rule       text not null,
    message_vi text not null,
    message_en text not null,
    fix_vi     text not null,
    fix_en     text not null
);
