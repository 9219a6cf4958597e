"""The forms of the household review: samples read exactly, faults found, titles kept apart."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.forms import Form
from etl.catalogue.rules import render
from etl.ground.config import SEEDS_DIR
from etl.ground.records import Finding, State
from etl.normalise import normalise
from etl.normalise.texts.filer import find_filer
from etl.normalise.texts.identity import title_lines, titles
from etl.units.index import load_units
from tests.helpers.review_cases import (
    CASES,
    DEPRIVED,
    INBOX,
    MOVEMENT,
    OFFICIAL,
    PRELIMINARY,
    REVIEW,
    TOWN_DEPRIVED,
    Rows,
    changed,
    judged,
    loaded,
    normalised,
    opened,
)
from tests.helpers.sheet_edits import book, say

FACTS = INBOX.parent / "facts" / "na_ri_2025_communes.csv"
FLOWS = (
    "out_to_near_poor", "out_above_near_poor", "other_decrease", "fallen_from_near_poor",
    "relapsed", "newly_poor", "other_increase",
)  # fmt: skip
LACKS = (
    "employment", "dependants", "nutrition", "health_insurance", "adult_education", "schooling",
    "housing_quality", "housing_area", "water", "latrine", "telecom", "information",
)  # fmt: skip


def facts() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["tt"]]


def filed(name: str) -> dict[str, object]:
    """The sheet's cells by address, from a second reader."""
    rows = CalamineWorkbook.from_path(INBOX / name).get_sheet_by_index(0).to_python(False)
    return {
        f"{chr(65 + c)}{r}": cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row)
    }


def number(cell: object) -> Decimal | None:
    if isinstance(cell, str):
        return None if cell == "-" else Decimal(cell.replace(".", "").replace(",", "."))
    return Decimal(str(cell))


@pytest.fixture(scope="module")
def found() -> dict[str, list[Finding]]:
    """The findings of every case: those of reading, then those of checking, in one batch."""
    done = [
        normalised(changed(n, sample, *changes))
        for n, (sample, changes, _expected) in enumerate(CASES.values(), 1)
    ]
    findings = [*(f for filing in done for f in filing.findings), *judged(done)]
    return {
        name: [f for f in findings if f.filing_id == number] for number, name in enumerate(CASES, 1)
    }


@pytest.mark.parametrize("name", CASES)
def test_a_filing_gets_the_findings_that_arithmetic_asks_for(
    name: str, found: dict[str, list[Finding]]
) -> None:
    assert sorted((f.rule, f.cell) for f in found[name]) == sorted(CASES[name][2])


@pytest.mark.parametrize("name", CASES)
def test_every_placeholder_is_filled_in(name: str, found: dict[str, list[Finding]]) -> None:
    for finding in found[name]:
        texts = render(finding, load_rules()[finding.rule], strict=True)
        assert not any("…" in text or "{" in text for text in texts[5:])


@pytest.mark.parametrize(
    ("name", "expected", "message"),
    [
        ("the persons alone do not add up", "636",
         "Ô L16 (Xã Lương Thượng – Nhân khẩu): cuối năm ghi 637, nhưng đầu năm 671 − trở thành cận"
         " nghèo 39 − vượt chuẩn cận nghèo 13 − giảm khác 4 + từ hộ cận nghèo 13 + tái nghèo 4"
         " + phát sinh mới 4 + tăng khác 0 = 636."),
        ("a block is not the sum of its rows", "2.869",
         "Ô E13: dòng tổng cộng, cột “Hộ nghèo / Số hộ” ghi 2.870 nhưng tính lại từ các dòng được"
         " 2.869."),
        ("a rate of the poor", "47,40",
         "Ô D11 (“Việc làm”): tỷ lệ ghi 47,42 nhưng số hộ nghèo thiếu hụt (82) chia cho tổng số hộ"
         " nghèo được 47,40."),
        ("more deprived than poor", "≤ 173",
         "Ô C11: số hộ nghèo thiếu hụt chỉ số “Việc làm” (174) lớn hơn tổng số hộ nghèo (173)."),
        ("a line is missing", "", "Đơn vị ở ô B15 còn thiếu dòng: Nhân khẩu."),
        ("a commune among the towns", "",
         "Ô B13: “Xã Lương Thượng” không thuộc nhóm “Khu vực thành thị”."),
    ],
)  # fmt: skip
def test_what_the_filer_reads(
    name: str, expected: str, message: str, found: dict[str, list[Finding]]
) -> None:
    (finding,) = found[name]
    rendered = render(finding, load_rules()[finding.rule], strict=True)
    assert (rendered.expected, rendered.message_vi) == (expected, message)


@pytest.mark.parametrize(
    ("name", "form", "measure", "note"),
    [
        (OFFICIAL, "review_result", "actual",
         "Số liệu minh hoạ, trừ tổng số hộ dân cư và số hộ nghèo"),
        (PRELIMINARY, "review_preliminary", "preliminary", "Số liệu minh hoạ"),
    ],
)  # fmt: skip
def test_a_review_is_read_exactly(name: str, form: str, measure: str, note: str) -> None:
    filing = normalised(opened(name))
    assert filing.recognised is not None
    assert filing.recognised[1:] == (
        *(form, "2022", "district", "066", 2024, "Y"),
        date(2024, 12, 31),
        2024,
        note,
    )
    cells, rows = filed(name), [12, *range(14, 30)]
    assert loaded(filing) == {
        (fact["nso_code_pre_2025_07"], code, measure, None): number(cells[f"{letter}{row}"])
        for fact, row in zip(facts(), rows, strict=True)
        for letter, code in REVIEW.items()
    }


def test_the_official_review_closes_where_the_plan_of_2025_opens() -> None:
    actual = loaded(normalised(opened(OFFICIAL)))
    for fact in facts():
        for code in ("households", "poor_households"):
            key = (fact["nso_code_pre_2025_07"], code, "actual", None)
            assert actual[key] == Decimal(fact[f"{code}_start"])


def test_the_preliminary_review_differs_in_two_communes() -> None:
    first, official = (loaded(normalised(opened(name))) for name in (PRELIMINARY, OFFICIAL))
    differing = {
        unit
        for (unit, code, _measure, period), value in first.items()
        if value != official[unit, code, "actual", period]
    }
    assert differing == {"02146", "02152"}  # Kim Hỷ, Cường Lợi


def test_a_movement_is_read_exactly() -> None:
    filing = normalised(opened(MOVEMENT))
    assert filing.recognised is not None and filing.recognised.form == "poverty_movement"
    cells = filed(MOVEMENT)
    expected: dict[tuple[object, ...], Decimal | None] = {}
    for place, fact in enumerate(facts()):
        unit = fact["nso_code_pre_2025_07"]
        for line, row in (("households", 11 + 2 * place), ("persons", 12 + 2 * place)):
            codes = [f"poverty_{flow}_{line}" for flow in FLOWS]
            expected[unit, f"poor_{line}", "baseline", "OPEN"] = number(cells[f"D{row}"])
            for letter, code in zip("EFGHIJK", codes, strict=True):
                expected[unit, code, "actual", None] = number(cells[f"{letter}{row}"])
            expected[unit, f"poor_{line}", "actual", None] = number(cells[f"L{row}"])
        assert expected[unit, "poor_households", "actual", None] == int(
            fact["poor_households_start"]
        )
    assert loaded(filing) == expected
    assert len(expected) == 17 * 2 * 9


@pytest.mark.parametrize(("name", "code"), [(DEPRIVED, "02146"), (TOWN_DEPRIVED, "02155")])
def test_deprivations_are_read_exactly(name: str, code: str) -> None:
    filing = normalised(opened(name))
    assert filing.recognised is not None
    assert filing.recognised.form == "deprivations" and filing.recognised.filer_code == code
    cells = filed(name)
    expected: dict[tuple[object, ...], Decimal | None] = {}
    for letter, group in (("C", "poor"), ("E", "near_poor")):
        expected[None, f"{group}_households", "actual", None] = number(cells[f"{letter}10"])
        for row, lack in enumerate(LACKS, 11):
            lacking = f"deprived_{lack}_{group}_households"
            expected[None, lacking, "actual", None] = number(cells[f"{letter}{row}"])
    assert loaded(filing) == expected
    poor = {fact["nso_code_pre_2025_07"]: fact["poor_households_start"] for fact in facts()}
    assert expected[None, "poor_households", "actual", None] == int(poor[code])


def test_every_lack_is_the_indicator_that_its_row_names() -> None:
    with (SEEDS_DIR / "indicator.csv").open(encoding="utf-8", newline="") as file:
        names = {row["indicator_code"]: row["name_vi"] for row in csv.DictReader(file)}
    table = load_forms()["deprivations", "2022"].tables["deprivations"]
    for item, spec in table.items.items():
        for column, cell in spec.cells.items():
            if item != "all_households":
                assert item in cell.indicator
                assert ("near_poor" in cell.indicator) == column.startswith("near_poor")
                assert ("cận nghèo" in names[cell.indicator]) == column.startswith("near_poor")
                assert cell.indicator.endswith("_pct") == column.endswith("_pct")


TITLES = [
    ("KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO CHÍNH THỨC NĂM 2024", "review_result"),
    ("Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo cuối năm 2024", "review_result"),
    ("Kết quả điều tra, rà soát hộ nghèo và hộ cận nghèo năm 2024", "review_result"),
    ("KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO SƠ BỘ NĂM 2024", "review_preliminary"),
    ("Kết quả sơ bộ rà soát hộ nghèo, hộ cận nghèo năm 2024", "review_preliminary"),
    ("Kết quả rà soát sơ bộ hộ nghèo, hộ cận nghèo năm 2024", "review_preliminary"),
    ("Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2024\n(Số liệu sơ bộ)", None),
    ("Kết quả rà soát hộ nghèo, hộ cận nghèo sơ bộ, chính thức năm 2024", None),
    ("BIỂU DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2024", "poverty_movement"),
    ("Diễn biến hộ cận nghèo trong năm 2024", None),
    ("TỔNG HỢP THIẾU HỤT CÁC CHỈ SỐ DỊCH VỤ XÃ HỘI CƠ BẢN NĂM 2024", "deprivations"),
]


@pytest.mark.parametrize(("title", "form"), TITLES)
def test_a_title_is_one_form_or_none(title: str, form: str | None) -> None:
    lines = title_lines([[line] for line in title.split("\n")])
    named = [f.form for f in load_forms().values() if titles(f, lines)]
    assert named == ([form] if form else [])


@pytest.mark.parametrize("form", load_forms().values(), ids=lambda form: form.form)
def test_the_printed_heading_is_one_of_the_forms_titles_and_of_no_other(form: Form) -> None:
    for heading in form.heading.values():
        lines = [heading.replace("{year}", "2024").upper()]
        found = [f for f in load_forms().values() if titles(f, lines)]
        # one that needs words of its own is looked for first
        assert ([f for f in found if f.needs] or found) == [form]


def test_what_says_preliminary_below_its_title_is_refused() -> None:
    def change(rows: Rows) -> None:
        rows[4][0] = "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024"

    official, first = (normalised(changed(1, name, change)) for name in (OFFICIAL, PRELIMINARY))
    assert official.recognised is not None and official.recognised.form == "review_result"
    assert first.recognised is not None and first.recognised.form == "review_result"
    unsaid = normalised(changed(1, PRELIMINARY, change, lambda r: r[5].__setitem__(0, "(Sơ bộ)")))
    assert unsaid.recognised is None and [f.rule for f in unsaid.findings] == ["form-unknown"]


@pytest.mark.parametrize(
    ("form", "title", "code"),
    [
        ("deprivations", ["UBND XÃ KIM HỶ", "HUYỆN NA RÌ, TỈNH BẮC KẠN", "BIỂU TỔNG HỢP THIẾU HỤT"
                          " CÁC CHỈ SỐ DỊCH VỤ XÃ HỘI CƠ BẢN NĂM 2024"], "02146"),
        ("review_result", ["UBND TỈNH BẮC KẠN", "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO CÁC HUYỆN,"
                           " THÀNH PHỐ NĂM 2024"], "06"),
        ("review_result", ["UBND HUYỆN NĂM CĂN", "TỈNH CÀ MAU", "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN"
                           " NGHÈO CÁC XÃ, THỊ TRẤN NĂM 2024"], "971"),
    ],
)  # fmt: skip
def test_words_of_a_title_are_no_units(form: str, title: list[str], code: str) -> None:
    found = find_filer(load_units(), load_forms()[form, "2022"], title, date(2024, 12, 31))
    assert found.unit.code == code


def test_a_dash_in_a_flow_is_not_a_zero() -> None:
    figures = {f.cell: f for f in normalised(opened(MOVEMENT)).figures}
    assert figures["G13"].state == State.NOT_APPLICABLE and figures["G13"].value is None
    assert figures["G11"].state == State.VALUE and figures["G11"].value == "0"


def test_a_review_of_a_year_of_another_standard_is_told_for_which_years_the_form_is() -> None:
    """2021 still used the standard of 2016-2020; that of NĐ 07/2021 holds from 2022 to 2026."""
    (filing,) = normalise(book("na_ri_ra_soat_chinh_thuc_2024.xlsx", say("2024", "2021")))
    (said,) = (render(finding, load_rules()[finding.rule]) for finding in filing.findings)
    assert said.rule == "year-outside"
    assert "áp dụng cho các năm 2022–2026, nên không dùng cho năm 2021" in said.message_vi
    assert "Nếu đúng là năm 2021 thì không sửa năm cho khớp" in said.fix_vi
