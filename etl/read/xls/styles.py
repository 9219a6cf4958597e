"""Fonts, number formats and cell styles of an old Excel workbook (BIFF5, BIFF8)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from etl.read.seen.appearance import WHITE, Appearance, Font, Run, is_unseen
from etl.read.seen.colours import DEFAULT, indexed
from etl.read.seen.dated_formats import built_in

_FONT, _FORMAT, _XF, _PALETTE, _BIFF8 = 0x31, 0x41E, 0xE0, 0x92, 0x600
_NO_FONT = 4  # the number that no font has
_STRUCK, _FILL_ALIGNMENT, _SOLID, _FIRST_THIN = 0x08, 4, 1, 11
_AUTOMATIC, _WIDE = 0x7FFF, 1


def string_at(stream: bytes, at: int, is_biff8: bool, size: str = "H") -> str:
    """The text of a record; of Excel 97 and later with its length as a number of a `size` of struct
    before it. Raises struct.error, IndexError."""
    if not is_biff8:
        return stream[at + 1 : at + 1 + stream[at]].decode("latin-1")
    layout = struct.Struct(f"<{size}B")
    length, flags = layout.unpack_from(stream, at)
    data = stream[at + layout.size : at + layout.size + (length << (flags & _WIDE))]
    return characters(data, flags)


def characters(data: bytes, flags: int) -> str:
    """Bytes of a text as its flags say: in UTF-16, or in one byte each."""
    return data.decode("utf-16-le" if flags & _WIDE else "latin-1", "replace")


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
        self._fonts: list[tuple[Font, int]] = []
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
            number = struct.unpack_from("<H", self._stream, at)[0]
            self._formats[number] = string_at(self._stream, at + 2, self.is_biff8)
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
        code = self.format_code(xf.format)
        return self._font_at(xf.font).on(self._behind(xf), code, is_repeated=xf.is_repeated)

    def colour(self, number: int) -> str:
        """The colour of a number, of the workbook's own ones where it has any."""
        return indexed(number, self._palette)

    def format_code(self, number: int) -> str:
        """The number format of a number."""
        return self._formats.get(number, built_in(number)) or "General"

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
        return Run(text) if font is None else Run(text, *self._font_at(font))

    def _font_at(self, number: int) -> Font:
        known = number < len(self._fonts)
        font, colour = self._fonts[number] if known else (Font(), _AUTOMATIC)
        return font._replace(colour=self.colour(colour))  # its palette may stand below it

    def _font(self, at: int) -> tuple[Font, int]:
        """A font without its colour, and the number of that."""
        height, flags, colour, _weight, raised = struct.unpack_from("<5H", self._stream, at)
        name = string_at(self._stream, at + 14, self.is_biff8, "B")
        return Font(bool(flags & _STRUCK), bool(raised), "", height / 20, name), colour

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
