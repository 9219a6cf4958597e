"""In which unit a sheet says that it counts, wherever it says so.

Above the table, below it, in a cell of its own beside the words "Đơn vị tính", at the head or foot
of the printed page. What contradicts the form is refused; a table of money that says nothing is
taken with a warning, as the form's own unit is then only assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.catalogue.indicators import indicator_units
from etl.catalogue.measures import fits, label, may_state, money, units_in, word_for
from etl.catalogue.slots import slots
from etl.catalogue.units_of_measure import of_kind
from etl.ground.addresses import address
from etl.ground.records import Finding
from etl.ground.text import key
from etl.normalise.header.faults import Found
from etl.normalise.texts.cells import coded, is_figure, written
from etl.normalise.texts.long_cells import long_cells
from etl.normalise.texts.word_lists import MEASURE_WORDS

_LONGEST, _MOST_TEXTS = 200, 1 << 16
_HAS_LETTERS = re.compile(r"[^\W\d_]")
_CHUNK = re.compile(r"[.;,]|\s(?=(?:trừ|riêng|theo|trong đó|số|biểu|năm|phụ|mẫu)\b)")
_FILER = re.compile(r"đơn vị (?:báo cáo|lập|gửi|nhận|trực thuộc)\b")
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Line(NamedTuple):
    """What a text says of units: `kind` stated ("Đơn vị tính: hộ"), label (only "Đơn vị tính", its
    unit being in the next cell, or "theo cột 4"), bare ("(nghìn đồng)" alone) or within (in
    brackets, in a longer text); units: empty where the unit is none that is known."""

    kind: str
    units: frozenset[str]


class Statement(NamedTuple):
    """A unit that a sheet states: the text and the cell that say so ("": on the page).
    `is_of_cells`: of one cell or some, by a comment or prompt."""

    text: str
    cell: str
    units: frozenset[str]
    is_of_cells: bool = False


def measure_faults(filing_id: int, found: list[Found]) -> tuple[list[Finding], list[Finding]]:
    """Statements that contradict the form ("Đơn vị tính: nghìn đồng" where amounts are in million
    VND), which stop the filing; and tables of money that state no unit, which are named."""
    wrong: list[Finding] = []
    silent: dict[str, Finding | None] = {}
    for table in found:
        used, differ = _units_of(table)
        wanted = ", ".join(sorted(filter(None, map(word_for, used))))
        said = list(
            {
                (each.units or each.text, each.is_of_cells): each
                for each in [*_statements(table)][::-1]
            }.values()
        )
        for text, cell, units, is_of_cells in said:
            if _contradicts(units, used, differ, is_of_cells):
                params = (("seen", text.strip()), ("wanted", wanted))
                wrong.append(
                    Finding(filing_id, "measure-stated", table.sheet.name, cell, text,
                            params=params)
                )  # fmt: skip
        if any(each.units & money() for each in said):
            silent[table.layout.table_name] = None
        elif table.layout.table_name not in silent:
            silent[table.layout.table_name] = _unstated(filing_id, table)
    return wrong, [finding for finding in silent.values() if finding]


def states_money(table: Found) -> bool:
    """Whether a sheet says, outside its columns, in which unit its amounts of money are."""
    return any(each.units & money() for each in _statements(table))


def _contradicts(
    units: frozenset[str], used: frozenset[str], differ: bool, is_of_cells: bool
) -> bool:
    """Whether a statement names a unit that no figure has, or as the only one "%" where figures
    count, or that of some rows where others are in another."""
    shares = of_kind("share")
    strange = {s for s in units if not any(fits(unit, frozenset({s})) for unit in used)}
    if not units or not strange <= (shares if len(units) > 1 else frozenset()):
        return True
    is_for_all = not is_of_cells and len(units) == 1 and (differ or units <= shares)
    return is_for_all and not all(fits(unit, units) for unit in used - shares)


def _units_of(table: Found) -> tuple[frozenset[str], bool]:
    """The units that a table's figures have, and whether they differ from row to row."""
    layout, spec = table.layout, table.layout.table
    place = next((h.place for n, h in layout.columns if n == spec.key_column), None)
    if spec.by_code and place is not None:
        said = (written(r[place]) for r in table.sheet.rows[layout.first_row :] if place < len(r))
        codes = (coded(spec.columns[spec.key_column], text) for text in said if text)
        if used := {indicator_units()[c] for c in codes if c in indicator_units()}:
            return frozenset(used), True
    return _units_of_slots(layout.form, layout.table_name)


@lru_cache(maxsize=256)
def _units_of_slots(form: Form, table: str) -> tuple[frozenset[str], bool]:
    own, by_column = (form.form, form.version, table), dict[str, set[str]]()
    for slot in slots():
        if (slot.form, slot.form_version, slot.table) == own and slot.unit_of_measure:
            by_column.setdefault(slot.column, set()).add(slot.unit_of_measure)
    differ = any(len(units) > 1 for units in by_column.values())
    return frozenset().union(*by_column.values()), differ


def _unstated(filing_id: int, table: Found) -> Finding | None:
    """The warning at the first header of money, where no header of the table says its unit, nor a
    column of units."""
    columns = table.layout.table.columns
    if any(columns[name].is_ == "measure" for name, _heading in table.layout.columns):
        return None
    of_money = [(h, columns[name].unit) for name, h in table.layout.columns
                if columns[name].unit in of_kind("money")]  # fmt: skip
    if not of_money or any(heading.units for heading, _unit in of_money):
        return None
    first, unit = of_money[0]
    params = (("wanted", word_for(unit)),)
    return Finding(
        filing_id, "measure-unstated", table.sheet.name, first.cell, first.text,
        params=params,
    )  # fmt: skip


def _statements(table: Found) -> Iterator[Statement]:
    """All that the sheet says of units outside the cells of its columns."""
    rows = table.sheet.rows
    lines: dict[object, Line] = {}
    for text in long_cells(table.sheet) - _silent():
        if type(text) is str and not (text[-1:].isdecimal() and text[:1].isdecimal()):  # no number
            if line := line_of(text):
                lines[text] = line
            elif len(_silent()) < _MOST_TEXTS:
                _silent().add(text)
    for r, row in enumerate(rows if lines else ()):
        if not lines.keys().isdisjoint(row):
            for c, cell in enumerate(row):
                if type(cell) is str and (line := lines.get(cell)) is not None:
                    yield from _at(table, r, c, line)
    for text in (table.sheet.name, *table.sheet.printed):
        if (line := line_of(text)) is not None and line.kind != "label":
            yield Statement(text, "", line.units)
    for r, c, text in (*table.sheet.comments, *table.sheet.prompts):
        if (line := line_of(text)) is not None and line.kind != "label":
            yield Statement(text, address(r, c), line.units, is_of_cells=True)


def _at(table: Found, r: int, c: int, line: Line) -> Iterator[Statement]:
    """What a line says at its place, if that is one for the whole table: among the rows a unit may
    be that of the row only, and a header's brackets are judged with the header."""
    row, layout = table.sheet.rows[r], table.layout
    text, units = str(row[c]), line.units
    above, below = r < layout.first_row, r > layout.last_row
    if line.kind == "label":
        beside = next((str(cell) for cell in row[c + 1 :] if cell != ""), "")
        value = beside or (str(table.sheet.rows[r + 1][c]) if above else "")
        text, units = f"{text} {value}", units_in(value)
        is_said = bool(units) and (above or below)
    elif below:
        is_said = line.kind != "within"
    else:
        is_said = above or (line.kind == "stated" and bool(units))
    if is_said and (not below or _is_for_all(table, r, c, line._replace(units=units))):
        yield Statement(text, address(r, c), units)


def _is_for_all(table: Found, r: int, c: int, line: Line) -> bool:
    """Whether a line below the header is about the table and not about its row."""
    row, layout = table.sheet.rows[r], table.layout
    places = {heading.place for _name, heading in layout.columns}
    if not line.units or sum(cell != "" for cell in row) == 1:
        return bool(line.units)
    if layout.table.rows == "statements":
        return False
    if line.kind == "bare" or c not in places:
        return c not in places
    is_certain = bool(label(shared=False).search(key(str(row[c]))))
    figures = (h.place for n, h in layout.columns if layout.table.columns[n].is_ == "figure")
    return is_certain or not any(row[at] != "" and is_figure(row[at]) for at in figures)


@lru_cache(maxsize=1)
def _silent() -> set[object]:
    """Texts that were looked at and say nothing of units."""
    return set()


@lru_cache(maxsize=65536)
def line_of(text: str) -> Line | None:
    """What a text says of units; None for one that says nothing of them."""
    return line_by_key(key(text)) if len(text) <= _LONGEST else None


@lru_cache(maxsize=65536)
def line_by_key(plain: str) -> Line | None:
    """The same by the key of a text."""
    if len(plain) > _LONGEST or not may_state(plain) or _FILER.match(plain):
        return None
    units = units_in(plain.strip("()"))
    is_money = bool(units) and units <= money() and _HAS_LETTERS.search(plain)
    if is_money and not label(shared=False).search(plain):
        return Line("bare", units)
    if found := label(shared=True).search(plain):
        value = plain[found.end() :].partition(")")[0].strip(" :.…_")
        is_certain = bool(label(shared=False).match(plain, found.start()))
        if units := _units_at_first(value):
            return Line("stated", units)
        if not value or MEASURE_WORDS.pattern("by_row").fullmatch(value):
            return Line("label", units) if found.start() == 0 else None
        if is_certain and found[1]:
            return Line("stated", units)
    within = frozenset().union(*map(units_in, _BRACKETS.findall(plain)))
    return Line("within", within) if within and within <= money() else None


def _units_at_first(value: str) -> frozenset[str]:
    """The units that a value begins with: "triệu đồng. Số liệu minh hoạ" is one in million VND."""
    return units_in(value) or units_in(_CHUNK.split(value, maxsplit=1)[0])
