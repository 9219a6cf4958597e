"""A filing beside earlier ones: warnings only, and only where the two can be compared.

Na Rì's printed register of 2025 opens with 413 households and 173 poor ones in Xã Kim Hỷ, 1337
and 108 in Thị trấn Yến Lạc. What stands beside it here is made up for the test.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain
from tests.khoxa import khoxa
from tests.night import NOW, SAMPLES, Night

REPORT = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
REGISTER = SAMPLES / "inbox" / "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
TITLES = {
    "OFFICIAL": "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024",
    "PRELIMINARY": "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO SƠ BỘ NĂM 2024",
}
HEADER = (
    ("TT", "Đơn vị", "Hộ dân cư", "", "Hộ nghèo", "", "", "", "Hộ cận nghèo"),
    ("", "", "Tổng số", "Trong đó: hộ DTTS")
    + ("Số hộ", "Tỷ lệ", "Trong đó: hộ DTTS", "Tỷ lệ trong số hộ DTTS") * 2,
)


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    (tmp_path / "inbox").mkdir()
    return Night(fresh_warehouse, tmp_path / "inbox")


def review(night: Night, name: str, title: str, **changed: tuple[int, int]) -> None:
    """Na Rì's review of 2024: households and poor ones as the register of 2025 opens with."""
    book = Workbook()
    sheet = book.active
    for line in (("ỦY BAN NHÂN DÂN",), ("HUYỆN NA RÌ",), ("TỈNH BẮC KẠN",), (TITLES[title],)):
        sheet.append(line)
    for line in HEADER:
        sheet.append(line)
    for area in ("A5:A6", "B5:B6", "C5:D5", "E5:H5", "I5:L5"):
        sheet.merge_cells(area)
    for n, row in enumerate(night.facts("na_ri_2025_communes")[:-1], 1):
        counts = int(row["households_start"]), int(row["poor_households_start"])
        code = row["nso_code_pre_2025_07"]
        households, poor = changed.get(f"c{code}", counts)
        if households:
            rate = round(100 * poor / households, 2)
            sheet.append(
                (
                    n,
                    row["name_as_printed"],
                    households,
                    households,
                    poor,
                    rate,
                    poor,
                    rate,
                    0,
                    0,
                    0,
                    0,
                )
            )
    book.save(night.inbox / name)


def report(night: Night, name: str, **cells: object) -> None:
    """Kim Hỷ's report; its rates are left out, for they follow from the counts."""
    book = load_workbook(REPORT)
    for row in range(10, 24):
        book["Chỉ tiêu"][f"F{row}"] = None
    for cell, value in cells.items():
        book["Chỉ tiêu"][cell] = value
    book.save(night.inbox / name)


def findings(night: Night, name: str) -> list[tuple]:
    return night.rows(
        "select rule, cell, seen, message_vi from ops.finding join raw.filing using (filing_id)"
        " where original_name = :name and rule in ('opening-differs-from-closing',"
        " 'year-on-year-jump', 'official-differs-from-preliminary', 'coverage-shrinks')"
        " order by sheet, finding_no",
        name=name,
    )


def change(night: Night, sentence: str) -> None:
    with database.night(night.settings) as connection:
        connection.execute(text(sentence))


def put_a_year_back(night: Night, year: int) -> None:
    """What was read is of that year: the units are not held before the end of 2024."""
    change(night, f"update raw.filing set year = {year}")
    change(night, f"update dw.fact_indicator set year = {year}")


def accepted(night: Night) -> int:
    return night.rows("select count(*) from raw.filing where state = 'accepted'")[0][0]


def register(night: Night) -> None:
    (night.inbox / "register.xlsx").write_bytes(REGISTER.read_bytes())


def test_an_opening_that_is_not_last_years_closing(night: Night) -> None:
    review(night, "review.xlsx", "OFFICIAL", c02146=(412, 173), c02155=(1337, 107))
    night.go()
    register(night)
    night.go(NOW + timedelta(days=1))
    assert accepted(night) == 2
    found = findings(night, "register.xlsx")
    assert [row[:3] for row in found] == [
        ("opening-differs-from-closing", "D11", "108"),
        ("opening-differs-from-closing", "C12", "413"),
    ]
    assert found[1][3] == (
        "Ô C12 (Xã Kim Hỷ, cột “Tổng số hộ dân cư đầu năm 2025”): số đầu năm ghi 413, khác số cuối"
        " năm trước là 412 (tệp “review.xlsx”)."
    )


def test_a_preliminary_or_a_superseded_closing_is_no_closing(night: Night) -> None:
    review(night, "preliminary.xlsx", "PRELIMINARY", c02146=(400, 170))
    review(night, "review.xlsx", "OFFICIAL", c02146=(300, 100))
    night.go()
    review(night, "review_2.xlsx", "OFFICIAL")
    night.go(NOW + timedelta(days=1))
    register(night)
    night.go(NOW + timedelta(days=2))
    assert accepted(night) == 4
    assert findings(night, "register.xlsx") == []


def test_the_poor_of_two_poverty_standards_are_not_compared(night: Night) -> None:
    review(night, "review.xlsx", "OFFICIAL", c02146=(300, 100))
    night.go()
    change(night, "update dw.dim_year set poverty_standard = '2016-2020' where year = 2024")
    register(night)
    night.go(NOW + timedelta(days=1))
    assert accepted(night) == 2
    # 413 households and 173 poor ones of Kim Hỷ: the line changed, what a household is did not
    assert [row[:3] for row in findings(night, "register.xlsx")] == [
        ("opening-differs-from-closing", "C12", "413")
    ]


def results(night: Night, year: int, **cells: object) -> None:
    """What Bắc Hà reached: households in row 9, poor ones in row 10; E openings, F results."""
    name = f"bac_ha_ket_qua_chi_tieu_{year}.xlsx"
    book = load_workbook(SAMPLES / "inbox" / name)
    for cell, value in cells.items():
        book["Kết quả chỉ tiêu"][cell] = value
    book.save(night.inbox / name)


def test_what_a_district_filed_for_itself_is_compared_too(night: Night) -> None:
    results(night, 2022)
    night.go()
    # 2022 closed with 13690 households and 5880 poor ones; 10 % of 13690 are 1369
    results(night, 2023, E9=13691, F9=15060, E10=5879)
    night.go(NOW + timedelta(days=1))
    assert accepted(night) == 2
    assert [row[:3] for row in findings(night, "bac_ha_ket_qua_chi_tieu_2023.xlsx")] == [
        ("opening-differs-from-closing", "E9", "13691"),
        ("year-on-year-jump", "F9", "15060"),
        ("opening-differs-from-closing", "E10", "5879"),
    ]


def test_the_first_year_of_a_new_poverty_line_opens_anew(night: Night) -> None:
    results(night, 2021)
    night.go()
    # 2021 closed with 2650 poor households under the line before, 2022 opens with 6905
    results(night, 2022, E9=13481)
    night.go(NOW + timedelta(days=1))
    assert accepted(night) == 2
    assert [row[:3] for row in findings(night, "bac_ha_ket_qua_chi_tieu_2022.xlsx")] == [
        ("opening-differs-from-closing", "E9", "13481")
    ]


def test_a_change_beyond_the_band_of_the_indicator(night: Night) -> None:
    report(night, "before.xlsx", D12=6, E12=7, D17=1)
    night.go()
    put_a_year_back(night, 2024)
    # households 411 -> 452 is within 10 % (41,1), poor 163 -> 245 is beyond 50 % (81,5), near-poor
    # 53 -> 26 too (26,5); 7 -> 17 poor persons is a multiple, but of ten; jobs have no band
    wanted = {"D10": 245, "E10": 452, "D11": 26, "E11": 452, "E22": 452, "D12": 16, "E12": 17}
    report(night, "after.xlsx", **wanted, D14=156, E14=271, E15=271, D16=28)
    night.go(NOW + timedelta(days=1))
    assert accepted(night) == 2
    found = findings(night, "after.xlsx")
    assert [row[:3] for row in found] == [
        ("year-on-year-jump", "D10", "245"), ("year-on-year-jump", "D11", "26"),
    ]  # fmt: skip
    assert "cùng kỳ năm trước là 163 (tệp “before.xlsx”)" in found[0][3]


def test_one_more_household_is_beyond_the_band(night: Night) -> None:
    report(night, "before.xlsx")
    night.go()
    put_a_year_back(night, 2024)
    report(night, "after.xlsx", E10=453, E11=453, E22=453)
    night.go(NOW + timedelta(days=1))
    # of a figure that a form repeats, the first is named
    assert [row[:3] for row in findings(night, "after.xlsx")] == [
        ("year-on-year-jump", "E10", "453")
    ]


def test_an_official_figure_far_from_the_preliminary_one(night: Night) -> None:
    # 2 % of 1337 is 26,74 and of small figures at least 5: 1363 may stand beside 1337, 1364 not
    review(night, "preliminary.xlsx", "PRELIMINARY", c02146=(413, 168), c02155=(1337, 102))
    night.go()
    review(night, "official.xlsx", "OFFICIAL", c02155=(1363, 108))
    night.go(NOW + timedelta(days=1))
    assert [row[:3] for row in findings(night, "official.xlsx")] == [
        ("official-differs-from-preliminary", "E7", "108"),
        ("official-differs-from-preliminary", "G7", "108"),  # all of them DTTS households here
    ]
    review(night, "official_2.xlsx", "OFFICIAL", c02155=(1364, 107))
    night.go(NOW + timedelta(days=2))
    found = findings(night, "official_2.xlsx")
    assert [row[1:3] for row in found] == [("C7", "1364"), ("D7", "1364")]
    assert "số sơ bộ 1.337 (tệp “preliminary.xlsx”)" in found[0][3]


def test_a_filing_that_covers_fewer_communes_than_the_one_before(night: Night) -> None:
    review(night, "all.xlsx", "OFFICIAL")
    night.go()
    review(night, "fewer.xlsx", "OFFICIAL", c02146=(0, 0), c02155=(0, 0))
    night.go(NOW + timedelta(days=1))
    assert findings(night, "fewer.xlsx") == [
        ("coverage-shrinks", "", "",
         "Biểu chỉ có số liệu của 15 xã; lần trước có 17 xã (tệp “all.xlsx”)."),
    ]  # fmt: skip
    review(night, "again_all.xlsx", "OFFICIAL", c02146=(413, 172))
    night.go(NOW + timedelta(days=2))
    assert findings(night, "again_all.xlsx") == []
    # Kim Hỷ is no unit any more on the filing's day: nobody can be asked for it
    change(night, "update dw.dim_commune set valid_to = '2024-12-31', valid_from = '2024-01-01'"
                  " where commune_code = '02146'")  # fmt: skip
    review(night, "without_it.xlsx", "OFFICIAL", c02146=(0, 0))
    chain.receive(night.settings, night.inbox, NOW + timedelta(days=3))
    chain.read_and_normalise(night.settings)
    chain.check(night.settings)
    assert findings(night, "without_it.xlsx") == []


def test_a_filing_that_covers_fewer_communes_than_that_of_the_year_before(night: Night) -> None:
    review(night, "all.xlsx", "OFFICIAL")
    night.go()
    put_a_year_back(night, 2023)
    review(night, "fewer.xlsx", "OFFICIAL", c02146=(0, 0))
    night.go(NOW + timedelta(days=1))
    assert [row[0] for row in findings(night, "fewer.xlsx")] == ["coverage-shrinks"]


def test_nothing_is_compared_offline_and_khoxa_check_says_so() -> None:
    done = khoxa("check", REPORT)
    assert done.returncode == 0
    assert done.stdout.count("Chưa so với các báo cáo trước") == 1
