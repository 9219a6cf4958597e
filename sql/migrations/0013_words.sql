-- One word one thing: `source` is where money comes from, so whose figure judges a target is
-- `judged_by`; what a district or province filed for itself `is_self_filed`; a share of a map's
-- unit in its own communes `is_itself`.

alter table dw.agg_target rename column source to judged_by;
alter table dw.agg_indicator rename column is_own to is_self_filed;
alter table dw.agg_attainment rename column is_own to is_self_filed;
alter table ref.map_share rename column is_own to is_itself;
