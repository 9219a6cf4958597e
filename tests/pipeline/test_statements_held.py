"""What the list of the plans' statements says is held is found in the warehouse after the samples'
night: samples/facts/plan_statements.csv against the facts and marts."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from tests.night import Night

SOURCES = {"TD": "TINDUNG"}  # the facts' code: the warehouse's
ANNEX = "Annex table"

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def held(warehouse_with_samples: Night) -> dict[str, Rows]:
    """The statements by the file that holds them."""
    rows = warehouse_with_samples.facts("plan_statements")
    files = {name for row in rows for name in row["held_in"].split(";")}
    return {name: [row for row in rows if name in row["held_in"].split(";")] for name in files}


def test_targets(warehouse_with_samples: Night, held: dict[str, Rows]) -> None:
    """Each statement of a target by its words, as often as the plan makes it one."""
    stored = Counter(
        text
        for (text,) in warehouse_with_samples.rows(
            "select f.text_as_printed from dw.fact_target f join raw.current_filing g"
            " using (filing_id) where g.form = 'plan_targets'"
        )
    )
    stated = Counter(
        row["quotation"]
        for row in held["plan_targets.csv"]
        if row["section"] != ANNEX and row["reason"] == ""
    )
    assert stated.total() == 121
    assert {text: stored[text] for text in stated} == stated


def test_the_annex(warehouse_with_samples: Night, held: dict[str, Rows]) -> None:
    """What a commune of Na Rì starts from and is to reach is what its line of the annex prints."""
    starts = dict(
        warehouse_with_samples.rows(
            "select unit_code, numerator || ' ' || denominator from mart.indicator_by_unit"
            " where indicator_code = 'poverty_rate' and measure = 'baseline' and year = 2025"
            " and level = 'commune' and unit_map = 'as_filed'"
        )
    )
    printed = {
        row["held_as"]: row["quotation"].replace(".", "").split()
        for row in held["na_ri_2025_communes.csv"]
        if row["held_as"] != "TOTAL"
    }
    assert len(printed) == 17
    for code, cells in printed.items():
        households, poor = cells[-6:-4]
        assert starts[code] == f"{poor} {households}", code


def test_funds(warehouse_with_samples: Night, held: dict[str, Rows]) -> None:
    """Each amount by its source; the totals are the sums of theirs, which the form checks."""
    amounts = {
        f"{row['code']}/{row['source']}": Decimal(row["amount_million_vnd"])
        for row in warehouse_with_samples.facts("plan_funds")
        if row["source_label"] != "computed"
    }
    stored = {
        (project, source): value
        for project, source, value in warehouse_with_samples.rows(
            "select case when is_whole_programme then 'ALL' else project_code end, source,"
            " coalesce(plan_million_vnd, need_million_vnd)"
            " from mart.fund_use where unit_code in ('066', '085') and level = 'district'"
            " and unit_map = 'as_filed'"
            " and coalesce(plan_million_vnd, need_million_vnd) is not null"
        )
    }
    named = [row["held_as"] for row in held["plan_funds.csv"]]
    assert sorted(named) == sorted(amounts)
    sums: Counter[str] = Counter()
    for name in named:
        project, source = name.split("/")
        if source != "TOTAL":
            assert stored[project, SOURCES.get(source, source)] == amounts[name], name
            sums[project] += amounts[name]
    assert sums == {name.split("/")[0]: amounts[name] for name in named if "/TOTAL" in name}


@pytest.mark.parametrize(
    ("file", "table"),
    [("plan_duties.csv", "dw.fact_duty"), ("plan_responsibilities.csv", "dw.fact_responsibility")],
)
def test_tasks(warehouse_with_samples: Night, held: dict[str, Rows], file: str, table: str) -> None:
    """Who does what, and who reports what to whom, each in its words and section."""
    stored = {
        tuple(" ".join(cell.split()) for cell in row)
        for row in warehouse_with_samples.rows(f"select text_as_printed, section from {table}")
    }
    facts = warehouse_with_samples.facts(file.removesuffix(".csv"))
    stated = {(" ".join(row["text_as_printed"].split()), row["section"]) for row in facts}
    assert stated <= stored
    for row in held[file]:
        assert any(
            section == row["section"] and (text in row["quotation"] or row["quotation"] in text)
            for text, section in stored
        ), row["statement_id"]
