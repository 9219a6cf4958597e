"""What tells a row of a table from a heading, a note or a footer: whether it speaks of amounts.

A date, a year, the number of a document or of a page is no amount; nor is a sentence of a note.
All else with a digit is, and so are numbers in words and what stands for a figure that is yet to
come ("chưa có").
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.ground.text import key
from etl.normalise.header.plans import TablePlan
from etl.normalise.texts.cells import is_figure

_SENTENCE = 6  # words; an amount is said in fewer
_NAMED_BY_NUMBER = (
    "trang|tờ|biểu|mẫu|phụ lục|mục|điều|khoản|cột|dòng|khu vực|vùng|cụm|hạng|đợt|dự án|"
    "tiểu dự án|giai đoạn|đt|điện thoại|fax|số|tháng|quý|năm"
)
_NO_AMOUNT = (
    r"ngày[\s.…]*\d*[\s.…]*tháng[\s.…]*\d*[\s.…]*năm[\s.…]*\d*[\s.…]*",
    r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b",
    r"\b\d+/(?:\d{4}/)?[a-zđ][\w.-]*",  # 29/kh-ubnd, 24/2021/qđ-ttg
    rf"\b(?:{_NAMED_BY_NUMBER})\s*(?:số)?\s*[:.]?\s*\d[\d./-]*",
    r"\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\b",
    r"\(\s*\d{1,3}\s*b\s*\)|\b\d{1,3}\s*b\b",  # copies: "VT (05b)"
)
_OTHER_NUMBERS = re.compile("|".join(_NO_AMOUNT))
_AMOUNT = re.compile(
    r"^\W*(?:(?:ước|đạt|khoảng|trên|dưới|hơn|gần|tối thiểu|tối đa|ít nhất|không quá|từ|đến|còn|"
    r"giảm|tăng|có|được|bằng)\s+)*\W*\d"
)
_IN_WORDS = frozenset(
    ("không", "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "tám", "chín", "mười",
     "mươi", "mốt", "linh", "lẻ", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "hộ", "người", "khẩu")
)  # fmt: skip
_YET_TO_COME = re.compile(r"^(?:chưa|đang|không có|không phát sinh)\b")
_NUMBER = re.compile(r"^\(?\d{1,4}\s*[.)]?$")


@lru_cache(maxsize=65536)
def _says_amount(text: str) -> bool:
    plain = key(text)
    if not plain:
        return False
    if _YET_TO_COME.match(plain) or set(plain.split()) <= _IN_WORDS:
        return True
    rest = _OTHER_NUMBERS.sub(" ", plain)
    if not any(map(str.isdigit, rest)):
        return False
    return bool(_AMOUNT.match(rest)) or len(rest.split()) < _SENTENCE


def is_meant(cell: object) -> bool:
    """Whether a cell holds a figure, or words that stand for one."""
    return is_figure(cell) or _says_amount(str(cell))


def is_number(cell: object) -> bool:
    """Whether an ordinal is one of a row: a number, not the letter or Roman one of a heading."""
    if type(cell) is str:
        return bool(_NUMBER.match(cell.strip()))
    return type(cell) is float


def is_numbered(plan: TablePlan, row: list[object]) -> bool:
    """Whether a number stands in the row's ordinal column."""
    place = plan.ordinal_place
    return place is not None and place < len(row) and is_number(row[place])


def first_meant(plan: TablePlan, row: list[object], *, is_row: bool) -> int | None:
    """The first figure column in which a row holds, or was meant to hold, a figure.

    `is_row`: something else says that it is a row of the table, so that any word stands there
    instead of a figure.
    """
    for place in plan.figure_places:
        cell = row[place] if place < len(row) else ""
        if str(cell).strip() and (is_row or is_meant(cell)):
            return place
    return None
