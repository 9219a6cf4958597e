-- The text of khoxa.query as a cursor: PostgreSQL refuses more than one statement, and any that
-- answers with no rows.
do $$
declare
    answer refcursor := 'answer';
begin
    open answer no scroll for execute current_setting('khoxa.query');
end
$$
