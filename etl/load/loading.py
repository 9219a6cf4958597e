"""Checked filings into the star, and the proof that none of their figures was lost."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, text

from etl.ground import database, numerals
from etl.ground.apart import culprits, is_of_data, undone
from etl.ground.config import Settings
from etl.ground.errors import NotConserved
from etl.ground.records import Finding
from etl.ground.yaml_file import words_beside
from etl.load.writing import NOT_PROCESSED, add_findings, conserve

log = logging.getLogger(__name__)

_FACTS = ("fact_indicator", "fact_fund", "fact_target", "fact_responsibility", "fact_duty",
          "fact_text")  # fmt: skip
_BOUND = ("fund_row", "bound_slot", "bound_figure", "target_attribute", "bound_target",
          "bound_words")  # fmt: skip
_BESIDE_OTHERS = {  # of a rule its statement
    "file-same-time": "same_time",
    "file-as-last-year": "as_last_year",
    "file-year-passed": "year_passed",
    "counts-exchanged": "exchanged_counts",
    "target-hundredth": "hundredth_targets",
    "money-thousandfold": "thousandfold_money",
    "sources-exchanged": "exchanged_sources",
}
RULE, CONTRADICT = "figure-not-loaded", "figures-contradict"


def load(settings: Settings) -> dict[str, int]:
    """Decide every checked filing and load the accepted ones; returns rows changed by table, and of
    how many files that had been refused it decided anew (again.files, again.accepted).

    A filing's facts are replaced as a whole. Versions of one unit, form and period are numbered
    in the order received; the latest accepted one supersedes the earlier, which all stay. A filing
    with a figure that no fact can take, or with what the database does not take, is rejected with a
    finding of its own, the others load.
    Raises NotConserved, and loads nothing, where afterwards the facts of a filing are not its
    figures, or a filing without figures would stand for one that has some.
    """
    with database.night(settings) as connection:
        query = "select filing_id from raw.filing where state = 'checked' order by received_at, 1"
        batch = list(connection.exec_driver_sql(query).scalars())
        if not batch:
            return {}
        # cells read twice are looked for only where the database refuses something
        for looks_for_twice in (False, True):
            try:
                with connection.begin_nested():
                    return _load(connection, batch, looks_for_twice)
            except Exception as error:
                if not is_of_data(error):
                    raise
                if looks_for_twice:
                    _set_apart(connection, batch)
        return _load(connection, batch)


def _load(connection: Connection, batch: list[int], looks_for_twice: bool = True) -> dict[str, int]:
    changed = {"raw.filing": database.run(connection, "warehouse/decide", batch=batch)}
    conserve("filings decided", len(batch), changed["raw.filing"])
    # their states and what they are about, of which the register knew nothing on receipt
    database.analyze(connection, "raw.filing", len(batch))
    database.run(connection, "warehouse/forget", batch=batch)
    rows = database.run(connection, "warehouse/bound_filing", batch=batch)
    database.analyze(connection, "bound_filing", rows)
    for name in _BOUND:
        database.analyze(connection, name, database.run(connection, f"warehouse/{name}"))
    _reject(connection, looks_for_twice)
    changed["dw.dim_agency"] = database.run(connection, "warehouse/dim_agency")
    for fact in _FACTS:
        changed[f"dw.{fact}"] = database.run(connection, f"warehouse/{fact}")
        database.analyze(connection, f"dw.{fact}", changed[f"dw.{fact}"])
    database.run(connection, "warehouse/version", batch=batch)
    _keep_earlier(connection, batch)
    _warn(connection, batch)
    database.run(connection, "warehouse/touched", batch=batch)
    database.run(connection, "warehouse/loaded", batch=batch)
    database.run(connection, "warehouse/correction_state")
    _prove(connection, batch)
    _clear_staging(connection, batch)
    again = database.ask(connection, "warehouse/read_again").one()
    return changed | {f"again.{name}": n for name, n in again._asdict().items() if again.files}


def _set_apart(connection: Connection, batch: list[int]) -> None:
    """Find the filings that the database does not take: each gets a finding, by which it is
    rejected, and the cause goes to the log."""

    def attempt(some: Sequence[int]) -> None:
        with undone(connection):
            _load(connection, list(some))

    apart = culprits(batch, attempt)
    for number, cause in apart.items():
        log.error("filing %016x is set aside: %s", number, cause)
    add_findings(connection, [Finding(number, NOT_PROCESSED) for number in apart])


def set_aside(
    connection: Connection, filings: Sequence[int], why: Mapping[int, tuple[str, str]]
) -> None:
    """Reject accepted filings after all: their facts go, and what they superseded counts again.

    `why`: for each what it contradicts; without, they met a fault of khoxa's own.
    """
    found = []
    for number in filings:
        params = tuple(zip(("why_vi", "why_en"), why.get(number, ()), strict=False))
        found.append(Finding(number, CONTRADICT if params else NOT_PROCESSED, params=params))
    add_findings(connection, found)
    _take_back(connection, list(filings))


def _take_back(connection: Connection, filings: list[int]) -> None:
    """Decide filings again after their facts were loaded: those that are rejected now lose them."""
    for name in ("decide", "forget", "version"):
        database.run(connection, f"warehouse/{name}", batch=filings)


def _keep_earlier(connection: Connection, batch: list[int]) -> None:
    """Reject what lies beside a later period in a workbook and is otherwise than what was accepted
    of its own period. One that is rejected is no version that another could agree with."""
    while kept := database.ask(connection, "warehouse/earlier_kept", batch=batch).all():
        add_findings(connection, [
            Finding(row.filing_id, "file-earlier-kept", row.sheet,
                    params=(("count", numerals.shown(row.figures)), ("file", row.file)))
            for row in kept
        ])  # fmt: skip
        filings = [row.filing_id for row in kept]
        database.run(connection, "warehouse/unbind", filings=filings)
        _take_back(connection, filings)


def _warn(connection: Connection, batch: list[int]) -> None:
    """Warn of what only shows beside other filings, of this night or before."""
    database.run(connection, "warehouse/amount_before", batch=batch)
    found = [
        _warning(rule, **row)
        for rule, name in _BESIDE_OTHERS.items()
        for row in database.ask(connection, f"warehouse/{name}", batch=batch).mappings()
    ]
    if found:
        add_findings(connection, found)
        database.run(connection, "warehouse/decide", batch=[each.filing_id for each in found])


def _warning(
    rule: str, /, filing_id: int, sheet: str = "", cell: str = "", seen: str = "",
    expected: str = "", **said: str | int | Decimal | date,
) -> Finding:  # fmt: skip
    params = tuple((name, _in_words(value)) for name, value in said.items())
    return Finding(filing_id, rule, sheet, cell, seen, expected, params)


def _in_words(value: str | int | Decimal | date) -> str:
    if isinstance(value, date):
        return numerals.day(value)
    return value if isinstance(value, str) else numerals.in_full(Decimal(value))


def _reject(connection: Connection, looks_for_twice: bool) -> None:
    """Filings with figures that no fact can take: a finding, and nothing of them is loaded."""
    for looks in (looks_for_twice, True):  # where there is any, all are told
        rows = database.ask(connection, "warehouse/not_loaded", looks_for_twice=looks).all()
        if not rows:
            return
    lost = [_Lost._make(row) for row in rows]
    add_findings(connection, [_not_loaded(each) for each in lost])
    filings = sorted({each.filing_id for each in lost})
    database.run(connection, "warehouse/unbind", filings=filings)
    database.run(connection, "warehouse/decide", batch=filings)


class _Lost(NamedTuple):
    """A row of sql/warehouse/not_loaded.sql."""

    filing_id: int
    sheet: str
    why: str
    seen: str | None
    cell: str
    figures: int


def _not_loaded(lost: _Lost) -> Finding:
    why, seen = words_beside(__file__)["not_loaded"][lost.why], lost.seen or "…"
    params = (("why_vi", why["vi"].format(seen=seen)), ("why_en", why["en"].format(seen=seen)),
              ("count", numerals.shown(lost.figures)))  # fmt: skip
    return Finding(lost.filing_id, RULE, lost.sheet, lost.cell, lost.seen or "", params=params)


def _prove(connection: Connection, batch: list[int]) -> None:
    """Figures staged = facts loaded, repeats and states that are no facts left out, per filing."""
    wrong = [
        f"{name} ({number:016x}): {figures} → {facts}"
        + (" (hồ sơ trống thay cho hồ sơ có số liệu / an empty one for one with figures)" * emptied)
        for number, name, figures, facts, emptied in database.ask(
            connection, "warehouse/proof", batch=batch
        )
    ]
    if wrong:
        lost = database.ask(connection, "warehouse/lost_figure")
        cells = (f"{row.filing_id:016x} “{row.sheet}” {row.cell} {row.code}" for row in lost)
        raise NotConserved("; ".join([*wrong[:20], *cells]))


def _clear_staging(connection: Connection, batch: list[int]) -> None:
    """Forget the staged figures of the batch; whole when nothing else is waiting."""
    waiting = "select exists (select from raw.filing where state in ('staged', 'checked'))"
    if connection.exec_driver_sql(waiting).scalar():
        forget = text("delete from stg.figure where filing_id = any(:batch)")
        connection.execute(forget, {"batch": batch})
    else:
        connection.exec_driver_sql("truncate stg.figure")
