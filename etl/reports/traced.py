"""A published figure back to the cells that it was computed from: sql/trace, mart.trace.

Door: `traced`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, Row, text

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.text import suggest
from etl.reports.words import Both, said


class NothingToTrace(KhoxaError):
    """No figure of the unit and indicator, as asked; `there`: what there is, in both languages."""

    def __init__(self, unit: str, indicator: str, there: tuple[str, str] = ("", "")) -> None:
        super().__init__(
            f"không có số nào của đơn vị {unit}, chỉ tiêu {indicator} như đã hỏi{there[0]}"
            f" / no figure of unit {unit}, indicator {indicator} as asked{there[1]}"
        )


@dataclass(frozen=True, slots=True)
class Traced:
    """One figure or amount: what it is of, its two sums, and a row per unit that it rests on.
    `is_what` is its measure, or the stage of money, in words.

    `parts` have from_name, numerator, denominator, cells, texts_as_filed, sheet, file and
    correction_reason; `denominator` is None for a count. `value` is in the indicator's unit.
    """

    unit_map: str
    unit_name: str
    period_key: str
    measure: str
    is_what: Both
    indicator: str
    numerator: Decimal
    denominator: Decimal | None
    value: Decimal | None
    parts: Sequence[Row[tuple[object, ...]]]


def traced(
    settings: Settings, unit: str, indicator: str, *,
    year: int | None = None, period: str | None = None, unit_map: str | None = None,
) -> tuple[list[Traced], Sequence[Row[tuple[object, ...]]]]:  # fmt: skip
    """The figures of a unit (a code) and indicator, or its money of a project, and what its own
    document prints of it.

    Without a map: those on the latest; as filed, where the unit is not on it. Raises
    NothingToTrace.
    """
    with database.asking(settings, "bi_reader") as connection:
        asked: dict[str, object] = {"unit": unit, "indicator": indicator}
        asked |= {"year": year, "period": period}
        latest = connection.execute(text("select unit_map from mart.dim_map where is_latest"))
        maps = [unit_map] if unit_map else [*latest.scalars(), "as_filed"]
        for one in maps:
            rows = database.ask(connection, "trace/figures", **asked, unit_map=one).all()
            if rows:
                return _figures(rows), database.ask(connection, "trace/printed", **asked).all()
        raise NothingToTrace(unit, indicator, _there(connection, asked))


def _there(connection: Connection, asked: dict[str, object]) -> tuple[str, str]:
    """What could be asked instead: periods and maps with figures, or codes like the one given."""
    known = database.ask(connection, "trace/known", **asked).all()
    if known:
        keys, maps = (", ".join(sorted({str(row[n]) for row in known})) for n in (1, 0))
        return f"; có {keys}, trên bản đồ {maps}", f"; there are {keys}, on maps {maps}"
    codes = [str(row[0]) for row in database.ask(connection, "trace/indicators")]
    near = [] if asked["indicator"] in codes else suggest(str(asked["indicator"]), codes)
    if not near:
        return "", ""
    return f"; có phải: {', '.join(near)}?", "; did you mean one of these?"


def _figures(rows: Sequence[Row[tuple[object, ...]]]) -> list[Traced]:
    figures = []
    for head, group in groupby(rows, lambda row: tuple(row[:8])):
        parts = list(group)
        unit_map, _level, unit_name, period_key, words, measure, indicator, per = head
        numerator = sum((part.numerator for part in parts), Decimal(0))
        below = [part.denominator for part in parts if part.denominator is not None]
        denominator = sum(below, Decimal(0)) if below else None
        value = numerator if denominator is None else None
        if denominator:
            value = per * numerator / denominator
        figures.append(
            Traced(
                unit_map, unit_name, period_key, measure, said(words, measure), indicator,
                numerator, denominator, value, parts,
            )
        )  # fmt: skip
    return figures
