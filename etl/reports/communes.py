"""The page's part on the communes of a unit: what each started from, was assigned, registered and
has reached, of the indicators that its programme lists; and the summary of the unit itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy import RowMapping

from etl.reports import charts
from etl.reports.asked import Asked, Marts
from etl.reports.columns import Member
from etl.reports.illustrative import Illustrative
from etl.reports.sources import Sources
from etl.reports.words import of_communes, one, unit_word, words

Columns = Mapping[str, Sequence[RowMapping]]
_REST = "Số liệu ở bảng các xã."


@dataclass(frozen=True)
class Reached:
    """What a unit reached by a period: values, verdicts of what was asked and what that was (who
    stated it, and its value), by indicator. `is_of_parts`: the figures of what the unit was made of
    make no number of some indicator."""

    period: str
    coverage: str | None
    is_self_filed: bool
    is_of_parts: bool
    values: Mapping[str, Decimal | None]
    verdicts: Mapping[str, str | None]
    against: Mapping[str, tuple[str, Decimal | None]]


@dataclass(frozen=True)
class Line:
    """A row of the table: a unit, and what it reached by one period, if it has reported."""

    member: Member
    reached: Reached | None
    marks: Illustrative
    is_total: bool = False

    def value(self, column: RowMapping) -> Any:
        """What stands in the column: a figure, or a verdict; None for neither."""
        code, measure = column["indicator_code"], column["measure"]
        if measure not in ("actual", "verdict"):
            return self.member.value(column["item"])
        if self.reached is None:
            return None
        return (self.reached.values if measure == "actual" else self.reached.verdicts).get(code)

    def linked(self, column: RowMapping, sources: Sources) -> Markup:
        """The figure that stands in the column, with a link to what it is made of."""
        code, measure = column["indicator_code"], column["measure"]
        period = {"baseline": "OPEN", "actual": self.reached.period if self.reached else None}
        return sources.figure(
            self.value(column), measure, period.get(measure, "Y"), code,
            commune=None if self.is_total else self.member.key,
        )  # fmt: skip

    def is_invented(self, column: RowMapping) -> bool:
        """Whether the figure that stands in the column is."""
        if self.value(column) is None:
            return False
        period = self.reached.period if self.reached else None
        return self.member.is_invented(column, self.marks, period)


@dataclass
class Card:
    """A figure of the summary: its words, the figure itself, and what is said after it."""

    vi: str
    en: str
    figure: Markup
    after: Markup = field(default=Markup(""))
    is_invented: bool = False


def communes(
    marts: Marts,
    asked: Asked,
    columns: Columns,
    listed: Sequence[Member],
    marks: Illustrative,
    sources: Sources,
) -> dict[str, Any]:
    """The communes of the unit with its own line last, those without a result, the cards of the
    summary and the chart."""
    *members, total = listed
    reached = _reached(marts, asked, "commune", [member.key for member in members])
    latest = {key: periods[-1] for key, periods in reached.items()}
    lines = [Line(member, latest.get(member.key), marks) for member in members]
    own: Sequence[Reached | None] = _reached(marts, asked, asked.level, [asked.unit_key]).get(
        asked.unit_key, [None]
    )
    own_lines = [Line(total, of_period, marks, is_total=True) for of_period in own]
    known = [line for line in lines if line.reached or any(
        value is not None for value in line.member.values.values())]  # fmt: skip
    shown = columns["page"]
    cards = list(_cards(columns["summary"], own_lines[-1], sources))
    return {
        "page_columns": shown,
        "page_groups": [
            (*words, list(of_group))
            for words, of_group in groupby(shown, key=itemgetter("group_vi", "group_en"))
        ],
        "communes": known,
        "own": own_lines,
        "cards": cards,
        "summary_invented": any(card.is_invented for card in cards),
        "communes_invented": any(
            line.is_invented(column) for line in (*known, *own_lines) for column in shown
        ),
        "are_of_parts": any(line.reached and line.reached.is_of_parts for line in known),
        "missing": [line.member.name for line in lines if not line.reached],
        "members": len(members),
        "commune_charts": _charts(asked, columns, known) if asked.level != "commune" else [],
    }  # fmt: skip


def _charts(asked: Asked, columns: Columns, known: Sequence[Line]) -> list[list[Markup]]:
    """The programme's first indicator, commune by commune."""
    if not columns["chart"]:
        return []
    about = columns["chart"][0]
    code = about["indicator_code"]
    drawn = [
        charts.Commune(
            line.member.name, line.member.value(f"{code} baseline"),
            line.reached.values.get(code) if line.reached else None,
            line.member.value(f"{code} registered"),
        )
        for line in known
    ]  # fmt: skip
    title = f"{about['name_vi']}, các xã của {asked.unit_name}, năm {asked.year}"
    words = "Vòng tròn rỗng: đầu năm; chấm đặc: thực hiện; vạch: đăng ký cuối năm."
    caption = f"{words} {_REST} / {about['name_en']} by commune: start, actual and registered."
    return charts.communes(drawn, title, caption, unit_word(about["unit_of_measure"]))


def _cards(shown: Sequence[RowMapping], line: Line, sources: Sources) -> Iterator[Card]:
    """Columns of one header are one card: the first is its figure, behind it stand the words of
    each ("= {value} %")."""
    for (vi, en), of_card in groupby(shown, key=itemgetter("header_vi", "header_en")):
        first, *others = of_card
        is_sum = line.member.coverage.get(first["item"]) not in (None, "1/1")
        if (
            line.member.level == "commune"
            and first["measure"] in words()["own_cards"]
            and not is_sum
        ):
            vi, en = (one("own_cards", first["measure"], language) for language in ("vi", "en"))
        figures = [(column, line.value(column)) for column in (first, *others)]
        if first["measure"] == "actual" and line.reached:
            vi += f", {one('periods', line.reached.period, 'vi')}"
        card = Card(vi, en, line.linked(first, sources), is_invented=line.is_invented(first))
        rests_on = _rests_on(first, line)
        if figures[0][1] is None and not rests_on:
            card.after = Markup("chưa có số liệu")
        else:
            after = Markup(" ").join(
                escape(column["group_vi"]).format(value=line.linked(column, sources))
                for column, _value in figures
            )
            after += f"; {rests_on}" if rests_on else ""
            card.after = after.strip().replace(" ,", ",").replace(" ;", ";")
        yield card


def _rests_on(column: RowMapping, line: Line) -> str:
    """On how many communes a figure rests, or that the unit filed it itself."""
    if column["measure"] in ("actual", "verdict"):
        if line.reached is None:
            return ""
        coverage, is_own = line.reached.coverage, line.reached.is_self_filed
    else:
        coverage = line.member.coverage.get(column["item"])
        is_own = coverage is None and line.member.value(column["item"]) is not None
    return "số của chính đơn vị" if is_own else of_communes(coverage, "vi") if coverage else ""


def _reached(
    marts: Marts, asked: Asked, level: str, keys: Sequence[int]
) -> dict[int, list[Reached]]:
    """What units of a level have reached, by key: period by period."""
    params = {**asked.params(), "of_level": level, "keys": list(keys)}
    rows = marts.rows("page_communes", params)
    reached: dict[int, list[Reached]] = {}
    for (key, period), of_period in groupby(rows, key=itemgetter("unit_key", "period")):
        figures = list(of_period)
        rests = figures[0]
        reached.setdefault(key, []).append(
            Reached(
                period, rests["coverage"], rests["is_self_filed"],
                any(row["is_of_parts"] for row in figures),
                {row["indicator_code"]: row["value"] for row in figures},
                {row["indicator_code"]: row["verdict"] for row in figures},
                {row["indicator_code"]: (row["stated_by"], row["target_value"])
                 for row in figures if row["verdict"]},
            )
        )  # fmt: skip
    return reached
