"""What is wrong with one cell of a seed file, or with how it goes with the others of its row and
with the row that it names (sql/seeds/shape.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.ground.faults import unknown

Values = dict[str, str]
_PATTERNS = {
    "code": r"[A-Za-z0-9_][A-Za-z0-9_.\-]*", "number": r"-?\d+(\.\d+)?", "amount": r"\d+(\.\d+)?",
    "decimals": "[0-6]", "month_day": r"\d\d-\d\d", "day": r"\d{4}-\d\d-\d\d", "text": r".+",
    "phone": r"\+?\d[\d .()-]{5,18}\d", "email": r"[\w.+-]+@[\w-]+(\.[\w-]+)+",
    # a domain where anybody may have an address stands for nobody
    "sender": r"(?i)(?!@(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|zoho)"
              r"\.)[a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    "office": r"(?i)(?!.*\b(?:ông|bà|anh|chị|cô|chú|đ/c|đồng chí|đc)\b).+",
}  # fmt: skip
_SHAPES = {
    "code": ("mã: chữ cái, chữ số, dấu _ . -", "a code: letters, digits, _ . -"),
    "number": ("số viết như 12 hoặc 0.5", "a number like 12 or 0.5"),
    "amount": ("số từ 0 trở lên, viết như 12 hoặc 0.5", "a number from 0 up, like 12 or 0.5"),
    "decimals": ("số chữ số thập phân từ 0 đến 6", "a number of decimals, 0 to 6"),
    "month_day": ("tháng và ngày viết như 06-09", "month and day, like 06-09"),
    "day": ("ngày viết như 2025-06-09", "a day, like 2025-06-09"),
    "text": ("chữ", "words"),
    "phone": ("số điện thoại của cơ quan", "the phone number of an office"),
    "email": ("hộp thư của cơ quan, như vp@example.org", "the address of an office"),
    "sender": (
        "địa chỉ thư, như xa@example.org, hay @ và tên miền riêng của cơ quan, như @example.org",
        "an address, or @ and a domain of the office's own, like @example.org",
    ),
    "office": ("tên cơ quan; không ghi tên người", "an office; persons are not named"),
}


def no_code(column: str, text: str, known: set[str] | list[str]) -> str:
    """Words for a code that is not there."""
    return f"cột “{column}” / column “{column}”: " + unknown("mã", "code", text, known)


def misfit(kind: str, text: str) -> tuple[str, str] | None:
    """What a cell should be that is none of a kind; None where it is."""
    if not re.fullmatch(_PATTERNS[kind], text, re.DOTALL):
        return _SHAPES[kind]
    if kind in ("day", "month_day"):
        try:
            date.fromisoformat(text if kind == "day" else f"2024-{text}")
        except ValueError:
            return _SHAPES[kind]
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
