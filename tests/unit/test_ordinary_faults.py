"""A header that is not the form's: the cell that is to blame, once, and what it may mean."""

from __future__ import annotations

import pytest

from etl.ground.records import Finding
from tests.helpers.meaning_books import FUNDS, REGISTER, REVIEW, at, found
from tests.helpers.sheet_edits import Change, book, sentence

Told = list[tuple[str, str]]


def _told(name: str, *changes: Change) -> tuple[Told, list[Finding]]:
    said = found(book(name, *changes))
    return [(f.rule, f.cell) for f in said], said


@pytest.mark.parametrize(("cell", "text", "rule"), [
    ("E9", "Số hộ (ước)", "title-status"),
    ("E8", "Hộ nghèo (ước thực hiện)", "title-status"),
    ("E8", "Hộ nghèo 9 tháng", "period-not-on-form"),
    ("E9", "Số hộ (9 tháng)", "period-not-on-form"),
    ("E9", "Số hộ (người)", "measure-stated"),
    ("E8", "Hộ nghèo quý III", "period-not-on-form"),
    ("E9", "Số hộ dự kiến", "title-status"),
])  # fmt: skip
def test_another_state_period_or_unit_is_told_as_that(cell: str, text: str, rule: str) -> None:
    told, _said = _told(REVIEW, at(cell, text))
    assert told == [(rule, cell)]


@pytest.mark.parametrize(("cell", "text"), [
    ("D6", "Ngân sách trung ương (nghìn đồng)"), ("E6", "Ngân sách địa phương (tỷ đồng)"),
    ("C5", "Tổng vốn (nghìn đồng)"),
])  # fmt: skip
def test_thousands_of_dong(cell: str, text: str) -> None:
    told, said = _told(FUNDS, at(cell, text))
    assert ("measure-stated", cell) in told
    assert "triệu đồng" in sentence(said[0])
    assert not {"header-missing", "header-absent"} & {rule for rule, _cell in told}


def test_the_group_of_columns_is_blamed_once() -> None:
    told, said = _told(REVIEW, at("E8", "Hộ khó khăn"))
    assert told == [("header-missing", "E8")]
    assert "“Hộ khó khăn”" in sentence(said[0])
    assert "“Hộ nghèo”" in sentence(said[0])


def test_two_groups_are_blamed_each_once() -> None:
    told, _said = _told(REVIEW, at("E8", "Hộ khó khăn"), at("I8", "Hộ gần khó khăn"))
    assert sorted(told) == [("header-missing", "E8"), ("header-missing", "I8")]


def test_a_column_s_own_words_are_blamed_below_a_right_group() -> None:
    told, _said = _told(REVIEW, at("E9", "Tổng hộ"))
    assert told == [("header-missing", "E9")]


def test_the_year_stands_in_the_sentence() -> None:
    _, said = _told(REGISTER, at("D9", "Số hộ nghèo hiện tại (hộ)"))
    assert "{year}" not in "".join(map(sentence, said))
    assert any("đầu năm 2025" in sentence(f) for f in said)


def test_the_year_stands_in_the_sentence_on_an_unknown_header() -> None:
    changes = [at(c, "Cột lạ") for c in ("B9", "C9", "D9", "E9")]
    assert "{year}" not in "".join(map(sentence, _told(REGISTER, *changes)[1]))
