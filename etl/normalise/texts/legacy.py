"""A sheet typed for the fonts from before Unicode, decoded as a whole or not at all.

The fonts say which encoding it is and the lexicon confirms it; a single cell says nothing
("Na Rì" is Unicode, and "Na Rỡ" in TCVN3), so no cell is ever judged on its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.catalogue import lexicon
from etl.ground.addresses import address
from etl.ground.legacy import NAMES, FontEncoding, decode, goes_beyond_ascii
from etl.ground.records import Finding, Sheet, Workbook

_UNICODE_LETTERS = "àáâãèéêìíòóôõùúý"  # of Vietnamese, in the range that the old fonts fill
_ODD = re.compile(f"(?![{_UNICODE_LETTERS}{_UNICODE_LETTERS.upper()}])[\u00a1-\u00ff]")
_ONLY_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u0300-\u0323\u1ea0-\u1ef9]")
_FONT_PREFIXES: tuple[tuple[str, FontEncoding], ...] = (
    (".vn", "tcvn3"),
    ("vni-", "vni"),
    ("vni ", "vni"),
)


def unicode_sheet(workbook: Workbook, sheet: Sheet) -> tuple[Sheet, Finding] | Finding | None:
    """The sheet with its texts in Unicode and the warning text-legacy, where it is an old one.

    None where it is not, as far as can be told. The finding text-legacy-unclear (fail) where it
    is, but its fonts do not say so or only part of it is: no good text is risked. The given
    sheet, its numbers and the workbook stay as they are.
    """
    texts = [t for row in sheet.rows for t in row if type(t) is str and goes_beyond_ascii(t)]
    if not any(map(_ODD.search, texts)):
        return None
    suspects = [text for text in texts if not _ONLY_UNICODE.search(text)]
    raw = lexicon.read(suspects)
    if raw.marked < lexicon.ENOUGH or raw.rate >= lexicon.CLEAR:
        return None
    readings: dict[FontEncoding | None, list[str]] = {None: suspects}
    for name in ("tcvn3", "vni"):
        readings[name] = [decode(text, name) for text in suspects]
    encoding = lexicon.clearest(readings)
    is_mixed = len(suspects) < len(texts)
    named = {_encoding_of(font) for font in workbook.fonts(sheet.name)} if workbook.fonts else set()
    filing_id = workbook.received.filing_id
    if encoding and not is_mixed and named == {encoding}:
        note = Finding(filing_id, "text-legacy", sheet.name, seen=NAMES[encoding])
        return _decoded(sheet, encoding), note
    if encoding or (not is_mixed and named - {None}):
        cell, text = _first_odd(sheet)
        return Finding(filing_id, "text-legacy-unclear", sheet.name, cell, text)
    return None


def _encoding_of(font: str) -> FontEncoding | None:
    name = font.lower()
    return next((e for prefix, e in _FONT_PREFIXES if name.startswith(prefix)), None)


def _decoded(sheet: Sheet, encoding: FontEncoding) -> Sheet:
    rows = [[decode(c, encoding) if type(c) is str else c for c in row] for row in sheet.rows]
    return replace(sheet, rows=rows)


def _first_odd(sheet: Sheet) -> tuple[str, str]:
    """Address and text of the first cell that looks like an old encoding."""
    return next(
        (address(r, c), cell)
        for r, row in enumerate(sheet.rows)
        for c, cell in enumerate(row)
        if type(cell) is str and _ODD.search(cell) and not _ONLY_UNICODE.search(cell)
    )
