"""Codes of the marts in the words of the annexes, from words.yaml, and units of measure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.catalogue.periods import periods
from etl.catalogue.units_of_measure import units_of_measure
from etl.ground.yaml_file import words_beside


class Both(str):
    """A text in both languages, "Đạt / met", which knows its Vietnamese and its English."""

    vi: str
    en: str

    def __new__(cls, vi: str = "", en: str = "") -> Both:
        """The text of the two; "" of none."""
        text = super().__new__(cls, f"{vi} / {en}" if vi or en else "")
        text.vi, text.en = vi, en
        return text


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, Any]]:
    """The words by kind and code: {"reasons": {"no_actual": {"vi": …, "en": …}}, …}; those of
    periods are the short ones of the seed."""
    of_periods = {code: period.short for code, period in periods().items()}
    return words_beside(__file__) | {"periods": of_periods}


def said(kind: str, code: str | None) -> Both:
    """The words for a code, "Đạt / met"; "" for no code.

    Raises KeyError for a code without words.
    """
    if not code:
        return Both()
    word = words()[kind][code]
    return Both(word["vi"], word["en"])


def one(kind: str, code: str, language: str) -> str:
    """The word for a code in one language, `vi` or `en`. Raises KeyError as `said` does."""
    return str(words()[kind][code][language])


def rounding(units: Iterable[str]) -> list[Both]:
    """What stands below a table of figures in these units: that rates were rounded one by one."""
    return [said("rounding", "rates")] if {"pct", "pp"} & {*units} else []


def of_communes(coverage: str | None, language: str) -> str:
    """What ref.rests_on says of a figure: "17/108 xã"; "1/9 huyện tự báo cáo" as it is."""
    counted = coverage or "0"
    if not counted[-1].isdigit():
        themselves = "huyện tự báo cáo" if language == "vi" else "districts themselves"
        return counted.replace("huyện tự báo cáo", themselves)
    return f"{counted} {'xã' if language == 'vi' else 'communes'}"


def unit_word(code: str) -> str:
    """A unit of measure, "hộ"; its code where it is in no list."""
    known = units_of_measure().get(code)
    return known.vi if known else code


def as_known(day: date | None) -> tuple[str, str]:
    """The sentence that says so, in Vietnamese and in English; empty for now (None)."""
    if day is None:
        return "", ""
    shown = f"{day:%d/%m/%Y}"
    return f"Số liệu tính đến hết ngày {shown}. ", f"As known at the end of {shown}. "


def dated_name(file: str, day: date | None) -> str:
    """Of ket_qua_066_2025.xlsx, ket_qua_066_2025_den_2025-06-10.xlsx; of now (None), the same."""
    path = Path(file)
    return f"{path.stem}_den_{day}{path.suffix}" if day else file
