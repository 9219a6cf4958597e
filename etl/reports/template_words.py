"""The templates of the page, and the words and numbers that they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from etl.ground import numerals, templates
from etl.reports.illustrative import SENTENCE
from etl.reports.remaining import still
from etl.reports.words import one, unit_word, words

Row = Mapping[str, Any]


def environment() -> Environment:
    """The environment of etl/reports/templates."""
    templated = templates.environment(__file__, is_html=True)
    templated.filters.update(
        number=numerals.shown, money=numerals.money, brief=numerals.brief, day=numerals.day
    )
    templated.globals.update(
        vi=lambda kind, code: one(kind, code, "vi"), en=lambda kind, code: one(kind, code, "en"),
        sign=lambda code: words()["signs"][code], unit_word=unit_word, aim=aim,
        still=still, standard=standard, sentence=SENTENCE,
        has_words=lambda text: any(letter.isalpha() for letter in text),
    )  # fmt: skip
    return templated


def aim(row: Row, language: str) -> str:
    """What a target asks for: "từ 361 hộ trở lên", "khoảng 477 hộ", "18/18 xã"."""
    operator = row["operator"]
    if operator == "none":
        return one("operators", operator, language)
    value = numerals.shown(row["target_value"])
    if row["target_value_high"] is not None:
        value += f"–{numerals.shown(row['target_value_high'])}"
    if row["total_value"] is not None:
        value += f"/{numerals.shown(row['total_value'])}"
    if language == "vi":
        value += f" {unit_word(row['unit_of_measure'])}"
    if operator == "=":
        return value
    word = one("operators", operator, language)
    return word.replace("…", value) if "…" in word else f"{word} {value}"


def standard(code: str, language: str) -> str:
    """A poverty standard by its code in sql/seeds/year.csv, `short` in a drawing; its code where
    a province's own seed brought a new one."""
    return str(words()["standards"].get(code, {}).get(language, code))
