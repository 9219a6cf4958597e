"""Units with two lines, households and persons, under one name."""

from __future__ import annotations

from tests.corpus.model import Cell, Column, Row, Sheet
from tests.corpus.traits.registry import of_sheet


@of_sheet("two-lines")
def place_names(sheet: Sheet, *, how: str = "merged") -> None:
    """The name of a unit's two lines: merged over both, repeated, or with persons above."""
    rows = sheet.rows_of("data", "total")
    for first, second in zip(rows[::2], rows[1::2], strict=True):
        names = {n: first.cells[n] for n in (sheet.columns[0].name, sheet.key_column)}
        if how == "repeated":
            second.cells |= {name: Cell(cell.typed) for name, cell in names.items()}
        if how == "persons first":
            first.cells, second.cells = (
                second.cells | names,
                first.cells | dict.fromkeys(names, Cell()),
            )
            first.key, second.key = second.key, first.key
        if how != "repeated":
            first.merged_down = dict.fromkeys(names, 1)


@of_sheet("line-other")
def rename_line(sheet: Sheet, *, row: str, to: str) -> None:
    """Another word, or none, for the first line of a unit."""
    sheet.row(row).cells["line"].typed = to or None


@of_sheet("lines-unasked")
def split_lines(sheet: Sheet, *, first: str = "Hộ", second: str = "Nhân khẩu") -> None:
    """Two lines a row under one merged name: households, and the persons in them (invented)."""
    at = [column.name for column in sheet.columns].index(sheet.key_column) + 1
    sheet.columns.insert(at, Column("line", ["Chỉ tiêu"]))
    rows: list[Row] = []
    for row in sheet.rows:
        persons = {
            name: Cell(cell.typed * 4) for name, cell in row.cells.items()
            if isinstance(cell.typed, int) and name != sheet.columns[0].name
        }  # fmt: skip
        lines = {"Hộ": row.cells, "Nhân khẩu": persons}
        labels = {n: row.cells[n] for n in (sheet.columns[0].name, sheet.key_column)}
        top = {n: c for n, c in lines[first].items() if n not in labels} | labels
        bottom = {n: c for n, c in lines[second].items() if n not in labels}
        row.cells = top | {"line": Cell(first)}
        row.merged_down = dict.fromkeys(labels, 1)
        key = row.key
        rows += [row, Row("other" if row.kind == "total" else "data", "", key,
                          bottom | {"line": Cell(second)})]  # fmt: skip
    sheet.rows = rows
