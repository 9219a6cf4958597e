"""Units whose names are, or lie in, words of a form file like all others: Xã Tân Ước, Xã Cộng Hòa,
the communes of Huyện U Minh ("số liệu minh họa")."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from benchmarks.inbox import reports
from etl.ground.records import ReceivedFile
from etl.ground.text import key
from etl.normalise import normalise
from etl.normalise.title.words import said_in
from etl.read import read
from etl.units.index import load_units
from etl.units.version import Unit
from tools.samples.report import CommuneReport, draw_commune_report

DAYS = {"H1": date(2025, 6, 30), "Y": date(2025, 12, 31)}
((_name, REPORT),) = reports(1)


def drawn(report: CommuneReport, path: Path) -> Path:
    draw_commune_report(path, report)
    return path


def words_of_a_report() -> str:
    book = io.BytesIO()
    draw_commune_report(book, replace(REPORT, unit="", district="", province=""))
    cells = (c for sheet in load_workbook(book) for row in sheet.values for c in row)
    return key("\n".join(cell for cell in cells if isinstance(cell, str)))


def says_something(unit: Unit) -> bool:
    words = f" {key(unit.name)} "
    return any(f" {p} " in words for p in ("ước", "tạm", "dự kiến", "dự thảo", "điều chỉnh"))


def at_risk() -> Iterator[tuple[Unit, str]]:
    """The communes one of whose names (its own, those above) stands in a report anyway."""
    words = words_of_a_report()
    for period, day in DAYS.items():
        for unit in load_units().units:
            if unit.level != "commune" or not unit.is_on(day):
                continue
            above = above_of(unit, day)
            names = [key(each.name) for each in (unit, *above)]
            if says_something(unit) or any(" " in each and each in words for each in names):
                yield unit, period


@cache
def higher_units() -> dict[tuple[str, str], list[Unit]]:
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in load_units().units:
        if unit.level != "commune":
            found.setdefault((unit.level, unit.code), []).append(unit)
    return found


def above_of(unit: Unit, day: date) -> list[Unit]:
    codes = (("district", unit.district_code or ""), ("province", unit.province_code or ""))
    return [u for code in codes for u in higher_units().get(code, ()) if u.is_on(day)]


AT_RISK = list(at_risk())


def test_there_are_such_units() -> None:
    names = {unit.full_name for unit, _period in AT_RISK}
    assert {"Xã Tân Ước", "Xã Cộng Hòa", "Xã Khánh Lâm"} <= names  # the last lies in Huyện U Minh


@pytest.mark.parametrize(("unit", "period"), AT_RISK, ids=[f"{u.code}-{p}" for u, p in AT_RISK])
def test_a_name_that_is_a_word_of_the_form_is_a_name(
    unit: Unit, period: str, tmp_path: Path
) -> None:
    *district, province = (f"{each.unit_type} {each.name}" for each in above_of(unit, DAYS[period]))
    report = replace(
        REPORT, unit=unit.full_name, district="".join(district), province=province, period=period
    )
    path = drawn(report, tmp_path / "bao_cao.xlsx")
    done = normalise(read(ReceivedFile(1, path.name, path)))
    assert [finding for each in done for finding in each.findings] == []
    assert {each.recognised.filer_code for each in done if each.recognised} == {unit.code}


@pytest.mark.parametrize("case", [str, str.upper, "Ủy ban nhân dân {}".format, "{}, ngày 5".format])
def test_no_name_says_a_state_or_a_period(case) -> None:
    names = {unit.full_name for unit in load_units().units}
    assert [name for name in names if any(said_in(case(name), False))] == []


@pytest.mark.parametrize(
    "text", ["Xã Tân Ước ước thực hiện năm 2025", "Xã Duy Tân ước thực hiện", "Tân ước đạt 5 hộ"]
)
def test_what_is_said_beside_a_name_is_said(text: str) -> None:
    assert [status for status, _words in said_in(text, False).statuses] == ["estimate"]
