"""Remarks: comments on cells, what cells ask for, and texts beside a table under no header.

Who opens the workbook sees them by the figures: "số ước", "chỉ gồm 3 thôn", "đây là số của năm
2023" stop the filing, as the same words in a note do; a comparison with another year is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from etl.ground.addresses import address
from etl.ground.text import key
from etl.normalise.beside.notes import Filed, judged, noted
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.texts.cells import parse, written
from etl.normalise.texts.identity import years_in
from etl.normalise.texts.word_lists import ROW_WORDS
from etl.normalise.title.words import said_in

Fault = tuple[str, str] | None
_LETTER, _NUMBER = re.compile(r"[^\W\d_]"), re.compile(r"\d(?:[\d.,]*\d)?")
_ONLY_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d(?:[\d.,]*\d)?[ ?!]*")


def remark_findings(page: Page, out: Extracted, filed: Filed) -> None:
    """The findings on the remarks of a page, added to `out`."""
    for r, place, text in page.sheet.comments:
        if found := of_remark(text, filed) or _other_number(text, page.sheet.rows, r, place):
            rule = "comment-unsure" if found[0] == "note-unsure" else "comment-changes"
            out.find(rule, address(r, place), text, words=found[1])
    for r, place, text in page.sheet.prompts:
        for status, words in said_in(text, False).statuses:
            if status in ROW_WORDS["notes"]["statuses"]:
                out.find("prompt-changes", address(r, place), text, words=words)
    for r, place in _beside(page, out):
        cell = page.sheet.rows[r][place]
        if type(cell) is str and _LETTER.search(cell) and (found := of_remark(cell, filed)):
            out.find(found[0], address(r, place), cell.strip(), words=found[1], **filed.taken)
    for r, place in noted(page, out):
        if number := _strange_number(page.sheet.rows[r], place):
            out.find("note-unsure", address(r, place), number, words=number)


def _strange_number(row: list[object], place: int) -> str | None:
    """A note that is only a number, no year, which no cell of its row holds: perhaps the right
    figure."""
    text = written(row[place])
    if not _ONLY_NUMBER.fullmatch(text):
        return None
    others = (amount(cell) for at, cell in enumerate(row) if at != place)
    return None if amount(text.rstrip(" ?!")) in others else text


def _other_number(text: str, rows: list[list[object]], r: int, place: int) -> Fault:
    """A comment that holds only a number, and another one than its cell: "57?", "báo 57" on 75."""
    digits = ROW_WORDS.pattern("remarks", "number").fullmatch(key(text))
    cell = rows[r][place] if r < len(rows) and place < len(rows[r]) else ""
    if digits and written(cell)[:1].isdigit() and amount(digits[1]) != amount(cell):
        return "note-unsure", digits[1]
    return None


def amount(raw: object) -> object:
    """The number of a cell or text, however it is written, or that it begins with ("75 người");
    what is none as it is."""
    begins = _NUMBER.match(written(raw))
    said = (parse(each, None).value for each in (raw, begins and begins[0]))
    value = next(filter(None, said), None)
    return raw if value is None else Decimal(value)


def _beside(page: Page, out: Extracted) -> Iterator[tuple[int, int]]:
    """The cells of rows in columns without a header, and headers with nothing below them."""
    rows, layout = page.sheet.rows, page.plan.layout
    unused = {heading.place: heading.row for heading in layout.unused}
    headed = {*page.plan.places.values(), *unused}
    width = max(map(len, map(rows.__getitem__, out.rows)), default=0)
    for place in sorted({*range(width)} - headed):
        yield from ((r, place) for r in out.rows if place < len(rows[r]))
    for place, r in unused.items():
        if not any(place < len(rows[at]) and rows[at][place] != "" for at in out.rows):
            yield r, place


@lru_cache(maxsize=16384)
def of_remark(text: str, filed: Filed) -> Fault:
    """The rule that a remark breaks and the words that do it; None for one that changes nothing."""
    plain, unsure = key(text), judged(text, filed)
    if unsure and unsure[0] not in ("note-unsure", "signed-early"):
        return unsure
    statuses = ROW_WORDS["remarks"]["statuses"]
    for status, words in said_in(text, False).statuses:
        if status in statuses:
            return "note-changes", words
    is_start = filed.form.units_on == "start" and ROW_WORDS.pattern("remarks", "at_start").search(
        plain
    )
    first = filed.year - bool(is_start)
    own = ROW_WORDS.pattern("remarks", "documents").sub(" ", plain)  # documents have their years
    others = sorted(years_in(own) - {*range(first, filed.last_year + 1)})
    if others:
        is_compared = ROW_WORDS.pattern("remarks", "compares").search(plain)
        return ("note-unsure" if is_compared else "note-other-time"), str(others[0])
    return unsure if unsure and unsure[0] == "note-unsure" else None
