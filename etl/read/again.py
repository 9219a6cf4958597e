"""The second look: what the fast reader does not show of single cells, from the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.ground.records import Cells, SecondLook, Sheet
from etl.read import ods, xlsx
from etl.read.compound import Compound
from etl.read.container import unpack
from etl.read.guard import Seen
from etl.read.refusal import Refused
from etl.read.xls import XlsBook

At = tuple[int, int]
Looks = dict[At, SecondLook]
_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class SecondLooker:
    """A workbook's `look_again`: opens the file only where `seen` says that it would help."""

    path: str
    seen: Seen
    sheets: list[Sheet]
    numbers: dict[str, int]

    def __call__(self, sheet: str, cells: Cells) -> Looks:
        """What each of the 0-based (row, column) cells of a sheet is. Raises KeyError for a sheet
        that is not there."""
        number = self.numbers[sheet]
        rows = next(s.rows for s in self.sheets if s.name == sheet)
        looks = {at: _shown(rows, at) for at in cells}
        wanted = {at: look for at, look in looks.items() if self._may_be_more(look)}
        if not wanted:
            return looks
        try:
            looks.update(self._closer(number, wanted))
        except Refused:  # no blank may pass for a blank where nobody can look
            blanks = [at for at, look in wanted.items() if look.kind == "blank"]
            looks.update(dict.fromkeys(blanks, SecondLook("error", "")))
        return looks

    def _may_be_more(self, look: SecondLook) -> bool:
        return bool(
            (look.kind == "blank" and self.seen.unreadable)
            or (look.kind == "number" and self.seen.percent)
            or (look.kind != "blank" and self.seen.unreadable and self.seen.kind == "ods")
        )

    def _closer(self, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
        data = Path(self.path).read_bytes()
        if self.seen.kind == "xlsx":
            return _look_xlsx(data, number, wanted)
        if self.seen.kind == "ods":
            return _look_ods(data, number, wanted)
        return _look_xls(data, number, wanted)


def _shown(rows: list[list[object]], at: At) -> SecondLook:
    row, column = at
    value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
    if value == "":
        return SecondLook("blank", "")
    if type(value) is float:
        return SecondLook("number", format(value, ".15g"))
    return SecondLook("text", str(value))


def _look_xlsx(data: bytes, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
    parts = unpack(data, frozenset({_WORKBOOK, _RELATIONSHIPS, _STYLES}))
    names = xlsx.sheet_parts(parts[_WORKBOOK], parts.get(_RELATIONSHIPS, b""))
    percent = xlsx.percent_formats(parts[_STYLES]) if _STYLES in parts else {}
    xml = b"".join(unpack(data, frozenset(names[number : number + 1])).values())
    last = max(row for row, _column in wanted)
    for cell in xlsx.iter_cells(xml):
        at = (cell.row, cell.column)
        if cell.row > last:
            return
        if at not in wanted:
            continue
        if cell.type == "e":
            yield at, SecondLook("error", cell.text)
        elif cell.lacks_result:
            yield at, SecondLook("formula", f"={cell.formula}")
        elif cell.type == "n" and cell.text and cell.style in percent:
            yield at, wanted[at]._replace(number_format=percent[cell.style])


def _look_ods(data: bytes, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
    for cell in ods.iter_cells(unpack(data, frozenset({"content.xml"}))["content.xml"]):
        plain = not cell.error and cell.type != "percentage"
        if cell.sheet != number or (plain and (cell.type or cell.formula is None)):
            continue
        for at in filter(cell.covers, wanted):
            if cell.error:
                yield at, SecondLook("error", cell.text)
            elif cell.type == "percentage":
                yield at, wanted[at]._replace(number_format="%")
            else:
                yield at, SecondLook("formula", str(cell.formula).removeprefix("of:"))


def _look_xls(data: bytes, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
    book = XlsBook(Compound(data))
    for cell in book.iter_cells(number):
        at = (cell.row, cell.column)
        if at not in wanted:
            continue
        if cell.kind in ("error", "formula"):
            yield at, SecondLook("error" if cell.kind == "error" else "formula", cell.text)
        elif cell.kind == "number" and cell.style in book.percent_formats:
            yield at, wanted[at]._replace(number_format=book.percent_formats[cell.style])
