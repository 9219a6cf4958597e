"""A number is written one way wherever somebody reads it: groups of three after a full stop, then a
decimal comma. What was typed otherwise, and years, stay as they are."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground import database, numerals
from etl.ground.config import Settings
from etl.ground.records import Finding
from etl.night.told.lines import fill

EXACT = st.decimals(allow_nan=False, allow_infinity=False, places=None,
                    min_value=Decimal("-1e18"), max_value=Decimal("1e18"))  # fmt: skip
WRITTEN = re.compile(r"−?\d{1,3}(?:\.\d{3})*(?:,\d+)?")


def read(said: str) -> Decimal:
    return Decimal(said.replace(".", "").replace(",", ".").replace("−", "-"))


@given(EXACT)
def test_every_number_is_grouped_and_keeps_its_value(value: Decimal) -> None:
    said = numerals.in_full(value)
    assert WRITTEN.fullmatch(said)
    assert read(said) == value


@given(EXACT, st.integers(0, 4))
def test_a_rounded_one_is_half_a_place_away_at_most(value: Decimal, places: int) -> None:
    said = numerals.shown(value, places)
    assert WRITTEN.fullmatch(said)
    assert len(said.partition(",")[2]) == places
    assert abs(read(said) - value) * 2 <= Decimal(1).scaleb(-places)
    assert not said.startswith("−") or read(said)  # no minus before a nought


@given(st.integers(-(10**12), 10**12), st.integers(0, 5))
def test_a_quoted_number_without_groups_gets_them(digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    assert numerals.grouped(f"{value:f}".replace(".", ",")) == numerals.in_full(value)


@pytest.mark.parametrize(
    "typed",
    [
        "3.603,08",
        "3 603,08",
        "3,603.08",
        "0337",
        "3603 hộ",
        "39,66%",
        "",
        "-",
        "1e3",
        "46.",
        "1337.5",
        "1" * 400,
        "0," + "3" * 400,
    ],
)
def test_what_somebody_typed_otherwise_is_quoted_as_it_is(typed: str) -> None:
    assert numerals.grouped(typed) == typed


def test_both_languages_write_it_alike() -> None:
    sentence = {"vi": "Đọc {n} tệp của {name}.", "en": "{n} files read of {name}."}
    assert fill(sentence, n=13731, name="2025") == (
        "Đọc 13.731 tệp của 2025.", "13.731 files read of 2025.",
    )  # fmt: skip


def test_a_finding_of_the_reader_writes_counts_so_too() -> None:
    found = Finding(1, "unit-missing", params=(("count", numerals.shown(1337)), ("units", "…")))
    said = render(found, load_rules()["unit-missing"])
    assert "1.337 đơn vị" in said.message_vi
    assert "1.337 units" in said.message_en


def test_postgresql_writes_them_as_python_does(warehouse: Settings) -> None:
    asked = "select ref.number_text(unnest(cast(:values as numeric[])))"
    values = ["0", "999", "1000", "-1234567.80", "0.5", "102758.3412", "-0.05", "1e12"]
    with database.asking(warehouse) as connection:
        written = connection.execute(text(asked), {"values": values}).scalars().all()
    assert written == [numerals.in_full(Decimal(value)) for value in values]
