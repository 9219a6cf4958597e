"""What an analyst waits for: typical questions to the marts made for dragging over a country, as
bi_reader, beside a plain lookup of the same rows in the table behind; and as readers of every
province and of one, whom PostgreSQL limits to these (the schema office)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks import bi_world, cpu, warehouse
from etl.ground import database, server
from etl.ground.config import Settings
from etl.ground.yaml_file import read_yaml
from etl.setup import readers

ROUNDS = 20
EVERY, ONE = "bench_ca_nuoc", "bench_mot_tinh"  # roles of every province, and of Bắc Kạn
INDICATORS, FUNDS, LAST_YEAR = 40, 12, 2030  # where dw.dim_year ends
QUERIES = Path(__file__).with_name("bi_queries.yaml")
SIZES = """
    select
        c.relname, pg_relation_size(c.oid) / 1e6, sum(pg_relation_size(i.indexrelid)) / 1e6,
        count(*), c.reltuples
    from pg_class as c
    inner join pg_index as i on i.indrelid = c.oid
    where c.oid = any(cast(:tables as regclass[]))
    group by c.oid, c.relname, c.reltuples order by pg_total_relation_size(c.oid) desc
"""


class Took(NamedTuple):
    """Milliseconds of a query by the clock, median and the 95th of a hundred, and of processor time
    (of its backend alone: what a parallel worker does is not in it)."""

    wall: float
    wall_95: float
    cpu: float
    cpu_95: float
    rows: int


def queries() -> dict[str, dict[str, Any]]:
    """The typical questions: name to `sql`, `floor` and `ms`."""
    found: dict[str, dict[str, Any]] = read_yaml(QUERIES)
    return found


def measure(home: Path, keep: bool, years: int) -> str:
    """A line a question and a line a table; "" for no years."""
    if not years:
        return ""
    with warehouse.fresh(home / "run-bi", home, keep) as settings:
        put_ready(settings, range(LAST_YEAR - years + 1, LAST_YEAR + 1), INDICATORS, FUNDS)
        lines, sizes = _questions(settings), _sizes(settings)
    size = f"{years} years of 10035 communes x {INDICATORS} indicators"
    return "\n".join([f"\n{size} in the marts made for dragging", *lines, *sizes])


def put_ready(settings: Settings, years: range, indicators: int, funds: int) -> None:
    """Fill the tables and tell the planner of them."""
    owner = database.engine(settings, "khoxa_owner")
    with owner.begin() as connection:
        bi_world.fill(connection, years, indicators, funds)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in bi_world.TABLES:
            connection.exec_driver_sql(f"vacuum analyze {table}")


def _questions(settings: Settings) -> list[str]:
    head = (
        f"  {'ms':26}    p50    p95 | CPU p50   p95 | floor ratio | all, ratio | one, ratio | aim"
    )
    lines = [f"{head}  rows"]
    roles = ("bi_reader", "khoxa_owner")
    reader, owner = (database.engine(settings, role) for role in roles)
    with (
        reader.connect() as asking, owner.connect() as plain,
        _scoped(settings, EVERY) as every, _scoped(settings, ONE) as one,
    ):  # fmt: skip
        keys = indicator_keys(plain)
        for name, query in queries().items():
            took = _took(asking, query["sql"])
            floor = _took(plain, query["floor"].format(**keys))
            limited = query["sql"].replace("mart.", "")  # by their search_path
            all_of_it, a_part = (_took(scoped, limited) for scoped in (every, one))
            lines.append(
                f"  {name:26} {took.wall:6.1f} {took.wall_95:6.1f} | {took.cpu:7.1f}"
                f" {took.cpu_95:5.1f} | {floor.cpu:5.1f} {took.cpu / floor.cpu:5.1f} |"
                f" {all_of_it.cpu:5.1f} {all_of_it.cpu / took.cpu:4.2f} |"
                f" {a_part.cpu:5.1f} {a_part.cpu / took.cpu:4.2f} | {query['ms']:3} {took.rows:5}"
            )
    return lines


@contextmanager
def _scoped(settings: Settings, role: str) -> Iterator[Connection]:
    """A role of every province, or of one."""
    codes = "select distinct province_code from dw.dim_unit where :every or province_code = '06'"
    with database.engine(settings, "khoxa_owner").connect() as owner:
        named = owner.execute(text(codes), {"every": role == EVERY}).scalars().all()
    readers.add(settings, role, named)
    url = server.url(server.start(settings.pgdata), role, database.DATABASE)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        yield connection


def indicator_keys(connection: Connection) -> dict[str, int]:
    """What the floors call the indicators that are asked for."""
    codes = {bi_world.COUNTED: "counted", bi_world.RATED: "rated", bi_world.JUDGED: "judged"}
    known = connection.execute(text("select indicator_code, indicator_key from dw.dim_indicator"))
    return {codes[code]: key for code, key in known if code in codes}


def _took(connection: Connection, query: str) -> Took:
    pid = connection.execute(text("select pg_backend_pid()")).scalar_one()
    database.script(connection, query).all()  # from now on it is in memory
    wall, used, rows = [], [], 0
    for _ in range(ROUNDS):
        before, started = cpu.of(pid), time.perf_counter()
        rows = len(database.script(connection, query).all())
        wall.append(1000 * (time.perf_counter() - started))
        used.append(1000 * (cpu.of(pid) - before))
    return Took(median(wall), _95(wall), median(used), _95(used), rows)


def _95(values: list[float]) -> float:
    return sorted(values)[round(0.95 * (len(values) - 1))]


def _sizes(settings: Settings) -> list[str]:
    with database.engine(settings, "khoxa_owner").connect() as connection:
        found = connection.execute(text(SIZES), {"tables": list(bi_world.TABLES)}).all()
    return [
        f"  dw.{name}: {rows:.0f} rows, {table:.0f} MB, its {number} indexes {indexes:.0f} MB"
        for name, table, indexes, number, rows in found
    ]
