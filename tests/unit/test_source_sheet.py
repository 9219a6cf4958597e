"""An annex that prints no row has no sheet of sources, whatever is known of its unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from etl.reports.sheet import Annex, Column
from etl.reports.source_sheet import Printed, source_sheet

ANNEX = Annex(
    "muc_tieu.xlsx", "Mục tiêu", (), ("T", "T"), ("", ""), "hộ", [Column("Xã", 9)], [("Kim Hỷ",)]
)
FOUND = {"Mục tiêu": [Printed("1", "Kim Hỷ", "Hộ nghèo, đầu năm", Decimal(173), None)]}


def test_it_stands_beside_what_is_printed() -> None:
    made = source_sheet(ANNEX, FOUND)
    assert made is not None and made.rows[0][:4] == ("1", "Kim Hỷ", "Hộ nghèo, đầu năm", 173)


def test_without_rows_there_is_none() -> None:
    assert source_sheet(replace(ANNEX, rows=[]), FOUND) is None
    assert source_sheet(replace(ANNEX, sheet="Tình hình nộp"), FOUND) is None
