"""Workbooks as they are filed, and what must hold of any xlsx package, whoever wrote it."""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import xlsxwriter
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from etl.catalogue.rules import RenderedFinding

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLACE = ("Row", "Column")
SHEET_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
    "autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing",
    "legacyDrawingHF", "tableParts", "extLst",
]  # fmt: skip


SUMMARY, ENGLISH = "Kết quả kiểm tra", "Check results"
FAIL, WARN = "FFFFC7CE", "FFFFEB9C"
SHEET1 = "xl/worksheets/sheet1.xml"
Return = Callable[..., bytes]


def png() -> bytes:
    """One red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def rich() -> bytes:
    """All that a filer may put into a workbook; the sheet "Phụ lục" is the one that is open."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        title = book.add_format({"bold": True, "align": "center", "border": 2, "font_size": 14})
        rate = book.add_format({"num_format": "0.00%", "border": 1, "bg_color": "#DDEBF7"})
        locked = book.add_format({"locked": False, "font_name": "Times New Roman", "italic": True})
        sheet = book.add_worksheet("Biểu 1")
        sheet.set_column("H:H", 12, rate)
        sheet.merge_range("A1:E2", "BIỂU SỐ LIỆU (số liệu minh hoạ)", title)
        sheet.write_row("A4", ["TT", "Đơn vị", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ"], locked)
        for row, (poor, whole) in enumerate([(12, 415), (30, 630)], start=4):
            sheet.write_row(row, 0, [row - 3, "", whole, poor])
            sheet.write_string(row, 1, "=không phải công thức")
            sheet.write_formula(row, 4, f"=D{row + 1}/C{row + 1}", rate, poor / whole)
        sheet.write_rich_string("B8", "đậm ", title, "và thường")
        sheet.set_row(8, 20, rate)
        sheet.conditional_format(
            "D5:D6", {"type": "cell", "criteria": ">", "value": 20, "format": title}
        )
        sheet.data_validation("C5:C6", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.write_comment("C5", "Đã đối chiếu", {"author": "Văn phòng xã"})
        sheet.write_comment("E6", "Xem lại", {"author": "Văn phòng xã"})
        sheet.insert_image("G2", "anh.png", {"image_data": BytesIO(png())})
        sheet.insert_textbox("G8", "Ghi chú của xã")
        sheet.add_sparkline("F5", {"range": "'Biểu 1'!C5:D5"})
        sheet.write_url("B10", "https://example.org/", string="liên kết")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Biểu 1'!$C$5:$C$6"})
        sheet.insert_chart("G12", chart)
        sheet.protect("", {"objects": True})
        _other_sheets(book)
        pie = book.add_chart({"type": "pie"})
        pie.add_series({"values": "='Biểu 1'!$C$5:$C$6"})
        book.add_chartsheet("Biểu đồ").set_chart(pie)
        book.define_name("'Biểu 1'!Vung", "='Biểu 1'!$A$5:$E$6")
        book.define_name("Tong", "='Biểu 1'!$C$5")
        book.set_custom_property("Phòng", "Lao động")
    return target.getvalue()


def _other_sheets(book: xlsxwriter.Workbook) -> None:
    other = book.add_worksheet("Phụ lục")
    other.write_row("A1", ["Khoản", "Số tiền", "Ngày"])
    other.write_datetime("C2", date(2025, 6, 30),
                         book.add_format({"num_format": "dd/mm/yyyy"}))  # fmt: skip
    other.add_table("E1:F3", {"columns": [{"header": "Mã"}, {"header": "Tên"}]})
    other.insert_button("H2", {"caption": "In"})
    other.print_area("A1:C9")
    other.set_header("&L&G", {"image_left": "anh.png", "image_data_left": BytesIO(png())})
    other.activate()
    hidden = book.add_worksheet("Xã R'Măng")
    hidden.write("A1", "danh mục")
    hidden.add_table("C1:D3", {"columns": [{"header": "Xã"}, {"header": "Hộ"}]})
    hidden.hide()
    book.add_worksheet("Trống")


def simple(sheet: str = "Biểu 1") -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet(sheet).write_column("A1", ["Đơn vị", "Xã Kim Hỷ"])
    return target.getvalue()


def finding(
    sheet: str, cell: str, severity: str = "fail", text: str = "Sai số", **other: str
) -> RenderedFinding:
    words = {"seen": "415", "expected": "451", "message_en": "Wrong", "fix_vi": "Sửa",
             "fix_en": "Mend", "rule": "a-rule", **other}  # fmt: skip
    return RenderedFinding(
        filing_id=7, sheet=sheet, cell=cell, severity=severity, message_vi=text, **words
    )


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def pack(contents: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


ON_RICH = [
    finding("Biểu 1", "B1"),  # inside the merged A1:E2
    finding("Biểu 1", "C5", "warn"),  # has a comment of the filer's
    finding("Biểu 1", "E5"),  # a formula, formatted
    finding("Biểu 1", "H3"),  # no such row; its column is formatted
    finding("Biểu 1", "B9", "warn"),  # a formatted row without cells
    finding("Biểu 1", "AB500"),  # far below
]
ABSENT = {"H3", "B9", "AB500"}
MARKED = {"A1", "C5", "E5"} | ABSENT


def listed(data: bytes) -> list[tuple]:
    """The findings of the first sheet, as rows of (number, severity, sheet, cell, ...)."""
    rows = load_workbook(BytesIO(data)).worksheets[0].iter_rows(min_row=5, values_only=True)
    return [row for row in rows if row[0]]


def comments(data: bytes, sheet: str) -> dict[str, str]:
    cells = (cell for row in load_workbook(BytesIO(data))[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def fills(data: bytes, sheet: str) -> dict[str, str]:
    cells = (cell for row in load_workbook(BytesIO(data))[sheet].iter_rows() for cell in row)
    colours = {cell.coordinate: cell.fill.start_color.rgb for cell in cells}
    return {cell: colour for cell, colour in colours.items() if colour in (FAIL, WARN)}


def relations(found: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """Id -> (last word of the type, part name)."""
    folder, base = posixpath.split(part)
    xml = found.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    result = {}
    for node in ElementTree.fromstring(xml) if xml else []:
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))
            result[node.get("Id")] = (node.get("Type", "").rpartition("/")[2], target[1:])
        assert len(result) <= len(ElementTree.fromstring(xml))
    return result


def check_sound(data: bytes) -> None:
    """What makes Excel offer a repair: broken XML, links, types, order, numbers, boxes."""
    found = parts(data)
    xml = {
        n: ElementTree.fromstring(c) for n, c in found.items() if not n.endswith((".png", ".bin"))
    }
    types = xml["[Content_Types].xml"]
    defaults = {node.get("Extension", "").lower() for node in types if "Extension" in node.attrib}
    overrides = [
        node.get("PartName", "").lstrip("/") for node in types if "PartName" in node.attrib
    ]
    assert len(overrides) == len(set(overrides)) and set(overrides) <= set(found)
    for name in found:
        assert name in overrides or name.rpartition(".")[2] in defaults or name[0] == "["
        links = relations(found, name)
        assert {target for _kind, target in links.values()} <= set(found), name
        used = {v for e in xml.get(name, ()) for k, v in e.attrib.items() if k.endswith("ships}id")}
        assert used <= set(links) or name.endswith(".rels"), name
    styles = next(x for x in xml.values() if local(x) == "styleSheet")
    formats = next(node for node in styles if local(node) == "cellXfs")
    for node in styles:
        if "count" in node.attrib:
            assert int(node.get("count", 0)) == len(node), local(node)
    for name, root in xml.items():
        if local(root) == "worksheet":
            _check_sheet(found, name, root, len(formats))
    book = xml["xl/workbook.xml"]
    sheets = next(node for node in book if local(node) == "sheets")
    for attribute in ("name", "sheetId"):
        values = [node.get(attribute) for node in sheets]
        assert len(set(values)) == len(values)
    selected = [n for n, c in found.items() if b'tabSelected="1"' in c]
    assert len(selected) == 1
    (first, *_rest) = (v for k, v in sheets[0].attrib.items() if k.endswith("}id"))
    assert relations(found, "xl/workbook.xml")[first] == ("worksheet", selected[0])


def _check_sheet(
    found: dict[str, bytes], name: str, root: ElementTree.Element, formats: int
) -> None:
    order = [SHEET_ORDER.index(local(node)) for node in root]
    assert order == sorted(order), name
    cells, rows = [], []
    for node in root.iter():
        if local(node) == "c":
            assert int(node.get("s", 0)) < formats
            cells.append(node.get("r"))
        rows += [int(node.get("r", 0))] if local(node) == "row" else []
    assert rows == sorted(set(rows)) or 0 in rows, name
    assert len(set(cells)) == len(cells) or None in cells, name
    links = relations(found, name)
    comments = [target for kind, target in links.values() if kind == "comments"]
    for target in comments:
        refs = [
            n.get("ref", "")
            for n in ElementTree.fromstring(found[target]).iter()
            if "ref" in n.attrib
        ]
        hook = next(node for node in root if local(node) == "legacyDrawing")
        (relation,) = hook.attrib.values()
        assert sorted(refs) == sorted(boxes(found[links[relation][1]])), name


def boxes(vml: bytes) -> list[str]:
    """Addresses of the comments' boxes; box ids must differ."""
    shapes = [node for node in ElementTree.fromstring(vml) if local(node) == "shape"]
    assert len({node.get("id") for node in shapes}) == len(shapes)
    found = []
    for shape in shapes:
        at = {local(node): int(node.text or 0) for node in shape.iter() if local(node) in PLACE}
        found += [xl_rowcol_to_cell(at["Row"], at["Column"])] if at else []
    return found


def local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]
