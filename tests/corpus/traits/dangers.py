"""Beyond the list: what a hurried reader takes for something else. Each could be a wrong accept."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.model import Cell, Error, Formula, Row, Sheet
from tests.corpus.traits.registry import of_sheet


@of_sheet("name-unreadable")
def break_name(sheet: Sheet, *, row: str, how: str) -> None:
    """A row with figures whose name cell is blank, an error, or a formula never computed."""
    typed = {"blank": None, "error": Error("#REF!"), "formula": Formula("=Sheet2!A1")}[how]
    sheet.row(row).cells[sheet.key_column] = Cell(typed)
    for cell in sheet.row(row).cells.values():
        cell.figure = None


@of_sheet("page-columns-swapped")
def swap_after_header(sheet: Sheet, *, before: str, columns: list[str]) -> None:
    """From a repeated header on, two columns stand in each other's place, header and all."""
    at = sheet.rows.index(sheet.row(before))
    first, second = columns
    header = Row("swapped", cells={c.name: Cell(c.path[-1]) for c in sheet.columns})
    sheet.rows.insert(at, header)
    for row in sheet.rows[at:]:
        row.cells[first], row.cells[second] = row.cells[second], row.cells[first]
        for name in columns:
            row.cells[name].figure = None


@of_sheet("table-below")
def add_table_below(sheet: Sheet, *, before: str, title: str, header: bool = True) -> None:
    """From a row on, the lines of another table: a title of its own, the same header again."""
    at = sheet.rows.index(sheet.row(before))
    heading = Row("other", cells={sheet.key_column: Cell(title)})
    sheet.rows[at:at] = [Row("other"), heading, *([Row("header")] if header else [])]
    for row in sheet.rows[at:]:
        for cell in row.cells.values():
            cell.figure = None


@of_sheet("persons-listed")
def list_persons(sheet: Sheet, *, blank: int) -> None:
    """Below the table, after some blank rows, a list that asks for names and numbers of persons."""
    sheet.loose += [{}] * blank + [{0: "STT", 1: "Họ và tên chủ hộ", 2: "Số CCCD"}]
    sheet.loose += [{0: "1", 1: "(họ tên)", 2: "(số giấy tờ)"}]


@of_sheet("money-scaled")
def scale_money(sheet: Sheet, *, columns: list[str], number_format: str) -> None:
    """Amounts a million times as large in the cells, whatever the format makes of them."""
    for row in sheet.rows_of("data", "total"):
        for name in columns:
            cell = row.cells.get(name, Cell())
            if cell.figure is not None:
                cell.typed = Decimal(cell.figure) * 1_000_000
                cell.figure, cell.number_format = None, number_format


@of_sheet("cells-set")
def set_cells(sheet: Sheet, *, cells: dict[str, dict[str, str]]) -> None:
    """Several cells at once, meant so: {row: {column: text typed}}; no figure is expected."""
    for label, changed in cells.items():
        for name, text in changed.items():
            sheet.row(label).cells[name] = Cell(text)
