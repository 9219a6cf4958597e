"""The page of a unit, against the printed plan, the filed cells and an offline browser."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import ROOT, Settings
from etl.reports.asked import Marts
from tests.html_pages import Tag, read, table, written
from tests.night import Night
from tests.pipeline.conftest import Printed

PRINTED = ROOT / "samples" / "facts" / "na_ri_2025_communes.csv"
COLUMNS = (
    "name_as_printed", "households_start_as_printed", "poor_households_start_as_printed",
    "poverty_rate_start_as_printed", "target_reduction_households_as_printed",
    "target_rate_end_as_printed",
)  # fmt: skip


@pytest.fixture(scope="module")
def na_ri(printed: Printed) -> Path:
    return printed("066", 2025)["trang_066_2025.html"]


@pytest.fixture(scope="module")
def bac_ha(printed: Printed) -> Path:
    return printed("085", 2023)["trang_085_2023.html"]


@cache
def parsed(path: Path) -> Tag:
    return read(path.read_text(encoding="utf-8"))


def test_it_stands_alone(na_ri: Path, bac_ha: Path) -> None:
    assert na_ri.name == "trang_066_2025.html" and bac_ha.name == "trang_085_2023.html"
    for path in (na_ri, bac_ha):
        html = path.read_text(encoding="utf-8")
        assert html.startswith('<!DOCTYPE html>\n<html lang="vi">') and "�" not in html
        assert set(re.findall(r"https?://\S+?(?=\")", html)) == {
            "http://www.w3.org/2000/svg"
        }  # names of a language, no addresses
        assert not re.search(r"url\((?!#)|@import|@font-face|javascript:", html)
        tags = parsed(path).all()
        assert {tag.name for tag in tags}.isdisjoint(
            {"script", "link", "img", "iframe", "object", "embed", "base", "form", "input"}
        )
        assert not [a for tag in tags for a in tag.attributes if a.startswith("on") or a == "src"]
        policy = next(t for t in tags if t.attributes.get("http-equiv"))
        assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_it_is_whole_and_says_what_is_what(na_ri: Path, bac_ha: Path) -> None:
    for path in (na_ri, bac_ha):
        tags = parsed(path).all()
        names = [tag.attributes["id"] for tag in tags if "id" in tag.attributes]
        assert len(names) == len(set(names))
        pointed = [tag.attributes.get("aria-labelledby", "").split() for tag in tags]
        links = [tag.attributes["href"].removeprefix("#") for tag in tags if tag.name == "a"]
        assert links and {*links, *chain(*pointed)} <= set(names)
        tables = [tag for tag in tags if tag.name == "table"]
        assert len(tables) >= 5
        for found in tables:
            assert found.all("caption") and found.all("thead")
            assert all(cell.attributes.get("scope") for cell in found.all("th"))
            assert all(row.all("th") for body in found.all("tbody") for row in body.all("tr")
                       if "more" not in row.attributes.get("class", ""))  # fmt: skip
        for figure in (tag for tag in tags if tag.name == "figure"):
            [wide, narrow] = figure.all("svg")
            assert figure.all("figcaption")[0].text.startswith("Hình ")
            assert wide.all("title")[0].text and narrow.all("desc")[0].text
        numbers = [t.all("caption")[0].text.split(".")[0] for t in tables]
        assert numbers == [f"Bảng {n}" for n in range(1, len(tables) + 1)]


def test_the_communes_are_the_printed_register(na_ri: Path) -> None:
    with PRINTED.open(encoding="utf-8", newline="") as handle:
        expected = [[" ".join(row[c].split()) for c in COLUMNS] for row in csv.DictReader(handle)]
    rows = table(parsed(na_ri), "Kết quả từng xã")
    assert [row[:6] for row in rows[:17]] == expected[:17] and rows[0][1:4] == [
        "1.337",
        "108",
        "8,08",
    ]
    assert expected[17][1:5] == ["10.307", "2.977", "28,88", "361"]
    # docs/attainment.md: 167 of 361 after six months, 354 of the six new communes at its end
    half, year = rows[17:]
    assert half[1:6] == year[1:6] == expected[17][1:]
    # registered 347: (2.977 - 347) / 10.307 = 25,52 %; 354 and 25,40 % go beyond
    assert half[6:8] == year[6:8] == ["347", "25,52"]
    against = [f"so với cộng số các xã đăng ký: {each}" for each in ("347 hộ", "25,52 %")]
    behind, beyond = ([f"{word} {each}" for each in against] for word in ("▼ Chậm", "▲ Vượt"))
    assert half[8:] == ["6 tháng", "167", "2.810", "27,23", *behind, "17/17"]
    assert year[8:] == ["cả năm", "354", "2.623", "25,40", *beyond, "6/6"]


def test_the_head_and_the_summary(na_ri: Path) -> None:
    page = parsed(na_ri)
    [head] = page.all("header")
    assert "ỦY BAN NHÂN DÂN HUYỆN NA RÌ" in head.text
    assert "Bản đồ đơn vị: ngày 30/06/2025. Hồ sơ nhận gần nhất: 12/11/2025." in head.text
    assert "Độ phủ: 6 tháng 17/17 xã, cả năm 6/6 xã." in head.text
    [key] = page.all("dl")
    for said in (
        "2.977 trong 10.307 hộ = 28,88 %; 17/17 xã",
        "361 hộ = 3,50 điểm %, còn 25,38 %; 17/17 xã",
        "347 hộ = 3,37 điểm %, còn 25,52 %; 17/17 xã",
        "354 hộ; còn 2.623 hộ nghèo = 25,40 %; 6/6 xã",
    ):
        assert said in key.vietnamese
    assert "Có số liệu minh hoạ: số có dấu *" in head.vietnamese


def test_every_target_is_counted_once(bac_ha: Path) -> None:
    with (ROOT / "samples" / "facts" / "plan_targets.csv").open(encoding="utf-8") as handle:
        stated = [
            row["target_id"]
            for row in csv.DictReader(handle)
            if row["geography"] == "Huyện Bắc Hà"
            and row["period_start"] <= "2023" <= row["period_end"]
        ]
    page = parsed(bac_ha)
    tally = {row[0]: [int(cell) for cell in row[1:]] for row in table(page, "Số mục tiêu theo")}
    total = tally.pop("Tổng cộng")
    assert [sum(column) for column in zip(*tally.values(), strict=True)] == total
    names = [
        row[0] for row in table(page, "Mục tiêu và kết quả, kèm") if re.match(r"\d+\. ", row[0])
    ]
    assert len(names) == total[-1] == len(stated) > 60
    drawn = [f.vietnamese for f in page.all("figure") if "Tiến độ từng mục tiêu" in f.text]
    [not_drawn] = re.findall(r"Không vẽ được (\d+) mục tiêu", page.text)
    bars = re.findall(r"\d+\. \S", " ".join(svg.text for f in page.all("figure")
                      if "Tiến độ từng" in f.text for svg in f.all("svg")[:1]))  # fmt: skip
    assert drawn and len(bars) + int(not_drawn) == total[-1]


def test_verdicts_are_those_of_the_mart(warehouse_with_samples: Night, na_ri: Path) -> None:
    words = {"exceeded": "▲ Vượt", "met": "✓ Đạt", "not_met": "✗ Không đạt", "behind": "▼ Chậm",
             "on_track": "► Đúng tiến độ", "not_assessable": "○ Chưa đánh giá được"}  # fmt: skip
    found = warehouse_with_samples.rows(
        "select verdict from mart.attainment where level = 'district' and unit_code = '066'"
        " and unit_map = '2025-06-30' and year = 2025"
    )
    rows = table(parsed(na_ri), "Mục tiêu và kết quả, kèm")
    cells = [cell for row in rows for cell in row if cell.split(" ")[0] in "▲✓✗▼►○" and cell]
    said = sorted(word for cell in cells for word in words.values() if cell.startswith(word))
    assert said == sorted(words[verdict] for (verdict,) in found) and len(said) > 30
    cut = next(row for row in rows if "từ 361 hộ trở lên" in " ".join(row[1:2]))
    assert cut[0].endswith("“Phấn đấu giảm tỷ lệ hộ nghèo từ 3,5% (tương đương 361 hộ) trở lên”")
    assert cut[2:6] == ["6 tháng", "–", "167 hộ", "46,26 / 50"]
    assert cut[6].startswith("▼ Chậm so với tiến độ đều") and cut[7] == "17/17"


def test_years_break_at_a_change_of_standard(warehouse_with_samples: Night, bac_ha: Path) -> None:
    """Rates are computed anew from the counts in the filed cells."""
    filed = {
        (year, period, measure, code): value
        for year, period, measure, code, value in warehouse_with_samples.rows(
            "select year, period, measure, code, value from mart.figure_trace"
            " where level = 'district' and unit_code = '085' and fact = 'indicator' and is_current"
            " and code in ('households', 'poor_households')"
        )
    }

    def rate(year: int, period: str) -> str:
        measure = "baseline" if period == "OPEN" else "actual"
        poor, all_ = (filed[year, period, measure, c] for c in ("poor_households", "households"))
        return str((100 * poor / all_).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")

    rows = table(parsed(bac_ha), "Tỷ lệ hộ nghèo qua các năm")
    titles = [row[0] for row in rows if len(row) == 1]
    assert [title.split(" (")[0] for title in titles] == [
        "Chuẩn nghèo giai đoạn 2016–2020", "Chuẩn nghèo theo Nghị định 07/2021/NĐ-CP",
    ]  # fmt: skip
    assert "“giai đoạn 2021-2025” hoặc “2022-2025”, nay kéo dài đến hết năm 2026" in titles[1]
    known = {row[0]: row[3:5] for row in rows if len(row) > 1}
    assert known["2021, cả năm"][0] == rate(2021, "Y")
    assert known["2022, cả năm"][0] == rate(2022, "Y")
    # the first row under a standard has nothing to be compared with, and the others have
    for before, row in pairwise(rows):
        if len(row) > 1:
            assert (row[4] == "–") == (len(before) == 1), row
    narrow = [f.all("svg")[1] for f in parsed(bac_ha).all("figure") if "theo từng chuẩn" in f.text]
    lines = [g for g in narrow[0].all("g") if "mark-line" in g.attributes.get("class", "")]
    assert len(lines) == 2


def test_a_change_is_of_one_standard_and_as_many_communes(fresh_warehouse: Settings) -> None:
    """Year by year: rate, communes known of 19, what changed since the start of the year."""
    told = {
        (2021, "Y"): (20, 19, None),  # nothing is known of its start
        (2022, "Y"): (45, 19, None),  # 2021 was under the standard of 2016-2020
        (2023, "OPEN"): (44, 19, None),
        (2023, "Y"): (40, 19, Decimal("-4.00")),  # from 44, not from 45
        (2024, "Y"): (35, 12, None),  # fewer communes than 2023
        (2025, "H1"): (33, 12, Decimal("-2.00")),  # as many
        (2026, "Y"): (30, 19, None),  # nothing is known of 2025's end
        (2027, "Y"): (50, 19, None),  # the standard of 2027-2030
        (2028, "OPEN"): (50, 19, None),  # said by the end of 2027 already: not a row
        (2028, "Y"): (48, 19, Decimal("-2.00")),
    }
    with database.engine(fresh_warehouse).begin() as connection:
        [(district, province)] = connection.exec_driver_sql(
            "select district_key, province_key from dw.dim_district where district_code = '085'"
        ).all()
        for (year, period), (rate, communes, _change) in told.items():
            connection.execute(
                text(
                    "insert into dw.agg_indicator (level, unit_key, district_key, province_key,"
                    " year, period, measure, indicator_key, numerator, denominator, value,"
                    " units_expected, units_reported, districts_expected, districts_reported,"
                    " unit_map) select 'district', :district, :district, :province, :year, :period,"
                    " case :period when 'OPEN' then 'baseline' else 'actual' end, indicator_key,"
                    " :rate, 100, :rate, 19, :communes, 1, 1, 'as_filed'"
                    " from dw.dim_indicator where indicator_code = 'poverty_rate'"
                ),
                {"district": district, "province": province, "year": year, "period": period,
                 "rate": rate, "communes": communes},
            )  # fmt: skip
    asked = {"level": "district", "unit": "085", "unit_name": "Huyện Bắc Hà",
             "programme": "GNBV"}  # fmt: skip
    with database.engine(fresh_warehouse, "bi_reader").connect() as connection:
        found = Marts(connection).rows("page_years", {**asked, "unit_map": "as_filed"})
    del told[2028, "OPEN"]
    assert {(row["year"], row["period"]): row["change"] for row in found} == {
        moment: change for moment, (_rate, _communes, change) in told.items()
    }


def test_funds_and_filings(na_ri: Path) -> None:
    page = parsed(na_ri)
    total = table(page, "Kinh phí, năm 2025")[-1]
    # the plan prints 13.731; cell by cell of the 17 reports 12,357.87 and 4,731.88, of the six
    # communes that the 17 became 12,357.87 and 11,517.79
    assert total == [
        "Tổng cộng", "", "13.731,00", "12.357,87", "4.731,88", "38,29", "17/17",
        "12.357,87", "11.517,79", "93,20", "6/6",
    ]  # fmt: skip
    half = next(row for row in table(page, "Số báo cáo theo biểu") if row[1] == "6 tháng")
    # so_van_den.csv: 17 communes, three of them late for 9 June; one filing was sent back
    assert half[2:6] == ["17", "3", "1", "0"]


def test_what_is_missing_is_named(printed: Printed) -> None:
    page = parsed(printed("19", 2025)["trang_19_2025.html"])
    assert "2.977 trong 10.307 hộ = 28,88 %; 17/280 xã" in page.all("dl")[0].vietnamese
    section = next(s for s in page.all("section") if s.attributes["id"] == "cac-xa")
    # docs/units.md: the 17 communes of Na Rì became six of the province's 92
    assert "6/92 xã đã có số thực hiện năm 2025." in section.text
    missing = [item.text for item in section.all("li")]
    assert len(missing) == 86 and "Xã An Khánh" in missing and "Xã Côn Minh" not in missing
    assert [row[1:4] for row in table(page, "Kết quả từng xã") if row[0] == "Xã Côn Minh"] == [
        ["1.504", "398", "26,46"]
    ]


def test_a_commune_has_a_page_without_communes(printed: Printed) -> None:
    page = parsed(printed("02146", 2025)["trang_02146_2025.html"])
    assert "cac-xa" not in {s.attributes["id"] for s in page.all("section")}
    assert "173 trong 413 hộ = 41,89 %" in page.all("dl")[0].vietnamese


def test_what_filers_write_stays_text(
    warehouse_with_samples: Night, na_ri: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every text that is no code, from whichever filing or list, carries markup."""
    poison = "<script>alert(1)</script><img src=x onerror=\"alert('2')\">&amp;"
    texts = {
        "text_as_printed", "document", "unit_name", "indicator_vi", "indicator_en", "project_vi",
        "project_en", "source_vi", "source_en", "assigned_text", "due_basis_vi", "due_basis_en",
    }  # fmt: skip
    asked = Marts.rows
    poisoned = set()

    def rows(marts: Marts, name: str, params: dict) -> list[dict]:
        found = [dict(row) for row in asked(marts, name, params)]
        for row in found if name != "maps" else ():  # the unit's own name is asked for again
            for key in texts & {key for key, value in row.items() if value}:
                row[key] = f"{poison}{row[key]}"
                poisoned.add(key)
        return found

    monkeypatch.setattr(Marts, "rows", rows)
    page = parsed(written(warehouse_with_samples, tmp_path, "066", 2025))
    assert poisoned == texts
    names = {tag.name for tag in page.all()}
    assert names == {tag.name for tag in parsed(na_ri).all()}
    assert not [a for tag in page.all() for a in tag.attributes if a.startswith("on")]
    assert " ".join(poison.split()) in page.text
