"""What stands around the rows of a blank form's table: title block, header, signatures, page."""

from __future__ import annotations

from itertools import groupby

from xlsxwriter.format import Format

from etl.blank import words as words
from etl.blank.cells import Drawing, draw_rows
from etl.blank.plan import HEADER_ROW
from etl.catalogue.forms import Column

_A4 = 9


def draw_table(drawing: Drawing) -> None:
    """One table on its sheet, whole and protected."""
    _title_block(drawing)
    _header(drawing)
    _numbering(drawing)
    draw_rows(drawing)
    _signatures(drawing)
    _page(drawing)


def _title_block(drawing: Drawing) -> None:
    """Who stands above whom, the national motto, the title, and who files."""
    filing, styles, last = drawing.plan.filing, drawing.styles, len(drawing.table.columns) - 1
    half = max(1, (last + 1) // 2)
    bold, plain = styles(bold=True, align="center"), styles(align="center")
    offices = [f"Ủy ban nhân dân {unit.full_name}".upper() for unit in filing.parents[:1]]
    offices.append(f"Ủy ban nhân dân {filing.unit.full_name}".upper())
    for row, text in enumerate(offices):
        _merged(drawing, row, 0, half - 1, text, bold if text == offices[-1] else plain)
    for row, text in enumerate(words.MOTTO):
        _merged(drawing, row, half, last, text, bold)
    date_line = styles(italic=True, align="center", locked=False)
    _merged(drawing, 2, half, last, words.DATE_LINE, date_line)
    title = words.heading(filing).upper()
    _merged(drawing, 4, 0, last, title, styles(bold=True, align="center", font_size=14))
    _merged(drawing, 5, 0, last, words.reporter(filing.unit, filing.parents), bold)
    tables = f"Biểu: {drawing.table.table.title} – " if len(filing.form.tables) > 1 else ""
    _merged(drawing, 6, 0, last, f"{tables}Mã đơn vị: {filing.unit.code}", plain)
    hint = styles(italic=True, font_color="#7F6000", text_wrap=True, valign="vcenter")
    _merged(drawing, 7, 0, last, words.hint(filing.year, drawing.plan.given > 0), hint)
    drawing.sheet.set_row(7, 34)


def _merged(drawing: Drawing, row: int, first: int, last: int, text: str, style: Format) -> None:
    if first < last:
        drawing.sheet.merge_range(row, first, row, last, text, style)
    else:
        drawing.sheet.write_string(row, first, text, style)


def _header(drawing: Drawing) -> None:
    """Header cells, and above those that stand under common headings these headings."""
    sheet, style, year = drawing.sheet, drawing.styles["header"], drawing.plan.filing.year
    columns = list(drawing.table.table.columns.values())
    bottom = HEADER_ROW + drawing.table.header_rows - 1
    for place, column in enumerate(columns):
        text = words.header(column, year)
        top = HEADER_ROW + len(column.headings)
        if top < bottom:
            sheet.merge_range(top, place, bottom, place, text, style)
        else:
            sheet.write_string(bottom, place, text, style)
        sheet.set_column(place, place, words.WIDTHS[column.is_])
    for depth in range(bottom - HEADER_ROW):
        paths = [column.headings[: depth + 1] for column in columns]
        for path, run in groupby(range(len(columns)), paths.__getitem__):
            places = list(run)
            if len(path) > depth:
                text = path[depth].replace("{year}", str(year))
                _merged(drawing, HEADER_ROW + depth, places[0], places[-1], text, style)
    sheet.set_row(bottom, 48)


def _numbering(drawing: Drawing) -> None:
    """Letters below words, numbers below figures: "A", "B", "1", "2", "3=1/2*100"."""
    if (row := drawing.table.numbering_row) is None:
        return
    columns = drawing.table.table.columns
    figures = [name for name, column in columns.items() if column.is_ == "figure"]
    number = {name: str(n) for n, name in enumerate(figures, start=1)}
    letters = iter("ABCDEGHIKLMNOPQRSTUVXY")
    for name, place in drawing.table.columns.items():
        text = _mark(columns[name], name, number) if name in number else next(letters)
        drawing.sheet.write_string(row, place, text, drawing.styles["numbering"])


def _mark(column: Column, name: str, number: dict[str, str]) -> str:
    """A figure column's number, and how it follows from others."""
    if column.parts:
        return f"{number[name]}={'+'.join(number[part] for part in column.parts)}"
    if (ratio := column.ratio) is None:
        return number[name]
    above = ratio.above(number.__getitem__, "+", "-")
    return f"{number[name]}={above}/{number[ratio.denominator]}*100"


def _signatures(drawing: Drawing) -> None:
    """Below the table, never in a column that names its rows or their lines: what stands there
    would be read as a row."""
    table = drawing.table.table
    naming = (table.key_column, table.line_column)
    free = [place for name, place in drawing.table.columns.items() if name not in naming]
    first, last = free[0], max((p for p in free if p < len(drawing.table.columns) - 1), default=0)
    row = drawing.rows[-1].number + 2
    bold = drawing.styles(bold=True)
    left, right = words.SIGNATURES
    drawing.sheet.write_string(row, first, left, bold)
    drawing.sheet.write_string(row + (last <= first), max(first, last), right, bold)


def _page(drawing: Drawing) -> None:
    """A4 across, all columns on one page, the header on every page; only open cells take input."""
    sheet, first = drawing.sheet, drawing.table.first_row
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW, first - 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&R&P/&N")
    sheet.freeze_panes(first, drawing.table.columns[drawing.table.table.key_column] + 1)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
