"""The read room on sound files: the same cells from every format, and the second look."""

import csv
import pickle
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from etl.ground.records import ReceivedFile, SecondLook, Sheet, Workbook
from etl.read import read
from tests.damage.base import change, ods, sheet_xml, sound, with_rows

INBOX = Path(__file__).resolve().parents[2] / "samples" / "inbox"
ROWS: list[list[str | float]] = [
    [""] * 3,
    [""] * 3,
    ["", "Đơn vị", "Tổng số hộ"],
    [""] * 3,
    ["", "Xã Kim Hỷ", 415.0],
    ["", "Xã Đổng Xá", 3.5],
]
BLANK = SecondLook("blank", "")
ERROR = SecondLook("error", "#REF!")


def as_xlsx(rows: list[list[str | float]]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Biểu 1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def as_xls(rows: list[list[str | float]]) -> bytes:
    target, book = BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("Biểu 1")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
    book.save(target)
    return target.getvalue()


def as_ods(rows: list[list[str | float]]) -> bytes:
    return ods(
        "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    )


def ods_cell(value: str | float) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def as_csv(rows: list[list[str | float]], delimiter: str = ",") -> str:
    target = StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


Opened = Callable[[str, bytes], Workbook]


@pytest.mark.parametrize("kind, build", [("xlsx", as_xlsx), ("xls", as_xls), ("ods", as_ods)])
def test_the_same_cells_in_their_true_rows(
    opened: Opened, kind: str, build: Callable[[list[list[str | float]]], bytes]
) -> None:
    book = opened(f"bieu.{kind}", build(ROWS))
    assert (book.refused, book.notes) == (None, [])
    [sheet] = book.sheets
    assert (sheet.name, sheet.visible, sheet.rows) == ("Biểu 1", True, ROWS)
    assert [type(value) for value in sheet.rows[4]] == [str, str, float]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_gives_the_same_cells_as_text(opened: Opened, encoding: str, delimiter: str) -> None:
    book = opened("bieu.csv", as_csv(ROWS, delimiter).encode(encoding))
    assert (book.refused, book.notes, book.look_again) == (None, [], None)
    assert book.sheets[0].rows == [[str(value) for value in row] for row in ROWS]


def test_a_decimal_comma_is_no_delimiter(opened: Opened) -> None:
    rows = ["Đơn vị;Đầu năm;Cuối năm", "Xã Kim Hỷ;41,89;37,05", "Xã Văn Lang;30,1;25,0"]
    assert opened("bieu.csv", "\n".join(rows).encode()).sheets[0].rows[1] == [
        "Xã Kim Hỷ",
        "41,89",
        "37,05",
    ]
    quoted = 'Đơn vị,Đầu năm\nXã Kim Hỷ,"41,89"\n"Cộng; cả huyện","28,88"\n'
    assert opened("bieu.csv", quoted.encode()).sheets[0].rows[1] == ["Xã Kim Hỷ", "41,89"]


def test_hidden_sheets_are_read(opened: Opened) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for name in ("Biểu 1", "Ẩn", "Ẩn hẳn"):
            workbook.add_worksheet(name).write(0, 0, name)
        workbook.worksheets()[1].hide()
        workbook.worksheets()[2].very_hidden()
    sheets = opened("bieu.xlsx", target.getvalue()).sheets
    assert [(s.name, s.visible, s.rows) for s in sheets] == [
        ("Biểu 1", True, [["Biểu 1"]]),
        ("Ẩn", False, [["Ẩn"]]),
        ("Ẩn hẳn", False, [["Ẩn hẳn"]]),
    ]


def test_merged_ranges(opened: Opened) -> None:
    assert opened("bieu.xlsx", sound()).sheets[0].merged == [((0, 0), (0, 2))]
    assert opened("bieu.ods", as_ods(ROWS)).sheets[0].merged == []


def test_second_look_xlsx(opened: Opened) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        percent = workbook.add_format({"num_format": "0.00%"})
        literal = workbook.add_format({"num_format": '0.00"%"'})
        built_in = workbook.add_format({"num_format": 9})
        workbook.add_worksheet("Khác").write(0, 0, 1)
        sheet = workbook.add_worksheet("Biểu 1")
        sheet.write_row(0, 0, ["a", 5])
        sheet.write_formula(1, 0, "=A1/0", None, "#DIV/0!")
        sheet.write_formula(1, 1, "=B1*2", None, "")
        sheet.write(2, 0, 0.0808, percent)
        sheet.write(2, 1, 8.08, literal)
        sheet.write(3, 0, 0.5, built_in)
        sheet.write_blank(3, 1, None, percent)
    look = opened("bieu.xlsx", target.getvalue()).look_again
    assert look is not None
    assert pickle.loads(pickle.dumps(look))("Biểu 1", [(1, 0), (3, 1), (90, 90)]) == {
        (1, 0): SecondLook("error", "#DIV/0!"),
        (3, 1): BLANK,
        (90, 90): BLANK,
    }
    assert look("Biểu 1", [(row, column) for row in range(4) for column in range(2)]) == {
        (0, 0): SecondLook("text", "a"),
        (0, 1): SecondLook("number", "5"),
        (1, 0): SecondLook("error", "#DIV/0!"),
        (1, 1): SecondLook("formula", "=B1*2"),
        (2, 0): SecondLook("number", "0.0808", 2, shown="8,08%"),
        (2, 1): SecondLook("number", "8.08", 0, "%", shown="8,08%"),
        (3, 0): SecondLook("number", "0.5", 2, shown="50%"),
        (3, 1): BLANK,
    }


@pytest.mark.parametrize(
    "cell, look",
    [
        ('<c r="B1" t="str"><f>IF(A1=1,"",2)</f><v></v></c>', BLANK),  # it was computed: no text
        ('<c r="B1"><f>A1</f></c>', SecondLook("formula", "=A1")),
        ('<c r="B1"><f>A1</f>\n <v/></c>', SecondLook("formula", "=A1")),
        ('<c r="B1"><f t="shared" si="0"/></c>', SecondLook("formula", "=")),
        ('<c r="B1" t="e"><f>A9</f><v>#REF!</v></c>', ERROR),
        ('<c t="e"><v>#REF!</v></c>', ERROR),
        ("<c r='B1' t='e'><v>#REF!</v></c>", ERROR),
        ('<c r="B1" s="0"/>', BLANK),
    ],
)
def test_second_look_at_one_cell(opened: Opened, cell: str, look: SecondLook) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c>{cell}</row>'.encode()
    book = opened("bieu.xlsx", with_rows(rows))
    assert book.refused is None
    assert book.look_again is not None
    assert book.look_again("Biểu 1", [(0, 1)]) == {(0, 1): look}


def test_second_look_with_prefixed_names(opened: Opened) -> None:
    plain = sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c></row>')
    prefixed = plain.replace(b"</", b"\0").replace(b"<", b"<x:").replace(b"\0", b"</x:")
    prefixed = prefixed.replace(b"<x:?xml", b"<?xml").replace(b"xmlns=", b"xmlns:x=")
    book = opened("bieu.xlsx", change({"xl/worksheets/sheet1.xml": prefixed}))
    assert book.look_again is not None
    assert book.look_again("Biểu 1", [(0, 1)]) == {(0, 1): ERROR}


def test_second_look_xls(opened: Opened) -> None:
    target, book = BytesIO(), xlwt.Workbook()
    book.add_sheet("Khác").write(0, 0, 1)
    sheet = book.add_sheet("Biểu 1")
    sheet.row(0).set_cell_error(0, "#REF!")
    sheet.write(0, 1, 0.0808, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(1, 0, 415)
    sheet.write(1, 1, 8.08, xlwt.easyxf(num_format_str='0.00"%"'))
    sheet.row(2).set_cell_blank(0)
    book.save(target)
    look = opened("bieu.xls", target.getvalue()).look_again
    assert look is not None
    assert look("Biểu 1", [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]) == {
        (0, 0): ERROR,
        (0, 1): SecondLook("number", "0.0808", 2, shown="8,08%"),
        (1, 0): SecondLook("number", "415"),
        (1, 1): SecondLook("number", "8.08", 0, "%", shown="8,08%"),
        (2, 0): BLANK,
    }


def test_second_look_ods(opened: Opened) -> None:
    error = (
        '<table:table-cell table:formula="of:=[.A9]" office:value-type="string"'
        ' office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p>'
        "</table:table-cell>"
    )
    formula = '<table:table-cell table:formula="of:=[.B1]*2"/>'
    percent = '<table:table-cell office:value-type="percentage" office:value="0.0808"/>'
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = f"<table:table-row>{error}{formula}{gap}{percent}</table:table-row>"
    look = opened("bieu.ods", ods(rows)).look_again
    assert look is not None
    assert look("Biểu 1", [(0, 0), (0, 1), (0, 3), (0, 4)]) == {
        (0, 0): ERROR,
        (0, 1): SecondLook("formula", "=[.B1]*2"),
        (0, 3): BLANK,
        (0, 4): SecondLook("number", "0.0808", 2, shown="8,08%"),
    }


def test_second_look_does_not_open_what_has_nothing_to_show(opened: Opened) -> None:
    book = opened("bieu.xlsx", sound())
    Path(book.received.path).unlink()
    assert book.look_again is not None
    assert book.look_again("Biểu 1", [(1, 0), (3, 2)]) == {
        (1, 0): BLANK,
        (3, 2): SecondLook("number", "415"),
    }


def test_second_look_finds_the_part_of_the_sheet(opened: Opened) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for name, shown in (("Một", "#REF!"), ("Hai", "#N/A")):
            workbook.add_worksheet(name).write_formula(0, 0, "=A2", None, shown)
    data = target.getvalue()
    looks = opened("bieu.xlsx", data).look_again
    assert looks is not None
    assert looks("Một", [(0, 0)])[0, 0].text == "#REF!"
    assert looks("Hai", [(0, 0)])[0, 0].text == "#N/A"
    with pytest.raises(KeyError):
        looks("Ba", [(0, 0)])


def test_the_sample_inbox_is_read() -> None:
    books = [read(ReceivedFile(1, path.name, str(path))) for path in sorted(INBOX.glob("*.xlsx"))]
    refused = {book.received.name: book.refused.rule for book in books if book.refused}
    assert refused == {"bao_cao_6_thang_2025_cuong_loi_scan.xlsx": "file-pdf"}
    sheets: list[Sheet] = [sheet for book in books for sheet in book.sheets]
    assert all(sheet.rows and sheet.visible for sheet in sheets)


def test_a_stored_copy_that_is_gone_is_no_finding(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(ReceivedFile(1, "bieu.xlsx", str(tmp_path / "gone")))
