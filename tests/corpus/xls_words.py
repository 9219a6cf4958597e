"""Comments, text boxes and prompts of an Excel 97 sheet, as [MS-XLS] lays out their records."""

from __future__ import annotations

import struct
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

_COMMENT_BOX, _TEXT_BOX = 0x19, 0x06
_SHOWS_PROMPT = 0x40000
_WIDE = b"\x01"


def words_of(page: dict[str, Any]) -> bytes:
    """The records of what Sheet.page names: comment {cell: text}, textbox, prompt {cell: [title,
    text]}."""
    comments, box = page.get("comment", {}), page.get("textbox")
    drawn = [(_COMMENT_BOX, text) for text in comments.values()]
    drawn += [(_TEXT_BOX, box)] if box else []
    records = [_box(number, kind, text) for number, (kind, text) in enumerate(drawn, start=1)]
    for number, cell in enumerate(comments, start=1):
        author = struct.pack("<H", 1) + b"\0x\0"
        records.append(
            _record(0x1C, struct.pack("<4H", *xl_cell_to_rowcol(cell), 0, number) + author)
        )
    prompts = page.get("prompt", {})
    if prompts:
        records.append(_record(0x1B2, struct.pack("<HIIII", 0, 0, 0, 0xFFFFFFFF, len(prompts))))
    records += [_prompt(cell, *said) for cell, said in prompts.items()]
    return b"".join(records)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _box(number: int, kind: int, text: str) -> bytes:
    """OBJ, TXO, and its text in two CONTINUE records, and the runs of its font in a third."""
    common = struct.pack("<HHHHH12x", 0x15, 0x12, kind, number, 0x4011) + bytes(4)
    about = struct.pack("<HH6xHHI", 0x212, 0, len(text), 16, 0)
    half = len(text) // 2
    parts = (text[:half], text[half:])
    said = b"".join(_record(0x3C, _WIDE + part.encode("utf-16-le")) for part in parts)
    runs = _record(0x3C, struct.pack("<HHIHHI", 0, 0, 0, len(text), 0, 0))
    return _record(0x5D, common) + _record(0x1B6, about) + said + runs


def _prompt(cell: str, title: str, text: str) -> bytes:
    """A DV record of one cell that takes any value; titles and texts of prompt and error."""
    said = b"".join(map(_string, (title, "", text, "")))
    row, column = xl_cell_to_rowcol(cell)
    area = struct.pack("<5H", 1, row, row, column, column)
    return _record(0x1BE, struct.pack("<I", _SHOWS_PROMPT) + said + bytes(8) + area)


def _string(text: str) -> bytes:
    shown = text or "\0"
    return struct.pack("<H", len(shown)) + _WIDE + shown.encode("utf-16-le")
