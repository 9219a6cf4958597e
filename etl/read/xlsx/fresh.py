"""Whether the stored results of an xlsx workbook's formulas are what Excel would show.

A program that only writes files stores a zero, or whatever it was given, and asks Excel to compute
on opening. Such results are worked out again where that can be done, and not believed where it
cannot.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from openpyxl.formula.translate import Translator, TranslatorError

from etl.ground.addresses import address
from etl.ground.records import Doubt, SecondLook, Sheet
from etl.read.refusal import Refused
from etl.read.xlsx.cells import XlsxCell, elements
from etl.read.xlsx.formula_values import At, Circle, FormulaError, NotComputable, Value
from etl.read.xlsx.formulas import compute

_CALCULATORS = re.compile(
    r"Microsoft (?:Macintosh )?Excel(?: Online)?\s*$|LibreOffice|OpenOffice|WPS|Kingsoft|ONLYOFFICE"
    r"|Collabora|Gnumeric",
    re.IGNORECASE,
)
_ON = ("1", "true")
# Google Sheets does not say its name; what it exports names this space and has no docProps
_GOOGLE = b"http://schemas.microsoft.com/office/mac/excel/2008/main"
_EACH_TIME = re.compile(r"\b(RAND\w*|TODAY|NOW)\(", re.IGNORECASE)
_SUBTOTAL = re.compile(r"\s*SUBTOTAL\([^()]*\)\s*", re.IGNORECASE)
_ODS_REFERENCE = re.compile(
    r"\[(?P<sheet>\$?(?:'[^']*'|[^'.\]\[]*))\.(?P<first>\$?[A-Z]+\$?\d+)"
    r"(?::(?:\$?(?:'[^']*'|[^'.\]\[]*))\.(?P<last>\$?[A-Z]+\$?\d+))?\]"
)
Formulas = Mapping[tuple[int, int], str | None]  # by 0-based place; None: not to be worked out


def is_calculated(workbook: bytes, app: bytes) -> bool:
    """Whether the program that wrote the file computes formulas, and did not ask for more.

    workbook: xl/workbook.xml. app: docProps/app.xml, b"" where there is none.
    Raises Refused (file-damaged) where the workbook is not well formed.
    """
    try:
        names = elements(app, ends=frozenset({"Application"})) if app else ()
        writer = next((element.text or "" for _event, _name, element in names), "")
    except Refused:
        writer = ""
    is_google = not app and _GOOGLE in workbook
    if not is_google and not _CALCULATORS.match(writer.strip()):
        return False
    engine = ""
    for _event, _name, element in elements(workbook, ends=frozenset({"calcPr"})):
        asked = (element.get(name, "0") for name in ("fullCalcOnLoad", "forceFullCalc"))
        if any(value in _ON for value in asked) or element.get("calcCompleted") in ("0", "false"):
            return False
        engine = element.get("calcId", "")
    return bool(engine) or not writer.startswith("Microsoft")


def is_calculating_office(meta: bytes) -> bool:
    """Whether the program that wrote an ods file computes formulas, by its meta.xml."""
    try:
        found = elements(meta, ends=frozenset({"generator"})) if meta else ()
        return any(_CALCULATORS.match((e.text or "").strip()) for _event, _name, e in found)
    except Refused:
        return False


class Recomputed:
    """The formulas of a workbook, worked out from its cells.

    formulas: those of a sheet. is_calculated: whether a stored result is believed where it cannot
    be worked out here.
    """

    def __init__(
        self, sheets: list[Sheet], formulas: Callable[[str], Formulas], is_calculated: bool
    ) -> None:
        self._is_calculated = is_calculated
        self._rows = {sheet.name: sheet.rows for sheet in sheets}
        self._hiding = {sheet.name for sheet in sheets if sheet.hidden_rows}
        self._formulas = lru_cache(maxsize=None)(formulas)
        self._done: dict[At, Value | Exception] = {}

    def look(self, sheet: str, at: tuple[int, int], look: SecondLook) -> SecondLook:
        """The look at a formula's cell: as it is where the result is right, with a doubt where it
        is not, and a formula without a result where that cannot be told."""
        row, column = at
        try:
            computed = self._result((sheet, row, column))
        except Circle:
            return look._replace(doubts=(*look.doubts, Doubt("cell-circular")))
        except NotComputable:
            formula = self._formulas(sheet).get(at) or ""
            if not self._is_calculated:
                return SecondLook("formula", f"={formula}")
            if each_time := _EACH_TIME.search(formula):
                doubt = Doubt("cell-volatile", (("function", str(each_time[1]).upper()),))
                return look._replace(doubts=(*look.doubts, doubt))
            return look
        except FormulaError as error:
            computed = str(error)
        stored = self._rows[sheet][row][column]
        if is_same(stored, computed):
            return look
        params = (("stored", _as_text(stored)), ("computed", _as_text(computed)))
        return look._replace(doubts=(*look.doubts, Doubt("cell-stale", params)))

    def leaves_blank(self, sheet: str, at: tuple[int, int]) -> bool:
        """Whether a formula of which no result is stored gives an empty text: LibreOffice stores
        none of these in an ods file."""
        try:
            return self._result((sheet, *at)) == ""
        except NotComputable:
            return self._is_calculated
        except FormulaError:
            return False

    def worked_out(
        self, sheet: str, formula: str, origin: tuple[int, int], at: tuple[int, int]
    ) -> Value:
        """A formula that is written for one cell, worked out in another. Raises NotComputable,
        FormulaError."""
        text = _moved(origin, formula, at)
        if text is None:
            raise NotComputable(formula)
        return compute(text, sheet, self._value)

    def _result(self, at: At) -> Value:
        if at not in self._done:
            self._done[at] = Circle()
            try:
                self._done[at] = self._work_out(at)
            except (NotComputable, FormulaError) as error:
                self._done[at] = error
            except RecursionError:  # a chain too long to be worked out from its end is no circle
                self._done[at] = NotComputable("a chain")
        done = self._done[at]
        if isinstance(done, Exception):
            raise done
        return done

    def _work_out(self, at: At) -> Value:
        sheet, row, column = at
        text = self._formulas(sheet)[row, column]
        if text is None:
            raise NotComputable("an array formula")
        if "SUBTOTAL" not in text.upper():
            return compute(text, sheet, self._value)
        if sheet in self._hiding or not _SUBTOTAL.fullmatch(text):
            raise NotComputable(text)  # it leaves out what a filter hides
        return compute(text, sheet, self._value_of_no_subtotal)

    def _value_of_no_subtotal(self, at: At) -> Value:
        """The value of a cell, none of one that is a subtotal itself."""
        own = self._formulas(at[0]).get(at[1:]) if at[0] in self._rows else ""
        return None if own and "SUBTOTAL" in own.upper() else self._value(at)

    def _value(self, at: At) -> Value:
        sheet, row, column = at
        if sheet not in self._rows:
            raise NotComputable(sheet)
        if (row, column) in self._formulas(sheet):
            return self._result(at)
        rows = self._rows[sheet]
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if value == "":
            return None
        if isinstance(value, (bool, float, str)):
            return value
        raise NotComputable(str(value))


def xlsx_formulas(cells: Iterable[XlsxCell]) -> Formulas:
    """The formulas of a sheet by 0-based place, written out where several cells share one."""
    found: dict[tuple[int, int], str | None] = {}
    shared: dict[str, tuple[tuple[int, int], str]] = {}
    for cell in cells:
        formula, at = cell.formula, (cell.row, cell.column)
        if formula is None:
            continue
        if formula.shared and formula.text:
            shared[formula.shared] = (at, formula.text)
        found[at] = None if formula.is_array else formula.text or None
        if not formula.text and formula.shared in shared:
            found[at] = _moved(*shared[formula.shared], at)
    return found


def _moved(first: tuple[int, int], text: str, at: tuple[int, int]) -> str | None:
    try:
        moved = Translator(f"={text}", origin=address(*first)).translate_formula(address(*at))
    except (TranslatorError, ValueError):
        return None
    return str(moved)[1:]


def ods_formula(text: str) -> str:
    """An OpenFormula text ("of:=[.B3]/[.C3]") in the words of Excel ("B3/C3")."""
    plain = re.sub(r"^\w*:?=", "", text)
    return _ODS_REFERENCE.sub(_excel_reference, plain).replace(";", ",")


def _excel_reference(found: re.Match[str]) -> str:
    sheet, first, last = found["sheet"], found["first"], found["last"]
    area = f"{first}:{last}" if last else first
    if not sheet:
        return str(area)
    name = sheet.lstrip("$").strip("'")
    return f"'{name}'!{area}"


def is_same(stored: object, computed: Value) -> bool:
    """Whether a stored result is the one that was worked out."""
    if computed is None:  # a reference to an empty cell gives nought
        return stored in ("", 0.0)
    if isinstance(stored, float) and isinstance(computed, (bool, float)):
        return math.isclose(stored, computed, rel_tol=1e-9, abs_tol=1e-9)
    return stored == computed


def _as_text(value: object) -> str:
    number = format(value, ".15g").replace(".", ",") if type(value) is float else str(value)
    return number or "–"
