"""Several tables of one form below each other on one sheet: each is read as on a sheet of its own,
with its own title, and all cells keep their addresses."""

from __future__ import annotations

from dataclasses import replace

from etl.catalogue.forms import Form
from etl.ground.records import Sheet
from etl.normalise.header.column_years import of_year
from etl.normalise.header.faults import Found
from etl.normalise.header.layout import find_layouts
from etl.normalise.texts.cells import is_figure
from etl.normalise.texts.identity import title_lines, titled_years, titles

_MOST_TEXTS = 2  # in the row of a title


def on_one_sheet(table: Found) -> list[Found]:
    """The tables of a sheet whose first one is known, in their order; that one alone where no other
    table of its form has its title and header below it."""
    form, sheet = table.layout.form, table.sheet
    first = _second_title(form, sheet, table.layout.last_row + 1) if len(form.tables) > 1 else None
    if first is None:
        return [table]
    width = max(map(len, sheet.rows))
    nothing: list[list[object]] = [[""] * width for _row in range(first)]
    lower = replace(
        sheet, rows=[*nothing, *sheet.rows[first:]],
        merged=sheet.merged and [m for m in sheet.merged if m[0][0] >= first],
    )  # fmt: skip
    upper = replace(
        sheet, rows=sheet.rows[:first],
        merged=sheet.merged and [m for m in sheet.merged if m[1][0] < first],
    )  # fmt: skip
    for layout in find_layouts(lower):
        lines = title_lines(lower.rows[: layout.first_row])
        if layout.form == form and layout.table_name != table.layout.table_name:
            own = titles(form, lines)
            here = of_year(layout, max(titled_years(own), default=0))
            return [replace(table, sheet=upper), *on_one_sheet(Found(lower, here, lines, own))]
    return [table]


def _second_title(form: Form, sheet: Sheet, begin: int) -> int | None:
    """The row below the last figure above another title of the form, None without such a title."""
    after = begin
    for r, row in enumerate(sheet.rows[begin:], start=begin):
        if float in map(type, row) or any(
            cell and type(cell) is str and is_figure(cell) for cell in {*row}
        ):
            after = r + 1
        elif 0 < len(texts := title_lines([row])) <= _MOST_TEXTS and titles(form, texts):
            return after
    return None
