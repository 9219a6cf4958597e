"""Conditional formats that may change what is seen of a number, and whether they hold.

A condition is judged from the cells that it names, as formulas are (read.xlsx.fresh); one that
cannot be judged may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils.cell import range_boundaries

from etl.read.refusal import MAX_ROWS
from etl.read.xlsx.formula_values import FormulaError, NotComputable, Value, compared
from etl.read.xlsx.styles import Styles, hides_content, local, number

At = tuple[int, int]
Area = tuple[int, int, int, int]
WorkedOut = Callable[[str, At, At], Value]  # a formula, the cell it is written for, that it is in
_LAST_COLUMN = 16383
_SIGNS = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "lessThanOrEqual": "<=",
    "greaterThan": ">", "greaterThanOrEqual": ">=",
}  # fmt: skip
_NEVER = frozenset({"containsErrors", "containsBlanks"})  # of a figure
_ODS_RULES = (
    (re.compile(r"(?:formula-is|is-true-formula)\((.*)\)", re.S), "expression"),
    (re.compile(r"(?:cell-content-is-)?between\((.*),(.*)\)", re.S), "between"),
    (re.compile(r"(?:cell-content-is-)?not-between\((.*),(.*)\)", re.S), "notBetween"),
    (re.compile(r"is-error"), "never"),
    *((re.compile(rf"(?:cell-content\(\))?\s*{said}(?![=>])(.*)", re.S), name)
      for name, said in (_SIGNS | {"notEqual": "!="}).items()),
)  # fmt: skip
_NAME = r"(?:'(?:[^']|'')*'|[^'.\s:]*)"
_ODS_AREA = re.compile(rf"\.\$?([A-Z]+)\$?(\d+)(?::{_NAME}\.\$?([A-Z]+)\$?(\d+))?")


class Condition(NamedTuple):
    """A conditional format that hides what is in a cell or shows it otherwise.

    areas: (top, left, bottom, right), 0-based, both ends included; none: wherever it is asked of.
    operator: of a comparison with the limits; `expression`: the limit is a formula; `never`; ""
    where it cannot be judged. origin: the cell that its formulas are written for, None if unknown.
    """

    areas: tuple[Area, ...]
    operator: str = ""
    limits: tuple[str, ...] = ()
    origin: At | None = None

    def may_hold(self, at: At, value: float | str, worked_out: WorkedOut) -> bool:
        """Whether the format may be in use in a cell that holds the value."""
        row, column = at
        inside = (t <= row <= b and left <= column <= r for t, left, b, r in self.areas)
        if self.operator == "never" or (self.areas and not any(inside)):
            return False
        if not self.operator or not self.limits or self.origin is None:
            return True
        try:
            limits = [worked_out(limit, self.origin, at) for limit in self.limits]
            return self._holds(value, limits)
        except FormulaError:
            return False
        except NotComputable:
            return True

    def _holds(self, value: float | str, limits: Sequence[Value]) -> bool:
        if self.operator == "expression":
            return bool(limits[0]) and not isinstance(limits[0], str)
        if sign := _SIGNS.get(self.operator):
            return compared(sign, value, limits[0])
        is_between = compared(">=", value, limits[0]) and compared("<=", value, limits[-1])
        return {"between": is_between, "notBetween": not is_between}.get(self.operator, True)


def of_xlsx(element: ElementTree.Element, styles: Styles) -> Iterator[Condition]:
    """The rules of a `<conditionalFormatting>`, also of Excel 2010's, that hide or change what is
    seen of a number."""
    said = element.get("sqref") or "".join(e.text or "" for e in element if local(e) == "sqref")
    areas = tuple(_areas(said))
    origin = areas[0][:2] if len(areas) == 1 else None
    for rule in (each for each in element if local(each) == "cfRule"):
        if _shows_no_value(rule):
            yield Condition(areas)
        elif _hides(rule, styles):
            kind, operator = rule.get("type", ""), ""
            if kind in ("cellIs", "expression"):
                operator = rule.get("operator", "") if kind == "cellIs" else kind
            limits = (child.text or "" for child in rule if local(child) in ("formula", "f"))
            operator = "never" if kind in _NEVER else operator
            yield Condition(areas, operator, tuple(limits), origin)


def _shows_no_value(rule: ElementTree.Element) -> bool:
    """Whether bars or icons stand in the place of the number."""
    shapes = (each for each in rule if local(each) in ("iconSet", "dataBar"))
    return any(shape.get("showValue", "1").strip() in ("0", "false") for shape in shapes)


def _hides(rule: ElementTree.Element, styles: Styles) -> bool:
    own = next((child for child in rule if local(child) == "dxf"), None)
    if own is not None:
        return hides_content(own, styles.palette)
    return rule.get("dxfId") is not None and number(rule.get("dxfId")) in styles.hides


def _areas(references: str) -> Iterator[Area]:
    for reference in references.split():
        try:
            left, top, right, bottom = range_boundaries(reference)
        except ValueError:
            continue
        yield (
            *((top or 1) - 1, (left or 1) - 1),
            *((bottom or MAX_ROWS) - 1, (right or _LAST_COLUMN + 1) - 1),
        )


def of_ods(said: str, address: str, areas: str, plain: Callable[[str], str]) -> Condition:
    """A condition of an ods workbook ("cell-content()>5", "between(1,5)"), the cell that it is
    written for and its areas; `plain` puts a formula in the words of Excel."""
    written_for = next(iter(ods_areas(address)), None)
    origin = None if written_for is None else written_for[:2]
    for rule, operator in _ODS_RULES:
        if found := rule.fullmatch(said.strip()):
            limits = tuple(plain(limit.strip()) for limit in found.groups())
            return Condition(tuple(ods_areas(areas)), operator, limits, origin)
    return Condition(tuple(ods_areas(areas)))


def ods_areas(references: str) -> Iterator[Area]:
    """The areas that a list of references ("Sheet.E9:Sheet.F14") names."""
    for first, top, last, bottom in _ODS_AREA.findall(references):
        yield from _areas(f"{first}{top}:{last or first}{bottom or top}")
