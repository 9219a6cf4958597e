"""Fonts, number formats and cell styles of an old Excel workbook (BIFF5, BIFF8)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from etl.read.appearance import BLACK, WHITE, Appearance, Run, is_unseen, symbol_font
from etl.read.formats import BUILT_IN

_FONT, _FORMAT, _XF, _BIFF8 = 0x31, 0x41E, 0xE0, 0x600
_NO_FONT = 4  # the number that no font has
_STRUCK, _FILL_ALIGNMENT, _SOLID = 0x08, 4, 1
_COLOURS = {1: WHITE, 9: WHITE, 65: WHITE, 0: BLACK, 8: BLACK, 64: BLACK, 0x7FFF: BLACK}
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


class _Font(NamedTuple):
    name: str
    is_struck: bool
    is_raised: bool
    colour: str
    points: float


class _Xf(NamedTuple):
    font: int
    format: int
    is_repeated: bool
    behind: str


class XlsStyles:
    """The records of a workbook's globals that say how its cells look; `add` takes them in."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self.is_biff8 = len(stream) > 5 and struct.unpack_from("<H", stream, 4)[0] == _BIFF8
        self._fonts: list[_Font] = []
        self._formats: dict[int, str] = {}
        self._xfs: list[_Xf] = []

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

    @property
    def is_plain(self) -> bool:
        """Whether no style shows a number or a text otherwise than it is stored."""
        return all(self.appearance(number).is_plain for number in range(len(self._xfs)))

    def appearance(self, number: int) -> Appearance:
        """A cell's style by its number."""
        if number >= len(self._xfs):
            return Appearance()
        xf = self._xfs[number]
        dated = "yyyy" if xf.format in _DATES else BUILT_IN.get(xf.format, "General")
        font = self._font_at(xf.font)
        return Appearance(
            self._formats.get(xf.format, dated) or "General",
            font.is_struck,
            font.is_raised,
            is_unseen(font.colour, xf.behind, font.points),
            xf.is_repeated,
            symbol_font(font.name),
        )

    def run(self, text: str, font: int | None) -> Run:
        """A piece of a text in a font; None is that of its cell."""
        if font is None:
            return Run(text)
        found = self._font_at(font)
        unseen = is_unseen(found.colour, WHITE, found.points)
        return Run(text, found.is_struck, found.is_raised, unseen)

    def font_names(self) -> dict[int, str]:
        """Font name by style number."""
        named = ((style, self._font_at(xf.font).name) for style, xf in enumerate(self._xfs))
        return {style: name for style, name in named if name}

    def _font_at(self, number: int) -> _Font:
        known = number < len(self._fonts)
        return self._fonts[number] if known else _Font("", False, False, "", 0)

    def _font(self, at: int) -> _Font:
        height, flags, colour, _weight, raised = struct.unpack_from("<5H", self._stream, at)
        length, wide = self._stream[at + 14], self._stream[at + 15]
        if self.is_biff8:
            name = self._stream[at + 16 : at + 16 + length * (1 + (wide & 1))]
            text = name.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        else:
            text = self._stream[at + 15 : at + 15 + length].decode("latin-1")
        shade = _COLOURS.get(colour, "")
        return _Font(text, bool(flags & _STRUCK), bool(raised), shade, height / 20)

    def _add_format(self, at: int) -> None:
        number = struct.unpack_from("<H", self._stream, at)[0]
        if self.is_biff8:
            length, wide = struct.unpack_from("<HB", self._stream, at + 2)
            code = self._stream[at + 5 : at + 5 + length * (1 + (wide & 1))]
            text = code.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        else:
            length = self._stream[at + 2]
            text = self._stream[at + 3 : at + 3 + length].decode("latin-1")
        self._formats[number] = text

    def _xf(self, at: int, length: int) -> _Xf:
        font, code = struct.unpack_from("<HH", self._stream, at)
        is_repeated = self._stream[at + 6] & 7 == _FILL_ALIGNMENT
        behind = ""  # not known, so nothing is hidden for sure
        if self.is_biff8 and length >= 20:
            borders, colours = struct.unpack_from("<IH", self._stream, at + 14)
            pattern = borders >> 26
            behind = _COLOURS.get(colours & 0x7F, "") if pattern == _SOLID else ""
            behind = WHITE if pattern == 0 else behind
        return _Xf(font, code, is_repeated, behind)
