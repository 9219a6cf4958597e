"""Periods in short in a title ("6T/2025", "bán niên"), and what must not be taken for one."""

from __future__ import annotations

import pytest

from etl.normalise.texts.identity import years_in
from etl.normalise.texts.periods import periods_in
from tests.helpers.sheet_edits import REPORT, YEAR, book, fails, line, only, say

TITLE = "6 THÁNG ĐẦU NĂM 2025"


@pytest.mark.parametrize(
    "text",
    ["6T/2025", "6T NĂM 2025", "6T ĐẦU NĂM 2025", "6T 2025", "6 THÁNG/2025", "BÁN NIÊN NĂM 2025",
     "BÁN NIÊN ĐẦU NĂM 2025", "Bán niên 2025"],
)  # fmt: skip
def test_half_a_year_in_short(text: str) -> None:
    workbook = book(REPORT, say(TITLE, text))
    say(TITLE, text)(workbook.sheets[1])
    done = only(workbook)
    assert fails(done.findings) == []
    assert done.recognised is not None
    assert (done.recognised.year, done.recognised.period) == (2025, "H1")


@pytest.mark.parametrize(
    ("text", "rule"),
    [("9T/2025", "period-not-on-form"), ("6T CUỐI NĂM 2025", "period-not-on-form"),
     ("BÁN NIÊN CUỐI NĂM 2025", "period-not-on-form"), ("T6/2025", "year-missing")],
)  # fmt: skip
def test_another_time_is_named(text: str, rule: str) -> None:
    assert rule in fails(only(book(REPORT, say(TITLE, text))).findings)


@pytest.mark.parametrize("text", ["(bán niên)", "(6T/2024)", "Số liệu 6T đầu năm"])
def test_half_a_year_below_the_title_of_a_year_is_a_contradiction(text: str) -> None:
    assert fails(only(book(YEAR, line(text, "TT"))).findings) == ["periods-differ"]


@pytest.mark.parametrize("text", ["vốn 6t đồng", "6t", "6tr năm 2025", "bán niên 2", "a6t/2025"])
def test_other_words_name_no_period(text: str) -> None:
    assert [*periods_in(text)] == []


def test_a_number_of_a_document_is_no_year() -> None:
    assert years_in("Kế hoạch số 29/2025") == years_in("QĐ 6/2025") == frozenset()
    assert years_in("6T/2025, kèm theo 29/2024") == {2025}
