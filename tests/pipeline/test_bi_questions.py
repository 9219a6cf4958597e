"""The fifteen questions of docs/bi.md, asked as bi_reader; their answers come from the sheets by
hand, or from the facts by another way than the marts."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground import database
from tests.conftest import MakeWarehouse
from tests.night import NOW, Night

PAGE = Path(__file__).parents[2] / "docs" / "bi.md"
QUESTIONS = {
    int(number): query
    for number, query in re.findall(
        r"^### (\d+)\. [^\n]+\n\n```sql\n(.*?)```", PAGE.read_text("utf-8"), re.M | re.S
    )
}
FACTS = (
    " from dw.fact_indicator as f inner join raw.current_filing as g using (filing_id)"
    " inner join dw.dim_indicator as i using (indicator_key) where f.state = 'value'"
)
# from the sheets. 1: Kim Lư 10, Sơn Thành 25 and Yến Lạc 15 were asked of the new Na Rì; Côn Minh
# 10, Quang Phong 15 and Dương Sơn 20 of the new Côn Minh. 9: those that each came of.
# 14: 20 households are short in all.
BY_HAND = {
    1: [("Xã Na Rì", "50", "41", "82"), ("Xã Côn Minh", "45", "38", "84.44")],
    4: [("Tỉnh Lào Cai", 3420, 18), ("Tỉnh Quảng Ngãi", 109, 1), ("Tỉnh Thái Nguyên", 2810, 17)],
    9: [
        ("Xã Côn Minh", 78 + 115 + 188, 3, 3), ("Xã Cường Lợi", 59 + 318, 2, 2),
        ("Xã Na Rì", 59 + 263 + 100, 3, 3), ("Xã Trần Phú", 207 + 227 + 77, 3, 3),
        ("Xã Văn Lang", 217 + 163 + 133, 3, 3), ("Xã Xuân Dương", 221 + 296 + 89, 3, 3),
    ],
    10: [
        ("Xã Côn Minh", 10, 4, 6), ("Xã Sơn Thành", 25, 20, 5), ("Xã Kim Lư", 10, 6, 4),
        ("Xã Lương Thượng", 15, 12, 3), ("Xã Cường Lợi", 10, 8, 2),
    ],
    14: [
        ("Xã Côn Minh", 6, 30), ("Xã Sơn Thành", 5, 25), ("Xã Kim Lư", 4, 20),
        ("Xã Lương Thượng", 3, 15), ("Xã Cường Lợi", 2, 10),
    ],
}  # fmt: skip
OF_FACTS = {
    3: (
        "select f.year || '-' || f.period, coalesce(d.project_vi, ''), d.source_vi,"
        " sum(f.amount_million_vnd) from dw.fact_fund as f"
        " inner join raw.current_filing using (filing_id)"
        " inner join dw.dim_fund as d using (fund_key)"
        " where f.stage = 'disbursed' and f.state = 'value' and f.level = 'commune'"
        " and f.district_key ="
        " (select district_key from dw.dim_district where district_code = '066')"
        " and f.period = 'H1' group by 1, 2, 3 order by 1, 2, 3"
    ),
    7: (
        "select c.commune_name, w.word_vi, count(*) from ops.finding as n"
        " inner join dw.word as w on w.kind = 'rule' and w.code = n.rule"
        " inner join raw.filing as g using (filing_id) inner join dw.dim_commune as c"
        " on c.commune_code = g.filer_code and g.units_on between c.valid_from and c.valid_to - 1"
        " where n.severity = 'fail' group by 1, 2 order by 1, 2"
    ),
    12: (
        "select i.name_vi, sum(f.value)" + FACTS + " and f.year = 2024 and f.measure = 'actual'"
        " and i.indicator_code ~ '^deprived_.*_poor_households$'"
        " and i.indicator_code !~ 'near_poor'"
        " and f.level = 'commune' group by 1 order by 2 desc nulls last, 1"
    ),
    15: (
        "select i.name_vi, sum(f.value)" + FACTS + " and f.year = 2024 and f.measure = 'actual'"
        " and i.indicator_code like 'poverty_out_%_households' group by 1 order by 1"
    ),
}


def ask(night: Night, number: int) -> list[tuple]:
    with database.engine(night.settings, "bi_reader").connect() as connection:
        return [tuple(row) for row in database.script(connection, QUESTIONS[number])]


def plain(rows: list[tuple]) -> list[tuple]:
    """Names without where and when they were; numbers without zeros at their end."""
    return [
        tuple(
            f"{Decimal(str(value)).normalize():f}"
            if isinstance(value, (int, Decimal))
            else re.sub(r"^Xã |,.*| \(.*", "", str(value))
            for value in row
        )
        for row in rows
    ]


def test_there_are_fifteen() -> None:
    assert sorted(QUESTIONS) == list(range(1, 16))


@pytest.mark.parametrize("number", sorted(BY_HAND))
def test_answers_by_hand(warehouse_with_samples: Night, number: int) -> None:
    assert plain(ask(warehouse_with_samples, number)) == plain(BY_HAND[number])


@pytest.mark.parametrize("number", sorted(OF_FACTS))
def test_answers_of_facts(warehouse_with_samples: Night, number: int) -> None:
    found = ask(warehouse_with_samples, number)
    if number == 3:  # money of the half-year; by the end of it, new communes file
        found = [row for row in found if row[0] == "2025-H1"]
    assert plain(found) == plain(warehouse_with_samples.rows(OF_FACTS[number]))


def test_a_trend_has_every_year(warehouse_with_samples: Night) -> None:
    """Bắc Hà is told of in each of five years, always for itself."""
    own = warehouse_with_samples.rows(
        "select distinct on (f.year) f.year, f.value" + FACTS
        + " and f.measure = 'actual' and f.year_offset = 0 and i.indicator_code = 'poor_households'"
        " and f.level = 'district' and f.district_key = (select district_key from dw.dim_district"
        " where district_code = '085') order by f.year, f.period desc"
    )  # fmt: skip
    found = [row for row in ask(warehouse_with_samples, 2) if row[1] == "Huyện Bắc Hà"]
    assert [(year, value) for year, _, value, _ in found] == own
    assert [row[3] for row in found] == ["2016-2020"] + ["2022-2026"] * 4  # decree 07/2021
    assert [row[0] for row in own] == [2021, 2022, 2023, 2024, 2025]


def test_verdicts_are_those_of_the_district(warehouse_with_samples: Night) -> None:
    """Na Rì's plan names 19 indicators and the assignment's total one more, the rate; that the
    province asks two of them too makes no further row."""
    stated = warehouse_with_samples.rows(
        "select count(distinct indicator_code) from mart.attainment"
        " where unit_code = '066' and year = 2025 and unit_map = '2025-07-01'"
    )
    assert [(sum(row[2] for row in ask(warehouse_with_samples, 6)),)] == stated == [(20,)]
    judged, met = (sum(row[n] for row in ask(warehouse_with_samples, 6)) for n in (3, 4))
    # of the page's 21: 2 exceed and 4 meet what the plan asks; the province's two are not met
    assert (judged, met) == (20, 6)


def test_what_changed_since_a_day(after_samples: MakeWarehouse, tmp_path: Path) -> None:
    """Kim Hỷ files its half-year again the next day: nobody worked abroad, not one."""
    book = load_workbook(Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx")
    labels = {row[1].value: row for row in book["Chỉ tiêu"].iter_rows()}
    assert labels["Trong đó: xuất khẩu lao động"][3].value == 1
    labels["Trong đó: xuất khẩu lao động"][3].value = 0
    again = tmp_path / "bao_cao_6_thang_2025_kim_hy_lan_2.xlsx"
    book.save(again)
    with after_samples() as settings:
        night = Night(settings, tmp_path)
        assert ask(night, 8) == []
        sent = NOW + timedelta(days=1, hours=-2)
        os.utime(again, (sent.timestamp(),) * 2)
        night.go(NOW + timedelta(days=1))
        assert ask(night, 8) == [
            (date(2025, 6, 21), "Xã Kim Hỷ", "labour_export", "2025-H1", 1, 0, again.name)
        ]


def test_missing_and_late(warehouse_with_samples: Night) -> None:
    missing = dict(row[::2] for row in ask(warehouse_with_samples, 5))
    assert missing["Lấp Vò"] == 26  # its thirteen communes owe two reports of 2024
    assert all(days > 0 for *_, days in ask(warehouse_with_samples, 11))


def test_above_thirty(warehouse_with_samples: Night) -> None:
    """606 of 1 540, 511 of 1 604 and 513 of 1 622 households: no other new commune has as many."""
    found = dict(ask(warehouse_with_samples, 13))
    old = {"Xã Xuân Dương": ("Xuân Dương", "Đổng Xá", "Liêm Thủy"),
           "Xã Trần Phú": ("Trần Phú", "Cư Lễ", "Văn Minh"),
           "Xã Văn Lang": ("Văn Lang", "Kim Hỷ", "Lương Thượng")}  # fmt: skip
    assert found.keys() == old.keys()
    for name, communes in old.items():
        ((poor, households),) = warehouse_with_samples.rows(
            "select sum(f.value) filter (where i.indicator_code = 'poor_households'),"
            " sum(f.value) filter (where i.indicator_code = 'households')" + FACTS
            + " and f.year = 2025 and f.period = 'H1' and f.measure = 'actual' and f.commune_key in"
            " (select commune_key from dw.dim_commune where commune_name = any(:names)"
            " and valid_to = date '2025-07-01' and district_key = (select district_key"
            " from dw.dim_district where district_code = '066'))",
            names=list(communes),
        )  # fmt: skip
        assert found[name] == round(100 * poor / households, 2)
