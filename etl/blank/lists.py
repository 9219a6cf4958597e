"""The sheets of a blank form beside its tables: the lists to choose from, and what form it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range_abs

from etl.blank.plan import Plan
from etl.blank.rows import Filing
from etl.blank.styles import Styles
from etl.catalogue.codes import listed
from etl.catalogue.forms import Column

LISTS = "Danh mục"
SENDING = "Cách gửi"
ABOUT = "khoxa"
_FIRST_ROW = 2


def write_lists(book: Workbook, styles: Styles, plan: Plan) -> dict[tuple[str, str], str]:
    """A sheet of all lists of the form, none where it has none; their ranges by sheet, column."""
    wanted = [
        (table.sheet, name, column)
        for table in plan.tables
        for name, column in table.table.columns.items()
        if column.values or column.codes
    ]
    if not wanted:
        return {}
    sheet = book.add_worksheet(LISTS)
    sheet.write_string(0, 0, "Các mục để chọn trong biểu", styles(bold=True))
    ranges, place = {}, 0
    for table_sheet, name, column in wanted:
        rows = list(_listed(column))
        title = f"Mục chọn cho cột “{column.header[0]}”"
        sheet.write_string(1, place, title, styles["header"])
        for r, row in enumerate(rows, start=_FIRST_ROW):
            for c, text in enumerate(row):
                sheet.write_string(r, place + c, text, styles["label"])
        area = xl_range_abs(_FIRST_ROW, place, _FIRST_ROW + len(rows) - 1, place)
        ranges[table_sheet, name] = f"={quote_sheetname(LISTS)}!{area}"
        sheet.set_column(place, place + len(rows[0]) - 1, 34)
        place += len(rows[0]) + 1
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True})
    return ranges


def write_sending(book: Workbook, styles: Styles, lines: Sequence[str]) -> None:
    """A sheet of sentences on how to send the form back; none where there are no sentences."""
    if not lines:
        return
    sheet = book.add_worksheet(SENDING)
    sheet.set_column(0, 0, 80)
    sheet.set_landscape()
    sheet.write_string(0, 0, "Hạn nộp và cách gửi biểu này", styles(bold=True, font_size=14))
    for row, line in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, styles(text_wrap=True, valign="top", font_size=13))
        sheet.set_row(row, 36)
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    sheet.protect("", {"format_columns": True})


def write_about(book: Workbook, filing: Filing) -> None:
    """A sheet that nobody sees and that says which form this is, for whom and when."""
    sheet = book.add_worksheet(ABOUT)
    said = {
        "form": filing.form.form,
        "version": filing.form.version,
        "unit_code": filing.unit.code,
        "unit_name": filing.unit.full_name,
        "year": str(filing.year),
        "last_year": str(filing.last_year),
        "period": filing.period,
        "units_on": filing.on.isoformat(),
    }
    for row, pair in enumerate(said.items()):
        sheet.write_row(row, 0, pair)
    sheet.protect()
    sheet.very_hidden()


def _listed(column: Column) -> Iterator[tuple[str, ...]]:
    """What a column takes: the words of its values, or codes with their names."""
    for words in (column.values or {}).values():
        yield (words[0],)
    if column.codes:
        yield from listed(column.codes)
