"""What is still to do, in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.reports.remaining import still

NUMBERS = ("remaining_value", "remaining_units", "room_value", "pace_so_far", "pace_needed")
NOTHING = dict.fromkeys((*NUMBERS, "pace_per", "target_value_high", "unit_scope"))


@pytest.mark.parametrize(
    ("row", "vi", "en"),
    [
        ({}, "", ""),
        (
            {"remaining_value": 14, "pace_per": "month",
             "pace_needed": "2.33", "pace_so_far": "1.17"},
            "còn 14 hộ, cần 2,33 hộ/tháng (đến nay 1,17)",
            "14 to go, 2,33 a month needed (1,17 so far)",
        ),
        (
            {"remaining_value": "0.07", "unit_of_measure": "pp", "verdict": "not_met",
             "pace_per": "month"},
            "thiếu 0,07 điểm %", "0,07 short",
        ),
        (  # 13 of 17 xã less 7; 6 x 5.64 / 33.83 = 1.0003, 6 x 2 / 33.83 = 0.35
            {"remaining_value": "33.83", "remaining_units": 6, "unit_scope": "commune",
             "unit_of_measure": "pct", "pace_per": "month", "pace_needed": "5.64",
             "pace_so_far": "2"},
            "còn 6 xã, cần 1,00 xã/tháng (đến nay 0,35)",
            "6 to go, 1,00 a month needed (0,35 so far)",
        ),
        (
            {"remaining_value": "0.5", "remaining_units": 1, "unit_scope": "all",
             "unit_of_measure": "pct"},
            "còn 1 đơn vị", "1 to go",
        ),
        ({"remaining_value": "0.34", "unit_of_measure": "pct"}, "còn 0,34 điểm %", "0,34 to go"),
        (
            {"remaining_value": "0.05", "unit_of_measure": "pp_per_year", "pace_per": "year",
             "pace_needed": "0.35", "pace_so_far": "0.15"},
            "còn 0,05 điểm %/năm, cần 0,35 điểm %/năm (đến nay 0,15)",
            "0,05 to go, 0,35 a year needed (0,15 so far)",
        ),
        (
            {"remaining_value": 50, "operator_read": "<=", "pace_per": "month",
             "pace_needed": "8.33", "pace_so_far": "-1.67"},
            "còn phải giảm 50 hộ, cần 8,33 hộ/tháng (đến nay −1,67)",
            "50 to come down, 8,33 a month needed (−1,67 so far)",
        ),
        ({"remaining_value": 1, "operator_read": "<="}, "quá 1 hộ", "1 too many"),
        (
            {"remaining_value": 1, "operator_read": "between", "target_value_high": 30,
             "actual_value": 31, "verdict": "not_met", "pace_per": "month"},
            "quá 1 hộ", "1 too many",
        ),
        ({"room_value": 45, "operator_read": "<="}, "còn được thêm 45 hộ", "room for 45 more"),
    ],
)  # fmt: skip
def test_words(row: dict[str, object], vi: str, en: str) -> None:
    whole = {**NOTHING, "unit_of_measure": "household", "operator_read": ">=", "verdict": "behind",
             "actual_value": 0, **row}  # fmt: skip
    numbers = {
        name: Decimal(str(value)) if value is not None and name in NUMBERS else value
        for name, value in whole.items()
    }  # fmt: skip
    assert (still(numbers, "vi"), still(numbers, "en")) == (vi, en)
