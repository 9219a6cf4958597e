"""What is told of filings: rows of sql/answer, a few queries for all mails together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection

from etl.answer.letters import one_line
from etl.catalogue.alike import Alike, alike, once
from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import RenderedFinding, fill
from etl.catalogue.sending import receiver_of
from etl.ground import database
from etl.ground.yaml_file import words_beside

_MOST_SHOWN = 10
_NOT_THEIRS = "mail-not-theirs"  # what the load room found of the sender


class Due(NamedTuple):
    """A form that a unit still owes."""

    unit_name: str
    form: str
    year: int
    period: str
    due_on: date


@dataclass(slots=True)
class Said:
    """What is said of one filing; `shows` is whether its figures stand in the marts already."""

    filing_id: int
    form: str | None
    year: int
    period: str
    unit_name: str
    version: int | None
    verdict: str
    figures: int
    shows: bool


@dataclass(slots=True)
class FileSaid:
    """What is said of one file. `kind`: filed, again (the content was there before), not_taken
    (`why`, `fix`), beside (a letter that goes with a filing), not_theirs (nothing of
    it is told). `waiting`: its filings of units that the sender may not file for, beside own ones;
    of these no more is told than that they wait."""

    name: str
    kind: str
    filing_id: int | None
    received_at: datetime | None
    filings: list[Said] = field(default_factory=list)
    findings: list[RenderedFinding] = field(default_factory=list)
    why: str = ""
    fix: str = ""
    due_on: date | None = None
    waiting: list[Said] = field(default_factory=list)
    is_mixed: bool = False  # its marks may say what is known of units that are not the sender's
    attached: str = ""  # the name of the marked workbook in this mail
    is_left_out: bool = False  # it is too large for a mail

    @property
    def is_rejected(self) -> bool:
        """Whether any of it has to be filed again."""
        return self.kind == "not_taken" or any(f.verdict == "rejected" for f in self.filings)

    def state(self, language: str) -> str:
        """What became of it, in `vi` or `en`."""
        words = words_beside(__file__)["rejected" if self.is_rejected else "states"]
        is_part = self.waiting and self.kind == "filed" and not self.is_rejected
        return str(words["partly" if is_part else self.kind][language])

    @property
    def groups(self) -> list[Alike]:
        """Its first findings, those alike together."""
        return alike(self.findings)[:_MOST_SHOWN]

    @property
    def is_cut(self) -> bool:
        """Whether it has more of them."""
        return len(alike(self.findings)) > _MOST_SHOWN

    @property
    def fails(self) -> int:
        """How many errors it has."""
        return sum(finding.severity == "fail" for finding in self.findings)


@dataclass(slots=True)
class Answer:
    """One mail about filed things: its files in order, and what the units still owe."""

    mail_key: str
    to_address: str
    message_key: str | None
    message_id: str
    message_received_at: datetime | None
    files: list[FileSaid]
    units: list[tuple[str, str]]  # level and code
    unit_name: str
    is_change: bool
    due: list[Due]
    receiver: str  # a sentence: who receives what the unit files

    @property
    def told(self) -> list[tuple[int, str]]:
        """The filings that it tells of, and their verdicts."""
        return [(said.filing_id, said.verdict) for file in self.files for said in file.filings]


def answers(connection: Connection, since: date, today: date, *, folder: bool) -> list[Answer]:
    """Every answer that waits to be composed; with `folder` also to filings that came without a
    mail."""
    sources = ("of_messages", "of_changes", *(["of_folder"] if folder else []))
    results = (database.ask(connection, f"answer/{name}", since=since) for name in sources)
    rows = [dict(row) for result in results for row in result.mappings()]
    known = _Known(connection, rows, today)
    grouped = groupby(rows, key=lambda row: str(row["mail_key"]))
    return [_answer(known, key, list(group)) for key, group in grouped]


class _Known:
    """What is asked once for all rows."""

    def __init__(self, connection: Connection, rows: list[dict[str, Any]], today: date) -> None:
        self.today = today
        batch = sorted({row["part_id"] for row in rows if row["part_id"] and row["is_theirs"]})
        units = sorted({row["filer_code"] for row in rows if row["filer_code"]})

        def asked(name: str, **params: object) -> list[Any]:
            return list(database.ask(connection, f"answer/{name}", **params)) if rows else []

        self.figures = {row.filing_id: row.figures for row in asked("figures", batch=batch)}
        self.due_on = {row.filing_id: row.due_on for row in asked("by_when", batch=batch)}
        parts = sorted({row["part_id"] for row in rows if row["part_id"]})
        self.names = {row.filing_id: row.unit_name for row in asked("filers", batch=parts)}
        self.findings: dict[int, list[RenderedFinding]] = defaultdict(list)
        for row in asked("findings", batch=batch):
            self.findings[row.filing_id].append(RenderedFinding._make(row))
        self.due: dict[tuple[str, str], list[Due]] = defaultdict(list)
        for row in asked("due", units=units, today=today):
            self.due[row.level, row.unit_code].append(Due(*row[2:]))
        waits = "select exists (select from stg.touched)"
        self.is_fresh = not connection.exec_driver_sql(waits).scalar()


def _answer(known: _Known, mail_key: str, rows: list[dict[str, Any]]) -> Answer:
    first = rows[0]
    units = list(dict.fromkeys((row["filer_level"], row["filer_code"]) for row in rows
                               if row["filer_code"] and row["is_theirs"]))  # fmt: skip
    units_on = {(row["filer_level"], row["filer_code"]): row["units_on"] for row in rows}
    names = {known.names[row["part_id"]] for row in rows
             if row["is_theirs"] and row["part_id"] in known.names}  # fmt: skip
    files = [_file(known, list(group))
             for _number, group in groupby(rows, key=lambda row: row["attachment_no"])]  # fmt: skip
    return Answer(
        mail_key, first["to_address"], first["message_key"], first["message_id"],
        first["message_received_at"], files, units,
        names.pop() if len(names) == 1 else "",
        mail_key.startswith("changed:"),
        known.due[units[0]] if len(units) == 1 else [],
        receiver_of(*units[0], units_on[units[0]], known.today) if len(units) == 1 else "",
    )  # fmt: skip


def _file(known: _Known, rows: list[dict[str, Any]]) -> FileSaid:
    first, own = rows[0], [row for row in rows if row["is_theirs"]]
    file = FileSaid(first["name"], "filed", first["filing_id"], first["received_at"])
    if first["rule"] and first["rule"] != _NOT_THEIRS:
        file.kind = "beside" if first["rule"] == "mail-beside" else "not_taken"
        file.why, file.fix = not_taken(first["rule"], first["name"])
    elif (first["rule"] or len(own) < len(rows)) and not any(row["form"] for row in own):
        file.kind, file.filing_id, file.received_at = "not_theirs", None, None
    else:
        file.kind = "again" if first["is_again"] else "filed"
        file.filings = [_filing(known, row) for row in own if row["form"] or len(rows) == 1]
        file.waiting = [_filing(known, row) for row in rows if row["form"] and row not in own]
        file.is_mixed = bool(first["rule"] or file.waiting)
        ids = [row["part_id"] for row in own]
        findings = (finding for number in ids for finding in known.findings[number])
        file.findings = sorted(once(findings), key=lambda finding: finding.severity)
        file.due_on = next((known.due_on[n] for n in ids if n in known.due_on), None)
    return file


def _filing(known: _Known, row: dict[str, Any]) -> Said:
    return Said(
        row["part_id"], row["form"], row["year"], row["period"],
        known.names.get(row["part_id"], ""), row["version"],
        row["verdict"], known.figures.get(row["part_id"], 0),
        row["state"] == "accepted" and known.is_fresh,
    )  # fmt: skip


def not_taken(code: str, name: str) -> tuple[str, str]:
    """Why a file was not taken and what to do, in Vietnamese. Of what its rule fills in only the
    name is known; the rest stays open."""
    rule, params = load_rules().get(code), {"name": name, "seen": name}
    return (fill(rule.vi, params), fill(rule.fix.vi, params)) if rule else (code, "")


def place(finding: RenderedFinding) -> str:
    """Where a finding is: "Trang “Chỉ tiêu”, ô D10: ", without the cell where the
    sentence names it; "" where it is about the file."""
    sheet = f"Trang “{one_line(finding.sheet)}”" if finding.sheet else ""
    is_named = finding.cell in finding.message_vi
    cell = f"ô {one_line(finding.cell)}" if finding.cell and not is_named else ""
    where = ", ".join(part for part in (sheet, cell) if part)
    return f"{where}: " if where else ""
