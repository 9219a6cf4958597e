"""`khoxa explain`: the rows of every step behind a figure; nothing of it stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.aggregate.explain import NothingToExplain, Step, explain
from etl.aggregate.explained import keys
from etl.aggregate.models import models
from etl.cli.commands import app
from tests.night import Night

CUONG_LOI, NA_RI = "02152", "066"


def steps(night: Night, unit: str, indicator: str, year: int | None = None) -> dict[str, Step]:
    return {step.model.title: step for step in explain(night.settings, unit, indicator, year)}


def shown(step: Step, *columns: str) -> list[tuple[object, ...]]:
    places = [step.columns.index(name) for name in columns]
    return [tuple(row[place] for place in places) for row in step.rows]


def test_a_rate_is_shown_from_its_counts_to_the_mart(warehouse_with_samples: Night) -> None:
    night = warehouse_with_samples
    before = night.dump()
    found = steps(night, CUONG_LOI, "poverty_rate", 2025)
    assert night.dump() == before
    # the half-year report of Cường Lợi: 59 of 613 households
    counts = shown(found["filed_figure"], "indicator_code", "period", "measure", "value")
    assert ("poor_households", "H1", "actual", 59) in counts
    assert ("households", "H1", "actual", 613) in counts
    half_year = [
        row
        for row in shown(found["counted_rate"], "unit_key", "period", "numerator", "denominator")
        if row[1] == "H1"
    ]
    assert (59, 613) in [row[2:] for row in half_year]
    assert {year for (year,) in shown(found["commune_figure"], "year")} == {2025}


def test_every_model_of_figures_and_targets_is_a_step(warehouse_with_samples: Night) -> None:
    found = steps(warehouse_with_samples, NA_RI, "poor_households_reduction")
    wanted = {m.title for m in models() if not m.name.startswith(("fund/", "star/"))}
    wanted |= {"indicator_by_unit", "attainment"}  # the marts that they end in
    assert found.keys() == {title for title in wanted if not title.startswith("forget_")}
    verdicts = found["agg_attainment"]
    assert {level for (level,) in shown(verdicts, "level")} == {"district"}
    assert len(verdicts.rows) == len(set(verdicts.rows)) > 0


@pytest.mark.parametrize("off", ["hashagg", "nestloop", "hashjoin"])
def test_rows_stand_in_one_order_however_they_are_found(
    warehouse_with_samples: Night, off: str
) -> None:
    """Keys aside: a table made anew may number its rows otherwise."""
    settings = warehouse_with_samples.settings
    url = f"{settings.warehouse_url}&options=-c%20enable_{off}%3Doff"
    otherwise = replace(settings, warehouse_url=url)
    found, again = (
        [(step.model.name, shown(step, *(c for c in step.columns if c not in keys())))
         for step in explain(where, CUONG_LOI, "poverty_rate", 2025)]
        for where in (settings, otherwise)
    )  # fmt: skip
    assert found == again


def test_what_is_in_no_list_is_said(warehouse_with_samples: Night) -> None:
    for unit, indicator in (("99999", "poverty_rate"), (CUONG_LOI, "no_such")):
        with pytest.raises(NothingToExplain, match=r"99999|no_such"):
            steps(warehouse_with_samples, unit, indicator)


def test_all_rows_are_kept_as_files(
    warehouse_with_samples: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "etl.cli.explaining.Settings.from_env", lambda: warehouse_with_samples.settings
    )
    args = ["explain", CUONG_LOI, "poverty_rate", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    assert "indicator/10_counted_rate → counted_rate" in result.output
    lines = (tmp_path / "indicator/10_counted_rate.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("level,unit_key,year,period,measure")
    assert len(lines) > 1
