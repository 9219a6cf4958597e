"""The annexes on what was assigned, reached, spent and filed: from sql/annexes to cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import RowMapping

from etl.catalogue.definitions import form_titles
from etl.catalogue.forms import Bilingual
from etl.catalogue.periods import for_tables
from etl.reports.asked import Asked, Marts
from etl.reports.columns import Member, registered, shown_columns
from etl.reports.fund_times import STAGES_OF_A_YEAR, FundLine, FundTime, fund_times
from etl.reports.illustrative import Illustrative, marked
from etl.reports.remaining import still
from etl.reports.sheet import Annex, Column, layout
from etl.reports.words import Both, as_known, of_communes, one, rounding, said, unit_word, words
from etl.units.words import LEVEL_WORDS

_SUMMED = ("assigned_sum", "registered_sum")  # what nobody printed has our words for a text


def register(marts: Marts, asked: Asked) -> Annex:
    """What communes were assigned: the columns that the programme lists, in its order, as the annex
    of Na Rì's plan 29/KH-UBND (2025) prints its own."""
    shown = shown_columns(marts, asked)["register"]
    columns = (
        Column("TT", 6, "centre"),
        Column("Đơn vị", 28),
        *(
            Column(
                each["header_vi"].format(year=asked.year), 14 if each["group_vi"] else 16, "number",
                each["group_vi"].format(year=asked.year),
            )
            for each in shown
        ),
    )  # fmt: skip
    *members, total = registered(marts, asked)
    marks = Illustrative(marts, asked)
    lines = [
        (str(number), member.name, *_figures(member, shown, marks))
        for number, member in enumerate(members, start=1)
    ]
    coverage = next(
        (of for each in shown if each["measure"] == "assigned"
         and (of := total.coverage.get(each["item"]))), None,
    )  # fmt: skip
    if coverage is None:  # nothing was assigned
        lines, strong = [], frozenset[int]()
    else:
        strong = frozenset({len(lines)})
        lines.append(("", "Tổng cộng", *_figures(total, shown, marks)))
    programme = asked.programme
    return Annex(
        file=f"{asked.stem('muc_tieu')}.xlsx", sheet="Mục tiêu", head=head(asked),
        title=(f"{programme.assigned_vi.upper()} NĂM {asked.year} GIAO CHO CÁC XÃ",
               f"{programme.assigned_en} assigned to communes, {asked.year}"),
        about=about(asked, of_communes(coverage, "vi"), of_communes(coverage, "en")),
        measured_in=", ".join(dict.fromkeys(_measured(each["unit_of_measure"]) for each in shown)),
        columns=columns, rows=lines, strong=strong,
        notes=rounding(each["unit_of_measure"] for each in shown if lines),
    )  # fmt: skip


def _figures(member: Member, shown: Sequence[RowMapping], marks: Illustrative) -> Iterator[Any]:
    """The figures of a line of the register."""
    for each in shown:
        yield marked(member.value(each["item"]), member.is_invented(each, marks, None))


def attainment(marts: Marts, asked: Asked) -> Annex:
    """Targets against what was reached, as mart.attainment judges them."""
    marks = Illustrative(marts, asked)
    targets = marts.rows("page_targets", asked.params())
    lines = [_target_line(row, marks) for row in targets]
    return Annex(
        file=f"{asked.stem('ket_qua')}.xlsx", sheet="Kết quả", head=head(asked),
        title=(f"KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU {asked.topic} NĂM {asked.year}",
               f"Targets against what was reached, {asked.year}"),
        about=about(asked, "ghi ở từng dòng", "on each row"), columns=layout("attainment"),
        rows=lines,
        measured_in=Both("ghi ở từng dòng", "on each row"),
        notes=elsewhere(marts, asked, targets),
    )  # fmt: skip


def elsewhere(marts: Marts, asked: Asked, targets: Iterable[Mapping[Any, Any]]) -> list[Both]:
    """Where the targets are of a unit that has none of its own among these `targets` of the map."""
    if any(not row["is_sum"] for row in targets):
        return []
    vi, en = (words()["elsewhere"][language] for language in ("vi", "en"))
    found = [{"year": asked.year, **row} for row in marts.rows("targets_elsewhere", asked.params())]
    return [Both(vi.format(**row), en.format(**row)) for row in found]


def _target_line(row: Mapping[Any, Any], marks: Illustrative) -> Sequence[Any]:
    code, kind = row["indicator_code"], row["stated_by"]
    is_aim = marks.is_(kind, "Y", code, year=row["year_to"])
    has_figure = row["actual_value"] is not None
    is_own = row["is_self_filed"] and has_figure
    return (
        row["target_no"], Both(row["indicator_vi"], row["indicator_en"]),
        said("bases", kind) if kind in _SUMMED else row["text_as_printed"],
        said("bases", kind), said("operators", row["operator"]),
        marked(row["target_value"], is_aim), marked(row["target_value_high"], is_aim),
        unit_word(row["unit_of_measure"]), said("periods", row["period"]) if has_figure else "",
        marked(row["actual_value"], marks.is_("actual", row["period"], code)),
        row["attainment_pct"], still(row, "vi"), still(row, "en"),
        one("verdicts", row["verdict"], "vi"), one("verdicts", row["verdict"], "en"),
        said("reasons", row["reason"]), Both("tự báo cáo", "own") if is_own else row["coverage"],
        row["document"],
    )  # fmt: skip


def funds(marts: Marts, asked: Asked) -> Annex:
    """Funds by project line and source, million VND, with totals; of the year, its periods beside
    each other, and of several years that it is one of."""
    times = fund_times(marts, asked)
    periods = for_tables({period for time in times for period in time.periods})
    stages = max((time.stages() for time in times), key=len, default=[])
    marks = Illustrative(marts, asked)
    columns = (
        *layout("funds"),
        *(column for period in periods for column in _done_columns(period, stages)),
    )
    timed = [(time, line) for time in times for line in time.lines]
    number = count(1)
    return Annex(
        file=f"{asked.stem('kinh_phi')}.xlsx", sheet="Kinh phí", head=head(asked),
        title=(f"KINH PHÍ THỰC HIỆN CÁC DỰ ÁN {asked.topic} NĂM {asked.year}",
               f"Funds by project and source, {asked.year}"),
        about=about(asked, *(
            "; ".join(time.coverage(language) for time in times if time.periods) or "–"
            for language in ("vi", "en")
        )),
        measured_in=Both("triệu đồng", "million VND"), columns=columns,
        rows=[
            (str(next(number)) if line.kind == "line" else "",
             *_fund_line(time, line, periods, stages, marks))
            for time, line in timed
        ],
        strong=frozenset(
            i for i, (_time, line) in enumerate(timed) if line.kind in ("source", "total")
        ),
    )  # fmt: skip


def _of_which(nature: str | None) -> str:
    """The words of a part of a line; "" of a whole one."""
    if not nature:
        return ""
    word = words()["natures"][nature]
    return Both(f"  trong đó: {word['vi']}", f"of which: {word['en']}")


def _done_columns(period: str, stages: Sequence[str]) -> Iterator[Column]:
    group = said("periods", period)
    for name in stages:
        yield Column("\n".join(words()["stages"][name].values()), 14, "money", group)
        if name == "disbursed":
            yield Column("Tỷ lệ giải ngân (%)\nDisbursed (%)", 14, "money", group)
    yield Column("Độ phủ, xã\nCoverage", 11, "centre", group)


def _fund_line(
    time: FundTime,
    line: FundLine,
    periods: Sequence[str],
    stages: Sequence[str],
    marks: Illustrative,
) -> Iterator[Any]:
    """The cells of a row behind its number."""
    row, code = line.about, line.about["project_code"] or ""
    yield from {
        "line": (Both(line.project(), row["project_en"]), row["project_code"]),
        "nature": (_of_which(row["nature"]), ""),
        "source": (Both("Cộng theo nguồn", "Total of the source"), ""),
        "total": (Both("Tổng cộng", "Total"), ""),
    }[line.kind]
    yield Both(row["source_vi"], row["source_en"]) if row["source"] else ""
    yield time.words("en")
    for name in STAGES_OF_A_YEAR:
        yield marked(row[f"{name}_million_vnd"], marks.is_(name, "Y", code, year=time.year_to))
    for period in periods:
        done = line.of.get(period, {}) if period in time.periods else {}
        for name in stages:
            yield marked(done.get(f"{name}_million_vnd"), marks.is_(name, period, code))
            if name == "disbursed":
                yield done.get("disbursed_pct")
        yield done.get("coverage")


def filings(marts: Marts, asked: Asked) -> Annex:
    """The filings of the year of the unit and of those in it, and what is due and missing."""
    columns = list(layout("filings"))
    if asked.level != "province":
        del columns[2]  # the district
    titles = form_titles()
    rows = marts.rows("filings", asked.params())
    lines = [
        _filing_line(number, row, titles, asked.level) for number, row in enumerate(rows, start=1)
    ]
    accepted, missing = (rows[0]["accepted"], rows[0]["missing"]) if rows else (0, 0)
    return Annex(
        file=f"tinh_hinh_nop_{asked.unit}_{asked.year}.xlsx", sheet="Tình hình nộp",
        head=head(asked),
        title=(f"TÌNH HÌNH NỘP BÁO CÁO NĂM {asked.year}", f"Filing status, {asked.year}"),
        about=about(asked, f"{accepted} báo cáo được nhận, {missing} chưa nộp",
                     f"{accepted} filings accepted, {missing} missing", "as_filed"),
        measured_in=Both("báo cáo", "filing"), columns=columns, rows=lines,
    )  # fmt: skip


def _filing_line(
    number: int, row: Mapping[Any, Any], titles: Mapping[str, Bilingual], level: str
) -> Sequence[Any]:
    # a district itself and a commune without one have none
    district = row["district_name"] or "" if row["level"] == "commune" else ""
    return (
        str(number), row["unit_name"] or row["unit_code"],
        *([district] if level == "province" else []),
        Both(*LEVEL_WORDS[row["level"]]) if row["level"] in LEVEL_WORDS else "",
        Both(titles[row["form"]].vi, titles[row["form"]].en)
        if row["form"] in titles else row["form"],
        said("periods", row["period"]), row["due_on"], row["received_at"], row["days_late"],
        row["version"], said("states", row["state"]), row["warnings"], row["original_name"],
        row["illustrative_note"], row["contact"],
    )  # fmt: skip


def head(asked: Asked) -> tuple[str, ...]:
    """Who issues what is printed, line by line."""
    if asked.is_in_force:
        return ("ỦY BAN NHÂN DÂN", asked.unit_name.upper())
    return (asked.unit_name.upper(), "(nhóm xã / group of communes)")


def about(
    asked: Asked, coverage_vi: str, coverage_en: str, unit_map: str | None = None
) -> tuple[str, str]:
    """On which map, as of which day, on how many communes: in Vietnamese and in English."""
    if (unit_map or asked.unit_map) == "as_filed":
        vi, en = "như lúc báo cáo", "as filed"
    else:
        vi, en = f"ngày {asked.map_on:%d/%m/%Y}", f"of {asked.map_on:%d/%m/%Y}"
    day = f"{asked.received_at:%d/%m/%Y}"
    as_of_vi, as_of_en = as_known(asked.as_of)
    return (
        f"{as_of_vi}Bản đồ đơn vị: {vi}. Hồ sơ nhận gần nhất: {day}. Độ phủ: {coverage_vi}.",
        f"{as_of_en}Map of units: {en}. Latest filing received: {day}. Coverage: {coverage_en}.",
    )


def _measured(unit: str) -> str:
    """The unit of a column of figures: points are said in %."""
    return unit_word("pct" if unit == "pp" else unit)
