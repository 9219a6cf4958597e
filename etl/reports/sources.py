"""Where the figures of a page come from: each leads to its two sums, the units that it rests on,
and their cells. What is shown on the page, and only that, is listed at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup, escape

from etl.catalogue.indicators import indicator_rows
from etl.ground import numerals
from etl.reports.asked import Asked, Marts
from etl.reports.columns import shown_columns
from etl.reports.illustrative import listed_communes
from etl.reports.source import Behind, Row, Source
from etl.reports.words import one

_UNITS = 150  # of one figure; of a province with more, its districts are listed
_LINES = 5000  # of a page
_UNIT_IDS = {"province": 1, "district": 2, "commune": 3}  # ref.unit_id
_SIDES = ("indicator_code", "numerator_code", "denominator_code")
_K = TypeVar("_K", bound=NamedTuple)


class _Figure(NamedTuple):
    """Which figure of the unit: what was reached of an indicator, or asked, in a period."""

    indicator_code: str | None
    year: int
    period: str | None
    measure: str


class _Stated(NamedTuple):
    """Which cells of a plan: what a unit is asked for, and by whom."""

    level: str
    unit_key: int
    indicator_code: str
    stated_by: str | None


class _Amount(NamedTuple):
    """Which amounts of a line of money: what was planned, given or spent in a time."""

    project_code: str | None
    source: str | None
    year_from: int
    year_to: int
    period: str
    stage: str


class _District(NamedTuple):
    """Where units lie."""

    district_name: str | None


class Sources:
    """The figures of a page that lead to cells: links for its tables, then what they lead to."""

    def __init__(self, marts: Marts, asked: Asked, is_merged_too: bool = False) -> None:
        self._asked, self._lines = asked, 0
        self._used: dict[tuple[Any, ...], Source] = {}
        columns, cascade = shown_columns(marts, asked), marts.rows("cascade", asked.params())
        stated = [row for name in ("page_targets", "page_gaps")
                  for row in marts.rows(name, asked.params())]  # fmt: skip
        listed = [row for of_place in columns.values() for row in of_place]
        codes = {row["indicator_code"] for row in (*listed, *stated, *cascade)}
        drawn = [row[side] for row in columns["chart"][:1] for side in _SIDES if row[side]]
        params = {**asked.params(), "codes": sorted(_with_parts({*codes, *drawn})), "drawn": drawn}
        communes = listed_communes(marts, asked)
        of_unit = {"of_level": asked.level, "keys": [asked.unit_key]}
        own = marts.rows("page_traces", params | of_unit)
        self._figures = {key: self._figure(rows) for key, rows in _grouped(own, _Figure).items()}
        # on a map after a merger a commune is several that filed; with is_merged_too itself as well
        filed = {row["from_id"] for row in own}
        merged = [
            key for key in communes
            if is_merged_too or _id("commune", key) not in filed
        ]  # fmt: skip
        below = max({row["unit_map"] for row in cascade} - {"as_filed"}, default=asked.unit_map)
        of_merged = {"of_level": "commune", "keys": merged, "unit_map": below}
        self._came_of: dict[int, set[int]] = {}
        for row in marts.rows("page_traces", params | of_merged) if merged else ():
            self._came_of.setdefault(row["unit_id"], set()).add(row["from_id"])
        stated_cells = marts.rows("page_stated", params | {"keys": communes})
        self._stated = _grouped(stated_cells, _Stated)
        amounts = enumerate(marts.rows("page_trace_funds", params))
        self._amounts = _grouped(
            ({**row, "from_id": number, "denominator": None} for number, row in amounts), _Amount
        )

    def _figure(self, rows: Sequence[Row]) -> Source:
        row = rows[0]
        period, year = row["period"], row["year"]
        return Source(
            f"{row['indicator_vi']}, {one('periods', period, 'vi')} {year}, {row['measure_vi']}",
            f"{row['indicator_code']}, {one('periods', period, 'en')}, {row['measure_en']}",
            row["per"] if any(each["denominator"] is not None for each in rows) else None,
            rows, self._command(row["indicator_code"], year, period),
        )  # fmt: skip

    def _command(self, code: str, year: int, period: str | None = None) -> str:
        """What lists the cells of an indicator or a project, of one period or the whole year."""
        asked = self._asked
        when = f"{year} --period {period}" if period else str(year)
        return f"khoxa trace {asked.unit} {code} --year {when} --map {asked.unit_map}"

    def figure(
        self, value: Decimal | None, measure: str, period: str | None, code: str | None, *,
        shown: str | None = None, year: int | None = None, commune: int | None = None,
    ) -> Markup:  # fmt: skip
        """A figure of the unit, or of one of its communes, with its link; `shown` if it is printed
        in words. Without a link where the cells give another number: that of a part of the unit."""
        text = numerals.shown(value) if shown is None else shown
        behind = self.behind(value, measure, period, code, year=year, commune=commune)
        return self._link(behind, text, None if commune is None else behind.at if behind else None)

    def behind(
        self, value: Decimal | None, measure: str, period: str | None, code: str | None, *,
        year: int | None = None, commune: int | None = None,
    ) -> Behind | None:  # fmt: skip
        """What a figure of the unit, or of one of its communes, is made of; None where `figure` has
        no link."""
        key = _Figure(code, year or self._asked.year, period, measure)
        source = self._figures.get(key) or self._fall(key)
        if source is None:
            return None
        rows = source.found
        if commune is not None:
            unit = _id("commune", commune)
            ids = self._came_of.get(unit, {unit})
            rows = [row for row in rows if row["from_id"] in ids]
        return Behind(("figure", id(source)), source, rows) if source.makes(value, rows) else None

    def _fall(self, key: _Figure) -> Source | None:
        """What fell since the start of the year, of units that only together tell of it: what there
        was less what is left."""
        about = indicator_rows().get(key.indicator_code or "")
        if about is None or not about["fall_of"] or key.measure != "actual":
            return None
        what = about["fall_of"]
        left = indicator_rows()[what]["numerator_code"] or what
        start = self._figures.get(_Figure(what, key.year, "OPEN", "baseline"))
        now = self._figures.get(key._replace(indicator_code=left))
        if start is None or now is None:
            return None
        gone = [{**row, "numerator": -row["numerator"], "denominator": None} for row in now.found]
        fall = Source(
            f"{about['name_vi']}, {one('periods', str(key.period), 'vi')} {key.year}:"
            " đầu năm trừ nay",
            f"{key.indicator_code}: the start of the year less now", start.per,
            [*start.found, *gone], self._command(what, key.year),
        )  # fmt: skip
        return self._figures.setdefault(key, fall)

    def target(
        self, value: Decimal | None, by: str | None, code: str, *,
        shown: str | None = None, commune: int | None = None,
    ) -> Markup:  # fmt: skip
        """What is asked, with its link: to the cell that states it, or those that a sum is of."""
        text = numerals.shown(value) if shown is None else shown
        behind = self.behind_target(value, by, code, commune=commune)
        is_row = behind is not None and commune is not None and behind.key[0] == "figure"
        return self._link(behind, text, behind.at if behind and is_row else None)

    def behind_target(
        self, value: Decimal | None, by: str | None, code: str, *, commune: int | None = None
    ) -> Behind | None:
        """What is asked: the cell that states it, or those that a sum is of."""
        key = _Stated(self._asked.level, self._asked.unit_key, code, by)
        if commune is not None:
            key = key._replace(level="commune", unit_key=commune)
        stated = self._stated.get(key, [])
        if str(by).endswith(("_sum", "_total")) or by == "registered":
            measure = str(by).partition("_")[0]
            behind = self.behind(value, measure, "Y", code, commune=commune)
            if behind is not None:
                if by == "assigned_total":
                    behind.source.printed = stated
                return behind
        for row in stated:
            if value is not None and round(row["target_value"] - value, 2) == 0:
                cell = _cell(row)
                return Behind(("target", row["target_id"]), cell, cell.found)
        return None

    def money(
        self, value: Decimal | None, about: Row, time: Row, stage: str, period: str
    ) -> Markup:
        """An amount of a line of money, with its link; totals are of the lines above them."""
        behind = self.behind_money(value, about, time, stage, period)
        return self._link(behind, numerals.money(value))

    def behind_money(
        self, value: Decimal | None, about: Row, time: Row, stage: str, period: str
    ) -> Behind | None:
        """The cells that an amount of a line of money is added up of."""
        key = _Amount(
            about["project_code"], about["source"], time["from"], time["to"], period, stage
        )
        rows = [
            {**row, "numerator": row["amount_million_vnd"], "cells": row["cell"],
             "texts_as_filed": row["text_as_filed"]}
            for row in self._amounts.get(key, [])
            if about["nature"] in (None, row["nature"])
        ]  # fmt: skip
        parts = (about["project_vi"], about["source_vi"], one("stages", stage, "vi"))
        words = f"{', '.join(filter(None, parts))}, {one('periods', period, 'vi')}"
        command = self._command(
            about["project_code"] or self._asked.programme.programme_code, time["to"], period
        )
        source = Source(words, f"{one('stages', stage, 'en')}, million VND", None, rows, command)
        if about["kind"] != "line" or not source.makes(value, rows):
            return None
        return Behind(("money", key, about["nature"]), source, rows)

    def used(self) -> Iterator[Source]:
        """What the links lead to, in the order of the page."""
        yield from self._used.values()

    def _link(self, behind: Behind | None, text: str, at: int | None = None) -> Markup:
        if behind is None:
            return escape(text)
        known = self._used.setdefault(behind.key, behind.source)
        back = Markup("")
        if not known.number:
            known.number = len(self._used)
            back = Markup(' id="tu-{}"').format(known.number)
            count = len(known.found)  # one row stays: it may be a cell, which has no district
            known.is_cut = count > 1 and (count > _UNITS or self._lines + count > _LINES)
            known.lines = _districts(known) if known.is_cut else known.found
            self._lines += len(known.lines)
        row = ""
        if at is not None and not known.is_cut:
            known.marked.add(at)
            row = f"-{at}"
        link = Markup('<a class="s" href="#nguon-{}{}"{}>{}</a>')
        return link.format(known.number, row, back, text)


def _with_parts(codes: set[str]) -> set[str]:
    """The indicators, and those that a fall is reckoned from."""
    falls = {indicator_rows()[code]["fall_of"] for code in codes if code in indicator_rows()} - {""}
    return codes | falls | {indicator_rows()[code]["numerator_code"] for code in falls} - {""}


def _cell(row: Row) -> Source:
    """A target that one cell states."""
    cell = {
        **row, "from_id": row["target_id"], "from_name": row["unit_name"], "denominator": None,
        "numerator": row["target_value"], "cells": row["cell"],
        "texts_as_filed": row["text_as_filed"],
    }  # fmt: skip
    vi, en = (one("bases", row["stated_by"], language) for language in ("vi", "en"))
    return Source(f"{vi}: {row['document'] or row['file']}", en, None, [cell])


def _districts(source: Source) -> list[Row]:
    """A row per district of the units that a figure rests on."""
    nowhere = dict.fromkeys(("cells", "texts_as_filed", "sheet", "file"), "")
    lines: list[Row] = []
    for (name,), rows in _grouped(source.found, _District).items():
        above, below = source.sums(rows)
        lines.append({"from_id": len(lines), "from_name": f"{name or '–'} ({len(rows)} đơn vị)",
                      "numerator": above, "denominator": below, "correction_reason": None,
                      **nowhere})  # fmt: skip
    return lines


def _grouped(rows: Iterable[Row], kind: type[_K]) -> dict[_K, list[Row]]:
    """Rows by their keys, in their order; a key's fields are columns of the rows."""
    groups: dict[_K, list[Row]] = {}
    for row in rows:
        groups.setdefault(kind(*(row[name] for name in kind._fields)), []).append(row)
    return groups


def _id(level: str, key: int) -> int:
    return key * 4 + _UNIT_IDS[level]
