"""Codes of the marts in the words that `khoxa status` shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.catalogue.definitions import form_titles, load_rules
from etl.ground.yaml_file import words_beside
from etl.reports.words import words


def in_words(columns: Sequence[str], row: Sequence[object]) -> list[object]:
    """A row with its codes in Vietnamese; a value without words stays as it is."""
    return [_said(column, value) for column, value in zip(columns, row, strict=True)]


def _said(column: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if (rule := load_rules().get(value)) and column in ("nội dung", "việc cần làm"):
        return rule.vi if column == "nội dung" else rule.fix.vi
    if column == "bản đồ":
        return ", ".join(_map(name) for name in value.split(", "))
    if column == "biểu":
        titles = form_titles()
        return titles[value].vi if value in titles else value
    kind = words_beside(__file__)["coded"].get(column)
    return words()[kind].get(value, {"vi": value})["vi"] if kind else value


def _map(name: str) -> str:
    return "như báo cáo" if name == "as_filed" else f"{date.fromisoformat(name):%d/%m/%Y}"
