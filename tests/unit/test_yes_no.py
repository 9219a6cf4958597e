"""Cells that are answered yes or no, by the words of the list or the form's; a blank is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.period_forms import drawn, forms_with
from tests.khoxa import khoxa

FORM = """
form: hardship
version: "2025"
title: {vi: "Xã thoát khỏi đặc biệt khó khăn", en: "Communes that left special hardship"}
filer: district
valid: {from: 2022, to: 2030}
titles: ["xã thoát khỏi tình trạng đặc biệt khó khăn năm {year}"]
periods: {Y: []}
measure: actual
tables:
  communes:
    title: "Các xã"
    rows: units
    key_column: unit
    unit_level: commune
    total_labels: ["Tổng cộng"]
    columns:
      unit: {is: unit, header: ["Xã"]}
      left: {is: figure, header: ["Kết quả"], fact: indicator, indicator: commune_left_hardship,
             unit: yes_no, total: sum%s}
"""
OWN = ', values: {"yes": ["Thoát"], "no": ["Còn"]}'


def check(folder: Path, form: str, *answers: tuple[str, object]) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    environment = forms_with(folder / "forms", hardship=form)
    book = drawn(folder / "b.xlsx", "XÃ THOÁT KHỎI TÌNH TRẠNG ĐẶC BIỆT KHÓ KHĂN NĂM 2024",
                 "", ("Xã", "Kết quả"), *answers)  # fmt: skip
    (got,) = json.loads(khoxa("check", book, "--json", **environment).stdout)
    return got


def failing(got: dict[str, Any]) -> list[str]:
    return [f["rule"] for f in got["findings"] if f["severity"] == "fail"]


def test_words_are_answers_and_a_blank_is_none(tmp_path: Path) -> None:
    said = [("Xã Kim Hỷ", "x"), ("Xã Văn Lang", "ĐẠT"), ("Xã Cư Lễ", "chưa đạt"),
            ("Xã Văn Vũ", 1), ("Xã Liêm Thủy", 0), ("Xã Sơn Thành", "✓"), ("Xã Kim Lư", "Có"),
            ("Xã Dương Sơn", "không"), ("Xã Trần Phú", ""), ("Xã Văn Minh", "-")]  # fmt: skip
    got = check(tmp_path, FORM % "", *said, ("Tổng cộng", 5))
    assert failing(got) == []
    # the answers add up to five
    assert failing(check(tmp_path / "2", FORM % "", *said, ("Tổng cộng", 6))) == ["total-row"]


def test_another_word_is_found(tmp_path: Path) -> None:
    got = check(tmp_path, FORM % "", ("Xã Kim Hỷ", "x"), ("Xã Văn Lang", "gần đạt"))
    assert failing(got) == ["value-unknown"]


@pytest.mark.parametrize(("word", "is_known"), [("Thoát", True), ("Còn", True), ("x", False)])
def test_the_words_of_a_form_stand_in_place(tmp_path: Path, word: str, is_known: bool) -> None:
    got = check(tmp_path, FORM % OWN, ("Xã Kim Hỷ", word))
    assert failing(got) == ([] if is_known else ["value-unknown"])
