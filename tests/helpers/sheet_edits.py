"""Small workbooks in memory for what a sheet says in words: samples with one text changed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.config import ROOT
from etl.ground.records import Finding, Normalised, ReceivedFile, Severity, Sheet, Workbook
from etl.normalise import normalise
from etl.read import read

INBOX = ROOT / "samples" / "inbox"
FUNDS = "na_ri_ke_hoach_von_2025.xlsx"  # its header in rows 5 and 6, "Đơn vị tính" in row 3
REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
YEAR = "bac_ha_ket_qua_chi_tieu_2024.xlsx"  # plan_results of a whole year
Rows = list[list[object]]
Change = Callable[[Sheet], None]


@cache
def _read(name: str) -> tuple[Sheet, ...]:
    return tuple(read(ReceivedFile(1, name, str(INBOX / name))).sheets)


def book(name: str, *changes: Change, sheet: int = 0) -> Workbook:
    """A sample with changes to one sheet."""
    sheets = deepcopy(list(_read(name)))
    for change in changes:
        change(sheets[sheet])
    return Workbook(ReceivedFile(1, name, ""), sheets)


def only(workbook: Workbook) -> Normalised:
    """The one filing of a workbook."""
    (filing,) = normalise(workbook)
    return filing


def row_of(rows: Rows, text: str) -> int:
    """The first row with a cell that begins so."""
    return next(r for r, row in enumerate(rows) if any(str(c).startswith(text) for c in row))


def say(old: str, new: str) -> Change:
    """Every text `old` within the cells of a sheet becomes `new`."""

    def change(sheet: Sheet) -> None:
        assert any(type(c) is str and old in c for row in sheet.rows for c in row), old
        for row in sheet.rows:
            row[:] = [c.replace(old, new) if type(c) is str else c for c in row]

    return change


def line(text: str, above: str, place: int = 0) -> Change:
    """A new row with one text, above the row that begins so."""

    def change(sheet: Sheet) -> None:
        at = row_of(sheet.rows, above)
        new: list[object] = [""] * len(sheet.rows[0])
        new[place] = text
        sheet.rows.insert(at, new)
        sheet.merged = [
            ((top + (top >= at), left), (bottom + (bottom >= at), right))
            for (top, left), (bottom, right) in sheet.merged or []
        ]

    return change


def below(*cells: str) -> Change:
    """A new last row."""

    def change(sheet: Sheet) -> None:
        sheet.rows.append([*cells, *[""] * (len(sheet.rows[0]) - len(cells))])

    return change


def fails(findings: list[Finding]) -> list[str]:
    """The rules that stop a filing, in order."""
    rules = load_rules()
    return [f.rule for f in findings if rules[f.rule].severity == Severity.FAIL]


def warns(findings: list[Finding]) -> list[str]:
    """The rules that only warn."""
    rules = load_rules()
    return [f.rule for f in findings if rules[f.rule].severity == Severity.WARN]


def sentence(finding: Finding) -> str:
    """What the filer reads, in Vietnamese."""
    return render(finding, load_rules()[finding.rule], strict=True).message_vi
