"""The warehouse's contract: roles, migrations, seeds."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from etl.ground import database, server
from etl.ground.config import SEEDS_DIR, SQL_DIR, Settings
from etl.setup.migrate import migrate

MARTS = (
    "attainment", "district_group", "figure_trace", "filing_status", "fund_total", "fund_use",
    "indicator_by_unit", "indicator_on_map", "target", "target_asked", "target_cascade",
    "target_commune", "target_gap", "target_passed_on", "target_shortfall", "target_version",
    "unit", "unit_link", "unit_map",
)  # fmt: skip
STAR = {
    "dim_commune", "dim_district", "dim_province", "dim_year", "dim_indicator", "dim_fund",
    "dim_agency", "fact_indicator", "fact_fund", "fact_target",
}  # fmt: skip


def ask(settings: Settings, role: str, query: str) -> list[tuple]:
    with database.engine(settings, role).begin() as connection:
        result = connection.exec_driver_sql(query)
        return [tuple(row) for row in result] if result.returns_rows else []


@pytest.mark.parametrize("mart", MARTS)
def test_bi_reader_reads_every_mart(warehouse: Settings, mart: str) -> None:
    ask(warehouse, "bi_reader", f"select * from mart.{mart} limit 1")


@pytest.mark.parametrize(
    "query",
    [
        "select 1 from dw.fact_indicator",
        "select 1 from raw.filing",
        "select 1 from ops.finding",
        "select 1 from stg.figure",
        "update dw.dim_year set plan_period = ''",
        "create table mart.x (a integer)",
        "create table public.x (a integer)",
    ],
)
def test_bi_reader_does_nothing_else(warehouse: Settings, query: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(warehouse, "bi_reader", query)


@pytest.mark.parametrize(
    "query",
    [
        "create table dw.x (a integer)",
        "drop table raw.filing",
        "alter table dw.fact_indicator add column x text",
        "create table public.x (a integer)",
        "create schema x",
        "truncate dw.fact_indicator",
    ],
)
def test_the_loader_has_no_ddl(warehouse: Settings, query: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        ask(warehouse, "khoxa_loader", query)


def test_the_star_is_there(warehouse: Settings) -> None:
    names = ask(warehouse, "khoxa_owner", "select tablename from pg_tables where schemaname = 'dw'")
    assert {name for (name,) in names} >= STAR


def test_units_of_the_country_before_the_reform(warehouse: Settings) -> None:
    counts = ask(
        warehouse,
        "bi_reader",
        "select (select count(*) from dw.dim_province where valid_from < '2025-07-01'),"
        " (select count(*) from dw.dim_district), count(*), count(distinct district_key)"
        " from dw.dim_commune where valid_from < '2025-07-01' and valid_to >= '2025-07-01'",
    )
    assert counts == [(63, 696, 10035, 691)]  # 696 districts, 691 with communes
    (na_ri,) = ask(
        warehouse,
        "bi_reader",
        "select count(*) from mart.unit where level = 'commune' and district_name = 'Na Rì'"
        " and province_name = 'Bắc Kạn'",
    )
    assert na_ri == (17,)


def test_every_indicator_of_a_form_or_a_rate_is_known(warehouse: Settings) -> None:
    from etl.catalogue.slots import slots

    with (SEEDS_DIR / "indicator.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    known = {row["indicator_code"] for row in rows}
    parts = {row[c] for row in rows for c in ("numerator_code", "denominator_code") if row[c]}
    filed = {slot.code for slot in slots() if slot.kind in ("indicator", "target") and slot.code}
    assert parts | filed <= known


def test_migrating_again_changes_nothing(fresh_warehouse: Settings) -> None:
    from tests.night import Night

    before = Night(fresh_warehouse).dump()
    migrate(fresh_warehouse)
    assert Night(fresh_warehouse).dump() == before


def schema_of(socket_dir: str, name: str) -> list[str]:
    """The lines of a database's schema, as pg_dump has them, but for those of each dump alone."""
    command = [server.BIN_DIR / "pg_dump", "-h", socket_dir, "-U", "postgres", "-d", name,
               "--schema-only", "--no-comments"]  # fmt: skip
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [s for s in text.splitlines() if not s.startswith(("\\restrict", "\\unrestrict"))]


def test_from_the_previous_revision(warehouse: Settings, tmp_path: Path) -> None:
    """A warehouse at every earlier revision comes to the same schema as one built from empty."""
    socket_dir = server.start(warehouse.pgdata)
    admin = database.administrator(socket_dir)
    revisions = sorted(path.stem for path in (SQL_DIR / "migrations").glob("0*.sql"))
    expected = schema_of(socket_dir, database.DATABASE)
    with admin.connect() as connection:
        connection.execute(text("create database stepwise owner khoxa_owner"))
        try:
            url = server.url(socket_dir, "khoxa_owner", "stepwise")
            settings = Settings(tmp_path, "", warehouse_url=url, owner_url=url)
            for revision in (*revisions, "head"):
                migrate(settings, revision)
            stepwise = schema_of(socket_dir, "stepwise")
        finally:
            connection.execute(text("drop database stepwise with (force)"))
    assert stepwise == expected
