"""Workbooks that go out are such as Excel opens without repair, as far as that can be told without
Excel: the parts of a sheet stand in the order of its schema (ECMA-376, part 1, CT_Worksheet), every
relationship leads to a part, every part has a content type, and other readers open them."""

from __future__ import annotations

import posixpath
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.datavalidation import DataValidation

from etl.blank import draw_form
from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.config import ROOT, Settings
from etl.ground.records import Finding, ReceivedFile
from etl.night.one_file import give_back

ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
ONCE = set(ORDER) - {"conditionalFormatting"}
REPORT = ROOT / "samples" / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
FOUND = [
    Finding(1, "required-blank", "Chỉ tiêu", "D10"),
    Finding(1, "not-negative", "Chỉ tiêu", "E12"),
]


def dressed(folder: Path) -> Path:
    """A report with everything on its sheet that people put there."""
    book = openpyxl.load_workbook(REPORT)
    sheet = book["Chỉ tiêu"]
    sheet["D11"].comment = Comment("xem lại", "xã")
    sheet["A1"].hyperlink = "https://example.org/"
    sheet.auto_filter.ref = "A9:G20"
    listed = DataValidation(type="list", formula1='"a,b"')
    listed.add("G12")
    sheet.add_data_validation(listed)
    sheet.conditional_formatting.add("D10:D20", CellIsRule("lessThan", ["0"]))
    sheet.protection.sheet = True
    sheet.print_title_rows, sheet.oddFooter.center.text = "8:9", "&P"
    sheet.row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=14))
    path = folder / REPORT.name
    book.save(path)
    return path


def returned(folder: Path, filed: Path) -> Path:
    rules = load_rules()
    findings = [render(each, rules[each.rule]) for each in FOUND]
    path = folder / "tra_lai.xlsx"
    give_back(ReceivedFile(1, filed.name, str(filed)), findings, path)
    return path


def blank(folder: Path) -> Path:
    settings = replace(Settings.from_env(), home=folder, warehouse_url=None)
    path = folder / "bieu.xlsx"
    draw_form(settings, "commune_report", "02146", "2025-H1", path)
    return path


@pytest.fixture(params=["plain", "dressed", "twice", "blank"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A return workbook of a plain report, of a dressed one, of one that was returned before; a
    blank form."""
    if request.param == "blank":
        return blank(tmp_path)
    if request.param == "plain":
        return returned(tmp_path, REPORT)
    once = returned(tmp_path, dressed(tmp_path))
    if request.param == "dressed":
        return once
    (tmp_path / "again").mkdir()
    return returned(tmp_path / "again", once)


def test_the_parts_of_a_sheet_stand_in_the_order_of_its_schema(book: Path) -> None:
    with zipfile.ZipFile(book) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        for name in sheets:
            root = etree.fromstring(package.read(name))
            parts = [etree.QName(child).localname for child in root if isinstance(child.tag, str)]
            parts = [part for part in parts if part != "AlternateContent"]
            assert parts == sorted(parts, key=ORDER.index), name
            assert len([p for p in parts if p in ONCE]) == len({p for p in parts if p in ONCE})
            rows = [int(row.get("r")) for row in root.iter("{*}row")]
            assert rows == sorted(set(rows)), name


def test_relationships_lead_to_parts_and_parts_have_content_types(book: Path) -> None:
    with zipfile.ZipFile(book) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        types = etree.fromstring(package.read("[Content_Types].xml"))
        endings = {each.get("Extension").lower() for each in types.iter("{*}Default")}
        parts = [each.get("PartName") for each in types.iter("{*}Override")]
        assert len(parts) == len(set(parts))
        assert {part.lstrip("/") for part in parts} <= set(names)
        for name in names:
            known = f"/{name}" in parts or name.rpartition(".")[2].lower() in endings
            assert known or name == "[Content_Types].xml", name
        for name in (name for name in names if name.endswith(".rels")):
            folder = posixpath.dirname(posixpath.dirname(name))
            links = list(etree.fromstring(package.read(name)))
            assert len({each.get("Id") for each in links}) == len(links)
            for each in links:
                if each.get("TargetMode") != "External":
                    target = each.get("Target")
                    path = target[1:] if target.startswith("/") else f"{folder}/{target}"
                    assert posixpath.normpath(path).lstrip("/") in names, (name, target)


def test_other_readers_open_them(book: Path, tmp_path: Path) -> None:
    names = openpyxl.load_workbook(book).sheetnames
    assert python_calamine.CalamineWorkbook.from_path(book).sheet_names == names
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(book)], check=True, capture_output=True)
    (again,) = out.glob("*.xlsx")
    assert openpyxl.load_workbook(again).sheetnames == names
