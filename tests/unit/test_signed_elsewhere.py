"""A place of signing that is another unit than the filer is told, wherever it stands."""

from __future__ import annotations

import pytest

from tests.helpers.meaning_books import ASSIGNED, FUNDS, HALF, YEAR, at, found
from tests.helpers.sheet_edits import book

RULE = "signed-elsewhere"
SIGNED = "{}, ngày 25 tháng 12 năm 2025"


def told(name: str, cell: str, text: str) -> list[tuple[str, str]]:
    said = [each for each in found(book(name, at(cell, text))) if each.rule == RULE]
    return [(each.cell, dict(each.params)["unit"]) for each in said]


# YEAR is of the Xã Côn Minh of July 2025
@pytest.mark.parametrize(
    ("place", "cell"),
    [("Văn Lang", "E40"), ("Xã Văn Lang", "E40"), ("XUÂN DƯƠNG", "E3"), ("Cao Minh", "E3")],
)
def test_another_commune_of_the_province(place: str, cell: str) -> None:
    assert told(YEAR, cell, SIGNED.format(place)) == [(cell, "Xã Côn Minh")]


# its own, what it came of, the district and provinces that it lay in, no unit, one far away
@pytest.mark.parametrize(
    "place",
    ["Côn Minh", "Quang Phong", "Dương Sơn", "Na Rì", "Bắc Kạn", "Thái Nguyên", "Nà Làng", "Ba Tơ"],
)
def test_its_own_names(place: str) -> None:
    assert told(YEAR, "E40", SIGNED.format(place)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Văn Lang, xã Văn Lang",
        "Nhận của Văn Lang, Kim Hỷ ngày 5 tháng 12",
        "Số 15/BC-UBND, ngày 5 tháng 12 năm 2025",
        "Văn Lang",
    ],
)
def test_words_that_are_no_place_of_signing(text: str) -> None:
    assert told(YEAR, "E40", text) == []


def test_a_district_signs_in_its_town() -> None:
    assert told(FUNDS, "D20", "Yến Lạc, ngày 5 tháng 2 năm 2025") == []
    assert told(FUNDS, "D20", "Ngân Sơn, ngày 5 tháng 2 năm 2025") == [("D20", "Huyện Na Rì")]


def test_a_commune_before_the_merger() -> None:
    """Kim Hỷ and Văn Lang became the new Văn Lang, whose name may stand there days later."""
    signed = "{}, ngày 5 tháng 6 năm 2025"
    assert told(HALF, "E40", signed.format("Liêm Thủy")) == [("E40", "Xã Kim Hỷ")]
    assert told(HALF, "E40", signed.format("Văn Lang")) == []


def test_a_province_signs_in_any_of_its_units() -> None:
    assert told(ASSIGNED, "D20", "Na Rì, ngày 5 tháng 2 năm 2025") == []
