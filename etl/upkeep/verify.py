"""Proof that nothing has changed by itself: raw files are what was filed, facts what the files say,
aggregates what the facts give, and the checks hold.

Facts and aggregates are made anew in a transaction that is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, text

from etl.aggregate import aggregate, prove
from etl.aggregate.models import models
from etl.ground import audit, database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError, UnsoundWarehouse
from etl.ground.yaml_file import sentence
from etl.night import chain
from etl.receive import mended

WEEKS = 13  # each filing is read anew once in so many weeks
_FACTS = ("fact_indicator", "fact_fund", "fact_target", "fact_responsibility", "fact_duty",
          "fact_text")  # fmt: skip


class NotAsFiled(KhoxaError):
    """What `verify` found, one sentence a line."""


def verify(settings: Settings, now: datetime, *, whole: bool = False) -> list[str]:
    """Say what is no longer as it was made, and what to do; [] where all is.

    Every raw file is hashed; one that is damaged or gone is taken again from the inbox or a backup
    where the same content lies there. Of the facts, the filings whose turn it is in the week of
    `now` are read anew, and the aggregates of their units computed; with `whole` all of them.
    """
    with database.night(settings) as connection:
        faults = list(_raw(settings, connection))
        audit.note_rights(connection)
        try:
            prove(connection)
        except UnsoundWarehouse as error:
            faults.append(sentence(__file__, "unsound", error=error))
    faults += _made_anew(settings, now, whole)
    audit.noted(settings, "verified", f"{len(faults)} điều / things found")
    return faults


def _raw(settings: Settings, connection: Connection) -> Iterator[str]:
    files = database.ask(connection, "upkeep/kept_files").all()
    sound = mended(settings, {row.content_sha256 for row in files})
    for row in files:
        digest = row.content_sha256
        about = f"{row.original_name} ({row.filing_id:016x}), raw/{digest[:2]}/{digest}"
        if digest not in sound:
            yield sentence(__file__, "raw_gone", about=about)
        elif sound[digest]:
            yield sentence(__file__, "raw_back", about=about, where=sound[digest])


def _made_anew(settings: Settings, now: datetime, whole: bool) -> list[str]:
    with database.passing(settings, now.date()) as then, database.night(then) as connection:
        turn = None if whole else now.isocalendar().week % WEEKS
        sample = database.ask(connection, "upkeep/sample", turn=turn, weeks=WEEKS)
        numbers = list(sample.scalars())
        if not numbers:
            return []
        database.run(connection, "warehouse/touched", batch=numbers)
        faults = list(_aggregates(then, connection))
        return faults + list(_facts(then, connection, numbers))


def _aggregates(then: Settings, connection: Connection) -> Iterator[str]:
    tables = sorted({model.makes[0] for model in models() if model.is_kept})
    for table in tables:
        _keep(connection, table)
    aggregate(then)
    for table in tables:
        rows = list(connection.exec_driver_sql(_difference(table, "t::text")).scalars())
        if rows:
            yield sentence(
                __file__, "aggregates_differ", table=table, rows=len(rows), first=rows[0]
            )


def _facts(then: Settings, connection: Connection, numbers: list[int]) -> Iterator[str]:
    """The sample read, checked and loaded anew, by today's forms and corrections."""
    for fact in _FACTS:
        _keep(connection, f"dw.{fact}")
    connection.execute(
        text(
            "create temporary table reopened on commit drop as select unnest(:numbers) as filing_id"
        ),
        {"numbers": numbers},
    )
    database.run(connection, "staging/open_again")
    connection.exec_driver_sql("drop table reopened")
    for step in (chain.read_and_normalise, chain.check, chain.load):
        step(then)
    for fact in _FACTS:
        wrong: dict[int, list[str]] = {}
        for filing, place in connection.exec_driver_sql(
            _difference(f"dw.{fact}", "t.filing_id, t.sheet || '!' || t.cell")
        ):
            wrong.setdefault(filing, []).append(place)
        for filing, places in wrong.items():
            name = database.ask(connection, "upkeep/named", filing=filing).scalar()
            shown = ", ".join(sorted(set(places))[:5])
            about = {"name": name, "filing": filing, "fact": fact, "shown": shown}
            yield sentence(__file__, "facts_differ", **about)


def _keep(connection: Connection, table: str) -> None:
    connection.exec_driver_sql(
        f"create temporary table {_kept(table)} on commit drop as table {table}"
    )


def _kept(table: str) -> str:
    return f"kept_{table.partition('.')[2]}"


def _difference(table: str, columns: str) -> str:
    """The rows that only one of a table and what was kept of it has."""
    return (
        f"select {columns} from (("  # noqa: S608
        f"table {table} except table {_kept(table)}) union all "
        f"(table {_kept(table)} except table {table})) as t order by 1"
    )
