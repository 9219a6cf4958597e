"""Funds over several years, from Bắc Hà's sheet to the marts and the annex: 194.127 = 7.450
+ 186.677 million VND for 2021-2025, as its plan prints them (samples/facts/plan_funds.csv)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground import database
from etl.reports.asked import Marts, asked_units
from etl.reports.sheet import write
from etl.reports.tables import funds
from tests.night import Night

FILE = "bac_ha_nhu_cau_von_2021_2025.xlsx"
SOURCES = {"NSNN": "NSNN", "TD": "TINDUNG"}  # the facts' code: the warehouse's


def need(night: Night, mart: str) -> dict[str, Decimal]:
    return dict(
        night.rows(
            f"select source, need_million_vnd from mart.{mart} where unit_code = '085'"
            " and level = 'district' and (year_from, year, period) = (2021, 2025, 'Y')"
            " and need_million_vnd is not null"
        )
    )


def test_the_printed_need_is_read_back(warehouse_with_samples: Night) -> None:
    printed = {
        row["source"]: Decimal(row["amount_million_vnd"])
        for row in warehouse_with_samples.facts("plan_funds")
        if row["geography"] == "Huyện Bắc Hà"
    }
    assert printed["TOTAL"] == 194127 == 7450 + 186677
    stored = need(warehouse_with_samples, "fund_use")
    assert stored == {code: printed[source] for source, code in SOURCES.items()}
    assert sum(stored.values()) == printed["TOTAL"]
    assert need(warehouse_with_samples, "fund_total") == stored


def test_each_amount_is_traced_to_its_cell(warehouse_with_samples: Night) -> None:
    night = warehouse_with_samples
    rows = night.rows(
        "select sheet, cell, value, text_as_filed from mart.figure_trace"
        " where fact = 'fund' and file = :file and state = 'value' order by cell",
        file=FILE,
    )
    assert [(value, text) for _s, _c, value, text in rows] == [(7450, "7.450"), (186677, "186.677")]
    for sheet, cell, _value, text in rows:
        assert night.cell(night.inbox_sheet(FILE, sheet), cell) == text


def test_it_stands_beside_no_single_year(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.rows(
        "select unit_name, year_from, year, plan_million_vnd, allocated_million_vnd"
        " from mart.fund_use where need_million_vnd is not null or year_from < year"
    )
    assert rows == [("Huyện Bắc Hà", 2021, 2025, None, None)] * 2


def annex(night: Night, unit: str, year: int, folder: Path) -> list[tuple]:
    """The rows of the funds annex that hold amounts."""
    with database.engine(night.settings, "bi_reader").connect() as connection:
        marts = Marts(connection)
        (asked,) = asked_units(marts, unit, year, "as_filed")
        path = write(funds(marts, asked), folder, asked.received_at)
    rows = load_workbook(path).active.iter_rows(values_only=True)
    amounts = (int, float)
    return [row for row in rows if isinstance(row[5], amounts) or isinstance(row[6], amounts)]


@pytest.mark.parametrize("year", [2021, 2023, 2025])
def test_the_annex_of_any_of_the_years_shows_it(
    warehouse_with_samples: Night, tmp_path: Path, year: int
) -> None:
    rows = annex(warehouse_with_samples, "085", year, tmp_path)
    assert {row[4] for row in rows} == {"2021–2025"}
    assert [(row[2], row[5]) for row in rows] == [
        (None, 7450), (None, 186677), (None, 7450), (None, 186677), (None, 194127)
    ]  # fmt: skip
    assert rows[-1][1] == "Tổng cộng / Total"
    assert all(row[6:] == (None,) for row in rows)


def test_na_ris_annex_is_the_plan_of_its_year(
    warehouse_with_samples: Night, tmp_path: Path
) -> None:
    rows = annex(warehouse_with_samples, "066", 2025, tmp_path)
    assert [(row[1], row[5], row[6]) for row in rows[-3:]] == [
        ("Cộng theo nguồn / Total of the source", None, 13321.58),
        ("Cộng theo nguồn / Total of the source", None, 409.42),
        ("Tổng cộng / Total", None, 13731),
    ]
    listed = [row[3] for row in rows]
    central, local = "Ngân sách trung ương / Central budget", "Ngân sách địa phương / Local budget"
    assert listed == [*[central, local] * 10, None]
    assert len(rows) == 21  # nine lines of two sources, and three totals
