"""The records of an old Excel workbook (BIFF5, BIFF8), as far as the fast reader hides them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from etl.read.compound import Compound
from etl.read.kinds import foreign_compound, refuse_old_workbook
from etl.read.refusal import Extent, Refused
from etl.read.seen.appearance import Appearance, Run
from etl.read.xls.conditions import CF, CONDFMT, areas_at, conditions_at
from etl.read.xls.formulas import is_numeric
from etl.read.xls.strings import SharedText, rstring_pieces, shared_texts
from etl.read.xls.styles import XlsStyles, string_at
from etl.read.xls.words import Words
from etl.read.xlsx.conditions import Area, Condition
from etl.read.xlsx.page import Page, said_on_page

_FORMULA, _EOF, _FONT, _FORMAT, _BOUNDSHEET, _XF = 0x06, 0x0A, 0x31, 0x41E, 0x85, 0xE0
_HEADER, _FOOTER, _CONTINUE, _COLINFO, _ROW, _WINDOW2 = 0x14, 0x15, 0x3C, 0x7D, 0x208, 0x23E
_LABELSST, _RSTRING, _PANE = 0xFD, 0xD6, 0x41
_DIMENSIONS, _SST = 0x200, 0xFC
_FILEPASS, _NUMBER, _BOOLERR, _RK, _MULRK, _BOF = 0x2F, 0x203, 0x205, 0x27E, 0xBD, 0x809
_TEXTS = frozenset({0xFD, 0x204, 0xD6})  # LABELSST, LABEL, RSTRING
_CELLS = _TEXTS | {_FORMULA, _NUMBER, _BOOLERR, _RK, _MULRK}
_BIFF8 = 0x600
_ALWAYS_CALCULATED = 3  # flags of a formula: whenever anything changes, or on opening
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN, _SHOWS_ZEROS, _IS_FROZEN = 0x20, 1, 0x10, 8
_MACRO_SHEET = 1
_FLAT, _NARROW = 60, 128  # 3 points, half a character: less is not to be seen
_MAX_ROW, _MAX_COLUMN = 65536, 256
_MIN_TEXT = 3  # bytes of a shared text
_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class XlsCell(NamedTuple):
    """A cell with a value: 0-based position, style number; `kind` as in records.SecondLook.

    `pieces`: of a text that is set piecemeal.
    """

    row: int
    column: int
    style: int
    kind: str
    text: str
    pieces: tuple[Run, ...] = ()


class XlsBook:
    """The workbook stream of an xls file.

    Raises Refused: file-damaged, file-encrypted, file-macro, file-email, file-old-format,
    file-not-spreadsheet.
    """

    def __init__(self, compound: Compound) -> None:
        names = compound.names
        if "encryptedpackage" in names:
            raise Refused("file-encrypted")
        if "_vba_project_cur" in names:
            raise Refused("file-macro", part="_VBA_PROJECT_CUR")
        name = next((n for n in ("workbook", "book") if n in names), None)
        if name is None:
            raise foreign_compound(names)
        self._stream = compound.stream(name)
        refuse_old_workbook(self._stream)
        self._starts: list[int] = []
        self._styles = XlsStyles(self._stream)
        self._texts: list[SharedText] | None = None
        self._sst: list[tuple[int, int]] = []
        try:
            self._read_globals()
        except (struct.error, IndexError) as error:
            raise Refused("file-damaged", detail=f"workbook stream: {error}") from None

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

    @property
    def is_plain(self) -> bool:
        """Whether no style and no text shows anything otherwise than it is stored."""
        return self._styles.is_plain and not any(text.pieces for text in self._shared())

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return len(self._starts)

    def style(self, number: int) -> Appearance:
        """The style of a cell by its number."""
        return self._styles.appearance(number)

    def page(self, sheet: int) -> Page:
        """What a sheet hides and what is printed around it. Raises Refused (file-damaged)."""
        rows: set[int] = set()
        columns: set[int] = set()
        printed: list[str] = []
        zeros, view, first = True, 0, [0, 0]
        areas: tuple[Area, ...] = ()
        conditions: list[Condition] = []
        words = Words(self._styles.is_biff8)
        try:
            for kind, at, length in self._records(self._starts[sheet]):
                if kind == _ROW:
                    row, height, grbit = struct.unpack_from("<H4xH4xH", self._stream, at)
                    if grbit & _ROW_IS_HIDDEN or height & 0x7FFF < _FLAT:
                        rows.add(row)
                elif kind == _COLINFO:
                    first, last, width, _xf, grbit = struct.unpack_from("<5H", self._stream, at)
                    if grbit & _COLUMN_IS_HIDDEN or width < _NARROW:
                        columns.update(range(first, min(last, _MAX_COLUMN - 1) + 1))
                elif kind in (_HEADER, _FOOTER) and length:
                    printed += said_on_page(string_at(self._stream, at, self._styles.is_biff8))
                elif kind == CONDFMT:
                    areas = areas_at(self._stream, at)
                elif kind == CF:
                    conditions += conditions_at(self._stream, at, length, areas, self._styles)
                elif kind == _WINDOW2:
                    view, *first = struct.unpack_from("<3H", self._stream, at)
                    zeros = bool(view & _SHOWS_ZEROS)
                elif kind == _PANE and view & _IS_FROZEN:  # nobody can scroll before the first
                    across, down = struct.unpack_from("<2H", self._stream, at)
                    rows.update(range(first[0] if down else 0))
                    columns.update(range(first[1] if across else 0))
                else:
                    words.add(self._stream, kind, at, length)
        except (struct.error, IndexError) as error:
            raise Refused("file-damaged", detail=f"sheet {sheet + 1}: {error}") from None
        seen = frozenset(rows), frozenset(columns), (*printed, *words.boxes), zeros
        return Page(*seen, tuple(conditions), tuple(words.comments), prompts=tuple(words.prompts))

    def _shared(self) -> list[SharedText]:
        if self._texts is None:
            self._texts = shared_texts(self._stream, self._sst, self._styles)
        return self._texts

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
            elif kind == _CONTINUE and self._sst:
                self._sst.append((at, length))
            elif kind == _SST:
                self._sst = [(at, length)]
                if struct.unpack_from("<4xI", self._stream, at)[0] * _MIN_TEXT > len(self._stream):
                    raise Refused("file-damaged", detail="more shared texts than bytes")
            else:
                self._styles.add(kind, at, length)

    def _check_dimensions(self, layout: str, at: int) -> None:
        top, bottom, left, right = struct.unpack_from(layout, self._stream, at)
        empty = bottom == 0 or right == 0
        if (
            bottom > _MAX_ROW
            or right > _MAX_COLUMN
            or not (empty or (top < bottom and left < right))
        ):
            raise Refused("file-damaged", detail="a sheet declares an impossible extent")

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
        elif kind not in _TEXTS:
            yield XlsCell(row, column, style, "number", "")
        else:
            yield XlsCell(row, column, style, "text", "", self._pieces(kind, at))

    def _pieces(self, kind: int, at: int) -> tuple[Run, ...]:
        if kind == _LABELSST:
            number = struct.unpack_from("<I", self._stream, at + 6)[0]
            texts = self._shared()
            return texts[number].pieces if number < len(texts) else ()
        return rstring_pieces(self._stream, at, self._styles) if kind == _RSTRING else ()

    def _result(self, at: int) -> tuple[str, str]:
        """What a formula shows, from its stored result and its recalculate flag."""
        kind, code, mark, flags = struct.unpack_from("<BxB3xHH", self._stream, at)
        if mark == 0xFFFF and kind == 2:
            return "error", _ERRORS.get(code, "#ERR")
        if flags & _ALWAYS_CALCULATED:  # the result that is stored was never computed
            return "formula", "="
        if mark != 0xFFFF:
            return "number", ""
        if kind != 3:
            return "text", ""
        length = struct.unpack_from("<H", self._stream, at + 14)[0]
        tokens = self._stream[at + 16 : at + 16 + length]
        lacks_result = self._styles.is_biff8 and is_numeric(tokens)
        return ("formula", "=") if lacks_result else ("blank", "")
