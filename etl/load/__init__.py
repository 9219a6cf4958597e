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
from etl.ground.corrections import Correction
from etl.ground.records import (
    Batch,
    Block,
    Corrected,
    Figure,
    Finding,
    Part,
    Recognised,
    Source,
)
from etl.ground.rules import RenderedFinding, load_rules, render
from etl.ground.slots import Slot, slots

_FACTS = ("fact_indicator", "fact_fund", "fact_target")
_TEXTS = {"cell": "str", "subject": "str", "code": "str", "text": "str"}
_FEW = {"sheet": "category", "state": "category"}
_COMPARED = {
    **dict.fromkeys(("filing_id", "slot_id", "row_no"), "int64"),
    **dict.fromkeys(("value", "jump_pct", "units", "units_before"), "float64"),
    **dict.fromkeys(("role", "source"), "str"),
}
_CORRECTION = (
    *("form", "unit_code", "year", "period", "sheet", "cell", "guard", "value"),
    *("reason", "told", "corrected_on", "corrected_by"),
)


def stage(
    settings: Settings,
    read: Callable[[list[Source]], Iterable[Block]],
    corrections: list[Correction],
) -> int:
    """Have the received files read, and put what comes out into stg, raw.filing and ops.finding.

    `read` turns the files that wait into blocks, under the night's lock, so that two nights never
    read the same file. Files that a new, changed or withdrawn correction is about wait again.
    Returns files staged.
    """
    done: list[int] = []
    recognised: list[Recognised] = []
    findings: list[Finding] = []
    parts: list[Part] = []
    corrected: list[Corrected] = []

    def figures(sources: list[Source]) -> Iterator[str]:
        for block in read(sources):
            done.extend(block.filings)
            recognised.extend(block.recognised)
            findings.extend(block.findings)
            parts.extend(block.parts)
            corrected.extend(block.corrected)
            if block.figures:
                yield block.figures

    with database.night(settings) as connection:
        _write_corrections(connection, corrections)
        if not (sources := _sources(connection, settings)):
            return 0
        _write_slots(connection)
        rows = database.copy_in(connection, "stg.figure", Figure._fields, figures(sources))
        database.analyze(connection, "stg.figure", rows)
        _write_parts(connection, parts)
        _write_recognised(connection, recognised)
        _add_findings(connection, findings)
        uses = map(database.copy_line, corrected)
        database.copy_in(connection, "ops.correction_use", Corrected._fields, uses)
        _set_state(connection, [*done, *(part.filing_id for part in parts)], "staged")
    return len(done)


def _sources(connection: Connection, settings: Settings) -> list[Source]:
    rows = connection.exec_driver_sql(
        "select filing_id, original_name, content_sha256 from raw.filing"
        " where state = 'received' and part = 1 order by filing_id"
    )
    return [Source(number, name, str(settings.raw_path(digest))) for number, name, digest in rows]


def _write_corrections(connection: Connection, corrections: list[Correction]) -> None:
    """Open again what changed corrections are about, and enter the corrections as they are now."""
    database.run(connection, "staging/correction_now")
    lines = (
        database.copy_line(
            (
                *(*row.key, row.sheet, row.cell, row.guard, row.number),
                *(row.reason, row.told, row.on, row.by),
            )
        )
        for row in corrections
    )
    database.copy_in(connection, "correction_now", _CORRECTION, lines)
    database.run(connection, "staging/reopen")
    database.run(connection, "staging/corrections")


def failed_corrections(settings: Settings) -> list[str]:
    """One line a correction that does not fit its filing: where, what stands there, what to do."""
    with database.engine(settings).connect() as connection:
        rows = database.script(connection, database.statement("status/corrections")).all()
    return [
        "{1} {2} {3}, {4} {5}: “{6}” → “{7}”, {9}".format(*row)
        for row in rows
        if row[0] == "failed"
    ]


def staged(settings: Settings) -> Batch:
    """The staged filings, their figures and what stands beside them (see records.Batch)."""
    with database.asking(settings) as connection:
        filings = pd.read_csv(
            database.copy_out(connection, database.statement("staging/filings")),
            dtype={"filer_code": "str", "form": "category"},
        )
        figures = pd.read_csv(
            database.copy_out(connection, database.statement("staging/figures")),
            dtype={**_TEXTS, **_FEW},
            keep_default_na=False,
            na_values={"value": [""], "subject": [""], "code": [""]},
        )
        earlier, covered = _compared(connection)
    return Batch(filings, figures, earlier, covered)


def _compared(connection: Connection) -> Iterator[pd.DataFrame]:
    """What stands beside the staged figures: Batch's `earlier` and `covered`."""
    database.script(connection, "set local work_mem = '256MB'; set local temp_buffers = '256MB'")
    for name in ("asked", "known"):
        database.run(connection, f"staging/{name}")
        connection.exec_driver_sql(f"analyze {name}")
    for name in ("earlier", "covered"):
        yield pd.read_csv(
            database.copy_out(connection, database.statement(f"staging/{name}")),
            dtype=_COMPARED,
            keep_default_na=False,
            na_values={"jump_pct": [""]},
        )


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
        database.run(connection, "warehouse/forget", batch=batch)
        database.run(connection, "warehouse/bound_filing", batch=batch)
        connection.exec_driver_sql("analyze bound_filing")
        database.run(connection, "warehouse/bound_figure")
        connection.exec_driver_sql("analyze bound_figure")
        for fact in _FACTS:
            changed[f"dw.{fact}"] = database.run(connection, f"warehouse/{fact}")
            database.analyze(connection, f"dw.{fact}", changed[f"dw.{fact}"])
        database.run(connection, "warehouse/version", batch=batch)
        database.run(connection, "warehouse/touched", batch=batch)
        database.run(connection, "warehouse/correction_state")
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
        " filer_level text, filer_code text, year smallint, period text, units_on date,"
        " last_year smallint) on commit drop"
    )
    lines = map(database.copy_line, recognised)
    database.copy_in(connection, "recognised", Recognised._fields, lines)
    database.run(connection, "staging/recognised")


def _write_parts(connection: Connection, parts: list[Part]) -> None:
    """Enter the further filings that workbooks hold beside their first."""
    if not parts:
        return
    connection.exec_driver_sql(
        "create temporary table found_part (filing_id bigint, first_id bigint, part smallint)"
        " on commit drop"
    )
    database.copy_in(connection, "found_part", Part._fields, map(database.copy_line, parts))
    database.run(connection, "staging/parts")


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
    connection.exec_driver_sql("drop table found")


def _set_state(connection: Connection, filings: list[int], state: str) -> None:
    change = text("update raw.filing set state = :state where filing_id = any(:filings)")
    connection.execute(change, {"state": state, "filings": filings})
