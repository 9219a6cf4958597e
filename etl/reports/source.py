"""What one printed figure is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

Row = Mapping[Any, Any]


@dataclass
class Source:
    """What one figure is made of, as it is listed.

    Attributes:
        vi, en: which figure.
        per: what a quotient is counted per (100: %); None for what is no quotient.
        found: a row per unit (or cell): from_id, from_name, district_name, numerator, denominator,
            cells, texts_as_filed, sheet, file, correction_reason.
        number: its place in the list; 0 until something leads to it.
        is_cut: too long to be listed unit by unit; `lines` are those of districts then.
        printed: cells in which a document prints the figure as its total.
        marked: rows (from_id) that a figure of a commune leads to.
    """

    vi: str
    en: str
    per: int | None
    found: Sequence[Row]
    command: str = ""
    number: int = 0
    is_cut: bool = False
    lines: Sequence[Row] = ()
    marked: set[int] = field(default_factory=set)
    printed: Sequence[Row] = ()

    def sums(self, rows: Iterable[Row] | None = None) -> tuple[Decimal, Decimal | None]:
        """The two sums of all rows or of these; None for the denominator of a count."""
        listed = self.found if rows is None else list(rows)
        above = sum((row["numerator"] for row in listed), Decimal(0))
        below = [row["denominator"] for row in listed if row["denominator"] is not None]
        return above, sum(below, Decimal(0)) if self.per and below else None

    def value(self, rows: Iterable[Row] | None = None) -> Decimal | None:
        """The figure itself, exact; None over nothing."""
        above, below = self.sums(rows)
        if below is None:
            return above
        return (self.per or 1) * above / below if below else None

    def makes(self, value: Decimal | None, rows: Sequence[Row]) -> bool:
        """Whether these rows give the figure, as far as it is printed."""
        exact = self.value(rows) if rows else None
        if value is None or exact is None:
            return False
        places = min(int(Decimal(value).as_tuple().exponent), 0)
        return exact.quantize(Decimal(1).scaleb(places), ROUND_HALF_UP) == value


class Behind(NamedTuple):
    """What is behind a printed figure: the rows of a source that make it. `key` tells sources
    apart."""

    key: tuple[Any, ...]
    source: Source
    found: Sequence[Row]

    @property
    def at(self) -> int:
        """Its first row."""
        return int(self.found[0]["from_id"])
