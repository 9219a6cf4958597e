"""What must hold of the number parser for any text: numbers written by the rule are read back, and
nothing is read that a person would not see as that number."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.ground.records import State
from etl.normalise.texts.cells import is_figure
from etl.normalise.texts.numbers import Number, parse_float, parse_text

UNITS = st.sampled_from(["household", "person", "pct", "pp", "million_vnd", "number"])
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
SPACES = "\u00a0\u2007\u2009\u202f"
TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
OTHER_DIGITS = "٠٣٩۴०५๓၃①②⑩ⅧⅫ½¼¾㈠〇"
FIGURES = st.text(
    "0123456789.,%-+() \n" + INVISIBLE + SPACES + RAISED + TURNED + "hộOl−–", max_size=12
)


def vietnamese(value: Decimal, grouping: str = ".") -> str:
    """By the rule, in groups of three; "1337.5" is 1.337,5."""
    whole, _, decimals = format(abs(value), "f").partition(".")
    groups = f"{int(whole):,}".replace(",", grouping)
    return ("-" if value < 0 else "") + groups + (f",{decimals}" if decimals else "")


def value_of(number: Number) -> Decimal | None:
    return None if number.value is None else Decimal(number.value)


@given(st.integers(0, 10**12), UNITS, st.sampled_from([".", " ", *SPACES]))
def test_whole_numbers_read_back(number: int, unit: str, grouping: str) -> None:
    assert value_of(parse_text(vietnamese(Decimal(number), grouping), unit)) == number


@given(st.integers(0, 10**12), UNITS)
def test_ungrouped_whole_numbers_read_back(number: int, unit: str) -> None:
    assert value_of(parse_text(str(number), unit)) == number


@given(
    st.integers(1, 6).flatmap(lambda places: st.decimals(0, 10**9, places=places)),
    st.sampled_from(["pct", "pp"]),
    st.sampled_from([".", " ", *SPACES]),
    st.sampled_from(["", "%", " %", "\u00a0%"]),
)
def test_decimals_read_back(value: Decimal, unit: str, grouping: str, sign: str) -> None:
    assert value_of(parse_text(vietnamese(value, grouping) + sign, unit)) == value


@given(st.decimals(0, 10**9, places=3), st.sampled_from(["million_vnd", "number"]))
def test_three_decimals_read_back_or_are_refused_with_the_true_reading(
    value: Decimal, unit: str
) -> None:
    number = parse_text(vietnamese(value), unit)
    if number.value is None:
        assert vietnamese(value) in dict(number.params).values()
    else:
        assert Decimal(number.value) == value


@given(st.decimals(-(10**9), 10**9, places=2), UNITS)
def test_a_sign_is_kept(value: Decimal, unit: str) -> None:
    plain, minus = vietnamese(abs(value)), f"\u2212{vietnamese(abs(value))}"
    number = parse_text(plain, unit)
    if number.value is not None:
        assert value_of(parse_text(minus, unit)) == -Decimal(number.value)
        assert value_of(parse_text(f"({plain})", unit)) == -Decimal(number.value)
        assert value_of(parse_text(f"+{plain}", unit)) == Decimal(number.value)


@given(st.integers(0, 10**9), UNITS, st.data())
def test_what_nobody_sees_changes_nothing(number: int, unit: str, data: st.DataObject) -> None:
    text = vietnamese(Decimal(number))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(INVISIBLE.replace("\u200f", ""))) + text[at:]
    assert value_of(parse_text(text, unit)) == number
    assert is_figure(text)


@given(st.text("0123456789", min_size=1, max_size=6), UNITS, st.data())
def test_no_other_digit_is_ever_read(text: str, unit: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    odd = data.draw(st.sampled_from(RAISED + OTHER_DIGITS + TURNED))
    written = text[:at] + odd + text[at:]
    number = parse_text(written, unit)
    assert number.state is State.UNREADABLE and number.value is None
    assert is_figure(written)


@given(FIGURES | st.text(max_size=12), UNITS | st.none())
def test_nothing_is_read_that_is_not_seen(text: str, unit: str | None) -> None:
    number = parse_text(text, unit)
    assert (number.state is State.VALUE) == (number.value is not None)
    assert (number.state is State.UNREADABLE) == (number.rule is not None)
    if number.value is None:
        return
    assert is_figure(text)
    assert not set(text) & set(RAISED + OTHER_DIGITS + TURNED)
    seen = [unicodedata.digit(c) for c in text if c.isdigit()]
    read = [int(c) for c in number.value if c.isdigit()]
    assert "".join(map(str, seen)).strip("0").startswith("".join(map(str, read)).strip("0"))


@given(st.floats(allow_nan=True, allow_infinity=True), UNITS | st.none())
def test_a_number_cell_is_what_excel_shows(number: float, unit: str | None) -> None:
    parsed = parse_float(number, unit)
    if parsed.value is not None:
        shown = Decimal(format(number, ".15g"))
        assert Decimal(parsed.value) == shown
        assert "e" not in parsed.value.lower()


@pytest.mark.parametrize("text", [f"4{mark}13" for mark in INVISIBLE if mark != "\u200f"])
def test_each_invisible_character(text: str) -> None:
    assert parse_text(text, "household").value == "413"
