"""Text files, files under a wrong name, and sound files that are not what is asked for."""

from io import BytesIO
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook, load_workbook

from tests.damage.base import Built, damaged, sound

INBOX = Path(__file__).resolve().parents[2] / "samples" / "inbox"
REGISTER = INBOX / "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
FUND_PLAN = INBOX / "na_ri_ke_hoach_von_2025.xlsx"
INJECTION = "=cmd|' /C calc'!A0"
CSV = "TT,Đơn vị,Tổng số hộ\n1,Xã Kim Hỷ,415\n2,Xã Văn Lang,630\n"


@damaged("an empty file", "file-empty")
def empty_file() -> Built:
    return "empty.xlsx", b""


@damaged("nothing but spaces and line ends", "file-empty")
def whitespace() -> Built:
    return "spaces.csv", b" \r\n\t\r\n" * 50


@damaged("NUL bytes in a csv", "file-csv-encoding")
def nul_in_csv() -> Built:
    return "nul.csv", CSV.encode().replace(b"415", b"4\x0015")


@damaged("UTF-16 without a byte order mark", None)
def utf16_unmarked() -> Built:
    return "utf16.csv", CSV.encode("utf-16-le")


@damaged("a csv of two encodings", "file-csv-encoding")
def mixed_encodings() -> Built:
    return "mixed.csv", CSV.encode().replace("Xã".encode(), b"X\xb7")


@damaged("a csv with one line of 10 MB", "file-damaged")
def long_line() -> Built:
    return "line.csv", CSV.encode() + b"ab," * (10**7 // 3)


@damaged("a csv of 800 columns", "file-too-wide")
def wide_csv() -> Built:
    return "wide.csv", (",".join(map(str, range(800))) + "\n").encode() * 3


@damaged("a csv of 100 001 rows", "file-too-wide")
def long_csv() -> Built:
    return "long.csv", b"1,2\n" * 100_001


@damaged("a csv whose quotes never close", "file-damaged")
def open_quote() -> Built:
    return "quote.csv", CSV.encode().replace(b"1,", b'1,"', 1)


@damaged("columns divided by something else", "file-no-table")
def unknown_delimiter() -> Built:
    return "pipe.csv", CSV.replace(",", "|").encode()


@damaged("a csv named .xlsx", None)
def csv_named_xlsx() -> Built:
    return "bieu.xlsx", CSV.encode("utf-8-sig")


@damaged("an xlsx named .xls", None)
def xlsx_named_xls() -> Built:
    return "bieu.xls", sound()


@damaged("an xlsx with no extension at all", None)
def no_extension() -> Built:
    return "bieu", sound()


@damaged("a web page named .xls", "file-web-page")
def html_named_xls() -> Built:
    return "bieu.xls", b"\xef\xbb\xbf\n<html><table><tr><td>1</td></tr></table></html>"


@damaged("an XML spreadsheet of 2003 named .xls", "file-xml-spreadsheet")
def xml_named_xls() -> Built:
    return "bieu.xls", b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>'


@damaged("a flat LibreOffice spreadsheet named .ods", "file-flat-ods")
def flat_ods() -> Built:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    xml = f'<?xml version="1.0"?><o:document xmlns:o="{office}" o:mimetype="{kind}"/>'
    return "bieu.ods", xml.encode()


@damaged("a link to a sheet in a cloud", "file-shortcut")
def cloud_link() -> Built:
    return "bieu.gsheet", b'{"url": "https://docs.example/open?id=1", "doc_id": "1"}'


@damaged("a workbook of Excel 2", "file-old-format")
def excel_2() -> Built:
    return "bieu.xls", bytes.fromhex("0900040002001000 0a000000")


@damaged("a saved e-mail named .csv", "file-email")
def saved_mail() -> Built:
    head = b"Received: from mail\r\nSubject: bieu\r\nMIME-Version: 1.0\r\n\r\n"
    return "bieu.csv", head + b"a,b\r\n1,2\r\n"


@damaged("a letter without a table", "file-no-table")
def letter() -> Built:
    return "thu.txt", "Kính gửi phòng\nXin gửi biểu sau\n".encode()


@damaged("what Excel keeps beside an open workbook", "file-temporary")
def owner_file() -> Built:
    return "~$bieu.xlsx", b"\x05Admin" + b" " * 159


@damaged("a PDF named .xlsx", "file-pdf")
def pdf_named_xlsx() -> Built:
    return "scan.xlsx", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


@damaged("a rich text named .docx", "file-word-old")
def rich_text_named_docx() -> Built:
    return "bao_cao.docx", b"{\\rtf1\\ansi B\\'e1o c\\'e1o}"


@damaged("bytes that are nothing at all", "file-not-spreadsheet")
def noise() -> Built:
    return "noise.xlsx", bytes(range(1, 256)) * 20


@damaged("a shopping list", None)
def unknown_form() -> Built:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Đi chợ")
        for row, line in enumerate((("Món", "Số lượng"), ("Gạo", 5), ("Trứng", 10))):
            sheet.write_row(row, 0, line)
    return "di_cho.xlsx", target.getvalue()


@damaged("a formula that would start a program, as text in place of a unit's name", None)
def injected_name() -> Built:
    book = load_workbook(REGISTER)
    cell = book["Biểu mục tiêu"]["B12"]
    cell.value, cell.data_type = INJECTION, "s"
    return "injected_name.xlsx", _saved(book)


@damaged("the same as a formula in place of a figure", None)
def injected_figure() -> Built:
    book = load_workbook(REGISTER)
    book["Biểu mục tiêu"]["C12"] = INJECTION
    return "injected_figure.xlsx", _saved(book)


@damaged("the same in a csv", None)
def injected_csv() -> Built:
    return "injected.csv", f"TT,Đơn vị,Số hộ\n1,{INJECTION},{INJECTION}\n".encode()


@damaged("a file name with control characters", None)
def name_with_controls() -> Built:
    return "bao\x07cao\x1b[2J\u202exslx.xlsx", sound()


@damaged("a file name of 250 bytes", None)
def long_name() -> Built:
    return "ỷ" * 81 + "aa" + ".xlsx", sound()


@damaged("a file name that starts like a formula, in decomposed letters", None)
def formula_name() -> Built:
    return "=HYPERLINK(1)_Kim Hy\u0309.xlsx", sound()


def _saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
