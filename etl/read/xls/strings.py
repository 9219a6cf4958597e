"""The texts of an old Excel workbook and the pieces that they are set in."""

from __future__ import annotations

import struct
from typing import NamedTuple

from etl.read.seen.appearance import Run
from etl.read.xls.styles import XlsStyles, characters

_WIDE, _FAR_EAST, _RICH = 1, 4, 8


class SharedText(NamedTuple):
    """A shared text; `pieces` only where it is set in more than one way."""

    text: str
    pieces: tuple[Run, ...] = ()


def shared_texts(
    stream: bytes, records: list[tuple[int, int]], styles: XlsStyles
) -> list[SharedText]:
    """The texts of an SST record and the CONTINUE records behind it, at (offset, length).

    Raises struct.error where they end too early.
    """
    if not records:
        return []
    table = _Table([stream[at : at + length] for at, length in records])
    count = struct.unpack("<4xI", table.take(8))[0]
    return [_shared_text(table, styles) for _ in range(count)]


class _Table:
    """The bytes of the records as one; a text that goes on in the next begins there anew."""

    def __init__(self, blocks: list[bytes]) -> None:
        self._blocks, self._number, self._at = blocks, 0, 0

    def take(self, size: int) -> bytes:
        found = b""
        while size > len(found):
            block = self._block()
            part = block[self._at : self._at + size - len(found)]
            self._at += len(part)
            found += part
        return found

    def characters(self, length: int, wide: bool) -> str:
        """A text of so many UTF-16 units; each record that it goes on in says its width anew."""
        text, done = "", 0
        while done < length:
            if self._at >= len(self._block_now()):
                self._block()
                wide = bool(self.take(1)[0] & _WIDE)
            left = (len(self._block_now()) - self._at) >> wide
            part = self.take(min(length - done, left) << wide)
            if not part:
                raise struct.error("a shared text ends too early")
            text += characters(part, wide)
            done += len(part) >> wide
        return text

    def _block_now(self) -> bytes:
        return self._blocks[self._number]

    def _block(self) -> bytes:
        while self._at >= len(self._blocks[self._number]):
            self._number, self._at = self._number + 1, 0
            if self._number >= len(self._blocks):
                raise struct.error("the shared texts end too early")
        return self._blocks[self._number]


def _shared_text(table: _Table, styles: XlsStyles) -> SharedText:
    length, flags = struct.unpack("<HB", table.take(3))
    runs = struct.unpack("<H", table.take(2))[0] if flags & _RICH else 0
    extra = struct.unpack("<I", table.take(4))[0] if flags & _FAR_EAST else 0
    text = table.characters(length, bool(flags & _WIDE))
    starts = [struct.unpack("<HH", table.take(4)) for _ in range(runs)]
    table.take(extra)
    return SharedText(text, _pieces(text, starts, styles))


def _pieces(text: str, starts: list[tuple[int, ...]], styles: XlsStyles) -> tuple[Run, ...]:
    """The runs of a text from (first character, font); before the first it is the cell's font."""
    if not starts:
        return ()
    ends = [at for at, _font in starts[1:]] + [len(text)]
    pieces = [styles.run(text[: starts[0][0]], None)]
    pieces += [styles.run(text[at:end], font) for (at, font), end in zip(starts, ends, strict=True)]
    return tuple(piece for piece in pieces if piece.text)


def rstring_pieces(stream: bytes, at: int, styles: XlsStyles) -> tuple[Run, ...]:
    """The pieces of an RSTRING cell (BIFF5). Raises struct.error, IndexError."""
    length = struct.unpack_from("<H", stream, at + 6)[0]
    text = stream[at + 8 : at + 8 + length].decode("latin-1")
    count = stream[at + 8 + length]
    first = at + 9 + length
    starts = [tuple(stream[first + 2 * n : first + 2 * n + 2]) for n in range(count)]
    return _pieces(text, starts, styles)
