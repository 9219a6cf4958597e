"""Rules of every form judge all forms of a batch at once; the Data Docs of that, and of the rules
that forms have of their own."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

import etl.check
from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import COMMON
from etl.check import check
from etl.check.lean import import_engine
from tests.helpers.check_cases import LEVEL, PLAN, REGISTER, REPORT, batch, indicator, plan

FORMS = (("fund_plan", PLAN), ("target_register", REGISTER), ("plan_targets", LEVEL),
         ("commune_report", REPORT))  # fmt: skip


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int]]:
    """Session, frame and rows of every validation, as they are run."""
    runs: list[tuple[str, str, int]] = []
    import_engine()
    from etl.check.suites import Session

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


def test_an_expectation_works_out_once_what_it_is_configured_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Great Expectations itself asks each of them up to 20 times."""
    import_engine()
    from great_expectations.expectations.expectation import Expectation

    asked: list[Expectation] = []  # so that none is gone, and another has its number
    plain = Expectation.configuration
    noting = property(lambda self: asked.append(self) or plain.__get__(self))
    monkeypatch.setattr(Expectation, "configuration", noting)
    check(batch(*FORMS))
    assert max(Counter(map(id, asked)).values()) == 1
    assert Expectation.configuration is noting


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


def nights(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_data_docs_keep_every_night_and_say_form_file_cell_and_rule(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOXA_KEEP_NIGHTS", "2")
    hours = iter(datetime(2025, 6, day, 22, 30) for day in (1, 2, 3))
    monkeypatch.setattr("etl.check.docs.now", lambda: next(hours))
    check(batch(("fund_plan", PLAN), ("target_register", REGISTER)), tmp_path)
    assert nights(tmp_path) == ["2025-06-01_223000"]
    assert sorted(p.name for p in (tmp_path / "2025-06-01_223000").iterdir()) == [
        "common.html", "index.html", "target_register_2022.html",
    ]  # fmt: skip
    filed = batch(("fund_plan", plan("DA2", -1, -2, 1)))
    filed.filings["file"] = "<b>kế hoạch.xlsx"
    check(filed, tmp_path)
    check(filed, tmp_path)
    assert nights(tmp_path) == ["2025-06-02_223000", "2025-06-03_223000"]
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert index.index("2025-06-03_223000/index.html") < index.index("2025-06-02_223000/")
    shown = (tmp_path / "2025-06-03_223000" / "common.html").read_text(encoding="utf-8")
    for told in (
        "Kế hoạch vốn thực hiện chương trình", "&lt;b&gt;kế hoạch.xlsx", "C18", "D18",
        "<code>not-negative</code>", "expect_column_values_to_be_between", "lỗi",
    ):  # fmt: skip
        assert told in shown, told
    assert capfd.readouterr().err == ""  # no progress bars in the night's log


def test_data_docs_open_without_a_network(tmp_path: Path) -> None:
    check(batch(("fund_plan", plan("DA2", -1, -2, 1))), tmp_path)
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) == 3  # the nights, the night, the rules of every form
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "http" not in text.replace("http-equiv", "") and "<script" not in text
        for link in re.findall(r'href="([^"]+)"', text):
            assert (page.parent / link).exists(), link
