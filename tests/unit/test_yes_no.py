"""Cells that are answered yes or no: by the words of the list or the form's own; a blank is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.period_forms import drawn, forms_with
from tests.khoxa import khoxa

FORM = """
form: hardship
version: "2025"
title: {vi: "Xã thoát khỏi đặc biệt khó khăn", en: "Communes that left special hardship"}
filer: district
valid: {from: 2025, to: 2030}
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
OWN = ', values: {yes: ["Thoát"], no: ["Còn"]}'


def check(folder: Path, form: str, *answers: tuple[str, object]) -> dict[str, object]:
    environment = forms_with(folder / "forms", hardship=form)
    book = drawn(folder / "b.xlsx", "XÃ THOÁT KHỎI TÌNH TRẠNG ĐẶC BIỆT KHÓ KHĂN NĂM 2025",
                 "", ("Xã", "Kết quả"), *answers)  # fmt: skip
    (got,) = json.loads(khoxa("check", book, "--json", **environment).stdout)
    return got


def test_words_are_answers_and_a_blank_is_none(tmp_path: Path) -> None:
    said = [("Xã Kim Hỷ", "x"), ("Xã Văn Lang", "ĐẠT"), ("Xã Cư Lễ", "chưa đạt"),
            ("Xã Văn Vũ", 1), ("Xã Liêm Thủy", 0), ("Xã Sơn Thành", "✓"), ("Xã Kim Lư", "Có"),
            ("Xã Dương Sơn", "không"), ("Xã Trần Phú", ""), ("Tổng cộng", 5)]  # fmt: skip
    got = check(tmp_path, FORM % "", *said)
    rules = [f["rule"] for f in got["findings"] if f["severity"] == "fail"]
    assert rules == ["unit-missing"] or rules == [], got["findings"]
    assert "value-unknown" not in str(got["findings"])
    assert "total-row" not in str(got["findings"])


def test_a_wrong_total_and_another_word_are_found(tmp_path: Path) -> None:
    said = (("Xã Kim Hỷ", "x"), ("Xã Văn Lang", "gần đạt"), ("Tổng cộng", 3))
    rules = [f["rule"] for f in check(tmp_path, FORM % "", *said)["findings"]]
    assert "value-unknown" in rules


@pytest.mark.parametrize(("word", "is_known"), [("Thoát", True), ("Còn", True), ("x", False)])
def test_the_words_of_a_form_stand_in_place(tmp_path: Path, word: str, is_known: bool) -> None:
    got = check(tmp_path, FORM % OWN, ("Xã Kim Hỷ", word))
    assert ("value-unknown" not in str(got["findings"])) == is_known
