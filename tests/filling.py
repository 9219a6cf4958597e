"""Fill a blank form as a person would, for tests, and store in its formulas what Excel would.

Nothing here asks the code that drew the form what a cell is: an open cell is one that is not
locked, and formulas are computed from their own text.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

At = tuple[str, str]
Value = Decimal | str | None
Choose = Callable[[Worksheet, Cell, str, tuple[str, ...]], object]
TITLE_BLOCK = 9  # rows above the header

_SUM = re.compile(r'IF\(COUNT\((.+)\)=0,"",SUM\(\1\)\)')
_RATE = re.compile(
    r'IF\(COUNT\((.+)\)<([23]),"",IF\((\w+)=0,"",ROUND\(100\*\(?(\w+?)(?:-(\w+)\))?/\3,2\)\)\)'
)
_SAME = re.compile(r'IF\((.+)="","",\1\)')
_STORED = re.compile(r'<c r="(\w+)"([^>]*)>(<f>.*?</f>)<v ?(?:/>|></v>)</c>')


class Guard(NamedTuple):
    """What a cell takes: the kind of its validation ("whole", "decimal", "list"; "" for words),
    the options of its drop-down, and the validation itself.
    """

    kind: str = ""
    options: tuple[str, ...] = ()
    rule: DataValidation | None = None


@dataclass
class Filled:
    """What was typed into which cell, and what the formulas give."""

    typed: dict[At, object] = field(default_factory=dict)
    computed: dict[At, Value] = field(default_factory=dict)


def fill(blank: Path, path: Path, choose: Choose) -> Filled:
    """Fill every open cell below the headers with what `choose` gives (None leaves it blank).

    `choose(sheet, cell, kind, options)`: kind and options as in Guard.
    """
    book = load_workbook(blank)
    filled = Filled()
    for sheet in book.worksheets:
        guards = validations(book, sheet)
        for row in sheet.iter_rows(min_row=TITLE_BLOCK + 1):
            for cell in row:
                if sheet.protection.sheet and not cell.protection.locked:
                    guard = guards.get(cell.coordinate, Guard())
                    value = choose(sheet, cell, guard.kind, guard.options)
                    if value is not None:
                        cell.value = value
                    if cell.value is not None:
                        filled.typed[sheet.title, cell.coordinate] = cell.value
    _compute(book, filled)
    book.save(path)
    _store(path, [sheet.title for sheet in book.worksheets], filled.computed)
    return filled


def validations(book: Workbook, sheet: Worksheet) -> dict[str, Guard]:
    """The one validation of each cell of a sheet that has one, by address."""
    found: dict[str, Guard] = {}
    for rule in sheet.data_validations.dataValidation:
        guard = Guard(rule.type, _options(book, rule), rule)
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                address = f"{get_column_letter(column)}{row}"
                assert address not in found, (sheet.title, address)
                found[address] = guard
    return found


def _options(book: Workbook, rule: DataValidation) -> tuple[str, ...]:
    if rule.type != "list":
        return ()
    name, _, area = rule.formula1.replace("$", "").rpartition("!")
    listed = tuple(cell.value for (cell,) in book[name.strip("'")][area])
    assert all(listed)
    return listed


def _compute(book: Workbook, filled: Filled) -> None:
    formulas = {
        (sheet.title, cell.coordinate): cell.value[1:]
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }

    def value(at: At) -> Value:
        if at in formulas and at not in filled.computed:
            filled.computed[at] = result(at[0], formulas[at])
        if at in formulas:
            return filled.computed[at]
        typed = book[at[0]][at[1]].value
        return Decimal(str(typed)) if isinstance(typed, int | float) else typed

    def numbers(sheet: str, listed: str) -> list[Decimal]:
        cells = []
        for area in listed.split(","):
            left, top, right, bottom = range_boundaries(area)
            for r in range(top, bottom + 1):
                for c in range(left, right + 1):
                    cells.append(value((sheet, book[sheet].cell(r, c).coordinate)))
        return [cell for cell in cells if isinstance(cell, Decimal)]

    def result(sheet: str, formula: str) -> Value:
        if found := _SUM.fullmatch(formula):
            terms = numbers(sheet, found[1])
            return sum(terms, Decimal(0)) if terms else None
        if found := _RATE.fullmatch(formula):
            below, above = value((sheet, found[3])), value((sheet, found[4]))
            less = value((sheet, found[5])) if found[5] else Decimal(0)
            if len(numbers(sheet, found[1])) < int(found[2]) or below == 0:
                return None
            return (100 * (above - less) / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
        found = _SAME.fullmatch(formula)
        assert found, f"a formula of another shape: {formula}"
        other, _, cell = found[1].rpartition("!")
        return value((other.strip("'") or sheet, cell))

    for at in formulas:
        value(at)


def _store(path: Path, sheets: list[str], computed: dict[At, Value]) -> None:
    """openpyxl drops the results of formulas: write them where Excel keeps them."""
    with zipfile.ZipFile(path) as container:
        parts = {info: container.read(info) for info in container.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for info, content in parts.items():
            if number := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", info.filename):
                content = _with_results(content.decode(), sheets[int(number[1]) - 1], computed)
            container.writestr(info, content)


def _with_results(xml: str, sheet: str, computed: dict[At, Value]) -> bytes:
    def stored(match: re.Match[str]) -> str:
        cell, attributes, formula = match.groups()
        value = computed[sheet, cell]
        if value is None:
            return f'<c r="{cell}"{attributes} t="str">{formula}<v></v></c>'
        return f'<c r="{cell}"{attributes}>{formula}<v>{value}</v></c>'

    done, count = _STORED.subn(stored, xml)
    assert count == xml.count("<f>")
    return done.encode()
