"""What is still to do until a target is reached, in words: "còn 14 hộ, cần 2,33 hộ/tháng"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from etl.ground import numerals
from etl.reports.words import one, unit_word

POINTS = {"pct": "pp"}  # what lies between two rates
_A_YEAR = "/năm"


def still(row: Mapping[Any, Any], language: str) -> str:
    """The remainder of a row of mart.attainment and the pace it asks for, or how much room there
    is under a limit; "" where nothing of it is known. `language` is `vi` or `en`.
    """
    value = row["remaining_value"] if row["remaining_value"] is not None else row["room_value"]
    if value is None:
        return ""
    code, times = row["unit_of_measure"], Decimal(1)
    unit = unit_word(POINTS.get(code, code)) if language == "vi" else ""
    if row["remaining_units"] is not None:  # of a share of xã: so many xã
        unit = unit and ("xã" if row["unit_scope"] == "commune" else "đơn vị")
        times, value = row["remaining_units"] / value, row["remaining_units"]
    text = _filled(_kind(row), language, numerals.shown(value), unit)
    if row["pace_needed"] is None:
        return text
    # what is a figure of a year already says so only once
    per = unit.removesuffix(_A_YEAR) + one("paces", row["pace_per"], language)
    text += ", " + _filled(
        "pace_needed", language, numerals.shown(row["pace_needed"] * times, 2), per
    )
    if row["pace_so_far"] is not None:
        text += (
            " ("
            + _filled("pace_so_far", language, numerals.shown(row["pace_so_far"] * times, 2), "")
            + ")"
        )
    return text


def _kind(row: Mapping[Any, Any]) -> str:
    """Which words: those of a way to go, or of what is too much, before its end or at it."""
    if row["remaining_value"] is None:
        return "room"
    is_over = row["verdict"] == "not_met"
    high = row["target_value_high"]
    if row["operator_read"] in ("<", "<=") or (high is not None and row["actual_value"] > high):
        # what was counted since 1 January does not come down again
        return "passed" if is_over or row["pace_per"] is None else "to_cut"
    return "missed" if is_over else "remaining"


def _filled(kind: str, language: str, value: str, unit: str) -> str:
    return one("still", kind, language).format(value=value, unit=unit).strip()
