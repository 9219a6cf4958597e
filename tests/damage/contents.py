"""What can be wrong on the sheets: their extent, their XML, their values, their meaning."""

from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tests.damage.base import (
    SHEET,
    SST,
    STRINGS,
    WORKBOOK,
    Built,
    change,
    damaged,
    number_row,
    replace,
    sheet_xml,
    with_rows,
)

DEEP = f"<is>{'<r>' * 200_000}<t>x</t>{'</r>' * 200_000}</is>"


@damaged("1 048 576 rows that are formatted and empty", None)
def formatted_rows() -> Built:
    styled = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(2, 1_048_577)
    )
    return "formatted.xlsx", with_rows(number_row("A1", "3") + styled)


@damaged("one value in the last cell of all", "file-too-wide")
def far_corner() -> Built:
    return "corner.xlsx", with_rows(number_row("XFD1048576", "1"))


@damaged("the same, with an attribute that looks like the end of an empty cell", "file-too-wide")
def disguised_corner() -> Built:
    return "disguised.xlsx", with_rows(number_row("XFD1048576", "1", ' x="/>"'))


@damaged("a million cells in 16 384 columns", "file-too-wide")
def million_columns() -> Built:
    pattern = "".join(f'<c r="{xl_col_to_name(n)}#"><v>1</v></c>' for n in range(16_384))
    rows = (f'<row r="{row}">{pattern.replace("#", str(row))}</row>' for row in range(1, 63))
    return "columns.xlsx", with_rows("".join(rows).encode())


@damaged("a cell to the right of column XFD", "file-too-wide")
def beyond_last_column() -> Built:
    return "beyond.xlsx", with_rows(number_row("AAAAAA1", "1"))


@damaged("a cell below row 99 999 999 999", "file-damaged")
def beyond_last_row() -> Built:
    return "below.xlsx", with_rows(number_row("A99999999999", "1"))


@damaged("a value in the last row, whose cell does not say where it is", "file-too-wide")
def unnamed_far_cell() -> Built:
    return "unnamed.xlsx", with_rows(b'<row r="1048576"><c><v>1</v></c></row>')


@damaged("one value in A1 and one in ZZ100000, each allowed alone", "file-too-wide")
def wide_and_long() -> Built:
    rows = number_row("A1", "1") + number_row("ZZ100000", "1")
    return "wide_and_long.xlsx", with_rows(rows)


@damaged("the same, the wide row written as every office program does", "file-too-wide")
def plainly_wide_and_long() -> Built:
    rows = number_row("ZZ1", "1") + number_row("A100000", "1")
    return "plainly_wide.xlsx", with_rows(rows)


@damaged("a value in the last cell of all, behind a tabulator and plain rows", "file-too-wide")
def tabbed_corner() -> Built:
    corner = number_row("XFD1048576", "1").replace(b"<c r=", b"<c\tr=")
    return "tabbed.xlsx", with_rows(number_row("A1", "1") + corner)


@damaged("a value in the last cell of all, in a second table of rows", "file-too-wide")
def corner_of_second_table() -> Built:
    between = b"</sheetData><sheetData>"
    rows = number_row("A1", "1") + between + number_row("XFD1048576", "1")
    return "second_table.xlsx", with_rows(rows)


@damaged("many sheets, each as large as one may be", "file-too-wide")
def many_large_sheets() -> Built:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for _ in range(40):
            workbook.add_worksheet().write("ZZ9999", 1)
    return "large_sheets.xlsx", target.getvalue()


@damaged("the largest sheet that is still read", None)
def largest_sheet() -> Built:
    return "largest.xlsx", with_rows(number_row("A1", "1") + number_row("ZZ10000", "1"))


@damaged("90 000 cells that point to one text of 32 000 letters", "file-stalled")
def multiplied_text() -> Built:
    cells = b"".join(number_row(f"A{row}", "0", ' t="s"') for row in range(1, 90_001))
    return "multiplied.xlsx", change({SHEET: sheet_xml(cells), STRINGS: SST % (b"x" * 32_000)})


@damaged("the XML of a sheet cut off in the middle", "file-damaged")
def cut_sheet() -> Built:
    return "cut_sheet.xlsx", replace(SHEET, b"</sheetData>", b"")


@damaged("plain rows inside an attribute", "file-damaged")
def rows_in_attribute() -> Built:
    return "attribute.xlsx", with_rows(b'<x y="' + number_row("A1", "1") + b'"/>')


@damaged("cells that end before their value does, tag for tag as many", "file-damaged")
def crossed_tags() -> Built:
    return "crossed.xlsx", replace(SHEET, b"</v></c>", b"</c></v>")


@damaged("shared texts that end before their letters do", "file-damaged")
def crossed_texts() -> Built:
    return "crossed_texts.xlsx", replace(STRINGS, b"</t></si>", b"</si></t>")


@damaged("NUL bytes in the XML of a sheet", "file-damaged")
def nul_in_sheet() -> Built:
    return "nul.xlsx", replace(SHEET, b"<v>415</v>", b"<v>4\x0015</v>")


@damaged("bytes that are not UTF-8 among the shared strings", "file-damaged")
def invalid_utf8() -> Built:
    return "utf8.xlsx", replace(STRINGS, "Xã".encode(), b"X\xe3")


@damaged("a cell that points beyond the shared strings", "file-damaged")
def string_out_of_range() -> Built:
    return "index.xlsx", with_rows(number_row("A1", "999", ' t="s"'))


@damaged("a number cell with 1e999", None)
def infinite_number() -> Built:
    return "infinite.xlsx", with_rows(number_row("A1", "1e999"))


@damaged("a number cell with NaN", None)
def not_a_number() -> Built:
    return "nan.xlsx", with_rows(number_row("A1", "NaN"))


@damaged("an Excel error nobody knows", None)
def unknown_error() -> Built:
    return "error.xlsx", with_rows(number_row("A1", "#LỖI!", ' t="e"'))


@damaged("dates where figures belong, one beyond the calendar", None)
def dates() -> Built:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("Biểu 1")
        sheet.write_datetime(0, 0, date(2025, 8, 8), day)
        sheet.write_number(1, 0, 1e10, day)
        sheet.write_number(2, 0, -1, day)
    return "dates.xlsx", target.getvalue()


@damaged("a cell with a text of 1 MB", None)
def huge_text() -> Built:
    cell = f'<c r="A1" t="inlineStr"><is><t>{"x" * 10**6}</t></is></c>'
    return "text.xlsx", with_rows(f'<row r="1">{cell}</row>'.encode())


@damaged("XML nested 200 000 levels deep", None)
def deep_nesting() -> Built:
    cell = f'<c r="A1" t="inlineStr">{DEEP}</c>'
    return "deep.xlsx", with_rows(f'<row r="1">{cell}</row>'.encode())


@damaged("nested as deep in a cell that does not say where it is", None)
def deep_unnamed() -> Built:
    cell = f'<c t="inlineStr">{DEEP}</c>'
    return "deep_unnamed.xlsx", with_rows(f"<row>{cell}</row>".encode())


@damaged("a declared extent that runs backwards", None)
def backward_extent() -> Built:
    return "backward.xlsx", with_rows(number_row("A1", "1"), dimension=b"F8:A3")


@damaged("a declared extent with negative rows", "file-damaged")
def negative_extent() -> Built:
    return "negative.xlsx", with_rows(number_row("A1", "1"), dimension=b"A-3:F-8")


@damaged("rows out of order", None)
def unsorted_rows() -> Built:
    return "unsorted.xlsx", with_rows(number_row("C9", "1") + number_row("B2", "2"))


@damaged("one merged range over the whole sheet", None)
def merged_sheet() -> Built:
    return "merged.xlsx", replace(SHEET, b'"A1:C1"', b'"A1:XFD1048576"')


@damaged("two sheets of one name", "file-damaged")
def same_names() -> Built:
    twice = b'<sheet name="Bi\xe1\xbb\x83u 1" sheetId="%d" r:id="rId1"/>'
    return "names.xlsx", replace(WORKBOOK, twice % 1, twice % 1 + twice % 2)


@damaged("a workbook without a single value", "file-empty")
def no_values() -> Built:
    return "no_values.xlsx", with_rows(b"")
