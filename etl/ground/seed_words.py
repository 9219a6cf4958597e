"""What is wrong with one cell of a seed file, or with how it goes with the others of its row and
with the row that it names (sql/seeds/shape.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.ground.faults import unknown
from etl.ground.yaml_file import words_beside

Values = dict[str, str]


def no_code(column: str, text: str, known: set[str] | list[str]) -> str:
    """Words for a code that is not there."""
    return f"cột “{column}” / column “{column}”: " + unknown("mã", "code", text, known)


def misfit(kind: str, text: str) -> dict[str, str] | None:
    """What a cell should be that is none of a kind, in `vi` and `en`; None where it is."""
    shape: dict[str, str] = words_beside(__file__)["cells"][kind]
    if not re.fullmatch(shape["pattern"], text, re.DOTALL):
        return shape
    if kind in ("day", "month_day"):
        try:
            date.fromisoformat(text if kind == "day" else f"2024-{text}")
        except ValueError:
            return shape
    return None


def beside(column: str, rule: dict[str, Any], row: Values) -> Iterator[str]:
    """What a column that says something does not fit in the others of its row."""
    for other, words in rule.get("when", {}).items():
        if row[other] not in words:
            said = f"{other}: {', '.join(words)}"
            yield f"cột “{column}” chỉ đi với {said} / “{column}” goes with {said}"
    needed = [rule["with"]] if "with" in rule else []
    needed += [other for word, other in rule.get("needs", {}).items() if row[column] == word]
    for other in needed:
        if not row[other]:
            yield f"cột “{other}” còn trống, “{column}” cần nó / “{column}” needs “{other}”"
    if row[column] == row.get(rule.get("apart", ""), None):
        yield f"cột “{column}” và “{rule['apart']}” giống nhau / both are the same"


def no_reference(
    column: str, rule: dict[str, Any], text: str, own: str, known: dict[str, Values]
) -> str:
    """Why a row may not name the row of code `text`; "" where it may."""
    if text not in known:
        return no_code(column, text, set(known))
    if text == own:
        return f"cột “{column}” nêu chính dòng này / column “{column}” names the row itself"
    for other, words in rule.get("of", {}).items():
        if known[text][other] not in words:
            said, wanted = f"“{text}” ({other}: {known[text][other]})", ", ".join(words)
            return f"cột “{column}”: {said} phải là {wanted} / {said} must be {wanted}"
    return ""
