"""Files that are no workbook for this house: each is told what it is, whatever its name says."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.records import Finding, ReceivedFile, Severity, Workbook
from etl.publish.marked import marked_workbook
from etl.read import read
from tests.damage.base import change, number_row, ods, pack, sound, sound_parts, with_rows
from tests.helpers.locked_books import as_ole, locked_xlsx, rc4_locked, xls_stream, xor_locked

Opened = Callable[[str, bytes], Workbook]
HTML = "<html><body><table border=1><tr><td>Xã Kim Hỷ</td><td>415</td></tr></table></body></html>"
EXCEL_HTML = HTML.replace("<html>", "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>")
MIME = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n"
MHTML = f"X-Document-Type: Workbook\r\n{MIME}--b\r\nContent-Type: text/html\r\n\r\n{HTML}--b--\r\n"
CHROME = f"From: <Saved by Blink>\r\nSubject: bieu\r\nDate: Mon, 3 Feb 2025\r\n{MIME}{HTML}"
MAIL = f"Return-Path: <a@b.c>\r\nTo: b\r\nSubject: bieu\r\n{MIME}kính gửi,\r\nbiểu\r\n"
XML_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell/>'
    "</Row></Table></Worksheet></Workbook>"
)
PREFIXED_2003 = XML_2003.replace("<Workbook xmlns=", "<ss:Workbook xmlns:ss=")
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
FODS = (
    f'<?xml version="1.0"?>\n<office:document xmlns:office="{OPEN}:office:1.0"'
    f' xmlns:table="{OPEN}:table:1.0"'
    ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
    "<office:spreadsheet><table:table/></office:spreadsheet></office:body></office:document>"
)
PLIST = (
    '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD" "x.dtd"><plist><dict>'
    "<key>URL</key><string>https://a.example</string></dict></plist>"
)
INVOICE = '<?xml version="1.0"?><HSoThueDTu><HSoKhaiThue/></HSoThueDTu>'
LINK = json.dumps({"url": "https://docs.example/open?id=abc", "doc_id": "abc", "email": "-"})
SYLK = 'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Xã"\r\nC;X2;K15\r\nE\r\n'
DIF = 'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n""\r\n'
PRINTED = (
    'TT Chỉ tiêu      Hộ   Tỷ lệ\r\n1  "Nghèo"       163  39,66\r\n2  Cận "nghèo, 53  12,90\r\n'
)
PROSE = "Kính gửi phòng Lao động\nXã xin gửi biểu vào tuần sau\n"


def tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("bieu.xlsx"))
    return target.getvalue()


def office(*names: str) -> bytes:
    return pack({"[Content_Types].xml": b"<Types/>", **dict.fromkeys(names, b"<x/>")})


def open_ole(name: str) -> bytes:
    """An OLE file whose only stream has another name."""
    data = as_ole(xls_stream())
    return data.replace(entry("Workbook"), entry(name))


def entry(name: str) -> bytes:
    """How the directory of an OLE file begins a stream's entry: its name and length."""
    return name.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(name) + 2])


KINDS: list[tuple[str, bytes, str]] = [
    ("bieu.xls", EXCEL_HTML.encode(), "file-web-page"),
    ("bieu.xls", b"\xef\xbb\xbf\r\n\r\n" + HTML.encode(), "file-web-page"),
    ("bieu.xls", HTML.encode("utf-16"), "file-web-page"),
    ("bieu.xls", b"<!-- a --><!DOCTYPE html><table><td>1,5</td></table>", "file-web-page"),
    ("bieu.xls", b"< div >\r\n<table><tr><td>1</td></tr></table></ div>", "file-web-page"),
    ("bieu.xls", b"<style>td {}</style><table><td>1;2</td></table>", "file-web-page"),
    ("bieu.csv", b"Warning: old version\n<table><tr><td>1,2</td></tr></table>", "file-web-page"),
    ("bieu.xls", MHTML.encode(), "file-web-page"),
    ("bieu.mht", CHROME.encode(), "file-web-page"),
    ("thu.eml", MAIL.encode(), "file-email"),
    ("thu.msg", open_ole("__properties_version1.0"), "file-email"),
    ("bieu.xls", XML_2003.encode(), "file-xml-spreadsheet"),
    ("bieu.xml", PREFIXED_2003.encode("utf-16"), "file-xml-spreadsheet"),
    ("bieu.fods", FODS.encode(), "file-flat-ods"),
    ("bieu.ods", FODS.encode(), "file-flat-ods"),
    ("bieu.xlsb", change({"xl/workbook.bin": b"\x83"}, without=["xl/workbook.xml"]), "file-xlsb"),
    ("bieu.numbers", pack({"Index/Document.iwa": b"1"}), "file-numbers"),
    ("bieu.zip", pack({"bieu.numbers/Index.zip": b"1"}), "file-numbers"),
    ("bieu.gsheet", LINK.encode(), "file-shortcut"),
    ("bieu.xlsx", LINK.encode(), "file-shortcut"),
    ("bieu.gsheet", b"an, older, kind", "file-shortcut"),
    ("bieu.url", b"[InternetShortcut]\r\nURL=https://a.example/x,y\r\n", "file-shortcut"),
    ("bieu.desktop", b"[Desktop Entry]\nType=Link\n", "file-shortcut"),
    ("bieu.webloc", PLIST.encode(), "file-shortcut"),
    ("bieu.lnk", b"L\0\0\0\1\x14\2\0" + bytes(60), "file-shortcut"),
    ("bieu.zip", pack({"xa_a.xlsx": sound(), "xa_b.xlsx": sound()}), "file-archive"),
    ("bieu.xlsx", pack({"bieu/xl/workbook.xml": b"<a/>", "bieu/x.xml": b"<a/>"}), "file-archive"),
    ("bieu.rar", b"Rar!\x1a\7\1\0" + bytes(20), "file-archive"),
    ("bieu.7z", b"7z\xbc\xaf\x27\x1c" + bytes(20), "file-archive"),
    ("bieu.xlsx", b"\x1f\x8b\x08" + bytes(20), "file-archive"),
    ("bieu.tar", tar(), "file-archive"),
    ("bieu.xls", bytes.fromhex("09000400020010000a000000"), "file-old-format"),  # Excel 2
    ("bieu.xls", bytes.fromhex("090206000000100000000a000000"), "file-old-format"),  # Excel 3
    ("bieu.xls", bytes.fromhex("090406000000100000000a000000"), "file-old-format"),  # Excel 4
    ("bieu.xls", xls_stream(), "file-old-format"),  # Excel 97 without its container
    ("bieu.xls", as_ole(b"\x09\x04" + xls_stream()[2:]), "file-old-format"),
    ("bieu.xls", SYLK.encode(), "file-old-format"),
    ("bieu.slk", SYLK.replace("\r", "").encode(), "file-old-format"),
    ("bieu.dif", DIF.encode(), "file-old-format"),
    ("bieu.wk1", bytes.fromhex("0000020006040600080000"), "file-old-format"),
    ("bieu.sxc", ods("", mimetype="application/vnd.sun.xml.calc"), "file-old-format"),
    ("bieu.txt", PROSE.encode(), "file-no-table"),
    ("bieu.xls", PROSE.encode(), "file-no-table"),
    ("bieu.prn", PRINTED.encode(), "file-no-table"),
    ("bieu.xlsx", sound()[:-400], "file-incomplete"),
    ("bieu.xlsx", bytes(5000), "file-incomplete"),
    ("bieu.xlsx", b"", "file-empty"),
    ("~$bieu.xlsx", b"\x05Admin" + b" " * 159, "file-temporary"),
    ("._bieu.xlsx", b"\0\5\x16\7" + bytes(60), "file-temporary"),
    ("bieu.docx", office("word/document.xml"), "file-word-no-table"),
    ("bieu.xlsx", office("ppt/presentation.xml"), "file-not-spreadsheet"),
    ("bieu.doc", open_ole("WordDocument"), "file-word-old"),
    ("bieu.pdf", b"%PDF-1.7\n1,2\n3,4\n", "file-pdf"),
    ("bieu.jpg", b"\xff\xd8\xff\xe0" + bytes(30), "file-not-spreadsheet"),
    ("bieu.heic", b"\0\0\0\x18ftypheic" + bytes(30), "file-not-spreadsheet"),
    ("bieu.xml", INVOICE.encode(), "file-not-spreadsheet"),
    ("bieu.json", b'[{"xa": "A", "ho": 15}, {"xa": "B", "ho": 20}]', "file-not-spreadsheet"),
    ("bieu.rtf", b"{\\rtf1 a,b}", "file-word-old"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "rule"), KINDS)
def test_a_foreign_file_is_told_what_it_is(
    opened: Opened, name: str, data: bytes, rule: str
) -> None:
    book = opened(name, data)
    assert book.refused is not None and book.refused.rule == rule
    assert book.notes == [] and book.sheets == []  # nothing says that it was accepted
    assert load_rules()[rule].severity is Severity.FAIL
    said = render(book.refused, load_rules()[rule])
    assert said.message_vi and "{" not in said.message_vi + said.fix_vi


@pytest.mark.parametrize("rule", sorted({rule for _n, _d, rule in KINDS} - {"file-empty"}))
def test_each_says_what_to_file_instead(rule: str) -> None:
    fix = load_rules()[rule].fix
    assert any(word in fix.vi for word in (".xlsx", ".docx", "gửi lại"))


@pytest.mark.parametrize(
    "text",
    ["BM01;Đơn vị;Số hộ\n1;Xã A;15\n", "ID;Product;x\n1;2;3\n", "[1],2\n3,4\n", "a;<5\n1;2\n",
     "Date: 1,b\nTo: 2,c\n", "table,b\n1,2\n", "{a},b\n1,2\n", "RIFF,b\n1,2\n"],
)  # fmt: skip
def test_a_table_that_begins_like_another_kind_is_a_table(opened: Opened, text: str) -> None:
    book = opened("bieu.csv", text.encode())
    assert book.refused is None and len(book.sheets[0].rows) == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mau.ots", ods("<table:table-row><table:table-cell office:value-type='float'"
                        " office:value='5'/></table:table-row>",
                        mimetype="application/vnd.oasis.opendocument.spreadsheet-template")),
        ("mau.xltx", change({"[Content_Types].xml": sound_parts()["[Content_Types].xml"].replace(
            b"sheet.main+xml", b"template.main+xml")})),
        ("mau.xlt", as_ole(xls_stream())),
        ("bieu.tab", b"a\tb\n1\t2\n"),
        ("bieu.prn", b"a\tb\n1\t2\n"),
    ],
)  # fmt: skip
def test_templates_are_read_as_what_they_are(opened: Opened, name: str, data: bytes) -> None:
    book = opened(name, data)
    assert book.refused is None and book.sheets[0].rows and book.notes == []


def test_a_workbook_under_the_default_password_is_read(opened: Opened) -> None:
    plain, locked = opened("bieu.xlsx", sound()), opened("bieu.xlsx", locked_xlsx(sound()))
    assert locked.refused is None and locked.notes == []
    assert [sheet.rows for sheet in locked.sheets] == [sheet.rows for sheet in plain.sheets]
    assert locked.fonts is not None and locked.fonts("Biểu 1") == {"Calibri"}


@pytest.mark.parametrize("lock", [rc4_locked, xor_locked])
def test_an_old_workbook_under_the_default_password_is_read(
    opened: Opened, lock: Callable[[bytes], bytes]
) -> None:
    book = opened("bieu.xls", as_ole(lock(xls_stream())))
    assert book.refused is None
    assert book.sheets[0].rows[0] == ["Xã Kim Hỷ", 415.0, 0.0808]
    assert book.look_again is not None
    assert book.look_again("Biểu 1", [(0, 2)])[0, 2].power == 2


@pytest.mark.parametrize(
    "data",
    [locked_xlsx(sound(), "mật khẩu"), as_ole(rc4_locked(xls_stream(), "secret"))],
    ids=["xlsx", "xls"],
)
def test_another_password_is_asked_to_be_removed(opened: Opened, data: bytes) -> None:
    refused = opened("bieu.xlsx", data).refused
    assert refused is not None and refused.rule == "file-encrypted"


def test_what_is_locked_passes_the_same_guard(opened: Opened) -> None:
    macros, far = change({"xl/vbaProject.bin": b"x"}), with_rows(number_row("XFD1048576", "1"))
    for data, rule in ((macros, "file-macro"), (far, "file-too-wide")):
        refused = opened("bieu.xlsx", locked_xlsx(data)).refused
        assert refused is not None and refused.rule == rule


def test_a_damaged_lock_is_no_crash(opened: Opened) -> None:
    data = locked_xlsx(sound())
    for at in range(512, len(data), 997):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        opened("bieu.xlsx", bytes(broken))  # read, or refused


def test_what_is_locked_is_given_back_by_value(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    path.write_bytes(locked_xlsx(sound()))
    received = ReceivedFile(1, "bieu.xlsx", str(path))
    finding = Finding(1, "number-unreadable", "Biểu 1", "C4", "415")
    said = [render(finding, load_rules()["number-unreadable"])]
    marked = tmp_path / "marked.xlsx"
    marked.write_bytes(marked_workbook(received, said, read))
    back = read(ReceivedFile(2, "marked.xlsx", str(marked)))
    assert [s.rows[3][:3] for s in back.sheets if s.name == "Biểu 1"] == [[1.0, "Xã Kim Hỷ", 415.0]]
