"""Corrections as data: a row mends one figure, says so, and stops when it no longer fits.

The commune files its population as "1,647", which may be 1647 or 1,647: the filing is rejected,
until the province states that it is 1647 (1601 insured of 1647 are the 97,21 % that it printed).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from etl.catalogue.corrections import FailedCorrections
from etl.ground.config import Settings
from etl.night import chain
from etl.night.offline import check_files
from tests.dying import kill_at
from tests.khoxa import khoxa, variables
from tests.night import NOW, SAMPLES, Night

REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
PLAN = "na_ri_ke_hoach_von_2025.xlsx"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
ROW = {
    "form": "commune_report", "unit": "02146", "year": "2025", "period": "H1",
    "sheet": "Chỉ tiêu", "cell": "E13", "guard": "1,647", "value": "1.647",
    "reason": "Xã xác nhận dân số là 1647 người", "told": "Văn phòng UBND xã Kim Hỷ",
    "on": "2025-06-19", "by": "Sở Nông nghiệp và Môi trường",
}  # fmt: skip
STATES = "select state from raw.filing order by received_at, filing_id"
VERSIONS = "select version, state, superseded_by is null from raw.filing order by version"
FINDINGS = "select rule, severity, cell from ops.finding order by filing_id, finding_no"
MESSAGES = "select rule, message_vi from ops.finding"
TRACE = (
    "select value, text_as_filed, corrected_value, correction_reason, corrected_by,"
    " corrected_on::text from mart.figure_trace where code = 'population' and is_current"
)


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    """A night whose inbox holds the commune's report, and whose file of corrections is empty."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    file_report(inbox, E13="1,647")
    settings = replace(fresh_warehouse, corrections=str(tmp_path / "corrections.yaml"))
    state(settings)
    return Night(settings, inbox)


def file_report(inbox: Path, name: str = REPORT, **cells: object) -> Path:
    book = load_workbook(SAMPLES / "inbox" / REPORT)
    for cell, value in cells.items():
        book["Chỉ tiêu"][cell] = value
    book.save(inbox / name)
    return inbox / name


def state(settings: Settings, *rows: dict[str, str]) -> None:
    """The file of corrections now holds these rows."""
    Path(settings.corrections).write_text(yaml.safe_dump(list(rows)), encoding="utf-8")


def corrections(night: Night) -> list[tuple]:
    return night.rows("select state, problem, seen from ref.correction order by cell")


def test_a_correction_takes_effect_on_a_filing_that_was_rejected(night: Night) -> None:
    night.go()
    assert night.rows(FINDINGS) == [("number-ambiguous", "fail", "E13")]
    assert night.rows(STATES) == [("rejected",)]
    (returned,) = night.settings.returns_dir.iterdir()
    before = returned.read_bytes()

    state(night.settings, ROW)
    night.go(NOW + timedelta(days=1))
    assert night.rows(STATES) == [("accepted",)]
    assert night.rows(FINDINGS) == [("figure-corrected", "warn", "E13")]
    assert night.rows(TRACE) == [
        (1647, "1,647", 1647, ROW["reason"], ROW["by"], ROW["on"]),
    ]
    assert corrections(night) == [("applied", None, "1,647")]
    assert night.rows("select numerator, denominator, value from mart.indicator_by_unit"
                      " where indicator_code = 'hi_coverage_pct' and level = 'commune'"
                      " and unit_map = 'as_filed'") == [
        (1601, 1647, Decimal("97.21"))
    ]  # fmt: skip
    (message,) = night.rows("select message_vi from ops.finding")[0]
    assert message == (
        "Ô E13: “1,647” đã được Sở Nông nghiệp và Môi trường sửa thành 1.647 ngày 19/06/2025."
        " Lý do: Xã xác nhận dân số là 1647 người. Đã báo: Văn phòng UBND xã Kim Hỷ."
    )
    assert list(night.settings.returns_dir.iterdir()) == [returned]
    assert returned.read_bytes() != before
    assert load_workbook(returned)["Chỉ tiêu"]["E13"].value == "1,647"

    dump = night.dump()
    assert sum(sum(step.values()) for step in night.go(NOW + timedelta(days=2)).values()) == 0
    assert night.dump() == dump
    chain.settle(night.settings)


def test_opened_again_equals_read_anew_and_withdrawn_equals_never_there(
    night: Night, make_warehouse: Callable
) -> None:
    for name in (PLAN, REGISTER):
        shutil.copy(SAMPLES / "inbox" / name, night.inbox / name)
    night.go()
    never = night.dump()
    state(night.settings, ROW)
    night.go()
    opened_again = night.dump()
    with make_warehouse() as other:
        anew = Night(replace(other, corrections=night.settings.corrections), night.inbox)
        anew.go()
        assert anew.dump() == opened_again != never
    state(night.settings)
    night.go()
    assert night.dump() == never


def test_a_changed_row_replaces_what_it_said_before(night: Night) -> None:
    state(night.settings, ROW)
    night.go()
    # 1601 / 1650 = 97,03 %, which is not the 97,21 printed: the corrected figure is judged
    state(night.settings, ROW | {"value": "1650"})
    night.go()
    assert night.rows(STATES) == [("rejected",)]
    assert ("ratio-recomputed", "fail", "F13") in night.rows(FINDINGS)
    assert night.rows(TRACE) == [] == night.rows("select from dw.fact_indicator")
    assert night.rows("select from dw.agg_indicator") == []


def test_a_correction_that_does_not_fit_stops_nothing_and_stays_red(night: Night) -> None:
    shutil.copy(SAMPLES / "inbox" / PLAN, night.inbox / PLAN)
    file_report(night.inbox)
    elsewhere = ROW | {"sheet": "Kinh phí", "cell": "A1", "guard": "x"}
    label = ROW | {"cell": "D12", "guard": "699", "value": "699,5"}
    state(night.settings, ROW, elsewhere, label)
    night.go()
    assert night.rows(STATES) == [("accepted",)] * 2
    assert night.rows("select count(*) > 10 from dw.fact_fund") == [(True,)]
    assert sorted(corrections(night)) == [
        ("failed", "differs", "1647"), ("failed", "no_figure", ""), ("failed", "not_whole", "699"),
    ]  # fmt: skip
    assert night.rows("select rule from ops.finding where rule = 'figure-corrected'") == []
    for _again in range(2):
        with pytest.raises(FailedCorrections, match="E13: “1,647” → “1647”"):
            chain.settle(night.settings)
        night.go()
    state(night.settings, ROW | {"guard": "1647", "value": "1647"})
    night.go()
    chain.settle(night.settings)
    assert corrections(night) == [("applied", None, "1647")]


def test_a_new_version_with_the_cell_mended_ends_the_correction(night: Night) -> None:
    state(night.settings, ROW)
    night.go()
    file_report(night.inbox, "sua.xlsx", E13=1647)
    night.go(NOW + timedelta(days=1))
    assert night.rows(VERSIONS) == [(1, "accepted", False), (2, "accepted", True)]
    assert corrections(night) == [("failed", "superseded", "1647")]
    assert night.rows(TRACE) == [(1647, "1647", None, None, None, None)]
    with pytest.raises(FailedCorrections, match="remove the row"):
        chain.settle(night.settings)
    state(night.settings)
    night.go(NOW + timedelta(days=2))
    chain.settle(night.settings)
    assert night.rows(VERSIONS) == [(1, "rejected", True), (2, "accepted", True)]


def test_a_version_that_a_correction_unmakes_gives_way_to_the_one_before(night: Night) -> None:
    file_report(night.inbox)
    night.go()
    first = night.rows("select t::text from dw.agg_indicator t order by 1")
    file_report(night.inbox, "lan_2.xlsx", D17=2)
    night.go(NOW + timedelta(days=1))
    exported = "select value from mart.indicator_by_unit where indicator_code = 'labour_export'"
    assert night.rows(exported + " and level = 'commune' and unit_map = 'as_filed'") == [(2,)]
    # 15 sent abroad of 14 placed in jobs cannot be
    state(night.settings, ROW | {"cell": "D17", "guard": "2", "value": "15"})
    night.go(NOW + timedelta(days=2))
    assert night.rows("select version, state from raw.filing order by version") == [
        (1, "accepted"), (2, "rejected"),
    ]  # fmt: skip
    assert night.rows("select t::text from dw.agg_indicator t order by 1") == first
    # the correction is about the filing that counts, and that one never said 2
    assert corrections(night) == [("failed", "superseded", "1")]


def test_a_row_waits_for_its_filing_and_is_not_red_meanwhile(night: Night, tmp_path: Path) -> None:
    report = night.inbox / REPORT
    report.rename(tmp_path / REPORT)
    state(night.settings, ROW)
    night.go()
    chain.settle(night.settings)
    assert corrections(night) == [("waiting", None, "")]
    (tmp_path / REPORT).rename(report)
    night.go(NOW + timedelta(days=1))
    assert night.rows(STATES) == [("accepted",)]
    assert corrections(night) == [("applied", None, "1,647")]


def test_all_filings_of_one_workbook_are_opened_again(night: Night) -> None:
    (night.inbox / REPORT).unlink()
    book = Workbook()
    book.remove(book.active)
    for name in (REGISTER, PLAN):
        for sheet in load_workbook(SAMPLES / "inbox" / name):
            copy = book.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    copy[cell.coordinate] = cell.value
            for area in sheet.merged_cells.ranges:
                copy.merge_cells(area.coord)
    book.save(night.inbox / "hai_bieu.xlsx")
    night.go()
    parts = "select part, form, state, version from raw.filing order by part"
    facts = "select t::text from dw.fact_{} t order by 1"
    before = [night.rows(facts.format(f)) for f in ("fund", "target", "indicator")]
    assert [row[1:] for row in night.rows(parts)] == [
        ("target_register", "accepted", 1), ("fund_plan", "accepted", 1),
    ]  # fmt: skip
    row = {"form": "target_register", "unit": "066", "period": "Y", "sheet": "Biểu mục tiêu"}
    # Yến Lạc: 16 of 1337 would be 1,20 pp, not the 1,12 printed
    state(night.settings, ROW | row | {"cell": "F11", "guard": "15", "value": "16"})
    night.go()
    assert [row[2] for row in night.rows(parts)] == ["rejected", "accepted"]
    after = [night.rows(facts.format(f)) for f in ("fund", "target", "indicator")]
    assert after == [before[0], [], []]


@pytest.mark.parametrize(
    "write",
    ["staging/corrections", "stg.figure", "warehouse/bound_filing"],
    ids=["opened again, rows not yet entered", "while reading again", "facts forgotten"],
)
def test_killed_and_run_again_equals_undisturbed(
    night: Night, make_warehouse: Callable, write: str
) -> None:
    file_report(night.inbox, "lan_2.xlsx", E13="1,647", D17=2)
    with make_warehouse() as other:
        quiet = Night(replace(other, corrections=night.settings.corrections), night.inbox)
        for each in (quiet, night):
            state(night.settings)
            each.go()
            state(night.settings, ROW)
            if each is night:
                kill_at(night, write)
            each.go()
        assert night.dump() == quiet.dump()
        assert corrections(night) == [("applied", None, "1,647")]


def test_khoxa_check_says_what_the_night_says(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(night.settings, ROW)
    night.go()
    monkeypatch.setenv("KHOXA_CORRECTIONS", night.settings.corrections)
    (checked,) = check_files([night.inbox / REPORT], None)
    assert checked.exit_code == 0
    nightly = night.rows("select sheet, cell, rule, message_vi, fix_vi from ops.finding")
    said = [(f.sheet, f.cell, f.rule, f.message_vi, f.fix_vi) for f in checked.findings]
    assert said == nightly and len(said) == 1


def test_what_a_correction_unsettles_is_told_with_the_number_that_counts(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report(night.inbox)
    state(night.settings, ROW | {"cell": "D10", "guard": "163", "value": "160"})
    night.go()
    monkeypatch.setenv("KHOXA_CORRECTIONS", night.settings.corrections)
    (checked,) = check_files([night.inbox / REPORT], None)
    told = dict(night.rows(MESSAGES))
    assert told == {f.rule: f.message_vi for f in checked.findings}
    # 160 of 411 households are 38,93 %
    assert "tính lại được 38,93 (100 × 160 / 411)" in told["ratio-recomputed"]
    assert "hộ nghèo (160) cộng hộ cận nghèo" in told["poor-plus-near-poor"]


def test_khoxa_run_and_status_name_the_row(night: Night) -> None:
    file_report(night.inbox)
    state(night.settings, ROW)
    corrections = {"KHOXA_CORRECTIONS": night.settings.corrections}
    run = khoxa("run", "--inbox", night.inbox, **variables(night.settings), **corrections)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr and "E13: “1,647” → “1647”" in run.stderr
    assert "Đính chính" in run.stdout and night.settings.last_run.exists()
