"""Words of an old Excel workbook that stand in no cell: comments, text boxes, what cells ask for
(the NOTE, OBJ, TXO and DV records of [MS-XLS])."""

from __future__ import annotations

import struct

from etl.read.xls.styles import characters, string_at
from etl.read.xlsx.page import comment_text, prompt_texts

_NOTE, _OBJ, _TXO, _CONTINUE, _DV = 0x1C, 0x5D, 0x1B6, 0x3C, 0x1BE
_SHOWS_PROMPT, _WIDE, _MORE = 1 << 18, 1, 0xFFFF
Comment = tuple[int, int, str]


class Words:
    """Gathers the words of a sheet, record by record."""

    def __init__(self, is_biff8: bool) -> None:
        self._is_biff8 = is_biff8
        self._drawn: dict[int, str] = {}  # by the number of the box
        self._notes: list[tuple[int, int, int]] = []  # row, column, number of its box
        self._box = self._left = 0
        self._old: list[Comment] = []
        self.prompts: list[Comment] = []

    def add(self, stream: bytes, kind: int, at: int, length: int) -> None:
        """A record of the sheet, in their order. Raises struct.error."""
        if kind == _NOTE and not self._is_biff8:
            self._old_note(stream, at)
        elif kind == _NOTE:
            row, column, _flags, box = struct.unpack_from("<4H", stream, at)
            self._notes.append((row, column, box))
        elif kind == _OBJ and self._is_biff8:
            self._box = struct.unpack_from("<6xH", stream, at)[0]
        elif kind == _TXO:
            self._left = struct.unpack_from("<10xH", stream, at)[0]
        elif kind == _CONTINUE and self._left and length:
            wide = stream[at] & _WIDE
            size = min(self._left << wide, length - 1)
            text = characters(stream[at + 1 : at + 1 + size], wide)
            self._drawn[self._box] = self._drawn.get(self._box, "") + text
            self._left -= size >> wide
        elif kind == _DV and self._is_biff8:
            self._prompt(stream, at)

    def _old_note(self, stream: bytes, at: int) -> None:
        row, column, length = struct.unpack_from("<3H", stream, at)
        text = stream[at + 6 : at + 6 + min(length, 2048)].decode("latin-1")
        if row == _MORE and self._old:
            row, column, before = self._old.pop()
            text = before + text
        self._old.append((row, column, text))

    def _prompt(self, stream: bytes, at: int) -> None:
        flags = struct.unpack_from("<I", stream, at)[0]
        at, said = at + 4, []
        for _ in range(4):  # the titles of prompt and error, then their texts
            length, width = struct.unpack_from("<HB", stream, at)
            said.append(string_at(stream, at, self._is_biff8).strip("\0"))
            at += 3 + (length << (width & _WIDE))
        for _ in range(2):  # formulas
            at += 4 + struct.unpack_from("<H", stream, at)[0]
        row, column = struct.unpack_from("<2xH2xH", stream, at)
        if flags & _SHOWS_PROMPT:
            self.prompts += ((row, column, text) for text in prompt_texts(said[0], said[2]))

    @property
    def comments(self) -> list[Comment]:
        """The comments on cells."""
        found = [(row, column, self._drawn.get(box, "")) for row, column, box in self._notes]
        said = ((row, column, comment_text(text)) for row, column, text in [*found, *self._old])
        return [each for each in said if each[2]]

    @property
    def boxes(self) -> list[str]:
        """The lines of all other boxes."""
        notes = {box for _row, _column, box in self._notes}
        drawn = (text for box, text in self._drawn.items() if box not in notes)
        return [line.strip() for text in drawn for line in text.splitlines() if line.strip()]
