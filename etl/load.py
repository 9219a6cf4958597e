"""Room: into the database. Staging by COPY, the star by set-based upserts; a step is one
transaction, so a kill leaves the night either before it or after it.

Doors: `stage` (what was read, into stg), `staged` (back as a batch for the check room),
`judge` (findings into ops), `load` (accepted filings into the star).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd
from sqlalchemy import Connection, text

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.forms import Slot, slots
from etl.ground.records import Batch, Block, Figure, Finding, Recognised, Source
from etl.ground.rules import RenderedFinding, load_rules, render

_FACTS = ("fact_indicator", "fact_fund", "fact_target")
_TEXTS = {"cell": "str", "subject": "str", "code": "str", "text": "str"}
_FEW = {"sheet": "category", "state": "category"}


def stage(settings: Settings, read: Callable[[list[Source]], Iterable[Block]]) -> int:
    """Have the received files read, and put what comes out into stg, raw.filing and ops.finding.

    `read` turns the files that wait (number, name as received, kept copy) into blocks. It runs
    under the night's lock, so that two nights never read the same file. Returns filings staged.
    """
    done: list[int] = []
    recognised: list[Recognised] = []
    findings: list[Finding] = []

    def figures(sources: list[Source]) -> Iterator[str]:
        for block in read(sources):
            done.extend(block.filings)
            recognised.extend(block.recognised)
            findings.extend(block.findings)
            if block.figures:
                yield block.figures

    with database.night(settings) as connection:
        if not (sources := _sources(connection, settings)):
            return 0
        _write_slots(connection)
        rows = database.copy_in(connection, "stg.figure", Figure._fields, figures(sources))
        database.analyze(connection, "stg.figure", rows)
        _write_recognised(connection, recognised)
        _add_findings(connection, findings)
        _set_state(connection, done, "staged")
    return len(done)


def _sources(connection: Connection, settings: Settings) -> list[Source]:
    rows = connection.exec_driver_sql(
        "select filing_id, original_name, content_sha256 from raw.filing"
        " where state = 'received' order by filing_id"
    )
    return [Source(number, name, str(settings.raw_path(digest))) for number, name, digest in rows]


def staged(settings: Settings) -> Batch:
    """The staged filings and their figures, as frames (see records.Batch)."""
    with database.engine(settings).connect() as connection:
        filings = pd.read_csv(
            database.copy_out(connection, database.statement("staging/filings")),
            dtype={"filer_code": "str", "form": "category"},
        )
        figures = pd.read_csv(
            database.copy_out(connection, database.statement("staging/figures")),
            dtype={**_TEXTS, **_FEW},
            keep_default_na=False,
            na_values={"value": [""], "subject": [""]},
        )
    return Batch(filings, figures)


def judge(settings: Settings, batch: Batch, findings: list[Finding]) -> int:
    """Write the check room's findings and mark the batch checked; returns findings written.

    Filings that were never recognised have no figures; they are marked checked with the rest.
    Filings that another night judged meanwhile are left alone.
    """
    with database.night(settings) as connection:
        waiting = "select filing_id, form is null from raw.filing where state = 'staged'"
        judged = set(batch.filings["filing_id"])
        rows = connection.exec_driver_sql(waiting).all()
        mine = [number for number, is_unknown in rows if is_unknown or number in judged]
        kept = set(mine)
        written = [finding for finding in findings if finding.filing_id in kept]
        _add_findings(connection, written)
        _set_state(connection, mine, "checked")
    return len(written)


def load(settings: Settings) -> dict[str, int]:
    """Decide every checked filing and load the accepted ones; returns rows changed by table.

    A filing's facts are replaced as a whole. Versions of one unit, form and period are numbered
    in the order received; the latest accepted one supersedes the earlier, which all stay.
    """
    with database.night(settings) as connection:
        query = "select filing_id from raw.filing where state = 'checked' order by 1"
        batch = list(connection.exec_driver_sql(query).scalars())
        if not batch:
            return {}
        changed = {"raw.filing": database.run(connection, "warehouse/decide", batch=batch)}
        database.run(connection, "warehouse/bound_filing", batch=batch)
        connection.exec_driver_sql("analyze bound_filing")
        database.run(connection, "warehouse/bound_figure")
        connection.exec_driver_sql("analyze bound_figure")
        for fact in _FACTS:
            changed[f"dw.{fact}"] = database.run(connection, f"warehouse/{fact}")
            database.analyze(connection, f"dw.{fact}", changed[f"dw.{fact}"])
        database.run(connection, "warehouse/version", batch=batch)
        database.run(connection, "warehouse/touched", batch=batch)
        _clear_staging(connection, batch)
    return changed


def _clear_staging(connection: Connection, batch: list[int]) -> None:
    """Forget the staged figures of the batch; whole when nothing else is waiting."""
    waiting = "select exists (select from raw.filing where state in ('staged', 'checked'))"
    if connection.exec_driver_sql(waiting).scalar():
        forget = text("delete from stg.figure where filing_id = any(:batch)")
        connection.execute(forget, {"batch": batch})
    else:
        connection.exec_driver_sql("truncate stg.figure")


def _write_slots(connection: Connection) -> None:
    connection.exec_driver_sql("delete from stg.slot")
    columns = [_SLOT_COLUMNS.get(name, name) for name in Slot._fields]
    database.copy_in(connection, "stg.slot", columns, map(database.copy_line, slots()))


_SLOT_COLUMNS = {"table": "table_name", "column": "column_name"}


def _write_recognised(connection: Connection, recognised: list[Recognised]) -> None:
    connection.exec_driver_sql(
        "create temporary table recognised (filing_id bigint, form text, form_version text,"
        " filer_level text, filer_code text, year smallint, period text, units_on date)"
        " on commit drop"
    )
    lines = map(database.copy_line, recognised)
    database.copy_in(connection, "recognised", Recognised._fields, lines)
    database.run(connection, "staging/recognised")


def _add_findings(connection: Connection, findings: list[Finding]) -> None:
    """Append rendered findings, numbered on from those a filing already has."""
    rules = load_rules()
    connection.exec_driver_sql(
        "create temporary table found (position integer, filing_id bigint, sheet text, cell text,"
        " rule text, severity text, seen text, expected text, message_vi text, message_en text,"
        " fix_vi text, fix_en text) on commit drop"
    )
    lines = (
        database.copy_line((position, *render(finding, rules[finding.rule])))
        for position, finding in enumerate(findings)
    )
    columns = ("position", *RenderedFinding._fields)
    database.copy_in(connection, "found", columns, lines)
    database.run(connection, "staging/findings")


def _set_state(connection: Connection, filings: list[int], state: str) -> None:
    change = text("update raw.filing set state = :state where filing_id = any(:filings)")
    connection.execute(change, {"state": state, "filings": filings})
