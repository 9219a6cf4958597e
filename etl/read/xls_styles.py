"""Fonts, number formats and cell styles of an old Excel workbook (BIFF5, BIFF8)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from etl.read.appearance import WHITE, Appearance, Run, is_unseen
from etl.read.colours import DEFAULT, indexed
from etl.read.dated_formats import BUILT_IN as DAYS
from etl.read.formats import BUILT_IN

_FONT, _FORMAT, _XF, _PALETTE, _BIFF8 = 0x31, 0x41E, 0xE0, 0x92, 0x600
_NO_FONT = 4  # the number that no font has
_STRUCK, _FILL_ALIGNMENT, _SOLID, _FIRST_THIN = 0x08, 4, 1, 11
_AUTOMATIC = 0x7FFF
_DATES = dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy")
_DATES |= DAYS


class _Font(NamedTuple):
    name: str
    is_struck: bool
    is_raised: bool
    colour: int
    points: float


class _Xf(NamedTuple):
    font: int
    format: int
    is_repeated: bool
    pattern: int
    front: int
    back: int


class XlsStyles:
    """The records of a workbook's globals that say how its cells look; `add` takes them in."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self.is_biff8 = len(stream) > 5 and struct.unpack_from("<H", stream, 4)[0] == _BIFF8
        self._fonts: list[_Font] = []
        self._formats: dict[int, str] = {}
        self._xfs: list[_Xf] = []
        self._palette = list(DEFAULT)

    def add(self, kind: int, at: int, length: int) -> None:
        """Take in a record of the globals. Raises struct.error, IndexError."""
        if kind == _FONT:
            if len(self._fonts) == _NO_FONT:
                self._fonts.append(self._fonts[0])
            self._fonts.append(self._font(at))
        elif kind == _FORMAT:
            self._add_format(at)
        elif kind == _XF:
            self._xfs.append(self._xf(at, length))
        elif kind == _PALETTE:
            count = struct.unpack_from("<H", self._stream, at)[0]
            own = (self._stream[at + 2 + 4 * n : at + 5 + 4 * n].hex() for n in range(count))
            self._palette[8 : 8 + count] = own

    @property
    def is_plain(self) -> bool:
        """Whether no style shows a number or a text otherwise than it is stored."""
        return all(self.appearance(number).is_plain for number in range(len(self._xfs)))

    def appearance(self, number: int) -> Appearance:
        """A cell's style by its number."""
        if number >= len(self._xfs):
            return Appearance()
        xf = self._xfs[number]
        font = self._font_at(xf.font)
        behind = self._behind(xf)
        return Appearance(
            self.format_code(xf.format),
            font.is_struck,
            font.is_raised,
            is_unseen(colour := self.colour(font.colour), behind, font.points),
            xf.is_repeated,
            font.name,
            behind,
            colour,
        )

    def colour(self, number: int) -> str:
        """The colour of a number, of the workbook's own ones where it has any."""
        return indexed(number, self._palette)

    def format_code(self, number: int) -> str:
        """The number format of a number."""
        dated = BUILT_IN.get(number, _DATES.get(number, "General"))
        return self._formats.get(number, dated) or "General"

    def _behind(self, xf: _Xf) -> str:
        """The colour behind a cell; "" for a dense pattern of two colours, which hides nothing for
        sure."""
        front, back = self.colour(xf.front), self.colour(xf.back)
        if xf.pattern == 0:
            return WHITE
        if xf.pattern == _SOLID or (xf.pattern < _FIRST_THIN and is_unseen(front, back, 0)):
            return front
        return back if xf.pattern >= _FIRST_THIN else ""

    def run(self, text: str, font: int | None) -> Run:
        """A piece of a text in a font; None is that of its cell."""
        if font is None:
            return Run(text)
        found = self._font_at(font)
        return Run(text, found.is_struck, found.is_raised, self.colour(found.colour), found.points)

    def _font_at(self, number: int) -> _Font:
        known = number < len(self._fonts)
        return self._fonts[number] if known else _Font("", False, False, _AUTOMATIC, 0)

    def _font(self, at: int) -> _Font:
        height, flags, colour, _weight, raised = struct.unpack_from("<5H", self._stream, at)
        length, wide = self._stream[at + 14], self._stream[at + 15]
        if self.is_biff8:
            name = self._stream[at + 16 : at + 16 + length * (1 + (wide & 1))]
            text = name.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        else:
            text = self._stream[at + 15 : at + 15 + length].decode("latin-1")
        return _Font(text, bool(flags & _STRUCK), bool(raised), colour, height / 20)

    def _add_format(self, at: int) -> None:
        number = struct.unpack_from("<H", self._stream, at)[0]
        self._formats[number] = self.format_at(at + 2)

    def format_at(self, at: int) -> str:
        """The number format that is written at a place. Raises struct.error, IndexError."""
        if self.is_biff8:
            length, wide = struct.unpack_from("<HB", self._stream, at)
            code = self._stream[at + 3 : at + 3 + length * (1 + (wide & 1))]
            return code.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        length = self._stream[at]
        return self._stream[at + 1 : at + 1 + length].decode("latin-1")

    def _xf(self, at: int, length: int) -> _Xf:
        font, code = struct.unpack_from("<HH", self._stream, at)
        is_repeated = self._stream[at + 6] & 7 == _FILL_ALIGNMENT
        pattern = colours = 0
        if self.is_biff8 and length >= 20:
            borders, colours = struct.unpack_from("<IH", self._stream, at + 14)
            pattern = borders >> 26
        elif not self.is_biff8 and length >= 16:
            colours = struct.unpack_from("<I", self._stream, at + 8)[0]
            pattern = colours >> 16 & 0x3F
        return _Xf(font, code, is_repeated, pattern, colours & 0x7F, colours >> 7 & 0x7F)
