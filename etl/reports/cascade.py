"""The annex "assigned and registered": what was asked of a unit and of those just below it, what
they registered, and what was reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.ground import numerals
from etl.reports.asked import Asked, Marts
from etl.reports.illustrative import Illustrative, Unit, marked
from etl.reports.remaining import POINTS
from etl.reports.sheet import Annex, layout
from etl.reports.tables import about, head
from etl.reports.words import Both, one, rounding, said, unit_word

Row = Mapping[Any, Any]


def cascade(marts: Marts, asked: Asked) -> Annex:
    """Assigned by the province, planned, assigned to communes, registered by them and reached, side
    by side: the unit itself in bold, those below it as they were when it was assigned, then the
    communes that these became."""
    rows = marts.rows("cascade", asked.params())
    marks = Illustrative(marts, asked)
    lines = [_line(number, row, marks) for number, row in enumerate(rows, start=1)]
    return Annex(
        file=f"{asked.stem('giao_va_dang_ky')}.xlsx", sheet="Giao và đăng ký",
        head=head(asked),
        title=(f"GIAO, ĐĂNG KÝ VÀ THỰC HIỆN CHỈ TIÊU {asked.topic} NĂM {asked.year}",
               f"Targets assigned, registered and reached, {asked.year}"),
        about=about(asked, "ghi ở từng dòng", "on each row"),
        measured_in=Both("ghi ở từng dòng", "on each row"), columns=layout("cascade"), rows=lines,
        strong=frozenset(i for i, row in enumerate(rows) if row["is_total"]),
        notes=[*(Both(vi, en) for vi, en in beside_printed_totals(rows)),
               *rounding(row["unit_of_measure"] for row in rows)],
    )  # fmt: skip


def beside_printed_totals(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Sentences on rows of sql/annexes/cascade.sql, Vietnamese and English: of what only the total
    of an annex says, by how much the sum that communes registered differs."""
    compared = [
        row for row in rows
        if row["is_total"] and row["asked_by"] == "assigned_total"
        and row["registered_gap"] is not None
    ]  # fmt: skip
    return [(_beside(row, "vi"), _beside(row, "en")) for row in compared]


def _beside(row: Row, language: str) -> str:
    gap, unit = row["registered_gap"], row["unit_of_measure"]
    kind = "more" if gap > 0 else "less" if gap < 0 else "same"
    return one("printed_total", kind, language).format(
        name=row[f"indicator_{language}"], printed=numerals.shown(row["assigned_below"]),
        registered=numerals.shown(row["registered_value"]), gap=numerals.shown(abs(gap)),
        unit=unit_word(unit), points=unit_word(str(POINTS.get(unit, unit))),
    )  # fmt: skip


def _line(number: int, row: Row, marks: Illustrative) -> tuple[Any, ...]:
    of = invented(row, marks)

    def figure(name: str, which: str) -> Any:
        return marked(ends(row[name], row.get(f"{name}_high")), of[which])

    return (
        str(number), Both(row["indicator_vi"], row["indicator_en"]), row["unit_name"],
        unit_word(row["asked_unit_of_measure"]), figure("assigned_by_province", "province"),
        figure("own_plan_value", "own_plan"), figure("assigned_below", "below"),
        row["below_gap"], said("gaps", row["below_verdict"]),
        said("gaps", row["plan_sum_verdict"]), figure("assigned_by_district", "district"),
        figure("registered_value", "registered"), said("bases", row["asked_by"]),
        row["registered_gap"], said("gaps", row["registered_verdict"]), row["gap_share_pct"],
        Both("có", "yes") if row["is_below_parent"] else "", row["coverage"],
        figure("reached_value", "reached"), said("periods", row["reached_period"]),
        row["reached_gap"], said("gaps", row["reached_verdict"]),
    )  # fmt: skip


def ends(low: Any, high: Any) -> Any:
    """A figure, or the words of a range: "20–30"."""
    return low if high is None else f"{numerals.shown(low)}–{numerals.shown(high)}"


def invented(row: Row, marks: Illustrative) -> dict[str, bool]:
    """Which figures of a row of sql/annexes/cascade.sql are invented."""
    unit = Unit(row["unit_map"], row["level"], row["unit_key"])
    code = row["indicator_code"]
    added = "_sum" if row["level"] != "commune" else ""
    measures = {
        "province": "province", "own_plan": "own_plan", "district": "district",
        "below": "assigned_sum", "registered": f"registered{added}",
    }  # fmt: skip
    of = {name: marks.is_(measure, "Y", code, unit=unit) for name, measure in measures.items()}
    if row["asked_by"] == "assigned_sum" and not added:  # a commune that came of others
        of["below"] = of["district"]
    return of | {"reached": marks.is_("actual", row["reached_period"], code, unit=unit)}
