"""The second look: what a person sees of single cells, and the fonts of a sheet's Vietnamese text,
which tell TCVN3 and VNI apart; from the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from etl.ground.legacy import goes_beyond_ascii
from etl.ground.records import Cells, Doubt, SecondLook, Sheet
from etl.read import ods
from etl.read.compound import Compound
from etl.read.container import unpack
from etl.read.guard import Seen
from etl.read.ods.styles import OdsStyles
from etl.read.refusal import Refused
from etl.read.seen.appearance import Run, is_number, looked_at
from etl.read.xls import XlsBook
from etl.read.xlsx import cells as xlsx
from etl.read.xlsx.canonical import RELATIONSHIPS, WORKBOOK
from etl.read.xlsx.conditions import Condition
from etl.read.xlsx.fresh import Formulas, Recomputed, ods_formula, xlsx_formulas
from etl.read.xlsx.page import Page
from etl.read.xlsx.styles import NO_STYLES, Styles, pieces_of, shared_pieces, styles_of

At = tuple[int, int]
Looks = dict[At, SecondLook]
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedstrings.xml"


@dataclass(frozen=True, slots=True)
class SecondLooker:
    """A workbook's `look_again` and `fonts`: looks into its bytes (xlsx, ods: the inspected parts)
    when it is asked, and only where `seen` says that it would help."""

    data: bytes
    seen: Seen
    sheets: list[Sheet]
    numbers: dict[str, int]

    def __call__(self, sheet: str, cells: Cells) -> Looks:
        """What each of the 0-based (row, column) cells of a sheet is. Raises KeyError for a sheet
        that is not there."""
        number, rows = self.numbers[sheet], self._rows(sheet)
        looks = {at: shown(rows, at) for at in cells}
        wanted = {at: look for at, look in looks.items() if self._may_be_more(look)}
        if not wanted:
            return looks
        page = self._page(number)
        try:
            closer = {"xlsx": self._xlsx, "ods": self._ods, "xls": self._xls}[self.seen.kind]
            for at, look in closer(number, wanted):
                looks[at] = _with_zeros(look, page)
        except Refused:  # nothing may pass for what it seems where nobody can look
            looks.update(dict.fromkeys(wanted, SecondLook("error", "")))
        return looks

    def _may_be_more(self, look: SecondLook) -> bool:
        if look.kind == "blank" or self.seen.kind == "ods":
            return self.seen.has_unreadable or not self.seen.is_plain
        return not self.seen.is_plain

    def _xlsx(self, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
        styles, runs, names = self._package()
        recomputed = Recomputed(
            self.sheets, partial(self._xlsx_formulas, names), self.seen.is_calculated
        )
        judged, raw = (
            partial(self._conditional, number, recomputed),
            self._page(number).shows_formulas,
        )
        last = max(row for row, _column in wanted)
        for cell in xlsx.iter_cells(self._sheet(names, number)):
            at = (cell.row, cell.column)
            if cell.row > last:
                return
            if at not in wanted:
                continue
            if cell.type == "e":
                yield at, SecondLook("error", cell.text)
            elif cell.lacks_result:
                yield at, SecondLook("formula", f"={cell.formula.text if cell.formula else ''}")
            elif not self.seen.is_plain:
                look = wanted[at]
                if cell.formula is not None:
                    look = recomputed.look(self._name(number), at, look)
                    look = _as_formula(look, cell.formula.text) if raw else look
                pieces = runs.get(cell.text, []) if cell.type == "s" else []
                if cell.type == "inlineStr" and cell.element is not None:
                    texts = (pieces_of(text, styles.palette) for text in cell.element)
                    pieces = [run for runs_of in texts for run in runs_of]
                style = styles.of(cell.style)
                style = style._replace(format="General") if raw else style
                yield at, judged(looked_at(look, style, pieces), at)

    def _package(self) -> tuple[Styles, dict[str, list[Run]], list[str]]:
        """Of an xlsx workbook its styles, the shared texts that are set piecemeal, by their number,
        and the names of its sheets' parts."""
        parts = unpack(self.data, frozenset({WORKBOOK, RELATIONSHIPS, _STYLES, _STRINGS}))
        styles = styles_of(parts[_STYLES]) if _STYLES in parts else NO_STYLES
        strings = parts.get(_STRINGS, b"")
        runs = shared_pieces(strings, tuple(styles.palette)) if b"rPr" in strings else {}
        return styles, runs, xlsx.sheet_parts(parts[WORKBOOK], parts[RELATIONSHIPS])

    def _xlsx_formulas(self, names: list[str], sheet: str) -> Formulas:
        return xlsx_formulas(xlsx.iter_cells(self._sheet(names, self.numbers[sheet])))

    def _sheet(self, names: list[str], number: int) -> bytes:
        return b"".join(unpack(self.data, frozenset(names[number : number + 1])).values())

    def _rows(self, sheet: str) -> list[list[object]]:
        return next(each.rows for each in self.sheets if each.name == sheet)

    def _name(self, number: int) -> str:
        return next(name for name, n in self.numbers.items() if n == number)

    def _conditional(
        self, number: int, recomputed: Recomputed, look: SecondLook, at: At,
        own: tuple[Condition, ...] = (),
    ) -> SecondLook:  # fmt: skip
        """The look at a figure that a conditional format may hide or show otherwise; `own`: those
        of its style."""
        conditions = (*own, *self._page(number).conditions)
        if not conditions or not (look.kind == "number" or is_number(look.text)):
            return look
        value = float(look.text) if look.kind == "number" else look.text
        worked_out = partial(recomputed.worked_out, self._name(number))
        if not any(each.may_hold(at, value, worked_out) for each in conditions):
            return look
        rule = "cell-conditional" if value else "zero-hidden"
        stored = look.text.replace(".", ",") if look.kind == "number" else look.text
        return look._replace(doubts=(*look.doubts, Doubt(rule, (("stored", stored),))))

    def _page(self, number: int) -> Page:
        return self.seen.pages.get(number, Page())

    def _ods(self, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
        parts = unpack(self.data, frozenset({"content.xml", "styles.xml"}))
        content = parts["content.xml"]
        styles = OdsStyles(parts.values())
        columns = ods.column_styles(content, number)
        recomputed = Recomputed(
            self.sheets, partial(self._ods_formulas, content), self.seen.is_calculated
        )
        for cell in ods.iter_cells(content):
            for at in filter(cell.covers, wanted) if cell.sheet == number else ():
                inherited = next((name for last, name in columns if at[1] <= last), "")
                style = styles.of(cell.style or inherited, is_percentage=cell.type == "percentage")
                if cell.error:
                    yield at, SecondLook("error", cell.text)
                elif cell.formula is not None and not cell.type:
                    is_blank = recomputed.leaves_blank(self._name(number), at)
                    text = cell.formula.removeprefix("of:")
                    yield at, SecondLook("blank", "") if is_blank else SecondLook("formula", text)
                else:
                    look = wanted[at]
                    if cell.formula is not None:
                        look = recomputed.look(self._name(number), at, look)
                    runs = [styles.run(text, name) for name, text in cell.pieces]
                    look = looked_at(look, style, runs)
                    own = styles.conditions(cell.style or inherited)
                    yield at, self._conditional(number, recomputed, look, at, own)

    def _ods_formulas(self, content: bytes, sheet: str) -> Formulas:
        return {
            (cell.row, column): ods_formula(cell.formula)
            for cell in ods.iter_cells(content)
            if cell.sheet == self.numbers[sheet] and cell.formula is not None
            for column in range(cell.column, cell.last_column + 1)
        }

    def _xls(self, number: int, wanted: Looks) -> Iterator[tuple[At, SecondLook]]:
        book = XlsBook(Compound(self.data))
        believed = Recomputed(self.sheets, lambda _sheet: {}, is_calculated=True)
        for cell in book.iter_cells(number):
            at = (cell.row, cell.column)
            if at not in wanted:
                continue
            if cell.kind in ("error", "formula"):
                kind: Literal["error", "formula"] = "error" if cell.kind == "error" else "formula"
                yield at, SecondLook(kind, cell.text)
            elif cell.kind != "blank":
                look = looked_at(wanted[at], book.style(cell.style), cell.pieces)
                yield at, self._conditional(number, believed, look, at)

    def fonts(self, sheet: str) -> frozenset[str]:
        """Names of the fonts in which a sheet's text beyond ASCII is set; "" for an unknown one.

        None at all where the file does not say. Raises KeyError for a sheet that is not there.
        """
        number = self.numbers[sheet]
        places = {
            (r, c)
            for r, row in enumerate(self._rows(sheet))
            for c, cell in enumerate(row)
            if type(cell) is str and goes_beyond_ascii(cell)
        }
        fonts = {"xlsx": self._xlsx_fonts, "ods": self._ods_fonts, "xls": self._xls_fonts}
        try:
            return frozenset(fonts[self.seen.kind](number, places))
        except Refused:
            return frozenset()

    def _xlsx_fonts(self, number: int, places: set[At]) -> Iterator[str]:
        styles, runs, names = self._package()
        for cell in xlsx.iter_cells(self._sheet(names, number)):
            if (cell.row, cell.column) in places:
                pieces = runs.get(cell.text, ()) if cell.type == "s" else ()
                own = {piece.font for piece in pieces if goes_beyond_ascii(piece.text)}
                yield from (font or styles.of(cell.style).font for font in own or {""})

    def _ods_fonts(self, number: int, places: set[At]) -> Iterator[str]:
        parts = unpack(self.data, frozenset({"content.xml", "styles.xml"}))
        styles = OdsStyles(parts.values())
        columns = ods.column_styles(parts["content.xml"], number)
        for cell in ods.iter_cells(parts["content.xml"]):
            if cell.sheet == number and (cell.row, cell.column) in places:
                inherited = next((name for last, name in columns if cell.column <= last), "")
                yield styles.font_of(cell.style or inherited)

    def _xls_fonts(self, number: int, places: set[At]) -> Iterator[str]:
        book = XlsBook(Compound(self.data))
        for cell in book.iter_cells(number):
            if (cell.row, cell.column) in places:
                yield book.style(cell.style).font


def shown(rows: list[list[object]], at: At) -> SecondLook:
    """The look at a cell that is what was read of it."""
    row, column = at
    value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
    if value == "":
        return SecondLook("blank", "")
    if type(value) is float:
        return SecondLook("number", format(value, ".15g"))
    if isinstance(value, date):
        return SecondLook("date", f"{value:%Y-%m-%d}")
    return SecondLook("text", str(value))


def _as_formula(look: SecondLook, formula: str) -> SecondLook:
    """The look at a result on a sheet that shows the formula in its place."""
    params = (("stored", look.text.replace(".", ",")), ("shown", f"={formula}"))
    return look._replace(doubts=(*look.doubts, Doubt("number-shown", params)))


def _with_zeros(look: SecondLook, page: Page) -> SecondLook:
    """The look at a zero on a sheet that shows none."""
    if page.shows_zeros or look.kind != "number" or float(look.text):
        return look
    return look._replace(doubts=(*look.doubts, Doubt("zero-hidden")))
