"""What a commune registers, read from the sample and changed by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.blank import draw_form
from etl.ground.config import Settings
from etl.ground.records import ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.helpers.account_sheets import fails
from tests.helpers.registration_cases import CASES, KIM_LU
from tests.helpers.review_cases import SLOTS, cells, changed, judged, normalised, opened
from tests.helpers.sample_sheets import INBOX, facts


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_arithmetic_says(name: str) -> None:
    sample, changes, expected = CASES[name]
    filing = normalised(changed(1, sample, *changes))
    found = [(f.rule, f.cell) for f in (*filing.findings, *judged([filing]))]
    assert sorted(found) == sorted(expected)


def test_a_commune_registers_for_itself() -> None:
    filing = normalised(opened(KIM_LU))
    assert filing.recognised is not None
    assert (filing.recognised.form, filing.recognised.filer_level) == (
        "target_registration", "commune",
    )  # fmt: skip
    held = {
        (SLOTS[f.slot_id].kind, SLOTS[f.slot_id].code, SLOTS[f.slot_id].basis): Decimal(f.value)
        for f in filing.figures
        if SLOTS[f.slot_id].kind != "check" and f.value is not None
    }
    assert held == {
        ("indicator", "households", None): 648, ("indicator", "poor_households", None): 64,
        ("target", "poor_households_reduction", "registered"): 6,
        ("target", "poverty_rate_reduction", "registered"): Decimal("0.93"),
        ("target", "poverty_rate", "registered"): Decimal("8.95"),
    }  # fmt: skip


def test_the_samples_stay_below_and_go_beyond_what_is_assigned() -> None:
    assigned = {
        row["nso_code_pre_2025_07"]: int(row["target_reduction_households"])
        for row in facts("na_ri_2025_communes.csv") if row["tt"]
    }  # fmt: skip
    registered = {}
    for path in sorted(INBOX.glob("dang_ky_giam_ngheo_2025_*.xlsx")):
        filing = normalised(opened(path.name))
        assert filing.recognised is not None and filing.findings == []
        (cut,) = (f.value for f in filing.figures
                  if (SLOTS[f.slot_id].item, SLOTS[f.slot_id].column)
                  == ("cut_households", "registered"))  # fmt: skip
        registered[filing.recognised.filer_code] = int(cut or 0)
    assert registered.keys() == assigned.keys() and sum(assigned.values()) == 361
    apart = [registered[code] - assigned[code] for code in assigned]
    # 3 + 5 + 2 + 4 + 6 = 20 below, 2 + 2 + 2 = 6 beyond: 361 - 20 + 6 = 347
    assert sum(d for d in apart if d < 0) == -20 and sum(d for d in apart if d > 0) == 6
    assert sum(registered.values()) == 347


def test_a_list_of_registrations_is_no_assignment() -> None:
    book = changed(1, "na_ri_muc_tieu_giam_ngheo_2025.xlsx",
                   cells(A5="ĐĂNG KÝ MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025"))  # fmt: skip
    filing = normalised(book)
    assert not [f for f in filing.figures if SLOTS[f.slot_id].basis == "assigned"]
    assert fails(filing) != []


def test_a_year_in_a_rows_name_is_the_forms_own() -> None:
    said = cells(B13="Tỷ lệ hộ nghèo cuối năm 2025")
    assert normalised(changed(1, KIM_LU, said)).findings == []
    other = cells(B13="Tỷ lệ hộ nghèo cuối năm 2024")
    assert fails(normalised(changed(1, KIM_LU, other))) != []


def test_a_blank_form_can_be_filed(tmp_path: Path) -> None:
    path = tmp_path / "dang_ky.xlsx"
    settings = Settings(home=Path("/nonexistent"), inbox="")
    draw_form(settings, "target_registration", "02158", "2025", path)
    (filing,) = normalise(read(ReceivedFile(1, path.name, str(path))))
    assert filing.recognised is not None
    assert (filing.recognised.form, filing.recognised.filer_code) == (
        "target_registration", "02158",
    )  # fmt: skip
