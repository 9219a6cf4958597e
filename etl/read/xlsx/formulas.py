"""A formula worked out from the cells that it names, to see whether its stored result is right.

Only what filers' sums and rates are made of. Anything else is `NotComputable`, which is no fault
of the formula: its result is then believed or not for other reasons.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import range_boundaries

from etl.read.xlsx.formula_values import (
    COMPARED,
    Area,
    At,
    FormulaError,
    NotComputable,
    Value,
    compared,
    rounded,
    written,
)

_MAX_CELLS = 20_000
_OF_ERRORS = ("ISERROR", "ISERR", "ISNA")


ValueAt = Callable[[At], Value]
Operand = Value | Area
_POWERS = {":": 0, "%": 6, "^": 5, "*": 4, "/": 4, "+": 3, "-": 3, "&": 2}
_COMPUTED: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "^": operator.pow,
}  # fmt: skip


def compute(formula: str, sheet: str, value_at: ValueAt) -> Value:
    """The result of a formula (without its "=") that stands on a sheet.

    Raises NotComputable, FormulaError, and whatever `value_at` raises.
    """
    try:
        return _Formula(_tokens(formula), sheet, value_at).result()
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise NotComputable(formula) from error


@lru_cache(maxsize=4096)
def _tokens(formula: str) -> tuple[Token, ...]:
    try:
        tokens = Tokenizer(f"={formula}").items
    except Exception as error:  # the tokenizer raises its own and others' errors
        raise NotComputable(formula) from error
    return tuple(t for t in tokens if t.type != Token.WSPACE)


class _Formula:
    """One pass over the tokens, by precedence."""

    def __init__(self, tokens: tuple[Token, ...], sheet: str, value_at: ValueAt) -> None:
        self.tokens, self.at = tokens, 0
        self.sheet, self.value_at = sheet, value_at

    def result(self) -> Value:
        value = self.single(self.expression(1))
        if self.at < len(self.tokens):
            raise NotComputable(self.tokens[self.at].value)
        return value

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def expression(self, least: int) -> Operand:
        left = self.operand()
        while (token := self.peek()) is not None:
            if token.type == Token.OP_POST:
                self.at += 1
                left = self.number(left) / 100
                continue
            power = 1 if token.value in COMPARED else _POWERS.get(token.value, 0)
            if token.type != Token.OP_IN or power < least:
                break
            if not power:
                raise NotComputable(token.value)
            self.at += 1
            left = self.combined(token.value, left, self.expression(power + 1))
        return left

    def operand(self) -> Operand:
        token = self.peek()
        if token is None:
            raise NotComputable("nothing")
        self.at += 1
        if token.type == Token.OP_PRE:
            number = self.number(self.expression(7))
            return -number if token.value == "-" else number
        if token.type == Token.OPERAND:
            return self.literal(token)
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            value = self.expression(1)
            self.close()
            return value
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return self.function(token.value.rstrip("(").upper())
        raise NotComputable(token.value)

    def close(self) -> None:
        token = self.peek()
        if token is None or token.subtype != Token.CLOSE:
            raise NotComputable("an open bracket")
        self.at += 1

    def literal(self, token: Token) -> Operand:
        if token.subtype == Token.NUMBER:
            return float(token.value)
        if token.subtype == Token.TEXT:
            return str(token.value[1:-1].replace('""', '"'))
        if token.subtype == Token.LOGICAL:
            return bool(token.value.upper() == "TRUE")
        if token.subtype == Token.RANGE:
            return self.area(token.value)
        raise NotComputable(token.value)

    def area(self, reference: str) -> Area:
        sheet, _, cells = reference.rpartition("!")
        try:
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        except ValueError as error:
            raise NotComputable(reference) from error
        if not (left and top and right and bottom) or "[" in sheet:
            raise NotComputable(reference)  # whole columns, other workbooks
        if (bottom - top + 1) * (right - left + 1) > _MAX_CELLS:
            raise NotComputable(reference)
        name = sheet.strip("'").replace("''", "'") or self.sheet
        return Area(name, top - 1, left - 1, bottom - 1, right - 1)

    def combined(self, sign: str, left: Operand, right: Operand) -> Value:
        if sign == "&":
            return "".join(map(written, (self.single(left), self.single(right))))
        if sign in COMPARED:
            return compared(sign, self.single(left), self.single(right))
        one, other = self.number(left), self.number(right)
        try:
            return float(_COMPUTED[sign](one, other))
        except ArithmeticError as error:
            raise FormulaError("#DIV/0!") from error

    def function(self, name: str) -> Operand:
        """A function with its arguments, which are worked out only where they count (IF)."""
        starts = self.arguments()
        if name in ("IF", "IFERROR", *_OF_ERRORS):
            return self.chosen(name, starts)
        end, values = self.at, []
        for start in starts:
            self.at = start
            values.append(self.expression(1))
        self.at = end
        known = _FUNCTIONS.get(name)
        if known is None:
            raise NotComputable(name)
        return known(self, values)

    def arguments(self) -> list[int]:
        """Where each argument begins; stands behind the closing bracket afterwards."""
        starts, depth = [self.at], 0
        while (token := self.peek()) is not None:
            if token.subtype == Token.OPEN:
                depth += 1
            elif token.subtype == Token.CLOSE:
                if not depth:
                    self.at += 1
                    return starts if starts[0] < self.at - 1 else []
                depth -= 1
            elif token.type == Token.SEP and not depth:
                if token.subtype != Token.ARG:
                    raise NotComputable(token.value)
                starts.append(self.at + 1)
            self.at += 1
        raise NotComputable("an open bracket")

    def chosen(self, name: str, starts: list[int]) -> Operand:
        end = self.at

        def argument(number: int) -> Operand:
            if number >= len(starts):
                return False
            self.at = starts[number]
            value = self.expression(1)
            self.at = end
            return value

        if not starts:
            raise NotComputable(name)
        if name != "IF":
            try:
                value = self.single(argument(0))
                return value if name == "IFERROR" else False
            except FormulaError:  # never #N/A
                return argument(1) if name == "IFERROR" else name != "ISNA"
            finally:
                self.at = end
        return argument(1 if self.number(argument(0)) else 2)

    def single(self, operand: Operand) -> Value:
        if not isinstance(operand, Area):
            return operand
        if operand.top != operand.bottom or operand.left != operand.right:
            raise NotComputable("several cells")
        return self.value_at((operand.sheet, operand.top, operand.left))

    def number(self, operand: Operand) -> float:
        value = self.single(operand)
        if value is None:
            return 0.0
        if isinstance(value, str):
            raise NotComputable(value) if value else FormulaError("#VALUE!")
        return float(value)

    def numbers(self, operands: list[Operand]) -> Iterator[float]:
        """All numbers of the arguments; in a range texts and blanks do not count."""
        for operand in operands:
            if not isinstance(operand, Area):
                yield self.number(operand)
                continue
            rows = range(operand.top, operand.bottom + 1)
            for row, column in product(rows, range(operand.left, operand.right + 1)):
                value = self.value_at((operand.sheet, row, column))
                if isinstance(value, float):
                    yield value


def _round(formula: _Formula, values: list[Operand]) -> Value:
    if len(values) != 2:
        raise NotComputable("ROUND")
    return rounded(formula.number(values[0]), formula.number(values[1]))


def _average(formula: _Formula, values: list[Operand]) -> Value:
    found = list(formula.numbers(values))
    if not found:
        raise FormulaError("#DIV/0!")
    return sum(found) / len(found)


def _subtotal(formula: _Formula, values: list[Operand]) -> Value:
    if not values or formula.number(values[0]) != 9:  # 109 leaves out hidden rows
        raise NotComputable("SUBTOTAL")
    return math.fsum(formula.numbers(values[1:]))


_FUNCTIONS: dict[str, Callable[[_Formula, list[Operand]], Value]] = {
    "SUM": lambda f, v: math.fsum(f.numbers(v)),
    "COUNT": lambda f, v: float(len(list(f.numbers(v)))),
    "MIN": lambda f, v: min(f.numbers(v), default=0.0),
    "MAX": lambda f, v: max(f.numbers(v), default=0.0),
    "ABS": lambda f, v: abs(f.number(v[0])),
    "PRODUCT": lambda f, v: math.prod(f.numbers(v)),
    "AND": lambda f, v: all(f.numbers(v)),
    "OR": lambda f, v: any(f.numbers(v)),
    "NOT": lambda f, v: not f.number(v[0]),
    "ISBLANK": lambda f, v: f.single(v[0]) is None,
    "ISNUMBER": lambda f, v: type(f.single(v[0])) is float,
    "ISTEXT": lambda f, v: type(f.single(v[0])) is str,
    "LEN": lambda f, v: float(len(written(f.single(v[0])))),
    "TRIM": lambda f, v: " ".join(written(f.single(v[0])).split()),
    "ROUND": _round,
    "AVERAGE": _average,
    "SUBTOTAL": _subtotal,
}  # fmt: skip
