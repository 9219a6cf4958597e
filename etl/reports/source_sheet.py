"""The sheet "Nguồn số liệu" of an annex: for each printed figure its two sums, how many units have
it, and file and cell, so that a paper leads back to its cells without the warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from etl.reports.asked import Asked, Marts
from etl.reports.columns import registered, shown_columns
from etl.reports.fund_times import STAGES_OF_A_YEAR, fund_times
from etl.reports.sheet import Annex, layout
from etl.reports.source import Behind
from etl.reports.sources import Sources
from etl.reports.words import Both, one

_ASKED = {"assigned_by_province": "province", "own_plan_value": "own_plan",
          "assigned_below": "assigned_sum", "assigned_by_district": "district"}  # fmt: skip
_NONE = Both("cộng hoặc tính từ các số trong bảng", "reckoned from figures of the table")


class Printed(NamedTuple):
    """A figure of an annex: in which row, whose, what, its value, and what is behind it."""

    row: str
    whose: str
    what: str
    value: Any
    behind: Behind | None


def printed_figures(marts: Marts, asked: Asked) -> Mapping[str, list[Printed]]:
    """By the sheet of an annex, the figures that it prints."""
    shown = shown_columns(marts, asked)
    listed = registered(marts, asked)
    targets = marts.rows("page_targets", asked.params())
    cascade = marts.rows("cascade", asked.params())
    sources = Sources(marts, asked, is_merged_too=True)
    return {
        "Mục tiêu": list(_register(shown["register"], listed, sources)),
        "Giao và đăng ký": list(_cascade(cascade, sources)),
        "Kết quả": list(_attainment(targets, asked, sources)),
        "Kinh phí": list(_funds(marts, asked, sources)),
    }


def source_sheet(annex: Annex, by_sheet: Mapping[str, Sequence[Printed]]) -> Annex | None:
    """The sheet of its sources; None where it prints no figure."""
    printed = by_sheet.get(annex.sheet)
    if not printed or not annex.rows:
        return None
    return replace(
        annex, sheet="Nguồn số liệu", columns=layout("sources"), strong=frozenset(), notes=(),
        title=("NGUỒN CỦA TỪNG SỐ IN TRONG BIỂU", "Where each printed figure comes from"),
        measured_in=Both("như trong biểu", "as in the table"),
        rows=[_line(each) for each in printed],
    )  # fmt: skip


def _register(
    shown: Iterable[Mapping[Any, Any]], listed: Iterable[Any], sources: Sources
) -> Iterator[Printed]:
    for number, member in enumerate(listed, start=1):
        is_total = member.level != "commune"
        for column in shown:
            value, measure = member.value(column["item"]), column["measure"]
            if value is None:
                continue
            behind = sources.behind(
                value, measure, "OPEN" if measure == "baseline" else "Y", column["indicator_code"],
                commune=None if is_total else member.key,
            )  # fmt: skip
            what = f"{column['name_vi']}, {one('measures', measure, 'vi')}"
            yield Printed("" if is_total else str(number), member.name, what, value, behind)


def _cascade(rows: Iterable[Mapping[Any, Any]], sources: Sources) -> Iterator[Printed]:
    for number, row in enumerate(rows, start=1):
        code, whose = row["indicator_code"], row["unit_name"]
        commune = None if row["is_total"] else row["unit_key"]
        by = {**_ASKED, "registered_value": "registered" + "_sum" * (row["level"] != "commune")}
        for name, asker in by.items():
            if row[name] is not None:
                behind = sources.behind_target(row[name], asker, code, commune=commune)
                what = f"{row['indicator_vi']}, {one('bases', asker, 'vi')}"
                yield Printed(str(number), whose, what, row[name], behind)
        if row["reached_value"] is not None:
            period, value = row["reached_period"], row["reached_value"]
            behind = sources.behind(value, "actual", period, code, commune=commune)
            what = f"{row['indicator_vi']}, thực hiện, {one('periods', period, 'vi')}"
            yield Printed(str(number), whose, what, value, behind)


def _attainment(
    targets: Iterable[Mapping[Any, Any]], asked: Asked, sources: Sources
) -> Iterator[Printed]:
    listed = set()  # a target has a row for each period
    for row in targets:
        code, number = row["indicator_code"], str(row["target_no"])
        if row["target_value"] is not None and number not in listed:
            asks = sources.behind_target(row["target_value"], row["stated_by"], code)
            what = f"{row['indicator_vi']}, {one('bases', row['stated_by'], 'vi')}"
            yield Printed(number, asked.unit_name, what, row["target_value"], asks)
            if (high := row["target_value_high"]) is not None:
                yield Printed(number, asked.unit_name, f"{what}, đến", high, _up_to(asks, row))
            listed.add(number)
        if row["actual_value"] is not None:
            reached = sources.behind(row["actual_value"], "actual", row["period"], code)
            when = one("periods", row["period"], "vi")
            what = f"{row['indicator_vi']}, thực hiện, {when}"
            yield Printed(number, asked.unit_name, what, row["actual_value"], reached)


def _up_to(low: Behind | None, row: Mapping[Any, Any]) -> Behind | None:
    """What is behind the upper value of a range: of its row, the cell of the lower one is kept."""
    if low is None or len(low.found) != 1:
        return None
    cell = {**low.found[0], "numerator": row["target_value_high"],
            "texts_as_filed": row["text_as_printed"]}  # fmt: skip
    cell["cells"] = f"{cell['cells']} (cùng dòng / its row)"
    return low._replace(found=[cell])


def _funds(marts: Marts, asked: Asked, sources: Sources) -> Iterator[Printed]:
    number = 0
    for time in fund_times(marts, asked):
        years = {"from": time.year_from, "to": time.year_to}
        for line in time.lines:
            number += line.kind == "line"
            if line.kind not in ("line", "nature"):
                continue  # a total of lines above it
            stated = [(name, "Y", line.about) for name in STAGES_OF_A_YEAR]
            done = [
                (name, period, line.of.get(period, {}))
                for period in time.periods for name in time.stages()
            ]  # fmt: skip
            for stage, period, amounts in (*stated, *done):
                value = amounts.get(f"{stage}_million_vnd")
                if value is None:
                    continue
                behind = sources.behind_money(value, line.about, years, stage, period)
                nature = line.about["nature"] and one("natures", line.about["nature"], "vi")
                about = (line.about["source_vi"], nature, one("stages", stage, "vi"))
                what = f"{', '.join(filter(None, about))}, {one('periods', period, 'vi')}"
                yield Printed(str(number), line.project(), what, value, behind)


def _line(printed: Printed) -> tuple[Any, ...]:
    """The cells of a row."""
    row, whose, what, value, behind = printed
    if behind is None:
        return (row, whose, what, value, None, None, None, _NONE, "", "", "")
    rows, source = behind.found, behind.source
    above, below = source.sums(rows)
    files = list(dict.fromkeys(each["file"] for each in rows))
    only = rows[0] if len(rows) == 1 else None
    units = {each.get("from_unit", each["from_id"]) for each in rows}
    return (
        row, whose, what, value, above, below, len(units),
        files[0] if len(files) == 1 else Both(f"{len(files)} tệp", f"{len(files)} files"),
        _where(only) if only else "",
        only["texts_as_filed"] if only else "", source.command,
    )  # fmt: skip


def _where(only: Mapping[Any, Any]) -> str:
    """The cells with their sheet before them, once if it is that of all."""
    cells: str = only["cells"]
    return cells if "!" in cells else f"{only['sheet']}!{cells}"
