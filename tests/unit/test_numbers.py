"""The number parser: the written rule, both ways, in both notations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.ground.records import State
from etl.normalise.cells import is_figure, parse, shown
from etl.normalise.numbers import parse_float, parse_text


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.337", "household", "1337"),
        ("10.307", "household", "10307"),
        ("8,08", "pct", "8.08"),
        ("6.05 %", "pct", "6.05"),
        ("8,08%", "pct", "8.08"),
        ("07%", "pct", "7"),
        ("5.544,61", "million_vnd", "5544.61"),
        ("13.731,00", "million_vnd", "13731.00"),
        ("09", "million_vnd", "9"),
        (" 1 337", "household", "1337"),
        ("1\u00a0337", "household", "1337"),
        ("１３３７", "household", "1337"),  # full-width digits
        ("(12)", "million_vnd", "-12"),
        ("-12", "million_vnd", "-12"),
        ("0", "household", "0"),
    ],
)
def test_reads_what_offices_type(text: str, unit: str, value: str) -> None:
    assert parse_text(text, unit)[:2] == (State.VALUE, value)


@pytest.mark.parametrize("text", ["", "  ", "…", "..."])
def test_blank_is_not_zero(text: str) -> None:
    assert parse_text(text, "household")[:2] == (State.BLANK, None)


@pytest.mark.parametrize("text", ["-", "- ", "–", "x"])
def test_a_dash_is_not_applicable(text: str) -> None:
    assert parse_text(text, "household")[:2] == (State.NOT_APPLICABLE, None)


@pytest.mark.parametrize(
    ("text", "unit", "rule"),
    [
        ("1,337", "household", "number-ambiguous"),
        ("1,234.56", "million_vnd", "number-ambiguous"),
        ("12,5", "household", "number-not-whole"),
        ("20 - 30", "person", "number-range"),
        ("khoảng 20", "person", "number-unreadable"),
        ("=cmd|' /C calc'!A0", "household", "number-unreadable"),
        ("0.808", "pct", "number-ambiguous"),  # thousands never start with 0
        ("0.808", "household", "number-ambiguous"),
        ("20–30", "pct", "number-range"),
        ("1.33", "household", "number-not-whole"),
        ("1.2.3", "household", "number-unreadable"),
        ("8,08%", "household", "number-percent"),
    ],
)
def test_refuses_what_it_would_have_to_guess(text: str, unit: str, rule: str) -> None:
    number = parse_text(text, unit)
    assert (number.state, number.value, number.rule) == (State.UNREADABLE, None, rule)


def test_ambiguous_shows_both_readings() -> None:
    assert dict(parse_text("1,337", "household").params) == {"first": "1337", "second": "1,337"}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 12.5])
def test_a_number_cell_that_is_no_household_count(number: float) -> None:
    assert parse_float(number, "household").state is State.UNREADABLE


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["pct", "million_vnd"]))
def test_vietnamese_print_and_parse_back(value: Decimal, unit: str) -> None:
    printed = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    parsed = parse_text(printed, unit)
    assert parsed.value is not None and Decimal(parsed.value) == value


@given(st.integers(0, 10**9))
def test_grouped_households_print_and_parse_back(value: int) -> None:
    assert parse_text(f"{value:,}".replace(",", "."), "household").value == str(value)


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["pct", "million_vnd"]))
def test_english_print_is_read_right_or_refused_with_its_reading(value: Decimal, unit: str) -> None:
    plain, grouped = parse_text(f"{value:.2f}", unit), parse_text(f"{value:,.2f}", unit)
    assert plain.value is not None and Decimal(plain.value) == value
    if value < 1000:
        assert grouped == plain
    else:
        assert grouped.rule == "number-ambiguous"
        assert dict(grouped.params)["first"] == f"{value:.2f}".replace(".", ",")


@given(st.integers(1000, 10**9))
def test_english_thousands_of_households_are_refused(value: int) -> None:
    number = parse_text(f"{value:,}", "household")
    assert number.state is State.UNREADABLE
    if value < 10**6:
        assert dict(number.params)["first"] == str(value)


def test_a_date_that_excel_made_is_refused_with_what_it_may_have_been() -> None:
    number = parse(date(2025, 2, 1), "pct")
    assert (number.state, number.rule) == (State.UNREADABLE, "number-date")
    assert dict(number.params) == {"first": "1.2", "second": "2.2025"}
    assert shown(date(2025, 2, 1), None) == "01/02/2025"


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [
        (12.0, True), ("1.337", True), ("-", True), ("(12)", True), ("12 hộ", True),
        ("1,2,3", True), ("Na Rì, ngày 13 tháng 02 năm 2025", False), ("Nơi nhận:", False),
        ("TM. ỦY BAN NHÂN DÂN", False), ("xem ghi chú", False),
    ],
)  # fmt: skip
def test_a_footer_is_told_from_a_figure(cell: object, is_one: bool) -> None:
    assert is_figure(cell) is is_one


@given(st.decimals(0, 10**6, places=2))
def test_a_number_cell_keeps_its_digits(value: Decimal) -> None:
    parsed = parse_float(float(value), "million_vnd")
    assert parsed.value is not None and Decimal(parsed.value) == value


@given(st.text(max_size=12), st.sampled_from(["household", "pct", "million_vnd", None]))
def test_never_raises_and_never_half_reads(text: str, unit: str | None) -> None:
    number = parse_text(text, unit)
    assert (number.state is State.VALUE) == (number.value is not None)
    assert (number.state is State.UNREADABLE) == (number.rule is not None)
