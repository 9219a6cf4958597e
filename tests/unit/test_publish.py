"""The return workbook: the filer's own file, with the findings on it and nothing else changed."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from etl.publish import return_path
from tests.helpers.publish_books import (
    ABSENT,
    ENGLISH,
    FAIL,
    MAIN,
    MARKED,
    ON_RICH,
    SHEET1,
    SUMMARY,
    WARN,
    Return,
    comments,
    fills,
    finding,
    parts,
    relations,
    rich,
    simple,
)

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")  # openpyxl drops them, we do not


def test_parts_that_need_no_change_keep_their_bytes(returned: Return) -> None:
    filed = rich()
    before, after = parts(filed), parts(returned(filed, ON_RICH))
    links = relations(before, SHEET1).values()
    touched = {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        SHEET1, "xl/worksheets/sheet2.xml",  # the latter was selected
        *(part for kind, part in links if kind in ("comments", "vmlDrawing")),
    }  # fmt: skip
    changed = {name for name in before if after[name] != before[name]}
    assert changed == touched
    assert len(set(after) - set(before)) == 2  # the first sheet and the last
    for kind in ("media/", "charts/", "drawings/drawing", "chartsheets/", "tables/", "sharedStr"):
        assert any(kind in name for name in before if name not in touched), kind


def test_a_touched_sheet_differs_in_marks_alone(returned: Return) -> None:
    before, after = parts(rich()), parts(returned(rich(), ON_RICH))
    for name, marked in ((SHEET1, MARKED), ("xl/worksheets/sheet2.xml", set())):
        old, new = (ElementTree.fromstring(found[name]) for found in (before, after))
        there = {cell.get("r") for cell in old.iter(f"{MAIN}c")}
        for root in (old, new):
            for data in root.iter(f"{MAIN}sheetData"):
                for row in list(data):
                    for cell in list(row):
                        if cell.get("r") in marked:
                            cell.attrib.pop("s", None)
                        if cell.get("r") in marked - there:
                            assert not len(cell)
                            row.remove(cell)
                    if not len(row) and not set(row.attrib) - {"r"}:
                        data.remove(row)
            for view in root.iter(f"{MAIN}sheetView"):
                view.attrib.pop("tabSelected", None)
        assert ElementTree.canonicalize(ElementTree.tostring(old)) == ElementTree.canonicalize(
            ElementTree.tostring(new)
        )


def test_values_formulas_and_styles_are_the_same(returned: Return) -> None:
    data = returned(rich(), ON_RICH)
    assert CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names[0] == SUMMARY
    for computed in (False, True):
        filed, mine = (load_workbook(BytesIO(d), data_only=computed) for d in (rich(), data))
        assert mine.sheetnames == [SUMMARY, *filed.sheetnames, ENGLISH]
        for sheet in filed.worksheets:
            theirs = mine[sheet.title]
            assert theirs.sheet_state == sheet.sheet_state
            for row in sheet.iter_rows():
                for cell in row:
                    other = theirs[cell.coordinate]
                    assert (other.value, other.data_type) == (cell.value, cell.data_type)
                    if sheet.title == "Biểu 1" and cell.coordinate in ABSENT:
                        continue
                    for style in ("font", "border", "number_format", "alignment", "protection"):
                        assert repr(getattr(other, style)) == repr(getattr(cell, style))
                    if sheet.title != "Biểu 1" or cell.coordinate not in MARKED:
                        assert repr(other.fill) == repr(cell.fill)
    for sheet in CalamineWorkbook.from_filelike(BytesIO(rich())).sheet_names[:4]:
        read_back, filed = (
            CalamineWorkbook.from_filelike(BytesIO(d)).get_sheet_by_name(sheet).to_python()
            for d in (data, rich())
        )
        assert [row[: len(filed[0])] for row in read_back][: len(filed)] == filed
    absent = load_workbook(BytesIO(data))["Biểu 1"]
    assert absent["H3"].number_format == "0.00%"  # of its column
    assert absent["B9"].border.left.style == "thin"  # of its row


def test_marks(returned: Return) -> None:
    data = returned(
        rich(), [*ON_RICH, finding("Biểu 1", "C5", text="Hai"), finding("Xã R'Măng", "A1")]
    )
    assert fills(data, "Biểu 1") == {
        "A1": FAIL, "C5": FAIL, "E5": FAIL, "H3": FAIL, "B9": WARN, "AB500": FAIL,
    }  # fmt: skip
    assert fills(data, "Xã R'Măng") == {"A1": FAIL}
    found = comments(data, "Biểu 1")
    assert set(found) == MARKED | {"E6"}
    assert found["A1"] == found["E5"] == "[khoxa] Sai số\n→ Sửa"
    assert found["E6"] == "Xem lại"
    assert found["C5"] == "Đã đối chiếu\n\n[khoxa] Sai số\n→ Sửa\n\nHai\n→ Sửa"
    assert load_workbook(BytesIO(data))["Biểu 1"]["C5"].comment.author == "Văn phòng xã"


def test_names_follow_their_sheets(returned: Return) -> None:
    book = load_workbook(BytesIO(returned(rich(), ON_RICH)))
    assert list(book["Biểu 1"].defined_names) == ["Vung"]
    assert book["Phụ lục"].print_area == "'Phụ lục'!$A$1:$C$9"
    assert list(book.defined_names) == ["Tong"]
    assert book.active.title == SUMMARY


def test_all_findings_in_groups_with_links(returned: Return) -> None:
    found = [
        finding("Trống", "A1", "fail", "f0"),
        finding("Phụ lục", "A2", "warn", "w1"), finding("Phụ lục", "A1", "fail", "f1"),
        finding("Xã R'Măng", "A1", "fail", "f2"), finding("Biểu 1", "B1", "fail", "f3"),
        finding("", "", "fail", "f4"), finding("Biểu 1", "C5", "fail", "f5"),
        finding("Không có", "A1", "warn", "w2"),
    ]  # fmt: skip
    sheet = load_workbook(BytesIO(returned(rich(), found))).worksheets[0]
    assert "KHÔNG ĐƯỢC NHẬN" in sheet["A1"].value and "6 lỗi, 2 cảnh báo" in sheet["A2"].value
    rows = [
        (row[0], row[1] if row[0] is None else row[6])
        for row in sheet.iter_rows(5, values_only=True)
    ]
    assert rows == [
        (None, "Lỗi – cả tệp: 1"), (1, "f4"),
        (None, "Lỗi – Biểu 1: 2"), (2, "f3"), (3, "f5"),
        (None, "Lỗi – Phụ lục: 1"), (4, "f1"),
        (None, "Lỗi – Xã R'Măng: 1"), (5, "f2"),
        (None, "Lỗi – Trống: 1"), (6, "f0"),
        (None, "Cảnh báo – Không có: 1"), (7, "w2"),
        (None, "Cảnh báo – Phụ lục: 1"), (8, "w1"),
    ]  # fmt: skip
    links = {cell.coordinate: cell.hyperlink.location for cell in sheet["D"] if cell.hyperlink}
    assert links == {
        "D8": "'Biểu 1'!B1", "D9": "'Biểu 1'!C5", "D11": "'Phụ lục'!A1",
        "D13": "'Xã R''Măng'!A1", "D15": "'Trống'!A1", "D19": "'Phụ lục'!A2",
    }  # fmt: skip


def test_five_thousand_findings(returned: Return) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Biểu 1")
        for row in range(1000):
            sheet.write_row(row, 0, range(10))
    cells = [f"{column}{row}" for row in range(1, 1001) for column in "BDFHK"]
    data = returned(target.getvalue(), [finding("Biểu 1", cell) for cell in cells])
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(SUMMARY).to_python()
    assert [row[3] for row in rows[5:]] == cells[:5]  # one a column, which names the others
    named = zip(rows[5:], "BDFHK", strict=True)
    assert all(str(row[6]).endswith(f": {c}2–{c}1000.") for row, c in named)
    found = {name: ElementTree.fromstring(xml) for name, xml in parts(data).items()}
    links = [
        node.get("location") for node in found["xl/worksheets/sheet3.xml"].iter(f"{MAIN}hyperlink")
    ]
    assert links == [f"'Biểu 1'!{cell}" for cell in cells[:5]]
    assert [node.get("ref") for node in found["xl/comments1.xml"].iter(f"{MAIN}comment")] == cells
    marked = [node.get("r") for node in found[SHEET1].iter(f"{MAIN}c") if node.get("s")]
    assert marked == cells


DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =cmd|'/c calc'!A0",
    "\r\n=1",
    "\x01=1",
    "\x0b@x",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_texts_that_excel_would_run_are_texts(returned: Return, text: str) -> None:
    found = [
        finding("Biểu 1", "A1", text=text, seen=text, expected=text, fix_en=text),
        finding(text, text),
    ]
    data = returned(simple(), found)
    book = load_workbook(BytesIO(data))
    first, last = book[SUMMARY], book[ENGLISH]
    kept = "".join(c for c in text if c in "\t\n" or c >= " ")
    cells = [
        c for sheet in (first, last) for row in sheet.iter_rows() for c in row if c.value == kept
    ]
    assert len(cells) == 10  # seen, expected, sheet and cell on both; a message; a fix
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert not first["A1"].quotePrefix
    summary = next(c for n, c in parts(data).items() if b'tabSelected="1"' in c)
    assert b"<f>" not in summary and b"<f " not in summary


def test_characters_that_xml_forbids(returned: Return) -> None:
    text = "a\x00b\x1fc\ud800d\ufffee <&> \"' 𝄞 _x0041_"
    data = returned(simple(), [finding("Biểu 1", "A1", text=text)])
    assert comments(data, "Biểu 1")["A1"].startswith("[khoxa] abcde <&> \"' 𝄞 _x005F_x0041_\n")
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(SUMMARY).to_python()
    assert rows[-1][6] == "abcde <&> \"' 𝄞 _x0041_"  # what Excel shows


def test_name_of_a_return_workbook(tmp_path: Path) -> None:
    assert return_path(tmp_path, 255, "=a|b.xls") == tmp_path / "a_b__00000000000000ff.xlsx"
