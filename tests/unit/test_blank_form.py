"""`khoxa form`: a blank form is hard to fill in wrongly, and a filled one reads back exactly.

Every form of etl/forms is drawn for every level that files it and every period, filled in by
tests/filling.py, and checked like any other filing.
"""

from __future__ import annotations

import csv
import re
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.blank import draw_form
from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Form
from etl.catalogue.slots import TEXT_KINDS, Slot, slots
from etl.ground.config import SEEDS_DIR, Settings
from etl.ground.records import Figure, ReceivedFile, Recognised
from etl.ground.text import key
from etl.night.offline import Checked, check_files
from etl.normalise import normalise
from etl.read import read
from etl.units.event_file import pair_of
from etl.units.index import load_units
from tests.filling import TITLE_BLOCK, Filled, Guard, fill, validations
from tests.helpers.blank_choices import chooser, column_of, table_of

PREFERRED = {"commune": "02152", "district": "066", "province": "06"}  # in Bắc Kạn
NOWHERE = Settings(home=Path("/nonexistent"), inbox="")


class Case(NamedTuple):
    """One blank form: who files it, for when (to which year), and the day of its units."""

    form: Form
    unit: str
    year: int
    period: str
    on: date
    last: int

    @property
    def name(self) -> str:
        years = f"{self.year}-{self.last}" if self.last > self.year else f"{self.year}"
        return f"{self.form.form}-{self.form.version}-{self.unit}-{years}-{self.period}"

    @property
    def when(self) -> str:
        """As `khoxa form` is asked for it."""
        return self.name.removeprefix(f"{self.form.form}-{self.form.version}-{self.unit}-")


def _case(form: Form, level: str, period: str) -> Case:
    """The latest year of the form in which some unit of the level is in force on its day."""
    known = [unit for unit in load_units().units if unit.level == level]
    for year in range(form.valid.to, form.valid.from_ - 1, -1):
        last = date(year, 6, 30) if period == "H1" else date(year, 12, 31)
        on = date(year, 1, 1) if form.units_on == "start" else last
        codes = [unit.code for unit in known if unit.valid_from <= on < unit.valid_to]
        if codes:
            code = PREFERRED[level] if PREFERRED[level] in codes else codes[0]
            return Case(form, code, year, period, on, year)
    raise AssertionError(f"no {level} files {form.form}")


def _cases(form: Form, level: str, period: str) -> list[Case]:
    """The form for one year, and for the first five where it may be about several."""
    case, first = _case(form, level, period), form.valid.from_
    several = case._replace(unit=PREFERRED[level], year=first, on=date(first, 1, 1), last=first + 4)
    return [case, several] if form.span else [case]


CASES = {
    case.name: case
    for form in load_forms().values()
    for level in form.filer
    for period in form.periods
    for case in _cases(form, level, period)
}


class Done(NamedTuple):
    """A case drawn and filled, and what the rooms made of both files."""

    blank: Path
    filled: Filled
    checked_blank: Checked
    checked: Checked
    recognised: Recognised
    figures: list[Figure]


opened = cache(load_workbook)  # of blanks, which are only looked at


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    folder = tmp_path_factory.mktemp("blank")
    blanks = {name: folder / f"{name}.xlsx" for name in CASES}
    paths = {name: folder / f"{name} filled.xlsx" for name in CASES}
    filled = {}
    for name, case in CASES.items():
        version = case.form.version
        draw_form(NOWHERE, case.form.form, case.unit, case.when, blanks[name], version)
        filled[name] = fill(blanks[name], paths[name], chooser(case.form, (case.year, case.last)))
    names = [*blanks.values(), *paths.values()]
    checked = dict(zip(names, check_files(names, None), strict=True))
    out = {}
    for name in CASES:
        (read_back,) = normalise(read(ReceivedFile(1, f"{name}.xlsx", str(paths[name]))))
        assert read_back.recognised, read_back.findings
        out[name] = Done(
            *(blanks[name], filled[name], checked[blanks[name]], checked[paths[name]]),
            *(read_back.recognised, read_back.figures),
        )
    return out


@pytest.mark.parametrize("name", CASES)
def test_a_filled_form_is_accepted(name: str, done: dict[str, Done]) -> None:
    case, each = CASES[name], done[name]
    assert [f for f in each.checked.findings if f.severity == "fail"] == []
    assert each.checked.exit_code == 0
    said = each.recognised
    assert (said.form, said.form_version, said.filer_code) == (
        case.form.form, case.form.version, case.unit,
    )  # fmt: skip
    assert (said.year, said.period, said.units_on) == (case.year, case.period, case.on)
    assert said.last_year == case.last


@pytest.mark.parametrize("name", CASES)
def test_every_figure_reads_back_where_it_was_filled_in(name: str, done: dict[str, Done]) -> None:
    case, each = CASES[name], done[name]
    book = opened(each.blank)
    by_id = {slot.slot_id: slot for slot in slots()}
    read_back: dict[tuple[str, str], object] = {}
    for figure in each.figures:
        slot = by_id[figure.slot_id]
        is_text = slot.kind in TEXT_KINDS
        value = figure.text if is_text else figure.value and Decimal(figure.value)
        if value:
            read_back[figure.sheet, figure.cell] = value
        _check_meaning(case.form, slot, figure, book[figure.sheet])
        if codes := _codes_of(case.form, slot):
            assert figure.code == dict(_listed(codes))[str(figure.text)]
    typed = {
        at: value if isinstance(value, str) else Decimal(str(value))
        for at, value in each.filled.typed.items()
        if column_of(case.form, book[at[0]], at[1]).is_ != "note"
    }
    computed = {at: value for at, value in each.filled.computed.items() if value is not None}
    assert read_back == typed | computed | _numbers(case.form, book, set(typed))
    assert len(typed) > 1


def _numbers(form: Form, book: Workbook, typed: set[tuple[str, str]]) -> dict[object, object]:
    """The numbers that stand before the statements of the form that were filled in."""
    found: dict[object, object] = {}
    for table in form.tables.values():
        sheet = book[table.title]
        if table.rows == "statements" and "ordinal" in table.columns:
            place = list(table.columns).index("ordinal") + 1
            rows = {sheet[cell].row for title, cell in typed if title == table.title}
            cells = [sheet.cell(row, place) for row in rows]
            found |= {(sheet.title, cell.coordinate): cell.value for cell in cells}
    return found


def _check_meaning(form: Form, slot: Slot, figure: Figure, sheet: Worksheet) -> None:
    """The figure belongs to the column, item or unit whose labels stand beside it."""
    table = form.tables[slot.table]
    assert table.columns[slot.column] is column_of(form, sheet, figure.cell)
    row = figure.row_no
    beside = {key(str(value)) for value in _values(sheet, row) if value is not None}
    if slot.item in table.items:
        assert beside & {key(label) for label in table.items[slot.item].labels}
    if table.rows == "units" and slot.kind not in ("total", "group", "attribute"):
        column = list(table.columns).index(table.key_column) + 1
        while sheet.cell(row, column).value is None:  # merged over the lines of a unit
            row -= 1
        level, code = pair_of(figure.subject or "")
        assert (sheet.cell(row, column).value, code) in _names(level)


@cache
def _values(sheet: Worksheet, row: int) -> frozenset[object]:
    """What stands in a row of a blank."""
    return frozenset(cell.value for cell in sheet[row])


@cache
def _names(level: str) -> set[tuple[str, str]]:
    with (SEEDS_DIR / f"{level}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {(f"{row['unit_type'].capitalize()} {row['name']}", row["code"]) for row in rows}


@pytest.mark.parametrize("name", CASES)
def test_a_blank_form_is_told_to_be_one(name: str, done: dict[str, Done]) -> None:
    each = done[name]
    rules = {finding.rule for finding in each.checked_blank.findings}
    nothing = {"assigned-something", "registration-states-a-cut"}
    assert {"form-unfilled"} <= rules <= {"form-unfilled", *nothing}
    with zipfile.ZipFile(each.blank) as container:
        for part in container.namelist():
            if part.startswith("xl/worksheets/"):
                cells = re.findall(r"<c [^>]*><f>.*?</c>", container.read(part).decode())
                assert all(re.search(r"<v>[^<]", cell) for cell in cells)


@pytest.mark.parametrize("name", CASES)
def test_only_cells_to_fill_in_are_open_and_each_is_guarded(
    name: str, done: dict[str, Done]
) -> None:
    case, each = CASES[name], done[name]
    book = opened(each.blank)
    assert book["khoxa"].sheet_state == "veryHidden"
    said = {row[0]: row[1] for row in book["khoxa"].iter_rows(values_only=True)}
    assert said["form"] == case.form.form and said["version"] == case.form.version
    assert said["unit_code"] == case.unit and said["period"] == case.period
    assert said["year"] == str(case.year) and said["units_on"] == case.on.isoformat()
    for sheet in book.worksheets:
        assert sheet.protection.sheet and sheet.protection.password is None
        guards = validations(book, sheet)
        for row in sheet.iter_rows(min_row=TITLE_BLOCK + 1):
            for cell in row:
                if cell.value is not None:
                    assert cell.protection.locked
                elif not cell.protection.locked:
                    _check_guard(case.form, sheet, cell, guards.get(cell.coordinate, Guard()))
    table_sheets = [book[table.title] for table in case.form.tables.values()]
    for sheet in table_sheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows and sheet.page_setup.fitToHeight == 0


def _check_guard(form: Form, sheet: Worksheet, cell: Cell, guard: Guard) -> None:
    """A figure takes only figures of its kind, a listed word only words of its list."""
    column = column_of(form, sheet, cell.coordinate)
    kind, options, rule = guard
    if column.values:
        assert options == tuple(words[0] for words in column.values.values())
        assert rule.showErrorMessage != column.open
    elif column.codes:
        assert options == tuple(text for text, _code in _listed(column.codes))
        assert kind == "list" and rule.showErrorMessage != column.open
    elif column.is_ == "figure":
        unit = _unit(form, sheet, cell)
        assert kind == ("whole" if unit in ("household", "person") else "decimal")
        percent = (None, "0", "100")  # "between" is what a file need not say
        expected = percent if unit in ("pct", "pp") else ("greaterThanOrEqual", "0", None)
        assert (rule.operator, rule.formula1, rule.formula2) == expected
        assert rule.errorStyle in (None, "stop") and rule.showErrorMessage
        assert 0 < len(rule.error) <= 255 and 0 < len(rule.prompt) <= 255
    else:
        assert kind == ""


def _codes_of(form: Form, slot: Slot) -> str | None:
    """Of what the codes are that a slot's column holds, if any."""
    return form.tables[slot.table].columns[slot.column].codes


@cache
def _listed(codes: str) -> tuple[tuple[str, str], ...]:
    """What a coded column offers and the code it means: an agency is chosen by its name."""
    offered = "name_vi" if codes == "agency" else f"{codes}_code"
    with (SEEDS_DIR / f"{codes}.csv").open(encoding="utf-8", newline="") as handle:
        known = tuple((row[offered], row[f"{codes}_code"]) for row in csv.DictReader(handle))
    return (*known, ("Toàn chương trình", "whole_programme")) if codes == "project" else known


def _unit(form: Form, sheet: Worksheet, cell: Cell) -> str | None:
    """The unit of measure of a cell, from the labels beside it and the form."""
    table = table_of(form, sheet)
    name = list(table.columns)[cell.column - 1]
    beside = _values(sheet, cell.row)
    for item in table.items.values():
        if name in item.cells and beside & {*item.labels}:
            return item.cells[name].unit or table.columns[name].unit
    return table.columns[name].unit


def test_counts_are_whole_and_money_is_not(done: dict[str, Done]) -> None:
    (name,) = [n for n in CASES if n.startswith("commune_report-") and n.endswith("-H1")]
    book = opened(done[name].blank)
    assert validations(book, book["Chỉ tiêu"])["D12"].kind == "whole"
    assert validations(book, book["Kinh phí"])["C13"].kind == "decimal"
