"""Corrections as data: a known error of a filing is mended in a YAML file, never in the filing.

A row names one cell of one filing, the text that must stand there (`guard`), and the number to
take instead. It is applied where a filing has been read and is not yet judged, by the night and
by `khoxa check` alike: `correct`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, field_validator

from etl.catalogue.definitions import broken_forms, load_forms, load_rules
from etl.catalogue.measures import factor_of
from etl.catalogue.periods import periods
from etl.catalogue.slots import TEXT_KINDS, slots
from etl.catalogue.units_of_measure import whole_units
from etl.ground.errors import BrokenFile, KhoxaError
from etl.ground.faults import Fault, departure, unknown
from etl.ground.records import Corrected, Figure, Finding, Normalised, Outcome, Severity, State
from etl.ground.seeds import local_name
from etl.ground.spec import Spec
from etl.ground.yaml_file import not_yaml, read_text

RULE = "figure-corrected"
_NUMBER = re.compile(r"-?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?")
Key = tuple[str, str, int, str]


class BrokenCorrections(KhoxaError):
    """The corrections file, or a row of it, that cannot be used at all."""

    def __init__(self, path: Path, row: int, line: int, why: str) -> None:
        self.fault = Fault(local_name(path), line, f"row {row}: {why}" if row else why)
        super().__init__(str(self.fault))


class FailedCorrections(KhoxaError):
    """Rows that no longer fit the filings they name; the rest of the night is done."""

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        super().__init__("\n".join(("đính chính không khớp / corrections do not apply:", *rows)))


class Correction(Spec):
    """One row of the corrections file.

    form, unit (code of the filer), year, period: the filing, whichever version; sheet and cell:
    the place; guard: the text as filed that must stand there ("" is a blank cell); value: the
    number as a province writes it ("1337", "1.337", "8,08"), in the cell's unit of measure;
    told and by: offices, not persons.
    """

    form: str
    unit: str = Field(pattern=r"^\d+$")
    year: int
    period: str
    sheet: str = Field(min_length=1)
    cell: str = Field(pattern=r"^(?:[A-Z]{1,3}[1-9]\d*|hàng [1-9]\d*, cột [1-9]\d*)$")
    guard: str
    value: str
    reason: str = Field(min_length=1)
    told: str = Field(min_length=1)
    on: date
    by: str = Field(min_length=1)

    @field_validator("form")
    @classmethod
    def _known(cls, form: str) -> str:
        broken = {each.head.form for each in broken_forms()}
        known = sorted({form for form, _version in load_forms()} | broken)
        if form not in known:
            raise ValueError(unknown("biểu", "form", form, known))
        return form

    @field_validator("period")
    @classmethod
    def _a_period(cls, period: str) -> str:
        if period not in periods():
            raise ValueError(unknown("kỳ", "period", period, periods()))
        return period

    @field_validator("value")
    @classmethod
    def _strict(cls, value: str) -> str:
        if not _NUMBER.fullmatch(value):
            raise ValueError(f'“{value}” không phải số / is no number like "1337", "1.337", "8,08"')
        return value

    @classmethod
    def known(cls, value: Decimal, **row: Any) -> Correction:
        """A row of ref.correction as the row of the file that it was."""
        return cls.model_construct(value=f"{value:f}".replace(".", ","), **row)

    @property
    def number(self) -> str:
        """The value as a plain decimal text."""
        return self.value.replace(".", "").replace(",", ".")

    @property
    def key(self) -> Key:
        """The filing it is about, whichever version."""
        return self.form, self.unit, self.year, self.period


def load_corrections(*paths: Path) -> list[Correction]:
    """All rows of the files, in their order.

    Every scalar is taken as text, so that 066 stays a code and 1,337 what was filed.
    Raises BrokenCorrections naming row and field: a departure from the schema, a cell twice.
    """
    rows: dict[tuple[Key, str, str], Correction] = {}
    for path in paths:
        for number, (line, entry) in enumerate(_entries(path), start=1):
            row = _row(path, number, line, entry)
            if rows.setdefault((row.key, row.sheet, row.cell), row) is not row:
                why = f"cell: {row.cell} đã có dòng ở trên / has another row before"
                raise BrokenCorrections(path, number, line, why)
    return list(rows.values())


def _entries(path: Path) -> list[tuple[int, Any]]:
    """The rows of a file, each with the line that it begins on."""
    try:
        text = read_text(path, path.name)
        loader = yaml.BaseLoader(text)  # makes only text
        root = loader.get_single_node()
        entries = loader.construct_document(root) if root else []
    except BrokenFile as error:
        raise BrokenCorrections(path, 0, error.line, error.why) from error
    except yaml.MarkedYAMLError as error:
        raise BrokenCorrections(path, 0, *not_yaml(error, text)) from error
    except yaml.YAMLError as error:
        raise BrokenCorrections(path, 0, 1, str(error)) from error
    if not isinstance(entries, list):
        if not entries:
            return []
        raise BrokenCorrections(path, 0, 1, "không phải danh sách dòng / not a list of rows")
    lines = [node.start_mark.line + 1 for node in root.value] if root else []
    return list(zip(lines, entries, strict=True))


def _row(path: Path, number: int, line: int, entry: object) -> Correction:
    try:
        return Correction.model_validate(entry)
    except ValidationError as error:
        faults = "; ".join(map(departure, error.errors()))
        raise BrokenCorrections(path, number, line, faults) from error


def by_filing(rows: Iterable[Correction]) -> dict[Key, list[Correction]]:
    """Rows by the filing they are about."""
    found: dict[Key, list[Correction]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def correct(filing: Normalised, rows: Mapping[Key, list[Correction]]) -> list[Corrected]:
    """Apply to a filing, in place, the rows about it; returns what came of each.

    A corrected figure keeps its text as filed and gets the row's value. The `fail` findings that
    reading made on that very cell are withdrawn; a warning tells the filer what was changed.
    """
    known = filing.recognised
    if known is None:
        return []
    own = rows.get((known.form, known.filer_code, known.year, known.period), [])
    at = {(f.sheet, f.cell): number for number, f in enumerate(filing.figures)} if own else {}
    return [_apply(row, filing, at.get((row.sheet, row.cell))) for row in own]


def _apply(row: Correction, filing: Normalised, at: int | None) -> Corrected:
    figure = None if at is None else filing.figures[at]
    outcome = _outcome(row, figure)
    if at is not None and figure is not None and outcome == "applied":
        filing.figures[at] = figure._replace(state=State.VALUE, value=_value(row, figure))
        filing.findings = [f for f in filing.findings if not _is_withdrawn(f, figure)]
        filing.findings.append(_finding(row, figure))
    seen = "" if figure is None else figure.text
    return Corrected(filing.filing_id, row.sheet, row.cell, outcome, seen)


def _outcome(row: Correction, figure: Figure | None) -> Outcome:
    slot = slots()[figure.slot_id - 1] if figure else None
    if figure is None or slot is None or slot.kind in TEXT_KINDS:
        return "no_figure"
    if figure.text.strip() != row.guard.strip():
        return "differs"
    if slot.unit_of_measure in whole_units() and "." in _value(row, figure):
        return "not_whole"
    return "applied"


def _value(row: Correction, figure: Figure) -> str:
    """The row's number in the form's unit of measure: it is in that of the cell, like the guard."""
    factor = factor_of(slots()[figure.slot_id - 1].unit_of_measure, figure.unit_as_filed or "")
    if factor is None:
        return row.number
    value = Decimal(row.number) * factor
    return format(value.normalize() if value else value, "f")


def _is_withdrawn(finding: Finding, figure: Figure) -> bool:
    is_there = (finding.sheet, finding.cell) == (figure.sheet, figure.cell)
    return is_there and load_rules()[finding.rule].severity == Severity.FAIL


def _finding(row: Correction, figure: Figure) -> Finding:
    value = f"{row.value} {figure.unit_as_filed or ''}".rstrip()
    params = {
        "value": value, "reason": row.reason.rstrip("."), "by": row.by, "told": row.told,
        "on": f"{row.on:%d/%m/%Y}",
    }  # fmt: skip
    return Finding(
        *(figure.filing_id, RULE, figure.sheet, figure.cell, figure.text, value),
        params=tuple(params.items()),
    )
