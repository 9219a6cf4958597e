"""The rows of a blank form's table, drawn: labels, cells to fill in, formulas, and the guards that
make a wrong entry hard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from etl.blank import words as words
from etl.blank.formulas import Formula
from etl.blank.plan import Input, Plan, TablePlan
from etl.blank.rows import Row, longest
from etl.blank.styles import RED, YELLOW, Styles
from etl.catalogue.forms import DATE, YES_NO, Column
from etl.catalogue.measures import word_for
from etl.catalogue.units_of_measure import of_kind

_BLANK_RESULT = " "  # xlsxwriter stores no result for ""; a space reads as blank too
_LINE_HEIGHT = 15


@dataclass(frozen=True)
class Drawing:
    """One table and the sheet it is drawn on. `lists`: ranges of drop-downs by column."""

    sheet: Worksheet
    styles: Styles
    plan: Plan
    table: TablePlan
    lists: dict[str, str]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table's rows."""
        return self.plan.rows[self.table.sheet]

    def inputs(self, name: str) -> list[tuple[Row, Input]]:
        """The cells of a column that are to fill in."""
        cells = ((row, self.plan.cells.get(self.table.place(row, name))) for row in self.rows)
        return [(row, cell) for row, cell in cells if isinstance(cell, Input)]


def draw_rows(drawing: Drawing) -> None:
    """All rows below the header, and what their cells take."""
    key = drawing.table.table.columns[drawing.table.table.key_column]
    for row in drawing.rows:
        lines = ceil(len(row.label) / words.WIDTHS[key.is_])
        if lines > row.span:
            drawing.sheet.set_row(row.number, _LINE_HEIGHT * lines)
        for name, column in drawing.table.table.columns.items():
            _draw(drawing, row, name, column)
    for name, column in drawing.table.table.columns.items():
        _validate(drawing, name, column)
        _highlight(drawing, name, column)


def _draw(drawing: Drawing, row: Row, name: str, column: Column) -> None:
    place, styles, table = drawing.table.columns[name], drawing.styles, drawing.table.table
    if row.kind != "data" and name == table.key_column:
        _spanned(drawing.sheet, row, place, row.label, styles["sum_label"])
    elif column.is_ in ("figure", "attribute"):
        _draw_cell(drawing, row, name, column)
    elif column.is_ == "ordinal":
        _spanned(drawing.sheet, row, place, row.ordinal, styles["ordinal"])
    elif column.is_ == "line":
        label = longest(table.items[row.item].labels) if row.item else ""
        drawing.sheet.write_string(row.number, place, label, styles["label"])
    elif name == table.key_column and table.rows != "statements":
        _spanned(drawing.sheet, row, place, row.label, styles["label"])
    elif row.kind != "data":
        drawing.sheet.write_blank(row.number, place, None, styles["closed"])
    elif column.is_ == "measure":
        drawing.sheet.write_string(row.number, place, _unit_word(drawing, row), styles["label"])
    else:
        drawing.sheet.write_blank(row.number, place, None, styles["text"])


def _draw_cell(drawing: Drawing, row: Row, name: str, column: Column) -> None:
    place, styles = drawing.table.place(row, name), drawing.styles
    cell = drawing.plan.cells.get(place)
    at = (place.row, place.column)
    if cell is None:
        drawing.sheet.write_blank(*at, None, styles["closed"])
    elif isinstance(cell, Formula):
        style = styles.formula(_number_format(drawing, row, name, column), row.kind != "data")
        result = cell.result(drawing.plan.value_at)
        value = _BLANK_RESULT if result is None else float(result)
        drawing.sheet.write_formula(*at, cell.text, style, value)
    elif column.is_ == "attribute":
        style = styles["day"] if column.unit == DATE else styles["text"]
        drawing.sheet.write_blank(*at, None, style)
    else:
        style = styles.figure(_number_format(drawing, row, name, column), cell.given is not None)
        if cell.given is None:
            drawing.sheet.write_blank(*at, None, style)
        elif cell.slot.unit_of_measure == YES_NO:
            drawing.sheet.write_string(*at, words.answer_words(column)[not cell.given], style)
        else:
            drawing.sheet.write_number(*at, float(cell.given), style)


def _number_format(drawing: Drawing, row: Row, name: str, column: Column) -> str:
    slot = drawing.table.slots.get((row.item, name))
    unit = slot.unit_of_measure if slot else column.unit
    return words.number_format(unit)


def _spanned(sheet: Worksheet, row: Row, place: int, text: str, style: Format) -> None:
    """A cell over all lines of a unit or sum."""
    if row.span == 1:
        sheet.write_string(row.number, place, text, style)
    elif row.label:
        sheet.merge_range(row.number, place, row.number + row.span - 1, place, text, style)


def _unit_word(drawing: Drawing, row: Row) -> str:
    """What the row's figures count, in words; "" where they count several things."""
    slots = (drawing.table.slots.get((row.item, name)) for name in drawing.table.columns)
    units = {slot.unit_of_measure for slot in slots if slot and (slot.code or slot.source)}
    counted = units - of_kind("share") or units
    return word_for(next(iter(counted))) if len(counted) == 1 else ""


def _validate(drawing: Drawing, name: str, column: Column) -> None:
    """What the cells of a column take, one validation for all that take the same."""
    ranges: dict[str, list[list[int]]] = {}
    options: dict[str, dict[str, Any]] = {}
    for row, cell in drawing.inputs(name):
        if name in drawing.lists:
            spec = words.list_validation(drawing.lists[name], cell.slot, is_open=column.open)
        elif cell.slot.unit_of_measure == DATE:
            spec = words.day_validation(cell.slot)
        elif cell.slot.unit_of_measure == YES_NO:
            spec = words.answer_validation(cell.slot, column)
        elif column.is_ == "figure":
            given = cell.given is not None
            spec = words.figure_validation(cell.slot, given, drawing.plan.filing.year)
        else:
            continue
        place = drawing.table.columns[name]
        options[repr(spec)] = spec
        ranges.setdefault(repr(spec), []).append([row.number, place, row.number, place])
    for key, spec in options.items():
        first, *others = _joined(ranges[key])
        drawing.sheet.data_validation(*first, {**spec, "other_cells": others} if others else spec)


def _joined(cells: list[list[int]]) -> list[list[int]]:
    """Ranges of a column, those right below each other as one."""
    joined = [cells[0]]
    for cell in cells[1:]:
        if cell[0] == joined[-1][2] + 1:
            joined[-1] = [*joined[-1][:2], *cell[2:]]
        else:
            joined.append(cell)
    return joined


def _highlight(drawing: Drawing, name: str, column: Column) -> None:
    """Yellow while a required cell is blank, red where a rate of counts is above 100."""
    place = drawing.table.columns[name]
    if drawing.table.table.rows == "statements":
        _colour(drawing, [row for row, _cell in drawing.inputs(name)], place,
                _missing(drawing, name), YELLOW)  # fmt: skip
    else:
        required = [row for row, cell in drawing.inputs(name) if cell.slot.required]
        _colour(drawing, required, place, lambda cell, _row: f"=ISBLANK({cell})", YELLOW)
    ratio = column.ratio
    if ratio and drawing.table.table.columns[ratio.denominator].unit not in of_kind("money"):
        _colour(drawing, list(drawing.rows), place,
                lambda cell, _row: f"=AND(ISNUMBER({cell}),{cell}>100)", RED)  # fmt: skip


def _missing(drawing: Drawing, name: str) -> Callable[[str, int], str]:
    """When a statement's cell is missing: its row has been begun, and it is required."""
    table = drawing.table
    key = table.columns[table.table.key_column]
    others = [
        place
        for other, place in table.columns.items()
        if place != key and table.table.columns[other].is_ in ("figure", "attribute")
    ]

    def formula(cell: str, row: int) -> str:
        if name == table.table.key_column:
            begun = ",".join(xl_rowcol_to_cell(row, place, col_abs=True) for place in others)
            return f"=AND(ISBLANK({cell}),COUNTA({begun})>0)"
        begun = xl_rowcol_to_cell(row, key, col_abs=True)
        return f"=AND({table.table.columns[name].required!s},NOT(ISBLANK({begun})),ISBLANK({cell}))"

    return formula


def _colour(
    drawing: Drawing, rows: list[Row], place: int, when: Callable[[str, int], str], colour: str
) -> None:
    """Colour the cells of a column where a formula holds; it is written for the first of them."""
    if not rows:
        return
    areas = _joined([[row.number, place, row.number, place] for row in rows])
    first = areas[0][0]
    drawing.sheet.conditional_format(
        *areas[0],
        {
            "type": "formula",
            "criteria": when(xl_rowcol_to_cell(first, place), first),
            "format": drawing.styles.fill(colour),
            "multi_range": " ".join(xl_range(*area) for area in areas),
        },
    )
