"""Return workbooks of files unlike what Excel writes, of files sent back, and of files that cannot
be edited in place."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from python_calamine import CalamineWorkbook

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.records import ReceivedFile
from etl.read import read
from tests.damage import DAMAGE
from tests.damage.base import change, ods, sheet_xml
from tests.helpers.publish_books import (
    ENGLISH,
    FAIL,
    MAIN,
    ON_RICH,
    SHEET1,
    SUMMARY,
    Return,
    comments,
    fills,
    finding,
    listed,
    pack,
    parts,
    rich,
    simple,
)

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")  # openpyxl drops them, we do not

ROWS = {
    "no r": (b"<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>",
             ["B1", "C1", "A2", "B3", "A7"], [1, 2, 3]),
    "gaps": (b'<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c><c r="F2"/></row><row r="5" />'
             b'<row r="6"><c r="A6"><v>3</v></c></row>',
             ["A1", "A2", "C2", "E2", "G2", "A3", "C5", "A5", "A6", "B6", "A8"], [1, 2, 3]),
    "quotes": (b"<row r='3' ><c  s='0' r='A3' t='str'>"
               b"<f>\"&lt;c r='B3' s='9'>\"</f><v>x</v></c></row>",
               ["A3", "B3"], ["x"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_odd_rows(returned: Return, case: str) -> None:
    rows, cells, values = ROWS[case]
    data = returned(change({SHEET1: sheet_xml(rows)}), [finding("Biểu 1", cell) for cell in cells])
    assert set(fills(data, "Biểu 1")) == set(cells) == set(comments(data, "Biểu 1"))
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Biểu 1")
    assert [v for row in sheet.to_python() for v in row if v != ""] == values


def test_prefixes_are_kept(returned: Return) -> None:
    prefixed = {
        name: re.sub(rb"<(/?)(?=\w)", rb"<\1x:", xml).replace(b" xmlns=", b" xmlns:x=")
        for name, xml in parts(simple()).items()
        if name.endswith(
            ("sheet1.xml", "workbook.xml", "styles.xml", ".rels", "[Content_Types].xml")
        )
    }
    data = returned(
        pack({**parts(simple()), **prefixed}), [finding("Biểu 1", c) for c in ("A2", "B9")]
    )
    assert set(fills(data, "Biểu 1")) == {"A2", "B9"} == set(comments(data, "Biểu 1"))
    assert b'<x:row r="9"><x:c r="B9" s=' in parts(data)[SHEET1]


def test_a_sheet_without_rows(returned: Return) -> None:
    assert fills(returned(rich(), [finding("Trống", "B2")]), "Trống") == {"B2": FAIL}


def test_a_byte_order_mark_and_comments_in_the_markup(returned: Return) -> None:
    xml = sheet_xml(
        b"<!-- <c r='A1'/> --><row r='1'><c r='A1' t='str'><v>\xe1\xba\xbf</v></c></row>"
    )
    data = returned(change({SHEET1: b"\xef\xbb\xbf" + xml}), [finding("Biểu 1", "A1")])
    assert set(fills(data, "Biểu 1")) == {"A1"}


def test_strict_workbooks_stay_strict(returned: Return) -> None:
    ours = b"http://schemas.openxmlformats.org/"
    strict = {
        name: xml.replace(ours + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(ours + b"officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, xml in parts(simple()).items()
    }  # fmt: skip
    found = parts(returned(pack(strict), [finding("Biểu 1", "A2")]))
    for name in set(found) - {"docProps/app.xml"}:
        assert ours + b"spreadsheetml" not in found[name]
        assert ours + b"officeDocument/2006/rel" not in found[name]


def test_a_workbook_without_styles(returned: Return) -> None:
    found = parts(simple())
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        found[name] = re.sub(rb"<(Override|Relationship) [^<>]*styles.xml[^<>]*>", b"", found[name])
    del found["xl/styles.xml"]
    assert fills(returned(pack(found), [finding("Biểu 1", "A2")]), "Biểu 1") == {"A2": FAIL}


def test_openpyxl_and_its_comments(returned: Return) -> None:
    book, target = Workbook(), BytesIO()
    sheet = book.active
    sheet.title = "It's"
    sheet["A1"], sheet["A2"] = 1, "=A1*2"
    sheet["A1"].comment = Comment("Của xã", "Văn phòng xã")
    book.save(target)
    data = returned(target.getvalue(), [finding("It's", "A1"), finding("It's", "A2", "warn")])
    assert comments(data, "It's") == {
        "A1": "Của xã\n\n[khoxa] Sai số\n→ Sửa",
        "A2": "[khoxa] Sai số\n→ Sửa",
    }
    assert load_workbook(BytesIO(data))["It's"]["A2"].value == "=A1*2"
    assert listed(data)[0][3] == "A1"


def test_a_thread_is_left_alone(returned: Return) -> None:
    threaded = parts(rich())
    (name,) = (n for n in threaded if "comments" in n)
    threaded[name] = threaded[name].replace("Văn phòng xã".encode(), b"tc={A-B}")
    found = parts(returned(pack(threaded), [finding("Biểu 1", "C5")]))
    assert found[name] == threaded[name]


@pytest.mark.parametrize("author", [b"khoxa", b""], ids=["as sent", "saved by LibreOffice"])
def test_a_return_workbook_that_comes_back(returned: Return, author: bytes) -> None:
    first = returned(rich(), ON_RICH)
    found = parts(first)
    (name,) = (n for n in found if "comments" in n)
    found[name] = found[name].replace(b"<author>khoxa<", b"<author>%b<" % author)
    second = returned(
        pack(found), [finding("Biểu 1", "C5", text="Vẫn sai"), finding("Biểu 1", "A1")]
    )
    assert load_workbook(BytesIO(second)).sheetnames == load_workbook(BytesIO(first)).sheetnames
    assert [row[6] for row in listed(second)] == ["Vẫn sai", "Sai số"]
    assert comments(second, "Biểu 1") == {
        "A1": "[khoxa] Sai số\n→ Sửa", "E6": "Xem lại",
        "C5": "Đã đối chiếu\n\n[khoxa] Vẫn sai\n→ Sửa",
    }  # fmt: skip
    assert fills(second, "Biểu 1") == {"A1": FAIL, "C5": FAIL}
    assert load_workbook(BytesIO(second))["Phụ lục"].print_area == "'Phụ lục'!$A$1:$C$9"
    third = returned(second, [finding("Phụ lục", "A1")])
    assert comments(third, "Biểu 1") == {"C5": "Đã đối chiếu", "E6": "Xem lại"}
    assert fills(third, "Biểu 1") == {}
    assert set(parts(third)) - set(parts(first)) == {"xl/comments2.xml"}  # the button's sheet
    assert set(parts(first)) <= set(parts(third))


@pytest.mark.parametrize("name", [SUMMARY, SUMMARY.upper()])
def test_a_sheet_of_the_filers_by_our_name_stays(returned: Return, name: str) -> None:
    data = returned(simple(name), [finding(name, "A2")])
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == [f"{SUMMARY} (2)", name, ENGLISH]
    assert book.worksheets[1]["A2"].value == "Xã Kim Hỷ"
    again = load_workbook(BytesIO(returned(data, [finding(name, "A1")])))
    assert again.sheetnames == book.sheetnames


def test_the_same_bytes_on_every_run(returned: Return) -> None:
    filed = rich()  # whose own date is that of its second
    data = returned(filed, ON_RICH)
    assert data == returned(filed, ON_RICH)
    with zipfile.ZipFile(BytesIO(data)) as archive:  # xlsxwriter's own date, and that of new parts
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def xls() -> bytes:
    target, book = BytesIO(), xlwt.Workbook()
    book.add_sheet("Biểu 1").write(1, 0, "=Xã Kim Hỷ")
    book.save(target)
    return target.getvalue()


def large() -> bytes:
    return pack({**parts(simple()), "xl/media/anh.bmp": bytes(61_000_000)})


def without_fills() -> bytes:
    xml = f'<styleSheet xmlns="{MAIN[1:-1]}"/>'.encode()
    return pack({**parts(simple()), "xl/styles.xml": xml})


LONG = "Biểu tổng hợp kết quả giảm nghèo/xã"  # longer than an xlsx allows, and a stroke


def long_named() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>-x</text:p></table:table-cell>'
    found = parts(ods(f"<table:table-row/><table:table-row>{cell}</table:table-row>"))
    return pack({n: c.replace("Biểu 1".encode(), LONG.encode()) for n, c in found.items()})


COPIED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "xls": (xls, "Biểu 1", "Biểu 1"),
    "ods": (long_named, LONG, "Biểu tổng hợp kết quả giảm nghè"),
    "large": (large, "Biểu 1", "Biểu 1"),
    "styles": (without_fills, "Biểu 1", "Biểu 1"),
    "csv": (lambda: "Đơn vị,Hộ\n=1+1,2\n".encode(), "CSV", "CSV"),
}


@pytest.mark.parametrize("case", COPIED)
def test_what_cannot_be_edited_is_copied_by_value(returned: Return, case: str) -> None:
    build, sheet, copied = COPIED[case]
    data = returned(build(), [finding(sheet, "A2")], copied=True)
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == [SUMMARY, copied, ENGLISH]
    cell = book[copied]["A2"]
    assert cell.data_type == "s" and cell.quotePrefix == (str(cell.value)[0] in "=-")
    assert comments(data, copied) == {"A2": "[khoxa] Sai số\n→ Sửa"} and fills(data, copied) == {
        "A2": FAIL
    }


def raising(_source: ReceivedFile) -> None:
    raise RuntimeError("a fault of ours")


@pytest.mark.parametrize("options", [{"own": False}, {"read": raising}], ids=["own", "read"])
def test_the_findings_are_never_lost(returned: Return, options: dict) -> None:
    data = returned(
        simple() if "own" in options else b"PK\x03\x04 broken",
        [finding("", "")],
        copied="read" in options,
        **options,
    )
    assert load_workbook(BytesIO(data)).sheetnames == [SUMMARY, ENGLISH]
    assert [row[6] for row in listed(data)] == ["Sai số"]


REFUSED = ["macro_renamed", "external_entity", "billion_laughs", "path_traversal", "symlink"]


@pytest.mark.parametrize("kind", REFUSED)
def test_nothing_of_a_refused_file_comes_back(returned: Return, tmp_path: Path, kind: str) -> None:
    name, data = DAMAGE[kind].build()
    (tmp_path / name).write_bytes(data)
    refused = read(ReceivedFile(7, name, str(tmp_path / name))).refused
    assert refused
    data = returned(data, [render(refused, load_rules()[refused.rule])])
    assert load_workbook(BytesIO(data)).sheetnames == [SUMMARY, ENGLISH]
    assert listed(data)[0][6] == load_rules()[refused.rule].vi


def test_rows_out_of_order_are_not_made_worse(returned: Return) -> None:
    _name, data = DAMAGE["unsorted_rows"].build()
    copied = returned(data, [finding("Biểu 1", "A4")], copied=True)
    assert fills(copied, "Biểu 1") == {"A4": FAIL}
