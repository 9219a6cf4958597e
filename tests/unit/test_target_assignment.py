"""What a province assigns to its districts or communes, and a district to its communes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.blank import draw_form
from etl.ground.config import Settings
from etl.ground.records import Normalised, ReceivedFile, Sheet, Workbook
from etl.units.index import load_units
from tests.helpers.assignment_cases import CASES, DISTRICT, PROVINCE
from tests.helpers.review_cases import SLOTS, Change, cells, changed, judged, normalised, opened
from tests.helpers.sample_sheets import facts

FIRST = 9  # the first row below the header, 0-based


def assigned(filing: Normalised) -> dict[tuple[object, ...], Decimal]:
    """(unit, indicator) -> value, of what becomes an assigned target."""
    slots = [(figure, SLOTS[figure.slot_id]) for figure in filing.figures]
    return {
        (figure.subject, slot.code): Decimal(figure.value or "NaN")
        for figure, slot in slots
        if (slot.kind, slot.basis) == ("target", "assigned")
    }


def filed_by(province: str, year: int, rows: list[list[object]]) -> Normalised:
    """The province's sample as another's, of another year, with other rows."""
    head = [
        [cell.replace("2025", str(year)) if isinstance(cell, str) else cell for cell in row]
        for row in opened(PROVINCE).sheets[0].rows[:FIRST]
    ]
    head[1][0] = province
    merged = [area for area in opened(PROVINCE).sheets[0].merged or [] if area[1][0] < FIRST]
    sheet = Sheet("Giao chỉ tiêu", True, [*head, *rows], merged)
    return normalised(Workbook(ReceivedFile(1, PROVINCE, ""), [sheet]))


def faults(name: str, *changes: Change) -> list[tuple[str, str]]:
    filing = normalised(changed(1, name, *changes))
    found = [*filing.findings, *judged([filing])]
    return [(f.rule, f.cell) for f in found if f.rule != "unit-missing"]


def test_a_province_assigns_to_its_districts() -> None:
    filing = normalised(opened(PROVINCE))
    assert filing.recognised is not None
    assert (filing.recognised.filer_level, filing.recognised.filer_code) == ("province", "06")
    assert assigned(filing) == {
        ("062", "poor_households_reduction"): 300, ("062", "poverty_rate_reduction"): 4,
        ("066", "poor_households_reduction"): 375,
        ("066", "poverty_rate_reduction"): Decimal("3.64"),
    }  # fmt: skip
    (missing,) = filing.findings  # Bắc Kạn had eight districts
    assert (missing.rule, dict(missing.params)["count"]) == ("unit-missing", "6")
    assert judged([filing]) == []


def test_a_district_assigns_to_its_communes() -> None:
    filing = normalised(opened(DISTRICT))
    found = assigned(filing)
    listed = facts("na_ri_2025_communes.csv")
    communes = {row["nso_code_pre_2025_07"] for row in listed if row["tt"]}
    assert {unit for unit, _code in found} == communes and len(found) == 2 * 17
    assert filing.findings == [] and judged([filing]) == []


def test_a_province_without_districts_assigns_to_its_communes() -> None:
    units = load_units().inside("commune", "19", date(2026, 1, 1))
    rows = [["", unit.full_name, 10.0, 1.5, "", ""] for unit in units]
    filing = filed_by("TỈNH THÁI NGUYÊN", 2026, rows)
    assert filing.recognised is not None and filing.recognised.filer_code == "19"
    assert {unit for unit, _code in assigned(filing)} == {unit.code for unit in units}
    assert len(units) == 92 and filing.findings == []


def test_a_province_with_districts_does_not_assign_to_communes() -> None:
    filing = filed_by("TỈNH BẮC KẠN", 2025, [["1", "Xã Kim Hỷ", 10.0, 1.5, "", ""]])
    assert [f.rule for f in filing.findings if f.rule != "unit-missing"] == ["unit-unknown"]
    assert assigned(filing) == {}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_arithmetic_says(name: str) -> None:
    sample, changes, expected = CASES[name]
    assert faults(sample, *changes) == expected


def test_a_finding_names_the_district() -> None:
    filing = normalised(changed(1, PROVINCE, cells(C10=-300.0, C12=75.0)))
    (finding,) = judged([filing])
    assert dict(finding.params)["row"] == "Huyện Ngân Sơn"


def test_a_blank_form_of_a_province_lists_its_districts(tmp_path: Path) -> None:
    path = tmp_path / "giao.xlsx"
    settings = Settings(home=Path("/nonexistent"), inbox="")
    draw_form(settings, "target_assignment", "06", "2025", path)
    named = {str(cell.value) for row in load_workbook(path).worksheets[0] for cell in row}
    districts = {u.full_name for u in load_units().inside("district", "06", date(2025, 1, 1))}
    assert len(districts) == 8 and districts <= named
    assert "Xã Kim Hỷ" not in named
