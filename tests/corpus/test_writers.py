"""One filing written by many programs reads as one: the same figures, at the same cells.

LibreOffice converts where it is installed. What XlsxWriter, openpyxl and the others cannot say
(an error, a formula computed) is not in these filings.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from etl.ground.records import ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.corpus.further_bases import ALL_BASES
from tests.corpus.model import Drawn, draw
from tests.corpus.old_writers import write_ods, write_xls
from tests.corpus.xlsx_writer import write_xlsx

Grid = list[list[object]]
Pages = list[Drawn]
FILINGS = ("commune_report", "register", "plan_results", "fund_plan", "review", "movement")
FLAT = ("register", "plan_results", "fund_plan")  # told without the merged cells of their headers
SOFFICE = shutil.which("soffice")


def pages_of(base: str) -> Pages:
    return [draw(sheet) for sheet in ALL_BASES[base]().sheets]


def grid(page: Drawn) -> Grid:
    """The cells' values, row by row; None where there is none."""
    rows: Grid = [[None] * page.width for _ in range(page.height)]
    for (row, column), (cell, _style) in page.cells.items():
        rows[row][column] = cell.typed
    return rows


def by_openpyxl(pages: Pages) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.sheet.name)
        for (row, column), (cell, _style) in page.cells.items():
            written = sheet.cell(row + 1, column + 1, cell.typed)
            written.number_format = cell.number_format or "General"
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    return _saved(book.save)


def by_openpyxl_streaming(pages: Pages) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for page in pages:
        sheet = book.create_sheet(page.sheet.name)
        for line in grid(page):
            sheet.append(line)
    return _saved(book.save)


def by_xlsxwriter(pages: Pages) -> bytes:
    return _by_xlsxwriter(pages, {"in_memory": True}, merged=True)


def by_xlsxwriter_constant_memory(pages: Pages) -> bytes:
    """Texts stand in the cells, as inlineStr."""
    return _by_xlsxwriter(pages, {"constant_memory": True}, merged=False)


def _by_xlsxwriter(pages: Pages, options: dict[str, bool], *, merged: bool) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, options) as book:
        for page in pages:
            sheet = book.add_worksheet(page.sheet.name)
            for top, left, bottom, right in page.merges if merged else ():
                sheet.merge_range(top, left, bottom, right, "")
            for number, line in enumerate(grid(page)):
                sheet.write_row(number, 0, line)
    return target.getvalue()


def by_pandas(engine: str) -> Callable[[Pages], bytes]:
    def write(pages: Pages) -> bytes:
        target = BytesIO()
        with pd.ExcelWriter(target, engine=engine) as writer:
            for page in pages:
                frame = pd.DataFrame(grid(page), dtype=object)
                frame.to_excel(writer, sheet_name=page.sheet.name, header=False, index=False)
        return target.getvalue()

    return write


def by_odfpy(pages: Pages) -> bytes:
    book = OpenDocumentSpreadsheet()
    for page in pages:
        table = Table(name=page.sheet.name)
        covered = {
            (r, c) for t, left, b, right in page.merges
            for r in range(t, b + 1) for c in range(left, right + 1) if (r, c) != (t, left)
        }  # fmt: skip
        spans = {(t, left): (b - t + 1, right - left + 1) for t, left, b, right in page.merges}
        for r, line in enumerate(grid(page)):
            row = TableRow()
            for c, value in enumerate(line):
                row.addElement(_odf_cell(value, spans.get((r, c)), (r, c) in covered))
            table.addElement(row)
        book.spreadsheet.addElement(table)
    return _saved(book.save)


def _odf_cell(value: object, span: tuple[int, int] | None, covered: bool) -> object:
    if covered:
        return CoveredTableCell()
    about = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if value is None:
        return TableCell(**about)
    if isinstance(value, str):
        cell = TableCell(valuetype="string", **about)
    else:
        cell = TableCell(valuetype="float", value=str(value), **about)
    cell.addElement(P(text=str(value)))
    return cell


def by_xlwt(pages: Pages) -> bytes:
    book = xlwt.Workbook()
    for page in pages:
        sheet = book.add_sheet(page.sheet.name)
        for (row, column), (cell, _style) in page.cells.items():
            plain = isinstance(cell.typed, str | int | None)
            sheet.write(row, column, cell.typed if plain else float(str(cell.typed)))
        sheet.merged_ranges.extend((t, b, left, right) for t, left, b, right in page.merges)
    return _saved(book.save)


def _saved(save: Callable[[BytesIO], object]) -> bytes:
    target = BytesIO()
    save(target)
    return target.getvalue()


# what writes, the ending of its files, and whether it writes merged cells
WRITERS: dict[str, tuple[Callable[[Pages], bytes], str, bool]] = {
    "openpyxl": (by_openpyxl, "xlsx", True),
    "openpyxl, streaming": (by_openpyxl_streaming, "xlsx", False),
    "XlsxWriter": (by_xlsxwriter, "xlsx", True),
    "XlsxWriter, constant memory": (by_xlsxwriter_constant_memory, "xlsx", False),
    "pandas by openpyxl": (by_pandas("openpyxl"), "xlsx", False),
    "pandas by XlsxWriter": (by_pandas("xlsxwriter"), "xlsx", False),
    "odfpy": (by_odfpy, "ods", True),
    "xlwt": (by_xlwt, "xls", True),
    "drawn xls": (lambda pages: write_xls(pages, "one"), "xls", True),
    "drawn ods": (lambda pages: write_ods(pages, "one"), "ods", True),
}


def figures(data: bytes, folder: Path, ending: str) -> set[tuple[object, ...]]:
    """What is read: figures with their meaning and place; nothing else may be found."""
    path = folder / f"one.{ending}"
    path.write_bytes(data)
    filings = normalise(read(ReceivedFile(0, path.name, str(path))))
    assert [f.rule for filing in filings for f in filing.findings] == []
    return {
        (f.slot_id, f.subject, f.sheet, f.cell, f.state, f.value, f.code)
        for filing in filings for f in filing.figures if f.state != "blank"
    }  # fmt: skip


PAIRS = [(b, w) for w, (_write, _ending, merges) in WRITERS.items()
         for b in (FILINGS if merges else FLAT)]  # fmt: skip


@pytest.mark.parametrize(("base", "writer"), PAIRS)
def test_all_write_the_same(base: str, writer: str, tmp_path: Path) -> None:
    write, ending, _merges = WRITERS[writer]
    pages = pages_of(base)
    meant = figures(write_xlsx(pages, "one"), tmp_path, "xlsx")
    assert figures(write(pages), tmp_path, ending) == meant


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_libreoffice_writes_the_same(ending: str, tmp_path: Path) -> None:
    """LibreOffice opens what was drawn, computes it, and saves it in each of its formats."""
    if SOFFICE is None:
        return
    meant = {}
    for base in FILINGS:
        data = write_xlsx(pages_of(base), "one")
        (tmp_path / f"{base}.xlsx").write_bytes(data)
        meant[base] = figures(data, tmp_path, "xlsx")
    out = tmp_path / "out"
    command = [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
               "--convert-to", ending, "--outdir", str(out)]  # fmt: skip
    files = [str(tmp_path / f"{base}.xlsx") for base in FILINGS]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    for base in FILINGS:
        assert figures((out / f"{base}.{ending}").read_bytes(), tmp_path, ending) == meant[base]
