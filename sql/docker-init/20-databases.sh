#!/bin/sh
# Run once by the postgres image, on an empty volume, after sql/roles.sql: the roles of Airflow and Superset, the
# three databases, who may connect to which, and every password (from the environment, never from
# an argument, where `ps` would show it).
set -eu
: "${KHOXA_OWNER_PASSWORD:?}" "${KHOXA_LOADER_PASSWORD:?}" "${BI_READER_PASSWORD:?}"
: "${AIRFLOW_DB_PASSWORD:?}" "${SUPERSET_DB_PASSWORD:?}"

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv owner KHOXA_OWNER_PASSWORD
\getenv loader KHOXA_LOADER_PASSWORD
\getenv reader BI_READER_PASSWORD
\getenv airflow AIRFLOW_DB_PASSWORD
\getenv superset SUPERSET_DB_PASSWORD
create role airflow;  -- logs in from the last line on, by which the health check knows that all is made
create role superset login;
alter role khoxa_owner password :'owner';
alter role khoxa_loader password :'loader';
alter role bi_reader password :'reader';
alter role airflow password :'airflow';
alter role superset password :'superset';

create database khoxa owner khoxa_owner;
create database airflow owner airflow;
create database superset owner superset;
revoke connect, temporary on database khoxa, airflow, superset, postgres, template1 from public;
grant connect, temporary on database khoxa to khoxa_loader;
grant connect on database khoxa to bi_reader;
SQL

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=khoxa \
    --file="${KHOXA_DOORS:-/opt/khoxa/doors.sql}"
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --command='alter role airflow login'
