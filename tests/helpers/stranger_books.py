"""Drawn workbooks of other hands: a sample with its XML changed, or written anew as xls and ods."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlwt

from etl.ground.records import Normalised, ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.helpers.sample_sheets import ASSIGNED as LISTED
from tests.helpers.sheet_edits import INBOX, fails

RESULTS = INBOX / "na_ri_ket_qua_chi_tieu_6_thang_2025.xlsx"
ASSIGNED = Path(LISTED)
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
F9 = '<c r="F9" s="3"><v>9050</v></c>'  # 9.050 households
F14 = re.compile(r'<c r="F14"[^>]*>.*?</c>')  # "75" persons, a text
WHITE = '<color rgb="FFFFFFFF"/>'
Parts = dict[str, str]


def parts(source: Path = RESULTS) -> Parts:
    with zipfile.ZipFile(source) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def filed(path: Path) -> Normalised:
    (filing,) = normalise(read(ReceivedFile(1, path.name, str(path))))
    return filing


def packed(found: Parts, folder: Path, name: str = "bao_cao.xlsx") -> Normalised:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in found.items():
            archive.writestr(part, text)
    path = folder / name
    path.write_bytes(target.getvalue())
    return filed(path)


def outcome(filing: Normalised, cell: str) -> str:
    """The value read at a cell, or the rules that stop the filing there."""
    stops = [f for f in filing.findings if f.cell == cell and fails([f])]
    values = [f.value or "" for f in filing.figures if f.cell == cell]
    return " ".join(f.rule for f in stops) or "".join(values) or " ".join(fails(filing.findings))


def old(folder: Path, cell: str, style: xlwt.XFStyle, **about: object) -> Normalised:
    """The results as xlwt writes them, with a style in one cell."""
    book = xlwt.Workbook()
    if "white" in about:
        book.set_colour_RGB(int(str(about["white"])), 255, 255, 255)
    sheet = book.add_sheet("Kết quả")
    for row in openpyxl.load_workbook(RESULTS).worksheets[0].iter_rows():
        for each in row:
            if each.value is not None:
                own = [style] if each.coordinate == cell else []
                sheet.write(each.row - 1, each.column - 1, each.value, *own)
    for row in about.get("flat", ()):  # type: ignore[attr-defined]
        sheet.row(row - 1).height_mismatch = True
        sheet.row(row - 1).height = 20
    path = folder / "bao_cao.xls"
    book.save(str(path))
    return filed(path)


OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMED = {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing",
         "fo": "xsl-fo-compatible", "number": "datastyle"}  # fmt: skip
SPACES = "".join(f' xmlns:{prefix}="{OASIS}{name}:1.0"' for prefix, name in NAMED.items())
CALCEXT = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def opendocument(
    folder: Path, cells: dict[str, str], styles: str = "", below: str = ""
) -> Normalised:
    """The results as an ods: `cells` by address replaces them, `below` follows the rows."""
    rows = ""
    for row in openpyxl.load_workbook(RESULTS).worksheets[0].iter_rows():
        rows += "<table:table-row>"
        for each in row:
            value = "" if each.value is None else each.value
            kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
            said = f"<text:p>{escape(str(value))}</text:p>"
            plain = f'<table:table-cell office:value-type="{kind}">{said}'
            own = cells.get(each.coordinate, f"{plain}</table:table-cell>")
            rows += own if value != "" or each.coordinate in cells else "<table:table-cell/>"
        rows += "</table:table-row>"
    content = (
        f"<office:document-content{SPACES}{CALCEXT}><office:automatic-styles>{styles}"
        '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="S">'
        f"{rows}{below}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = (
        f'<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0">{entry}</manifest:manifest>'
    )
    found = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return packed(found, folder, "bao_cao.ods")
