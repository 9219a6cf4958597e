"""What the tests type into the blank forms, cell by cell."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue.forms import Column, Form, Table
from etl.catalogue.indicators import indicator_units
from tests.filling import Choose

STATEMENTS = 9
WORDS_ONLY = "chỉ nêu bằng lời"
RESULTS = (  # code, unit, opening, result of each row that names its indicator by a code
    ("households", "hộ", 14120, 14210), ("poor_households", "hộ", 3344, 2310),
    ("jobs_created", "người", None, 950), ("labour_export", "người", None, 40),
    ("forest_cover_pct", "%", 46.1, 46.85), ("grain_output", "tấn", None, 44120.5),
    ("communes_ntm5", "xã", 1, 1), ("social_investment", "triệu đồng", None, 1604.25),
    ("crop_value_per_ha", "triệu đồng/ha", 80, 81.5),
)  # fmt: skip

# opening, assigned, registered of a commune's rows: (200 - 50) / 1000 = 15 %, less 10 more 14 %
REGISTERED = (
    (1000, None, None), (200, None, None), (None, 50, 60), (None, 5, 6), (None, 15, 14),
)  # fmt: skip


def table_of(form: Form, sheet: Worksheet) -> Table:
    """The table that is drawn on a sheet."""
    (table,) = [table for table in form.tables.values() if table.title == sheet.title]
    return table


def column_of(form: Form, sheet: Worksheet, cell: str) -> Column:
    """The form's column that a cell stands in."""
    return list(table_of(form, sheet).columns.values())[sheet[cell].column - 1]


def column_is(name: str, table: Table, cell: Cell) -> bool:
    """Whether a cell stands in the column of this name."""
    return list(table.columns)[cell.column - 1] == name


def chooser(form: Form, years: tuple[int, int]) -> Choose:
    """What the test types: different figures in all cells, smaller to the right and downwards, and
    larger in columns that others are divided by, so that no part exceeds its whole.
    """

    first: dict[str, int] = {}

    def choose(sheet: Worksheet, cell: Cell, kind: str, options: tuple[str, ...]) -> object:
        table = table_of(form, sheet)
        number = cell.row - first.setdefault(sheet.title, cell.row)
        if table.rows == "statements" and number >= STATEMENTS:
            return None
        if {"indicator", "opening", "value"} <= set(table.columns) and kind:
            name = list(table.columns)[cell.column - 1]
            order = ("indicator", "unit", "opening", "value")
            return RESULTS[number][order.index(name)]
        if "registered" in table.columns and kind:
            name = list(table.columns)[cell.column - 1]
            return REGISTERED[number][("opening", "assigned", "registered").index(name)]
        if kind == "list":
            if {"indicator", "unit"} <= set(table.columns) and column_is("unit", table, cell):
                code = sheet.cell(cell.row, list(table.columns).index("indicator") + 1).value
                return (table.columns["unit"].values or {})[indicator_units()[str(code)]][0]
            is_kind = WORDS_ONLY in options and WORDS_ONLY in _row(sheet, cell)
            return WORDS_ONLY if is_kind else options[number % len(options)]
        if kind == "" and column_of(form, sheet, cell.coordinate).refers:
            return "2" if number == 0 else "1"
        if kind == "":
            return f"Ghi ở ô {cell.coordinate}"
        if table.rows == "statements":
            return _statement(form, years, sheet, cell, number)
        return _figure(table, sheet, cell, number)

    return choose


def _row(sheet: Worksheet, cell: Cell) -> set[object]:
    return {c.value for c in sheet[cell.row]}


def _statement(
    form: Form, years: tuple[int, int], sheet: Worksheet, cell: Cell, number: int
) -> object:
    """A figure of a statement: the one its condition and kind ask for, in the plan's years."""
    column, said = column_of(form, sheet, cell.coordinate), _row(sheet, cell)
    if column.fact == "target":
        return None if WORDS_ONLY in said else 50 - number
    if column.fact == "target_high":
        return 60 if "trong khoảng" in said else None
    if column.fact == "target_total":
        return 60 if "số đơn vị trên tổng số" in said else None
    return years[column.fact == "target_to"]


def _figure(table: Table, sheet: Worksheet, cell: Cell, number: int) -> object:
    name, column = list(table.columns.items())[cell.column - 1]
    if {"relapsed", "end"} <= set(table.columns) and name == "end":  # a movement adds up
        start, *moves = [c.value for c in sheet[cell.row][3 : cell.column - 1]]
        return start - sum(moves[:3]) + sum(moves[3:])
    if {"budget", "central"} <= set(table.columns) and (name == "budget" or number == 0):
        return None  # a need that is split by project and, of the budget, by source
    if column.unit in ("pct", "pp"):
        return 45.25 - number % 40
    whole = name in {c.ratio.denominator for c in table.columns.values() if c.ratio}
    value = (90000 if whole else 9000) - 300 * cell.column - number
    return value + 0.25 if column.unit == "million_vnd" else value
