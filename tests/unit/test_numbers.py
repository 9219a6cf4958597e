"""The number parser: the written rule, both ways, in both notations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.ground.records import State
from etl.normalise.texts.cells import is_figure, parse, shown
from etl.normalise.texts.numbers import parse_float, parse_text


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
        ("75.", "household", "75"),
        ("1.337.", "person", "1337"),
        ("75Người", "person", "75"),
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
        ("75..", "household", "number-unreadable"),
        ("75,", "household", "number-unreadable"),
        ("1.33.", "household", "number-unreadable"),
        ("75.", "million_vnd", "number-unreadable"),  # 75.5, cut off?
        ("75Người", "household", "number-unreadable"),
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


# What people and programs write, each decided: a value, or the rule and both readings.


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1 337,5", "million_vnd", "1337.5"), ("1\u202f337", "household", "1337"),
        ("𝟙𝟛𝟛𝟟", "household", "1337"), ("８，０８％", "pct", "8.08"), ("－12", "pp", "-12"),
        ("1 337 hộ", "household", "1337"), ("15 hộ", "household", "15"),
        ("15hộ", "household", "15"), ("15 người", "person", "15"),
        ("8,08 %", "pct", "8.08"), ("3,5 điểm %", "pp", "3.5"),
        ("60 triệu", "million_vnd", "60"), ("60 triệu đồng", "million_vnd", "60"),
        ("+12", "household", "12"), ("\u221212", "million_vnd", "-12"), ("+ 12", "household", "12"),
        ("15.0", "household", "15"), ("1337.00", "person", "1337"), ("15,0", "household", "15"),
        ("1.337,000", "household", "1337"), ("15.0000", "household", "15"),
        ("28.883283", "pct", "28.883283"), ("0,125", "million_vnd", "0.125"),
        ("00", "household", "0"), ("05", "household", "5"), ("08,08", "pct", "8.08"),
        ("8,08\n%", "pct", "8.08"), ("\n15\n", "household", "15"), ("15\nhộ", "household", "15"),
        ("4\u200e13", "household", "413"), ("\u200f413", "household", "413"),
        ("1.337.000", "million_vnd", "1337000"),
    ],
)  # fmt: skip
def test_one_reading_is_read(text: str, unit: str, value: str) -> None:
    assert parse_text(text, unit)[:3] == (State.VALUE, value, None)


@pytest.mark.parametrize(
    ("text", "unit", "first", "second"),
    [
        ("8¹", "household", "8", "81"), ("8²", "pct", "8", "82"), ("8,5³", "pct", "8,5", "8,53"),
        ("8₁", "household", "8", "81"), ("7\n5", "household", "75", "7 / 5"),
        ("- 12", "household", "12", "-12"), ("–12", "pp", "12", "-12"), ("12-", "pp", "12", "-12"),
        ("— 1.337", "household", "1337", "-1337"), ("15,000", "household", "15000", "15,000"),
        ("1,250", "number", "1250", "1,250"), ("1,250", "million_vnd", "1250", "1,250"),
        ("0.808", "pct", "0,808", "808"), ("05.250", "million_vnd", "5,250", "5250"),
        ("1337.125", "million_vnd", "1337,125", "1337125"), ("-1,250", "number", "-1250", "-1,250"),
    ],
)  # fmt: skip
def test_two_readings_are_both_named(text: str, unit: str, first: str, second: str) -> None:
    number = parse_text(text, unit)
    assert (number.value, number.rule) == (None, "number-ambiguous")
    assert dict(number.params) == {"first": first, "second": second}


@pytest.mark.parametrize(
    ("text", "unit", "rule"),
    [
        ("①", "household", "number-character"), ("½", "pct", "number-character"),
        ("8½", "pct", "number-character"), ("Ⅷ", "household", "number-character"),
        ("¹²", "household", "number-character"), ("٣", "household", "number-character"),
        ("१२", "household", "number-character"), ("7̶5", "household", "number-character"),
        ("\u202e21", "household", "number-character"), ("1\u20662", "pct", "number-character"),
        ("4\u200f13", "household", "number-character"), ("1 337\u200f", "pct", "number-character"),
        ("\u200f-12", "pp", "number-character"),
        ("28.883283", "household", "number-not-whole"), ("1\t337", "household", "number-ambiguous"),
    ],
)  # fmt: skip
def test_no_certain_reading_is_refused(text: str, unit: str, rule: str) -> None:
    assert parse_text(text, unit)[:3] == (State.UNREADABLE, None, rule)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("15 tỷ", "household"), ("60 USD", "million_vnd"), ("15 người", "household"),
        ("15 hộ", "million_vnd"), ("15 hộ", "pct"), ("60 nghìn đồng", "pct"),
        ("15 triệu", "household"), ("18 hộ nghèo", "household"), ("1'337", "household"),
        ("1e3", "household"), ("1.2.3", "million_vnd"), (".5", "pct"), ("5.", "pct"),
        (",5", "pct"), ("007", "household"), ("0123", "household"), ("1.337,", "household"),
        ("1..337", "household"), ("12 345 67", "household"), ("1  337", "household"),
        ("1.337.5", "household"), ("12.34.567", "pct"), ("1,337.", "household"), ("--12", "pp"),
        ("-(12)", "pp"), ("(-12)", "pp"), ("1.337,5,5", "pct"), ("1O5", "household"),
        ("l5", "household"), ("≥ 18", "household"), ("8*", "household"), ("8 (1)", "household"),
        ("18/18", "household"), ("8‰", "pct"),
    ],
)  # fmt: skip
def test_what_is_no_number_by_the_rule_is_refused(text: str, unit: str) -> None:
    assert parse_text(text, unit)[:3] == (State.UNREADABLE, None, "number-unreadable")


def test_an_odd_character_is_named() -> None:
    assert dict(parse_text("٣", "household").params) == {
        "characters": "U+0663 ARABIC-INDIC DIGIT THREE"
    }
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in dict(parse_text("\u202e21", "pct").params).values()


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (1336.9999999999998, "household", "1337"), (0.1 + 0.2, "pct", "0.3"),
        (8.08 * 100, "pct", "808"), (-0.0, "household", "0"), (60.25, "million_vnd", "60.25"),
        (1e-07, "pct", "0.0000001"),
    ],
)  # fmt: skip
def test_a_number_cell_is_read_to_the_digits_that_excel_shows(
    number: float, unit: str, value: str
) -> None:
    assert parse_float(number, unit)[:2] == (State.VALUE, value)


def test_a_real_fraction_of_a_household_stays_refused() -> None:
    assert parse_float(1336.99999, "household").rule == "number-not-whole"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("8¹", True), ("½", True), ("Ⅷ", True), ("٣", True), ("１２", True), ("\u200e413", True),
        ("≥ 18", True), ("20 - 30", True), ("18/18", True), ("1..337", True), ("1'337", True),
        (".5", True), ("1e3", True), ("1O5", True), ("7\n5", True), ("=B3+C3", True),
        ("#REF!", True), ("#N/A", True), ("−12", True), ("12-", True), ("8 (1)", True),
        ("60 triệu đồng", True), ("1,5 tỷ", True),
        ("13/02/2025", False), ("…/…/2025", False), ("02/2025", False), ("Số: 29/KH-UBND", False),
        ("Ol", False), ("", False), ("…", False), ("(Ký tên)", False), ("- Lưu: VT.", False),
    ],
)  # fmt: skip
def test_what_is_meant_as_a_figure(text: str, is_one: bool) -> None:
    assert is_figure(text) is is_one
