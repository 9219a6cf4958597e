"""The staged figures as a batch for the check room, and its findings into ops."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import Connection

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.records import Batch, Finding
from etl.load.slots import same_forms
from etl.load.writing import add_findings, conserve, set_state

_TEXTS = dict.fromkeys(("cell", "subject", "code", "text"), "object")  # "str" is made of it
_FEW = {"sheet": "category", "state": "category"}
_COMPARED = {
    **dict.fromkeys(("filing_id", "slot_id", "row_no"), "int64"),
    **dict.fromkeys(("value", "jump_pct", "units", "units_before"), "float64"),
    **dict.fromkeys(("role", "source"), "str"),
}


def failed_corrections(settings: Settings) -> list[str]:
    """One line a correction that does not fit its filing: where, what stands there, what to do."""
    with database.engine(settings).connect() as connection:
        rows = database.ask(connection, "status/corrections").all()
    return [
        "{1} {2} {3} {4}, {5} {6}: “{7}” → “{8}”, {10}".format(*row)
        for row in rows
        if row[0] == "failed"
    ]


def staged(settings: Settings) -> Batch:
    """The staged filings, their figures and what stands beside them (see records.Batch).

    Raises FormsChanged where the forms changed since they were staged.
    """
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
        if len(filings):
            same_forms(connection)
        corrected = database.ask(connection, "staging/corrected").all()
        earlier, covered = _compared(connection)
    return Batch(filings, figures, earlier, covered, frozenset(map(tuple, corrected)))


def _compared(connection: Connection) -> Iterator[pd.DataFrame]:
    """What stands beside the staged figures: Batch's `earlier` and `covered`."""
    database.in_memory(connection)
    for name in ("asked_unit", "known", "known_whole", "known_unit", "asked"):
        database.run(connection, f"staging/{name}")
        database.script(connection, f"analyze {name.removesuffix('_whole')}")
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
    Filings that another night judged meanwhile are left alone. Raises NotConserved where a finding
    is about none of the batch.
    """
    with database.night(settings) as connection:
        waiting = "select filing_id, form_version is null from raw.filing where state = 'staged'"
        judged = set(batch.filings["filing_id"])
        rows = connection.exec_driver_sql(waiting).all()
        mine = [number for number, is_unknown in rows if is_unknown or number in judged]
        kept = set(mine)
        written = [finding for finding in findings if finding.filing_id in kept]
        about = [finding for finding in findings if finding.filing_id in judged]
        conserve("findings of the batch", len(findings), len(about))
        add_findings(connection, written)
        set_state(connection, mine, "checked")
    return len(written)
