"""What officers see of the five plans: the page, the annexes and `khoxa status`, on the samples."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.catalogue.indicators import sources
from etl.cli.report_text import in_words
from etl.ground import database
from tests.html_pages import Tag, read
from tests.night import Night
from tests.pipeline.conftest import Files, Printed


@pytest.fixture(scope="module")
def night(warehouse_with_samples: Night) -> Night:
    return warehouse_with_samples


@pytest.fixture(scope="module")
def out(printed: Printed) -> Files:
    units = {"066": None, "085": None, "02185": None, "21484": "2025-06-30"}
    return {name: path for unit, day in units.items()
            for name, path in printed(unit, 2025, day).items()}  # fmt: skip


def page(out: Files, unit: str) -> Tag:
    return read(out[f"trang_{unit}_2025.html"].read_text(encoding="utf-8"))


def rows(tag: Tag, caption: str) -> list[list[str]]:
    """The Vietnamese cells of the rows of the table that has the words in its caption."""
    (table,) = [t for t in tag.all("table") if caption in t.all("caption")[0].text]
    return [[cell.vietnamese for cell in row.all("th", "td")]
            for body in table.all("tbody") for row in body.all("tr")]  # fmt: skip


def status(night: Night, name: str) -> list[dict[str, object]]:
    """The rows of a table of `khoxa status`, in words."""
    with database.asking(night.settings) as connection:
        result = database.ask(connection, f"status/{name}", sources=[*sources()])
        columns = list(result.keys())
        return [dict(zip(columns, in_words(columns, tuple(row)), strict=True)) for row in result]


def annex(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()]


SENTENCE = (
    "Tỷ lệ hộ nghèo: biểu giao in tổng 25,38 %; các xã đăng ký cộng lại 25,52 %,"
    " cao hơn 0,14 điểm %."
)


def test_the_printed_total_beside_what_communes_registered(out: Files) -> None:
    """(2977 - 347) / 10307 = 25.52 %, where the annex prints 25,38."""
    na_ri = page(out, "066")
    assert SENTENCE in [p.vietnamese for p in na_ri.all("p")]
    plans = rows(na_ri, "Kế hoạch của đơn vị, số giao")
    (planned,) = [row for row in plans if row[0] == "Tỷ lệ hộ nghèo"]
    assert planned[2:7] == ["–", "25,38", "–", "25,52", "0,14"]
    assert planned[7] == "thiếu so với dòng tổng cộng của biểu giao"
    cascade = rows(na_ri, "Giao, đăng ký và thực hiện")
    start = next(n for n, row in enumerate(cascade) if row[0].startswith("Tỷ lệ hộ nghèo"))
    assert cascade[start + 1][0] == "Huyện Na Rì"
    assert cascade[start + 1][3] == "25,38" and cascade[start + 1][7] == "25,52"
    cells = annex(out["giao_va_dang_ky_066_2025.xlsx"])
    assert any(str(row[0]).startswith(SENTENCE) for row in cells)


def test_a_new_commune_shows_what_its_parts_were_assigned(out: Files) -> None:
    """45 = 10 + 20 + 15 assigned, 39 = 4 + 20 + 15 registered, 38 reached."""
    found = rows(page(out, "02185"), "của xã và của các xã cũ")
    cut = found[1 : next(n for n, row in enumerate(found) if row[0].startswith("Tỷ lệ"))]
    assert {row[0].split(" cộng")[0]: (row[3], row[6], row[7], row[11]) for row in cut} == {
        "Xã Côn Minh (từ 01/07/2025)": ("45", "–", "39", "38"),
        "Xã Côn Minh (đến 30/06/2025)": ("–", "10", "4", "10 6 tháng"),
        "Xã Dương Sơn": ("–", "20", "20", "1 6 tháng"),
        "Xã Quang Phong": ("–", "15", "15", "6 6 tháng"),
    }
    (planned, *_rates) = rows(page(out, "02185"), "Kế hoạch của đơn vị, số giao")
    assert planned[2:7] == ["–", "45", "–", "39", "−6"]
    assert planned[7] == "thiếu so với cộng số giao cho các xã"


def test_both_ends_of_a_range_and_the_plans_own_unit(out: Files) -> None:
    cells = annex(out["giao_va_dang_ky_085_2025.xlsx"])
    (jobs,) = [row for row in cells if str(row[1]).startswith("Việc làm tại công ty")]
    assert (jobs[3], jobs[5]) == ("người/xã/năm", "20,00–30,00")
    (planned,) = rows(page(out, "085"), "Kế hoạch của đơn vị, số giao")
    assert planned[1:3] == ["điểm %/năm", "7,00"]


def test_what_is_to_do_of_a_share_of_communes_is_communes(out: Files) -> None:
    """13 of 17 xã are past 75 %, 7 have it."""
    text = page(out, "085").vietnamese
    assert "còn 6 xã" in text and "33,83" not in text


def test_all_with_demand_are_served_now_or_not(night: Night) -> None:
    """BH-006, at half-year 2025: 68.5 of 100."""
    assert night.rows(
        "select distinct actual_value, attainment_pct, due_pct, verdict, reason, remaining_value,"
        " pace_needed from mart.attainment where unit_name = 'Huyện Bắc Hà' and period = 'H1'"
        " and indicator_code = 'training_and_referral_pct'"
    ) == [(68.5, 68.5, 100, "behind", "rate_so_far", 31.5, None)]


@pytest.mark.parametrize(
    ("unit", "name", "statements"), [("066", "Huyện Na Rì", 21), ("085", "Huyện Bắc Hà", 68),
                                     ("21484", "Thị trấn Ba Tơ", 17)],
)  # fmt: skip
def test_status_counts_what_the_page_counts(
    night: Night, out: Files, unit: str, name: str, statements: int
) -> None:
    """Na Rì: 19 of its plan and 2 of the province; Bắc Hà 68; Ba Tơ 17, a commune's."""
    found = [row for row in status(night, "verdicts") if row["đơn vị"] == name
             and row["năm"] == "2025" and "cộng" not in str(row["ai nêu"])]  # fmt: skip
    counted = Counter[str]()
    for row in found:
        counted.update({k: v for k, v in row.items() if isinstance(v, int)})
    assert counted.pop("mục tiêu") == statements == counted.total()
    *by_verdict, total = rows(page(out, unit), "Số mục tiêu theo đánh giá")
    at = len({row["ai nêu"] for row in found}) + 1
    assert total[at] == str(statements)
    assert {row[0].split(" ", 1)[1].lower(): int(row[at]) for row in by_verdict} == dict(counted)


def test_communes_are_counted_too(night: Night) -> None:
    """Of the 17 communes of Na Rì each was assigned three and registered three."""
    assert {
        row["ai nêu"]: row["mục tiêu"]
        for row in status(night, "verdicts") if row["đơn vị"] == "17 xã của huyện Na Rì"
    } == {"huyện giao": 51, "đăng ký": 51}  # fmt: skip


def test_status_says_who_filed_and_no_codes(night: Night) -> None:
    lao_cai = [row for row in status(night, "figures") if row["đơn vị"] == "Tỉnh Lào Cai"]
    assert {row["số xã"] for row in lao_cai} == {"1/9 huyện tự báo cáo"}
    funds = status(night, "funds")
    said = {str(value) for row in funds for value in row.values()}
    assert {"giảm nghèo", "Dự án 2", "Dự án 3 - Tiểu dự án 1", "Cộng", "cả chương trình"} <= said
    assert not {word for word in said if word.isupper() or "DA" in word}


def test_a_list_of_communes_knows_what_none_of_its_parts_was_on(night: Night) -> None:
    """Bắc Kạn's 37 communes: of Xã Na Rì, from Yến Lạc, Sơn Thành and Kim Lư, it is known."""
    assert night.rows(
        "select distinct units_reported, units_expected, units_listed from mart.attainment"
        " where unit_name = 'Tỉnh Bắc Kạn' and unit_map = '2025-06-30' and period = 'Y'"
        " and sub_population = 'communes_40_pct_frozen'"
    ) == [(1, 37, 0)]


def test_schools_are_asked_of_the_education_office(night: Night) -> None:
    """BH-019, 020, 034: goals of education, which VI.4 gives to its office ("mục tiêu … như")."""
    found = night.rows(
        "select distinct indicator_code, agency_code, section from mart.target_responsible"
        " where unit_name = 'Huyện Bắc Hà' and role = 'lead' and indicator_code in"
        " ('schools_facility_standard_pct', 'schools_national_standard_pct', 'communes_ntm5',"
        " 'classrooms_built') order by 1"
    )
    assert found == [
        ("classrooms_built", "labour_office", "VI.1"),  # an investment that no section names
        ("communes_ntm5", "education_office", "VI.4"),
        ("schools_facility_standard_pct", "education_office", "VI.4"),
        ("schools_national_standard_pct", "education_office", "VI.4"),
    ]
