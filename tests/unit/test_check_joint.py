"""Rules of every form judge all forms of a batch at once; the Data Docs of that, and of the rules
that forms have of their own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import etl.check
from etl.catalogue.rules import COMMON, load_rules
from etl.check import check
from etl.check.suites import Session
from tests.helpers.check_cases import LEVEL, PLAN, REGISTER, REPORT, batch, indicator, plan

FORMS = (("fund_plan", PLAN), ("target_register", REGISTER), ("plan_targets", LEVEL),
         ("commune_report", REPORT))  # fmt: skip


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int]]:
    """Session, frame and rows of every validation, as they are run."""
    runs: list[tuple[str, str, int]] = []
    run = Session._run

    def noted(self: Session, name: str, data: pd.DataFrame, expectations: object) -> object:
        runs.append((self.name, name, len(data)))
        return run(self, name, data, expectations)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "_run", noted)
    return runs


def test_forms_without_rules_of_their_own_cost_no_validation(
    validated: list[tuple[str, str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    common = {code: rule for code, rule in load_rules().items() if rule.suite == COMMON}
    monkeypatch.setattr(etl.check, "load_rules", lambda: common)
    assert check(batch(*FORMS)) == []
    ((session, frame, together),) = validated
    assert (session, frame) == ("common", "cells")
    validated.clear()
    for form in FORMS:
        check(batch(form))
    assert sum(rows for _session, _frame, rows in validated) == together > 60
    assert len(validated) == len(FORMS)


def test_a_form_s_own_rules_judge_that_form_alone(
    validated: list[tuple[str, str, int]],
) -> None:
    check(batch(*FORMS))
    assert {session for session, _frame, _rows in validated} == {
        "common", "target_register_2022", "plan_targets_2022", "commune_report_2022",
    }  # fmt: skip
    assert len({(session, frame) for session, frame, _rows in validated}) == len(validated)
    assert ("target_register_2022", "register", 3) in validated


def test_a_finding_is_in_the_form_that_its_figure_is_in() -> None:
    negative = REPORT | indicator("labour_export", -1)
    filed = batch(("fund_plan", plan("DA2", -1, -2, 1)), *FORMS, ("commune_report", negative))
    found = [(f.filing_id, f.cell) for f in check(filed) if f.rule == "not-negative"]
    assert found == [(1, "C18"), (1, "D18"), (6, "D15")]


def pages(folder: Path) -> list[tuple[str, ...]]:
    """Site and suite of each validation page, without the run's time."""
    return sorted(p.relative_to(folder).parts[:4] for p in folder.rglob("validations/**/*.html"))


def test_data_docs_keep_the_latest_run_of_each_form(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fund_plan_2022").mkdir()  # of a night when the form had rules of its own
    check(batch(("fund_plan", PLAN), ("target_register", REGISTER)), tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".lock", "common", "index.html", "target_register_2022",
    ]  # fmt: skip
    before = pages(tmp_path)
    register = (tmp_path / "target_register_2022" / "index.html").stat().st_mtime_ns
    common = (tmp_path / "common" / "index.html").stat().st_mtime_ns
    check(batch(("fund_plan", plan("DA2", -1, -2, 1))), tmp_path)
    assert pages(tmp_path) == before
    assert (tmp_path / "target_register_2022" / "index.html").stat().st_mtime_ns == register
    assert (tmp_path / "common" / "index.html").stat().st_mtime_ns > common
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="common/index.html">Quy tắc chung cho mọi biểu / Rules for every form' in index
    assert 'href="target_register_2022/index.html"' in index and "fund_plan" not in index
    (page,) = (tmp_path / "common").rglob("validations/**/*.html")
    shown = page.read_text(encoding="utf-8")
    for told in ("Biểu / form", "fund_plan_2022", "Ô / cell", "C18", "D18"):
        assert told in shown
    assert capfd.readouterr().err == ""  # no progress bars in the night's log
