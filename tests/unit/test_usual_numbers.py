"""A number as most are typed is read at first sight, and as the close look reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.ground.records import State
from etl.normalise.texts.numbers import look_into, parse_float, parse_text

UNITS = (None, "household", "person", "million_vnd", "pct", "number")
AS_TYPED = st.from_regex(r"\A[0-9]{1,5}([.,][0-9]{1,4}){0,4}\Z") | st.text(
    "0123456789.,", max_size=9
)


@given(AS_TYPED, st.sampled_from(UNITS))
def test_first_sight_and_close_look_agree(text: str, unit: str | None) -> None:
    assert parse_text(text, unit) == look_into(text, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", "0"), ("337", "337"), ("1.337", "1337"), ("1.337,5", "1337.5"), ("0,50", "0.50"),
     ("123456789012", "123456789012")],
)  # fmt: skip
def test_usual_amounts(text: str, value: str) -> None:
    number = parse_text(text, "million_vnd")
    assert (number.state, number.value, number.rule) == (State.VALUE, value, None)


@pytest.mark.parametrize("text", ["1,337", "0.337", "01.337", "1.337.5", "12.34.567", "1,2,3"])
def test_what_leaves_a_doubt_is_looked_into(text: str) -> None:
    assert parse_text(text, "household").rule is not None


@given(
    st.floats(-1e14, 1e14).filter(lambda number: not number or abs(number) > 1e-14)
    | st.decimals(-(10**6), 10**6, places=3).map(float)
)
def test_a_number_cell_has_the_digits_that_excel_shows(number: float) -> None:
    said = parse_float(number, "pct")
    assert said.state is State.VALUE and "e" not in (said.value or "e").lower()
    assert Decimal(said.value or "NaN") == Decimal(f"{number:.15g}")


@pytest.mark.parametrize(
    ("number", "value"),
    [(35.13, "35.13"), (1336.9999999999998, "1337"), (0.1 + 0.2, "0.3"), (60.0, "60"),
     (-0.5, "-0.5"), (0.00001234, "0.00001234")],
)  # fmt: skip
def test_number_cells(number: float, value: str) -> None:
    assert parse_float(number, "pct").value == value


@pytest.mark.parametrize("number", [0.5, 1337.25, -2.5])
def test_half_a_household_is_no_count(number: float) -> None:
    assert parse_float(number, "household").rule == "number-not-whole"
