"""Forms that a province has of its own (samples/bieu_rieng), by data alone: from workbook to mart.
Every number is reckoned by hand from what tools.draw_own_forms writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.ground.config import ROOT
from tests.khoxa import khoxa, variables
from tests.night import Night
from tools.draw_own_forms import draw

SAMPLE = ROOT / "samples" / "bieu_rieng"


@pytest.fixture(scope="module")
def night(make_warehouse) -> Iterator[Night]:
    with make_warehouse() as settings:
        found = Night(settings, SAMPLE / "inbox")
        environment = variables(settings) | {"KHOXA_LOCAL": str(SAMPLE / "local")}
        done = khoxa("run", "--inbox", found.inbox, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        yield found


def test_every_filing_is_taken(night: Night) -> None:
    states = night.rows("select original_name, state from raw.filing order by 1")
    assert {state for _name, state in states} == {"accepted"}, states
    assert len(states) == len(list((SAMPLE / "inbox").iterdir()))


def test_documents_are_read_with_their_days(night: Night) -> None:
    rows = night.rows("select document_no, issued_on, cell from mart.document order by row_no")
    assert rows == [
        ("12/KH-UBND", date(2024, 1, 15), "B6"), ("205/QĐ-UBND", date(2024, 3, 4), "B7"),
        ("318/UBND-LĐ", date(2024, 6, 5), "B8"), ("41/BC-UBND", date(2024, 11, 30), "B9"),
    ]  # fmt: skip
    kinds = night.rows(
        "select value_text from mart.listed_text where word_code = 'kind' order by row_no"
    )
    assert [kind for (kind,) in kinds] == ["plan", "decision", "letter", "report"]


def test_every_word_is_traced_to_its_cell(night: Night) -> None:
    rows = night.rows(
        "select code, cell, text_as_filed, unit_name from mart.figure_trace where fact = 'text'"
        " and cell in ('C7', 'E9') order by cell"
    )
    assert rows == [
        ("issued_on", "C7", "4/3/2024", "Huyện Na Rì"),
        ("abstract", "E9", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2024", "Huyện Na Rì"),
    ]
    # 4 rows of number, day, kind and title
    assert night.rows("select count(*) from dw.fact_text") == [(16,)]


def counts(night: Night, prefix: str) -> dict[str, float]:
    """Figures of the district in 2024 by indicator."""
    rows = night.rows(
        "select indicator_code, value from mart.indicator_by_unit where level = 'district'"
        " and unit_map = 'as_filed' and measure = 'actual' and indicator_code like :prefix"
        " order by 1", prefix=prefix,
    )  # fmt: skip
    return {code: float(value) for code, value in rows}


def test_the_causes_of_poverty_add_up(night: Night) -> None:
    # n from 1 to 17 adds up to 153: 30 + 10 n are poor, 10 + n have no land, 20 + n no capital
    assert counts(night, "poverty_cause%") == {
        "poverty_cause_capital": 17 * 20 + 153, "poverty_cause_illness": 68,
        "poverty_cause_knowledge": 136, "poverty_cause_labour": 85,
        "poverty_cause_land": 17 * 10 + 153, "poverty_cause_other": 17,
        "poverty_cause_skills": 204, "poverty_cause_tools": 153,
    }  # fmt: skip
    assert counts(night, "poor_households") == {"poor_households": 17 * 30 + 1530}


def test_near_poor_households_come_and_go(night: Night) -> None:
    # 17 x 40 + 153 at the start; nine of the numbers 1 to 17 are odd: 9 x 3 + 8 x 2 are new
    assert counts(night, "near_poor%households") == {
        "near_poor_escaped_households": 102, "near_poor_relapsed_households": 17,
        "near_poor_new_households": 43, "near_poor_households": 833 - 102 + 17 + 43,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("period", "spent"),
    # 2 + … + 12 = 77: capital 1,2 billion (1,5), recurrent 40 (50) x 77, local 4 (5) + 5 (6) x 77
    [("C05", (1200, 3080, 389)), ("H1", (1500, 3850, 467))],
)
def test_disbursement_by_month_and_source(night: Night, period: str, spent: tuple) -> None:
    rows = night.rows(
        "select source, nature, sum(plan_million_vnd), sum(disbursed_million_vnd)"
        " from mart.fund_use where level = 'district' and period = :period group by 1, 2"
        " order by 2, 1", period=period,
    )  # fmt: skip
    assert [(source, nature, float(plan), float(done)) for source, nature, plan, done in rows] == [
        ("NSTW", "capital", 2500, spent[0]), ("NSTW", "recurrent", 7700, spent[1]),
        ("NSDP", None, 780, spent[2]),
    ]  # fmt: skip


def test_a_row_in_billions_is_converted_and_traced(night: Night) -> None:
    rows = night.rows(
        "select measure, nature, value, text_as_filed, unit_as_filed from mart.figure_trace"
        " where fact = 'fund' and code = 'DA1' and period = 'C05' and source = 'NSTW'"
        " and value > 0 order by 1"
    )
    assert [(stage, nature, float(value), *text) for stage, nature, value, *text in rows] == [
        ("disbursed", "capital", 1200, "1,2", "tỷ đồng"),
        ("plan", "capital", 2500, "2,5", "tỷ đồng"),
    ]  # fmt: skip
    others = night.rows(
        "select count(*) from mart.figure_trace where fact = 'fund' and code <> 'DA1'"
        " and unit_as_filed is not null"
    )
    assert others == [(0,)]


def test_the_workbooks_are_those_that_are_drawn(tmp_path: Path) -> None:
    draw(tmp_path)
    names = {path.name for path in (SAMPLE / "inbox").iterdir()}
    assert names == {path.name for path in tmp_path.iterdir()}
    for name in names:
        assert (tmp_path / name).read_bytes() == (SAMPLE / "inbox" / name).read_bytes(), name
