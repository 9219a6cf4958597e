"""Hidden sheets, csv and lists of persons are read as a careful person reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from etl.ground.records import ReceivedFile, Sheet, Workbook
from etl.read import read
from tests.helpers.meaning_books import (
    ASSIGNED,
    at,
    stops,
)
from tests.helpers.sheet_edits import book


def test_figures_of_a_hidden_sheet_where_those_that_can_be_seen_are_others() -> None:
    """Who opens the file sees 25 households for Kim Hỷ; the hidden sheet says 20."""
    workbook = book(ASSIGNED)
    (old,) = workbook.sheets
    new = deepcopy(old)
    new.name = "Tổng hợp"
    for cell, value in (("A5", "TỔNG HỢP"), ("B8", "Xã"), ("C9", "Số hộ"), ("D9", "Tỷ lệ"),
                        ("C11", "25")):  # fmt: skip
        at(cell, value)(new)
    assert stops(Workbook(workbook.received, [replace(old, visible=False), new]))


def _csv(tmp_path: Path, rows: list[list[object]], change: Callable[[str], str]) -> Workbook:
    out = io.StringIO()
    csv.writer(out).writerows(
        [(str(int(c)) if c == int(c) else str(c).replace(".", ",")) if type(c) is float else c
         for c in row]
        for row in rows
    )  # fmt: skip
    path = tmp_path / "giao.csv"
    path.write_text(change(out.getvalue()), encoding="utf-8-sig", newline="")
    return read(ReceivedFile(1, path.name, str(path)))


def test_decimal_commas_in_a_comma_csv_without_quotes(tmp_path: Path) -> None:
    """1,12 falls into two columns, of which the second is that of notes: 1 point was loaded."""
    rows = book(ASSIGNED).sheets[0].rows
    workbook = _csv(tmp_path, rows, lambda text: text.replace('"', ""))
    assert stops(workbook)


PEOPLE = ["NGUYEN VAN AN", "HOANG THI MAI", "LY VAN DUNG", "TRIEU THI HOA", "BAN VAN SINH"]


@pytest.mark.parametrize("header", ["Ho ten", "Ten", "Ho va ten chu ho"])
def test_names_of_persons_without_accents(header: str) -> None:
    workbook = book(ASSIGNED)
    rows = [["TT", header, "So khau"], *([float(n), name, 4.0] for n, name in enumerate(PEOPLE))]
    persons = Sheet("DS", True, [list[object](row) for row in rows], [])
    assert "personal-data" in stops(Workbook(workbook.received, [*workbook.sheets, persons]))


def test_names_of_persons_in_three_columns() -> None:
    workbook = book(ASSIGNED)
    names = [["Hoàng", "Văn", "Thắng"], ["Nông", "Thị", "Mai"], ["Lý", "Văn", "Dũng"]]
    rows = [["TT", "Họ", "Đệm", "Tên"], *([float(n), *name] for n, name in enumerate(names))]
    persons = Sheet("DS", True, [list[object](row) for row in rows], [])
    assert "personal-data" in stops(Workbook(workbook.received, [*workbook.sheets, persons]))
