"""A number as most are typed is read at first sight, and as the close look reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.ground.records import State
from etl.normalise.numbers import look_into, parse_text

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
