"""Units of measure in a column of their own, as strangers fill it in: merged, left blank, computed,
struck through or hidden; and cells that say another unit than their row."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue.corrections import Correction, correct
from etl.catalogue.slots import slots
from etl.ground.records import Figure, Normalised, Recognised, State
from etl.normalise.rows.figures import read_in
from etl.normalise.texts.cells import parsed_as
from etl.normalise.texts.numbers import parse_text
from tests.helpers import fund_forms
from tests.khoxa import khoxa
from tests.unit.test_unit_factors import FILER, FORM, HEADER

Edit = Callable[[Worksheet], None]
FIRST = ("Dự án 1", "tỷ đồng", 2.5, 2, 80)
BLANK = ("Dự án 2", None, 0.5, 0.1, 20)
LINE = "Đơn vị tính: triệu đồng"


def failures(
    folder: Path, *rows: tuple[object, ...], edit: Edit | None = None, line: str = ""
) -> list[tuple[str, str]]:
    """What stops a table of funds with these rows, which begin at row 5; () accepted."""
    local = fund_forms.local(folder / "local", own=FORM)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    head = (("VỐN KÈM ĐƠN VỊ TÍNH NĂM 2024",), (f"Đơn vị báo cáo: {FILER}",), (line or None,))
    for row in (*head, HEADER, *rows):
        sheet.append(row)
    if edit:
        edit(sheet)
    book.save(folder / "book.xlsx")
    done = khoxa("check", folder / "book.xlsx", "--json", **local)
    (got,) = json.loads(done.stdout)
    return sorted((f["rule"], f["cell"]) for f in got["findings"] if f["severity"] == "fail")


def _format(cell: str, code: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet[cell].number_format = code

    return edit


def _font(font: Font) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet["B5"].font = font

    return edit


def _hide(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def test_a_unit_merged_over_rows_is_that_of_each(tmp_path: Path) -> None:
    total = ("Tổng cộng", None, 3, 2.1, 70)
    assert not failures(tmp_path, FIRST, BLANK, total, edit=lambda s: s.merge_cells("B5:B7"))


def test_a_blank_unit_below_another_one_is_refused(tmp_path: Path) -> None:
    assert failures(tmp_path, FIRST, BLANK) == [("measure-blank", "B6")]


@pytest.mark.parametrize(
    ("second", "line"),
    [
        (BLANK, LINE),  # the line holds where a row says nothing
        (("Dự án 2", None, 0, 0, None), ""),  # nothing is nothing in any unit
        (("Dự án 2", None, "500 triệu đồng", "100 triệu đồng", 20), ""),
        (("Dự án 2", "triệu đồng", 500, 100, 20), ""),
    ],
)
def test_a_row_whose_unit_is_known_is_taken(
    tmp_path: Path, second: tuple[object, ...], line: str
) -> None:
    assert not failures(tmp_path, FIRST, second, line=line)


def test_a_total_in_another_unit_is_refused(tmp_path: Path) -> None:
    second = ("Dự án 2", "triệu đồng", 500, 100, 20)
    got = failures(tmp_path, FIRST, second, ("Tổng cộng", "USD", 3000, 2100, 70))
    assert got == [("measure-differs", "B7")]


@pytest.mark.parametrize(
    ("unit", "edit", "rule"),
    [
        ("=A1", None, "cell-formula"),
        ("#N/A", None, "cell-error"),
        ("tỷ đồng", _font(Font(strike=True)), "cell-struck"),
        ("tỷ đồng", _font(Font(color="FFFFFFFF")), "cell-invisible"),
        ("tỷ đồng", _format("B5", ";;;"), "cell-invisible"),
        ("tỷ đồng", _hide, "measure-hidden"),
    ],
)
def test_a_unit_that_nobody_sees_is_refused(
    tmp_path: Path, unit: str, edit: Edit | None, rule: str
) -> None:
    assert failures(tmp_path, ("Dự án 1", unit, 2.5, 2, 80), edit=edit) == [(rule, "B5")]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ('0.0" tỷ đồng"', None), ('0.0" tỷ"', None), ('0.0" triệu đồng"', "number-shown"),
        ("0%", "number-percent"),
    ],
)  # fmt: skip
def test_a_format_says_the_unit_of_its_row(tmp_path: Path, code: str, rule: str | None) -> None:
    got = failures(tmp_path, FIRST, edit=_format("C5", code))
    assert got == ([(rule, "C5")] if rule else [])


@pytest.mark.parametrize(
    ("raw", "value", "rule"),
    [
        ("2,5 tỷ đồng", "2500", None), ("500 triệu đồng", "500", None), ("2,5", "2500", None),
        ("5%", None, "number-percent"), ("5 %", None, "number-percent"),
        ("5 phần trăm", None, "number-unreadable"), ("5 hộ", None, "number-unreadable"),
    ],
)  # fmt: skip
def test_a_cell_that_says_its_unit_goes_before_its_row(
    raw: str, value: str | None, rule: str | None
) -> None:
    got = parsed_as(raw, "million_vnd", "tỷ đồng")
    assert (got.value, got.rule) == (value, rule)


@pytest.mark.parametrize(
    ("text", "value"), [("12.500 m2", "1.25"), ("12.500 m²", "1.25"), ("2 km2", "200")]
)
def test_areas_are_written_with_a_digit(text: str, value: str) -> None:
    assert parse_text(text, "ha").value == value


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [("tỷ đồng", "2,6", "2600"), ("nghìn đồng", "1.500", "1.5"), (None, "2.600", "2600")],
)
def test_a_correction_is_in_the_unit_of_its_cell(
    unit: str | None, written: str, value: str
) -> None:
    slot = next(slot for slot in slots() if slot.unit_of_measure == "million_vnd")
    filed = Recognised(1, slot.form, slot.form_version, "commune", "02146", 2025, "Y",
                       date(2025, 1, 1), 2025)  # fmt: skip
    figure = Figure(1, slot.slot_id, 5, "Biểu", "C5", None, State.UNREADABLE, None, None, "2,5oo",
                    unit)  # fmt: skip
    row = Correction.model_construct(
        form=slot.form, unit="02146", year=2025, period="Y", sheet="Biểu", cell="C5",
        guard="2,5oo", value=written, reason="gõ nhầm", told="UBND xã", on=date(2025, 6, 1),
        by="Sở Nông nghiệp và Môi trường",
    )  # fmt: skip
    filing = Normalised(1, recognised=filed, figures=[figure])
    correct(filing, {row.key: [row]})
    assert filing.figures[0].value == value
    assert f"{written} {unit or ''}".rstrip() in dict(filing.findings[0].params)["value"]


@pytest.mark.parametrize(("cell", "unit"), [(None, "tỷ đồng"), ("2,5oo", "tỷ đồng")])
def test_a_cell_without_a_value_keeps_the_unit_of_its_row(cell: str | None, unit: str) -> None:
    slot = next(slot for slot in slots() if slot.unit_of_measure == "million_vnd")
    state, _value, rule, params = parsed_as(cell or "", slot.unit_of_measure, unit)
    assert read_in(slot, unit, state, rule, params) == unit
