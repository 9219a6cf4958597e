"""The records of an old Excel workbook (BIFF5, BIFF8), as far as the fast reader hides them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from etl.read.compound import Compound
from etl.read.refusal import Extent, Refused
from etl.read.xlsx import BUILT_IN_PERCENT, is_percent

_FORMULA, _EOF, _FONT, _FORMAT, _BOUNDSHEET, _XF = 0x06, 0x0A, 0x31, 0x41E, 0x85, 0xE0
_DIMENSIONS, _SST = 0x200, 0xFC
_FILEPASS, _NUMBER, _BOOLERR, _RK, _MULRK, _BOF = 0x2F, 0x203, 0x205, 0x27E, 0xBD, 0x809
_TEXTS = frozenset({0xFD, 0x204, 0xD6})  # LABELSST, LABEL, RSTRING
_CELLS = _TEXTS | {_FORMULA, _NUMBER, _BOOLERR, _RK, _MULRK}
_BIFF8 = 0x600
_NO_FONT = 4  # the number that no font has
_MACRO_SHEET = 1
_MAX_ROW, _MAX_COLUMN = 65536, 256
_MIN_TEXT = 3  # bytes of a shared text
_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class XlsCell(NamedTuple):
    """A cell with a value: 0-based position, style number; `kind` as in records.SecondLook."""

    row: int
    column: int
    style: int
    kind: str
    text: str


class XlsBook:
    """The workbook stream of an xls file.

    Raises Refused: file-damaged, file-encrypted, file-macro, file-not-spreadsheet.
    """

    def __init__(self, compound: Compound) -> None:
        names = compound.names
        if "encryptedpackage" in names:
            raise Refused("file-encrypted")
        if "_vba_project_cur" in names:
            raise Refused("file-macro", part="_VBA_PROJECT_CUR")
        name = next((n for n in ("workbook", "book") if n in names), None)
        if name is None:
            kind = "doc" if "worddocument" in names else "ole"
            raise Refused("file-not-spreadsheet", kind=kind)
        self._stream = compound.stream(name)
        self._starts: list[int] = []
        self._formats = dict(BUILT_IN_PERCENT)
        self._style_formats: list[int] = []
        try:
            self._read_globals()
        except (struct.error, IndexError) as error:
            raise Refused("file-damaged", detail=f"workbook stream: {error}") from None
        self.percent_formats = {
            style: self._formats[number]
            for style, number in enumerate(self._style_formats)
            if number in self._formats
        }

    def check_extents(self) -> bool:
        """Refuse sheets that reach too far; else whether any holds an error or empty formula.

        Raises Refused (file-too-wide; file-damaged also where a sheet declares an extent that
        it cannot have: the fast reader would reserve it).
        """
        unreadable = False
        for sheet in range(len(self._starts)):
            extent = Extent()
            for cell in self.iter_cells(sheet):
                extent.add(cell.row, cell.column)
                unreadable |= cell.kind in ("error", "formula")
        return unreadable

    def iter_cells(self, sheet: int) -> Iterator[XlsCell]:
        """Cells of one sheet (numbered in workbook order). Raises Refused (file-damaged)."""
        try:
            for kind, at, length in self._records(self._starts[sheet]):
                if kind in _CELLS:
                    yield from self._cells(kind, at, length)
                elif kind == _DIMENSIONS:
                    self._check_dimensions("<IIHH" if length == 14 else "<HHHH", at)
        except (struct.error, IndexError) as error:
            raise Refused("file-damaged", detail=f"sheet {sheet + 1}: {error}") from None

    def style_fonts(self) -> dict[int, str]:
        """Font name by style number. Raises Refused (file-damaged)."""
        fonts: list[str] = []
        used: list[int] = []
        try:
            for kind, at, _length in self._records(0):
                if kind == _FONT:
                    fonts += [""] * (len(fonts) == _NO_FONT)
                    fonts.append(self._font_name(at))
                elif kind == _XF:
                    used.append(struct.unpack_from("<H", self._stream, at)[0])
        except (struct.error, IndexError) as error:
            raise Refused("file-damaged", detail=f"workbook stream: {error}") from None
        return {style: fonts[n] for style, n in enumerate(used) if n < len(fonts)}

    def _font_name(self, at: int) -> str:
        length, wide = self._stream[at + 14], self._stream[at + 15]
        if struct.unpack_from("<H", self._stream, 4)[0] != _BIFF8:
            return self._stream[at + 15 : at + 15 + length].decode("latin-1")
        name = self._stream[at + 16 : at + 16 + length * (1 + (wide & 1))]
        return name.decode("utf-16-le" if wide & 1 else "latin-1", "replace")

    def _records(self, at: int) -> Iterator[tuple[int, int, int]]:
        """(type, offset, length) of the records from a BOF to its EOF."""
        depth = 0
        while True:
            kind, length = _HEAD.unpack_from(self._stream, at)
            depth += (kind == _BOF) - (kind == _EOF)
            if depth == 0:
                return
            if depth == 1:  # a chart inside a sheet has cells of its own
                yield kind, at + 4, length
            at += 4 + length

    def _read_globals(self) -> None:
        for kind, at, length in self._records(0):
            if kind == _FILEPASS:
                raise Refused("file-encrypted")
            if kind == _BOUNDSHEET:
                start, sheet_type = struct.unpack_from("<IxB", self._stream, at)
                if sheet_type == _MACRO_SHEET:
                    raise Refused("file-macro", part=f"sheet {len(self._starts) + 1}")
                self._starts.append(start)
            elif kind == _XF:
                self._style_formats.append(struct.unpack_from("<2xH", self._stream, at)[0])
            elif kind == _SST:
                if struct.unpack_from("<4xI", self._stream, at)[0] * _MIN_TEXT > len(self._stream):
                    raise Refused("file-damaged", detail="more shared texts than bytes")
            elif kind == _FORMAT:
                self._add_format(self._stream[at : at + length])

    def _check_dimensions(self, layout: str, at: int) -> None:
        top, bottom, left, right = struct.unpack_from(layout, self._stream, at)
        empty = bottom == 0 or right == 0
        if (
            bottom > _MAX_ROW
            or right > _MAX_COLUMN
            or not (empty or (top < bottom and left < right))
        ):
            raise Refused("file-damaged", detail="a sheet declares an impossible extent")

    def _add_format(self, record: bytes) -> None:
        number = struct.unpack_from("<H", record)[0]
        code = record[5:].replace(b"\0", b"").decode("latin-1")
        if is_percent(code):
            self._formats[number] = code

    def _cells(self, kind: int, at: int, length: int) -> Iterator[XlsCell]:
        row, column, style = _CELL.unpack_from(self._stream, at)
        if kind == _MULRK:
            for offset in range((length - 6) // 6):
                style = struct.unpack_from("<H", self._stream, at + 4 + offset * 6)[0]
                yield XlsCell(row, column + offset, style, "number", "")
        elif kind == _BOOLERR and self._stream[at + 7]:
            yield XlsCell(row, column, style, "error", _ERRORS.get(self._stream[at + 6], "#ERR"))
        elif kind == _FORMULA:
            yield XlsCell(row, column, style, *self._result(at + 6))
        else:
            yield XlsCell(row, column, style, "text" if kind in _TEXTS else "number", "")

    def _result(self, at: int) -> tuple[str, str]:
        """What a formula shows, from its stored result and its recalculate flag."""
        kind, code, mark, flags = struct.unpack_from("<BxB3xHH", self._stream, at)
        if mark != 0xFFFF:
            return "number", ""
        if kind == 2:
            return "error", _ERRORS.get(code, "#ERR")
        if kind == 3:  # an empty text; "always recalculate": it was never computed
            return ("formula", "=") if flags & 1 else ("blank", "")
        return "text", ""
