-- What the last night worked by, so that a change of it is seen: the tables of sql/seeds and the
-- province's own rows as a whole (`seeds`), each form with its rules (`form`), and each indicator of
-- the province's own (`indicator`). A digest is that of the text.
create table ops.declared (
    kind    text not null check (kind in ('seeds', 'form', 'indicator')),
    code    text not null,
    version text not null,
    digest  text not null,
    primary key (kind, code, version)
);
