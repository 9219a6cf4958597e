"""Figures of a page lead to what they are made of, and these make them again."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from etl.reports import sources
from etl.reports.asked import Marts
from tests.html_pages import Tag, read, written
from tests.night import Night
from tests.pipeline.conftest import Printed

Places = dict[str, tuple[Tag, Tag]]


@pytest.fixture(scope="module")
def na_ri(printed: Printed) -> Tag:
    return page(printed("066", 2025)["trang_066_2025.html"])


def page(path: Path) -> Tag:
    return read(path.read_text(encoding="utf-8"))


def links(tag: Tag) -> list[Tag]:
    return [a for a in tag.all("a") if a.attributes.get("class") == "s"]


@pytest.fixture(scope="module")
def places(na_ri: Tag) -> Places:
    return named(na_ri)


def named(root: Tag) -> Places:
    """By name what a link may lead to: the section that it opens, and the element itself."""
    return {
        tag.attributes["id"]: (section, tag)
        for section in root.all("section")
        for tag in (section, *section.all("tr")) if "id" in tag.attributes
    }  # fmt: skip


def led_to(places: Places, link: Tag) -> tuple[Tag, Tag]:
    return places[link.attributes["href"].removeprefix("#")]


def number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


def lines(section: Tag) -> list[list[str]]:
    rows = section.all("tbody")[0].all("tr")
    return [
        [cell.vietnamese for cell in row.all("th", "td")]
        for row in rows if "sum" not in row.attributes.get("class", "")
    ]  # fmt: skip


def test_the_printed_rate_of_the_annex(na_ri: Tag, places: Places) -> None:
    """25,38 is 2 616 of 10 307, of 17 communes each with its cell; the annex prints it in H28."""
    row = next(
        row for row in na_ri.all("tr")
        if row.all("th") and "Tỷ lệ hộ nghèo" in row.text and "25,38 %" in row.text and links(row)
    )  # fmt: skip
    link = next(one for one in links(row) if "25,38" in one.text)
    section, _ = led_to(places, link)
    total = section.all("tbody")[0].all("tr")[-1]
    assert [cell.text for cell in total.all("th", "td")][:3] == [
        "Tổng: 2.616 / 10.307 = 25,38", "2.616", "10.307",
    ]  # fmt: skip
    assert "Văn bản in 25,38: ô H28, trang “Biểu mục tiêu”" in section.vietnamese
    rows = lines(section)
    assert len(rows) == 17 and all(cells and file for *_, cells, _, _, file in rows)
    kim_hy = next(row for row in rows if row[0] == "Xã Kim Hỷ")
    assert kim_hy[1:3] == ["153", "413"] and kim_hy[4] == "(173 − 20) / 413"


def test_every_link_leads_to_what_makes_its_figure(na_ri: Tag, places: Places) -> None:
    checked = 0
    for link in links(na_ri):
        if not re.fullmatch(r"−?[\d.]+(,\d+)?", link.text):
            continue  # in words: "từ 361 hộ trở lên"
        section, at = led_to(places, link)
        rows = lines(section) if at is section else [
            [cell.vietnamese for cell in at.all("th", "td")]
        ]  # fmt: skip
        heads = [head.vietnamese for head in section.all("thead")[0].all("th")]
        if at is not section and len(rows) == 1 and "đầu năm trừ nay" in section.text:
            continue  # a commune's part of a fall is of several rows
        above = sum(number(row[1]) for row in rows)
        found = above
        if "Mẫu số" in heads:
            below = sum(number(row[2]) for row in rows if row[2] != "–")
            found = 100 * above / below
        shown = number(link.text)
        assert found.quantize(shown, ROUND_HALF_UP) == shown, (link.text, section.text[:80])
        checked += 1
    assert checked > 400


def test_what_only_communes_of_two_maps_tell_is_led_back_too(na_ri: Tag, places: Places) -> None:
    """354 households left poverty: 2 977 at the start less 2 623 of the six new communes."""
    link = next(one for one in links(na_ri) if one.text == "354")
    section, _ = led_to(places, link)
    rows = lines(section)
    assert sum(number(row[1]) for row in rows if not row[1].startswith("−")) == 2977
    assert sum(number(row[1]) for row in rows if row[1].startswith("−")) == -2623
    assert len(rows) == 17 + 6


def test_every_commune_of_the_table_has_its_row(na_ri: Tag, places: Places) -> None:
    section = next(s for s in na_ri.all("section") if s.attributes["id"] == "cac-xa")
    rows = [
        r for r in section.all("tbody")[0].all("tr") if "sum" not in r.attributes.get("class", "")
    ]
    assert len(rows) == 17
    for row in rows:
        name = row.all("th")[0].text
        for link in links(row):
            _, at = led_to(places, link)
            assert at.name == "tr" and at.all("th")[0].text == name


def test_a_figure_of_too_many_units_is_by_district(
    warehouse_with_samples: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_UNITS", 5)
    root = page(written(warehouse_with_samples, tmp_path, "066", 2025))
    link = next(one for one in links(root) if one.text == "2.977")
    section, _ = led_to(named(root), link)
    assert [row[0] for row in lines(section)] == ["Na Rì (17 đơn vị)"]
    assert "khoxa trace 066 poor_households --year 2025 --period OPEN" in section.text


def test_a_page_that_is_full_still_leads_to_a_cell(
    warehouse_with_samples: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a province's of many communes is: what a cell states is no sum of districts."""
    monkeypatch.setattr(sources, "_LINES", 0)
    root = page(written(warehouse_with_samples, tmp_path, "066", 2025))
    places = named(root)
    told = [lines(led_to(places, link)[0]) for link in links(root)]
    assert any(len(rows) == 1 and "đơn vị)" not in rows[0][0] for rows in told)


def test_a_printed_page_and_its_size_stay_bounded(na_ri: Tag) -> None:
    style = na_ri.all("style")[0].text
    (print_rules,) = re.findall(r"@media print \{(.*)", style, re.S)
    assert ".nguon, .nguon:target" in print_rules.replace("nav, ", "")
    listed = [s for s in na_ri.all("section") if s.attributes.get("class") == "nguon"]
    rows = sum(len(lines(section)) for section in listed)
    assert 1000 < rows <= sources._LINES
    assert all(not section.all("script") for section in listed)


def test_what_filers_wrote_stays_text(
    warehouse_with_samples: Night, na_ri: Tag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = "<script>alert(1)</script><img src=x onerror=\"alert('2')\">"
    texts = {"from_name", "unit_name", "file", "sheet", "cell", "cells", "text_as_filed",
             "texts_as_filed", "document", "correction_reason", "indicator_vi"}  # fmt: skip
    asked = Marts.rows

    def rows(marts: Marts, name: str, params: dict) -> list[dict]:
        found = [dict(row) for row in asked(marts, name, params)]
        for row in found if name.startswith(("page_trace", "page_stated")) else ():
            row.update({key: f"{poison}{row[key] or ''}" for key in texts & row.keys()})
        return found

    monkeypatch.setattr(Marts, "rows", rows)
    root = page(written(warehouse_with_samples, tmp_path, "066", 2025))
    assert {tag.name for tag in root.all()} == {tag.name for tag in na_ri.all()}
    assert not [a for tag in root.all() for a in tag.attributes if a.startswith("on")]
    assert "<script>alert(1)" in root.text
