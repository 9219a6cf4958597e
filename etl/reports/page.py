"""One page of a unit: what it is to reach, what it has reached, and how much of it is known.

A self-contained HTML file that opens without a network: styles and drawings inside, no script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sqlalchemy import RowMapping

from etl.catalogue.definitions import form_titles
from etl.catalogue.periods import periods
from etl.ground.whole_file import write_whole
from etl.reports import charts, year_chart
from etl.reports.asked import Asked, Marts
from etl.reports.cascade import beside_printed_totals, ends, invented
from etl.reports.columns import registered, shown_columns
from etl.reports.communes import communes
from etl.reports.fund_times import FundLine, FundTime, fund_times
from etl.reports.illustrative import Illustrative
from etl.reports.sources import Sources
from etl.reports.tables import about, elsewhere, head
from etl.reports.template_words import aim, environment, standard
from etl.reports.words import dated_name, of_communes, one, unit_word, words

Row = Mapping[str, Any]
_APART = 0.04  # of a year, between where one ends and one begins
_SUMS = ("assigned_total", "assigned_sum", "registered_sum")  # nobody's targets: counted apart


def page(marts: Marts, asked: Asked, folder: Path) -> Path:
    """Write trang_<unit>_<year>.html, whole or not at all; returns its path."""
    path = folder / dated_name(f"{asked.stem('trang')}.html", asked.as_of)
    return write_whole(path, rendered(marts, asked))


def _rows(marts: Marts, name: str, asked: Asked, **more: Any) -> list[dict[str, Any]]:
    """Rows of sql/annexes/<name>.sql, by name of column."""
    return [{**row} for row in marts.rows(name, {**asked.params(), **more})]


def rendered(marts: Marts, asked: Asked) -> str:
    """The page's HTML: the same warehouse gives the same text."""
    columns = shown_columns(marts, asked)
    drawn = next(iter(columns["chart"]), None)
    years = _rows(marts, "page_years", asked)
    listed = registered(marts, asked)
    cascade = _rows(marts, "cascade", asked)
    marks = Illustrative(marts, asked)
    listed_cascade = _cascade(cascade, marks)
    targets, gaps = _targets(marts, asked), _rows(marts, "page_gaps", asked)
    sources = Sources(marts, asked)
    coverage = _coverage([row for row in years if row["year"] == asked.year])
    marks.told()
    return environment().get_template("page.html").render(
        asked=asked, head=head(asked),
        about=about(asked, coverage[0] or "chưa có số liệu", coverage[1] or "no figures yet"),
        table_no=count(1).__next__, figure_no=count(1).__next__,
        years=years, drawn=drawn, year_charts=_year_charts(marts, asked, years, drawn),
        marks=marks, **targets,
        **communes(marts, asked, columns, listed, marks, sources), traces=sources,
        **_funds(marts, asked), **_filings(marts, asked),
        lagging=_rows(marts, "page_lagging", asked), gaps=gaps,
        cascade=listed_cascade, ends=ends,
        beside_totals=beside_printed_totals(cascade),
        cascade_invented=any(
            is_one for _name, of_one in listed_cascade
            for row in of_one for is_one in row["invented"].values()
        ),
    )  # fmt: skip


def _coverage(of_year: Sequence[Row]) -> list[str]:
    """On how many communes each period of the year rests: in Vietnamese, and in English."""
    return [
        ", ".join(
            f"{one('periods', row['period'], lang)} "
            + (own if row["is_self_filed"] else of_communes(row["coverage"], lang))
            for row in of_year
        )
        for lang, own in (("vi", "số của chính đơn vị"), ("en", "its own figure"))
    ]


def _targets(marts: Marts, asked: Asked) -> dict[str, Any]:
    """Targets with their results, what is counted of them, and the chart of their progress."""
    rows = _rows(marts, "page_targets", asked)
    latest = [row for row in rows if row["is_latest"]]
    own = [row for row in latest if row["stated_by"] not in _SUMS]
    drawn = [
        row for row in latest
        if row["verdict"] != "not_assessable" and row["attainment_pct"] is not None
    ]  # fmt: skip
    bars = [
        charts.Bar(
            f"{row['target_no']}. {row['indicator_vi']}: {aim(row, 'vi')}"
            f" ({one('bases', row['stated_by'], 'vi')})",
            row["attainment_pct"], row["due_pct"], row["verdict"],
            f"{words()['signs'][row['verdict']]} {one('verdicts', row['verdict'], 'vi')}",
        )
        for row in drawn
    ]  # fmt: skip
    title = f"Tiến độ các mục tiêu của {asked.unit_name}, năm {asked.year}"
    return {
        "targets": [
            (*group, list(of_group))
            for group, of_group in groupby(rows, key=itemgetter("stated_by", "document"))
        ],
        "elsewhere": elsewhere(marts, asked, rows),
        "has_variant": any(row["variant_value"] is not None for row in rows),
        "counted": len(own),
        "sources": list(dict.fromkeys(row["stated_by"] for row in own)),
        "sums": list(dict.fromkeys(r["stated_by"] for r in latest if r["stated_by"] in _SUMS)),
        "tally": Counter((row["verdict"], row["stated_by"]) for row in latest),
        "whys": Counter(
            row["reason"] for row in own if row["verdict"] == "not_assessable"
        ).most_common(),
        "progress_charts": charts.progress(
            bars, title, "Mỗi thanh là một mục tiêu; vạch đen là mức phải đạt đến kỳ này."
            " Số liệu ở bảng mục tiêu và kết quả. / Progress by target, with what is due by then."
        ),
        "not_drawn": [row for row in latest if row not in drawn],
    }  # fmt: skip


def _year_charts(
    marts: Marts, asked: Asked, years: Sequence[Row], drawn: RowMapping | None
) -> list[list[Markup]]:
    """The programme's first indicator through the years, by standard where it has one."""
    if drawn is None:
        return []
    standards = [
        year_chart.Standard(standard(row["standard"], "short"), row["year_from"], row["year_to"])
        for row in _rows(marts, "page_standards", asked)
        if drawn["by_standard"]
    ]
    points = [
        year_chart.Point(
            row["year"] + min(max(periods()[row["period"]].last / 12, _APART), 1 - _APART),
            row["value"],
            standard(row["standard"], "short"),
        )
        for row in years
    ]
    vi, en = ("ở chỗ đổi chuẩn và ", "where the standard changes and ") if standards else ("", "")
    return year_chart.years(
        points, standards, f"{drawn['name_vi']} của {asked.unit_name} qua các năm",
        f"Đường bị ngắt {vi}ở năm không có số liệu. Số liệu ở bảng qua các năm."
        f" / {drawn['name_en']} through the years; the line breaks {en}where nothing is known.",
        unit_word(drawn["unit_of_measure"]),
    )  # fmt: skip


def _funds(marts: Marts, asked: Asked) -> dict[str, Any]:
    """Funds by time, and the chart of the latest period of the year itself."""
    times = fund_times(marts, asked)
    latest = next((t for t in times if t.year_from == t.year_to), times[0] if times else None)
    period = latest.periods[-1] if latest and latest.periods else None
    when = ", ".join(
        words for words in (
            one("periods", period, "vi") if period else "", latest.words("vi") if latest else "",
        ) if words
    )  # fmt: skip
    return {
        "funds": times,
        "fund_when": when,
        "fund_charts": charts.funds(
            _projects(latest, period) if latest else [],
            f"Kinh phí theo dự án của {asked.unit_name}, {when}, triệu đồng",
            "Khung rỗng: kế hoạch; thanh nhạt: được giao; thanh đậm: giải ngân."
            " Số liệu ở bảng kinh phí. / Funds by project: plan, allocated, disbursed.",
        ),
    }  # fmt: skip


def _projects(time: FundTime, period: str | None) -> list[charts.Fund]:
    """Project lines with their sources added up."""
    lines: dict[str, list[FundLine]] = {}
    for line in time.lines:
        if line.kind == "line":
            lines.setdefault(line.project(), []).append(line)

    def added(amounts: Iterable[Any]) -> Any:
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if known else None

    funds = [
        charts.Fund(
            name, added(line.about["plan_million_vnd"] for line in parts),
            *(
                added(line.of.get(period or "", {}).get(f"{stage}_million_vnd") for line in parts)
                for stage in ("allocated", "disbursed")
            ),
        )
        for name, parts in lines.items()
    ]  # fmt: skip
    return [f for f in funds if (f.plan, f.given, f.spent) != (None, None, None)]


def _cascade(rows: Sequence[Row], marks: Illustrative) -> list[tuple[str, Sequence[Row]]]:
    """By indicator what was asked, registered and reached by level, where anything was asked."""
    listed = [
        (name, [{**row, "invented": invented(row, marks)} for row in of_indicator])
        for name, of_indicator in groupby(rows, key=itemgetter("indicator_vi"))
    ]
    ways = ("assigned_by_province", "assigned_by_district")
    return [
        (name, of_one) for name, of_one in listed
        if any(row[way] is not None for row in of_one for way in ways)
    ]  # fmt: skip


def _filings(marts: Marts, asked: Asked) -> dict[str, Any]:
    """Counts by form and period, and who has not filed."""
    rows = _rows(marts, "filings", asked)
    counts = []
    for (form, period), group in groupby(rows, key=itemgetter("form", "period")):
        filed = list(group)
        late = sum(row["state"] == "accepted" and (row["days_late"] or 0) > 0 for row in filed)
        states = Counter(row["state"] for row in filed)
        counts.append({"form": form, "period": period, "late": late, "states": states})
    whose = itemgetter("form", "period", "level", "unit_code")
    rejected = {whose(row) for row in rows if row["state"] == "rejected"}
    unfiled: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row["state"] in ("missing", "not_due"):
            key = (row["form"], row["period"], row["state"], row["due_on"], row["due_basis_vi"])
            unfiled.setdefault(key, []).append({**row, "was_rejected": whose(row) in rejected})
    return {
        "filings": counts,
        "unfiled": list(unfiled.values()),
        "forms": form_titles(),
    }
