"""The check room, door to door: figures in, findings out; every expectation from arithmetic."""

import csv
import subprocess
import sys

import pytest

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import READING, Rule, render
from etl.check import check
from etl.check.frames import FormBatch, split
from etl.check.lean import import_engine
from etl.check.recomputed import frame_of
from etl.check.report import vietnamese
from etl.ground.config import ROOT
from etl.ground.errors import BrokenRule
from etl.ground.records import Finding, State
from tests.helpers.assignment_cases import CASES as ASSIGNMENT_CASES
from tests.helpers.check_cases import CASES as COMMON_CASES
from tests.helpers.check_cases import (
    LEVEL,
    REGISTER,
    REPORT,
    Cells,
    batch,
    funds,
    indicator,
    plan,
    register,
)
from tests.helpers.fund_need_cases import CASES as FUND_NEED_CASES
from tests.helpers.registration_cases import CASES as REGISTRATION_CASES
from tests.helpers.result_cases import CASES as RESULT_CASES
from tests.helpers.review_cases import CASES as REVIEW_CASES
from tests.helpers.target_cases import CASES as TARGET_CASES

CASES = COMMON_CASES | TARGET_CASES
RULES = load_rules()
READING_RULES = {code for code, rule in RULES.items() if rule.suite == READING}


@pytest.fixture(scope="module")
def found() -> dict[str, list[Finding]]:
    """The findings of every case, all cases filed in one batch."""
    findings = check(batch(*((form, cells) for form, cells, _expected in CASES.values())))
    return {
        name: [f for f in findings if f.filing_id == number] for number, name in enumerate(CASES, 1)
    }


@pytest.mark.parametrize("name", CASES)
def test_a_filing_gets_the_findings_that_arithmetic_asks_for(
    name: str, found: dict[str, list[Finding]]
) -> None:
    assert [(f.rule, f.cell) for f in found[name]] == CASES[name][2]


def test_every_rule_with_an_expectation_has_a_failing_case() -> None:
    every = (CASES, REVIEW_CASES, ASSIGNMENT_CASES, REGISTRATION_CASES)
    cases = [case for table in every for case in table.values()]
    failing = {rule for _form, _cells, expected in cases for rule, _cell in expected}
    failing |= {rule for case in RESULT_CASES.values() for rule, _cell in case.expected}
    failing |= {rule for _rows, expected in FUND_NEED_CASES for rule, _cell in expected}
    assert failing - READING_RULES == set(RULES) - READING_RULES


@pytest.mark.parametrize("name", CASES)
def test_every_placeholder_of_every_finding_is_filled_in(
    name: str, found: dict[str, list[Finding]]
) -> None:
    for finding in found[name]:
        texts = render(finding, RULES[finding.rule], strict=True)
        assert not any("…" in text or "{" in text for text in texts[5:])


@pytest.mark.parametrize(
    ("name", "seen", "expected", "message"),
    [
        ("printed rates subtract", "32,38", "35,62 − 3,22",
         "Ô H10: tỷ lệ cuối năm của Xã Sơn Thành (32,38) không bằng tỷ lệ đầu năm (35,62)"
         " trừ phần giảm (3,22)."),
        ("total counts exactly", "1723", "1.722",
         "Ô C13: dòng tổng cộng, cột “Tổng số hộ dân cư đầu năm 2025” ghi 1.723 nhưng tính lại từ"
         " các dòng được 1.722."),
        ("years in disorder", "2023", "≥ 2024", "Ô M10: đến năm 2023 nhưng từ năm 2024."),
        ("parts two hundredths off", "13,75", "13,32 + 0,41 = 13,73",
         "Ô C18 (Dự án 2, cột “Tổng vốn”) ghi 13,75 nhưng cộng các nguồn được 13,73"
         " (13,32 + 0,41)."),
        ("a blank part adds nothing", "4,5", "4 + 0 = 4,00",
         "Ô E19 (Dự án 3 - Tiểu dự án 1, cột “Kinh phí được giao / Cộng”) ghi 4,5 nhưng cộng các"
         " nguồn được 4,00 (4 + 0)."),
        ("rate of money", "47,08", "100 × 6 / 12,75 = 47,06",
         "Ô I18 (Dự án 2, cột “Tỷ lệ giải ngân”) ghi 47,08 nhưng tính lại được 47,06"
         " (100 × 6 / 12,75)."),
        ("a repeated figure differs", "999", "1.000",
         "Ô E11 (Hộ cận nghèo hiện có, cột “Tổng số”) ghi 999, khác với 1.000 ở ô E10 dù cùng là"
         " một số liệu."),
        ("a count with decimals", "1,337", "",
         "Ô E10: chỉ tiêu tính theo số lượng phải là số nguyên, nhưng ghi 1,337."),
    ],
)  # fmt: skip
def test_the_filer_reads_what_was_filed_and_what_was_expected(
    name: str, seen: str, expected: str, message: str, found: dict[str, list[Finding]]
) -> None:
    (finding,) = found[name]
    rendered = render(finding, RULES[finding.rule], strict=True)
    assert (rendered.seen, rendered.expected, rendered.message_vi) == (seen, expected, message)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1337.0, "household", "1.337"),
        (8.07779, "pct", "8,08"),
        (2.125, "pct", "2,13"),  # half-up, as the plans are printed
        (601.8 + 35.295, "million_vnd", "637,10"),  # 637.095, a hair below it as a double
        (5544.61, "million_vnd", "5.544,61"),
        (1000000.0, "million_vnd", "1.000.000,00"),
        (0.5, None, "0,5"),
        (30.0, None, "30"),
        (float("nan"), "pct", ""),
    ],
)
def test_recomputed_figures_are_shown_in_vietnamese_notation(
    value: float, unit: str | None, text: str
) -> None:
    assert vietnamese(value, unit) == text


def test_the_register_of_na_ri_passes_as_printed() -> None:
    path = ROOT / "samples" / "facts" / "na_ri_2025_communes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])[5:11]
    printed: Cells = {}
    for row in rows:
        values = [float(row[column]) for column in columns]
        printed |= register(row["nso_code_pre_2025_07"] or "@total", *values)
    assert len(printed) == 18 * 6
    assert check(batch(("target_register", printed))) == []


def test_300_offending_rows_give_300_findings_in_order() -> None:
    rows: Cells = {}
    for n in range(300):
        rows |= register(f"u{n}", 10, 11, *[State.BLANK] * 4)
    findings = check(batch(("target_register", rows)))
    assert [f.cell for f in findings] == [f"D{10 + n}" for n in range(300)]
    assert {f.rule for f in findings} == {"poor-not-above-households"}
    assert dict(findings[7].params)["unit"] == "u7"  # no such unit: its code stands for it


def test_findings_are_in_order_of_filing_sheet_row_and_column() -> None:
    bad = REPORT | indicator("jobs", 41, 40, 102.5) | funds("DA2", -1, 2.25, 1.25, 5, 1, 6, 480)
    findings = check(batch(("commune_report", bad), ("fund_plan", plan("DA2", 1, 2, 3))))
    places = [(f.filing_id, f.sheet, f.cell) for f in findings]
    assert places[:3] == [(1, "funds", "C18"), (1, "funds", "H18"), (1, "funds", "C20")]
    assert places[-3:] == [(1, "indicators", "D14"), (1, "indicators", "F14"), (2, "funds", "C18")]


def test_an_empty_batch_has_no_findings() -> None:
    assert check(batch()) == []


RULE = RULES["poor-not-above-households"]
PAIR = "expect_column_pair_values_a_to_be_greater_than_b"
BETWEEN = "expect_column_values_to_be_between"


def judge(name: str, part: FormBatch, rule: Rule) -> None:
    import_engine()
    from etl.check.suites import Session

    list(Session("night").offending(name, frame_of(part, rule), [rule]))


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"frame": "registre"}, "no frame 'registre'"),
        ({"expect": {PAIR: {"column_A": "househols", "column_B": "cut_pp"}}}, "househols"),
        ({"cell": "poor_househols"}, "poor_househols"),
        ({"expect": {PAIR: {"column_A": "households"}}}, "column_B"),
        ({"expect": {BETWEEN: {"column": "households", "min_vale": 0}}}, "min_vale"),
        ({"expect": {"expect_columns_to_be_nice": {}}}, "expect_columns_to_be_nice"),
        ({"expect": {"expect_column_mean_to_be_between": {"column": "households"}}}, "row by row"),
        ({"compute": {"gap": "househols - 1"}}, "househols"),
        ({"compute": {"cut_pp": "households - 1"}}, "already has 'cut_pp'"),
        ({"expect": {BETWEEN: {"column": "households", "min_value": "ten"}}}, "not a valid float"),
    ],
)
def test_a_rule_that_cannot_judge_stops_the_run(broken: dict[str, object], why: str) -> None:
    (part,) = split(batch(("target_register", REGISTER)))
    rule = Rule.model_validate(RULE.model_dump() | broken)
    with pytest.raises(BrokenRule, match=rf"(?s)target_register.yaml: rule '{rule.rule}'.*{why}"):
        judge("register", part, rule)


def test_an_expectation_that_raises_stops_the_run_and_is_no_finding() -> None:
    (part,) = split(batch(("plan_targets", LEVEL)))
    words = {"frame": "targets", "expect": {BETWEEN: {"column": "operator", "min_value": 0}}}
    rule = Rule.model_validate(RULE.model_dump() | words | {"cell": None})
    with pytest.raises(BrokenRule, match=rule.rule):
        judge("targets", part, rule)


def test_great_expectations_is_imported_only_when_something_is_checked() -> None:
    code = "import sys, etl.check; sys.exit('great_expectations' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
