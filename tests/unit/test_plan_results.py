"""Reports on plan targets: what a row says by its code, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.indicators import indicators
from etl.catalogue.rules import render
from etl.catalogue.slots import slots
from etl.ground.records import Figure, Finding, Normalised, State
from tests.helpers.result_cases import CASES, POOR, TITLE, Case, Line, filed
from tests.helpers.review_cases import judged

SLOTS = {slot.slot_id: slot for slot in slots()}
FORM = load_forms()["plan_results", "2022"]


@pytest.fixture(scope="module")
def found() -> dict[str, list[Finding]]:
    """The findings of every case: those of reading, then those of checking, in one batch."""
    done = [filed(number, case) for number, case in enumerate(CASES.values(), 1)]
    findings = [*(f for filing in done for f in filing.findings), *judged(done)]
    return {
        name: [f for f in findings if f.filing_id == number] for number, name in enumerate(CASES, 1)
    }


@pytest.mark.parametrize("name", CASES)
def test_a_filing_gets_the_findings_that_arithmetic_asks_for(
    name: str, found: dict[str, list[Finding]]
) -> None:
    assert sorted((f.rule, f.cell) for f in found[name]) == sorted(CASES[name].expected)


@pytest.mark.parametrize("name", CASES)
def test_every_placeholder_is_filled_in(name: str, found: dict[str, list[Finding]]) -> None:
    for finding in found[name]:
        texts = render(finding, load_rules()[finding.rule], strict=True)
        assert not any("…" in text or "{" in text for text in texts[5:])


@pytest.mark.parametrize(
    ("name", "expected", "message"),
    [
        ("the unit of another indicator", "người",
         "Ô D6: đơn vị tính ghi “hộ” nhưng chỉ tiêu “jobs_created” tính theo người."),
        ("communes for communes and townships", "đơn vị",
         "Ô D6: đơn vị tính ghi “xã” nhưng chỉ tiêu “units_preschool_universal” tính theo đơn vị."),
        ("a thousand written with a comma", "",
         "Ô F6: “1,337” có thể hiểu là 1337 hoặc 1,337."),
        ("half a commune", "",
         "Ô F6 (dòng 6, Xã đạt tiêu chí 5 nông thôn mới): chỉ tiêu tính theo số lượng phải là số"
         " nguyên, nhưng ghi 14,5."),
        ("a rate above 100", "0–100 %",
         "Ô F6 (dòng 6, Tỷ lệ che phủ rừng): chỉ tiêu tính theo % nhưng ghi 468,5."),
        ("more insured than there are", "≤ 68.150",
         "Ô F6 (dòng 6, Dân số tham gia BHYT) ghi 68.151, lớn hơn tổng số của nó là 68.150 ở dòng"
         " khác của biểu."),
        ("a rate that its counts do not give", "92,71",
         "Ô F8 (dòng 8, Tỷ lệ dân số tham gia BHYT) ghi 92,73 nhưng tính lại từ hai số đếm trong"
         " biểu được 92,71."),
        ("a cut that does not follow", "1.034",
         "Ô F9 (dòng 9, Giảm số hộ nghèo) ghi 1.035 nhưng số đầu năm trừ kết quả trong biểu được"
         " 1.034."),
        ("one commune too many", "≤ 18",
         "Ô F6 (dòng 6, Xã, thị trấn đạt chuẩn phổ cập giáo dục mầm non trẻ 5 tuổi) ghi 19 nhưng"
         " cuối kỳ đơn vị chỉ có 18 xã, phường, thị trấn."),
    ],
)  # fmt: skip
def test_what_the_filer_reads(
    name: str, expected: str, message: str, found: dict[str, list[Finding]]
) -> None:
    (finding,) = found[name]
    rendered = render(finding, load_rules()[finding.rule], strict=True)
    assert (rendered.expected, rendered.message_vi) == (expected, message)


def test_both_rows_of_a_repeated_indicator_are_named(found: dict[str, list[Finding]]) -> None:
    first, second = found["an indicator twice"]
    assert (first.cell, second.cell) == ("B6", "B9")
    rendered = render(second, load_rules()[second.rule], strict=True)
    assert "“households” có ở 2 dòng" in rendered.message_vi


def loaded(filing: Normalised) -> Iterator[tuple[Figure, str | None, str | None]]:
    """The figures that become facts, with their measure and period."""
    for figure in filing.figures:
        slot = SLOTS[figure.slot_id]
        if slot.kind == "indicator":
            yield figure, slot.measure, slot.period


def test_a_row_is_about_the_indicator_that_its_code_names() -> None:
    figures = list(loaded(filed(1, Case(POOR[:2], []))))
    assert [(f.code, f.cell, f.value, measure, period) for f, measure, period in figures] == [
        ("households", "E6", "14120", "baseline", "OPEN"),
        ("households", "F6", "14210", "actual", None),
        ("poor_households", "E7", "3344", "baseline", "OPEN"),
        ("poor_households", "F7", "2310", "actual", None),
    ]


@pytest.mark.parametrize(
    ("written", "state", "value"),
    [
        ("", State.BLANK, None),
        (0.0, State.VALUE, Decimal(0)),
        ("-", State.NOT_APPLICABLE, None),
        ("nhiều", State.UNREADABLE, None),
    ],
)
def test_a_blank_a_zero_a_dash_and_words_are_four_things(
    written: object, state: State, value: Decimal | None
) -> None:
    line = Line("jobs_created", "người", written, opening=written)
    for figure, _measure, _period in loaded(filed(1, Case((line,), []))):
        assert figure.code == "jobs_created"
        assert figure.state == state
        assert (None if figure.value is None else Decimal(figure.value)) == value


def test_every_indicator_may_be_reported_in_its_own_unit() -> None:
    words = FORM.tables["results"].columns["unit"].values or {}
    lines = tuple(Line(own.code, words[own.unit_of_measure][0], 0.0) for own in indicators())
    filing = filed(1, Case(lines, []))
    assert filing.findings == []
    assert judged([filing]) == []
    assert [f.code for f, measure, _p in loaded(filing) if measure == "actual"] == [
        own.code for own in indicators()
    ]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        (TITLE, "Y"),
        ("BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO CẢ NĂM 2024", "Y"),
        ("Kết quả thực hiện các chỉ tiêu giảm nghèo bền vững năm 2024", "Y"),
        (TITLE.replace("NĂM", "6 THÁNG ĐẦU NĂM"), "H1"),
        (TITLE.replace("NĂM", "SÁU THÁNG ĐẦU NĂM"), "H1"),
    ],
)
def test_the_title_names_year_and_period(title: str, period: str) -> None:
    recognised = filed(1, Case(POOR, [], title)).recognised
    assert recognised
    got = (recognised.form, recognised.filer_level, recognised.filer_code, recognised.year)
    assert got == ("plan_results", "district", "085", 2024)
    assert recognised.period == period


def test_a_number_goes_before_the_end_that_its_unit_shares_with_it() -> None:
    done = filed(1, Case((Line("jobs_created", "5", "75"),), []))
    (result,) = (f for f in done.figures if f.cell == "F6")
    assert (result.value, [(f.rule, f.cell) for f in done.findings]) == (
        "75", [("value-unknown", "D6")]
    )  # fmt: skip
