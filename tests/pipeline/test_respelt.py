"""What reaches filings that are loaded or refused already: a spelling of a unit that changed, and
what they say of their own figures."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.text import key
from etl.units.index import load_units
from tests.night import NOW, Night

ASSIGNED = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
LATER = NOW + timedelta(days=1)


def night_on(settings: Settings, tmp_path: Path, name: str) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(Night.inbox / name, inbox)
    return Night(settings, inbox)


def states(night: Night) -> list[tuple]:
    return night.rows(
        "select f.state, count(t.*) from raw.filing f left join dw.fact_target t using (filing_id)"
        " where form = 'target_register' group by 1"
    )


def test_a_new_spelling_reaches_what_was_refused(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The annex of Na Rì with "Xã Kim Hi" for Xã Kim Hỷ: refused, read once it is listed, and
    refused once it is listed no more."""
    night = night_on(fresh_warehouse, tmp_path, ASSIGNED)
    book = load_workbook(night.inbox / ASSIGNED)
    (cell,) = (c for row in book.active.iter_rows() for c in row if c.value == "Xã Kim Hỷ")
    cell.value = "Xã Kim Hi"
    book.save(night.inbox / ASSIGNED)
    night.go()
    assert states(night) == [("rejected", 0)]
    monkeypatch.setitem(load_units()._aliases, ("commune", "066", key("Kim Hi")), "02146")
    assert night.go(LATER)["read_and_normalise"] == {"read": 1}
    # three figures of each of 17 communes, and of their total
    assert states(night) == [("accepted", 3 * 17 + 3)]
    assert night.go(LATER)["read_and_normalise"] == {"read": 0}
    monkeypatch.undo()
    assert night.go(LATER)["read_and_normalise"] == {"read": 1}
    assert [state for state, _targets in states(night)] == ["rejected"]


def test_a_spelling_of_another_district_leaves_it_alone(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = night_on(fresh_warehouse, tmp_path, ASSIGNED)
    night.go()
    monkeypatch.setitem(load_units()._aliases, ("commune", "085", key("Lùng Phìn")), "02854")
    assert night.go(LATER)["read_and_normalise"] == {"read": 0}


def test_what_a_filing_says_of_its_figures_is_looked_up_once(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """As an upgrade leaves filings that were loaded before it was kept."""
    night = night_on(fresh_warehouse, tmp_path, REPORT)
    night.go()
    query = "select illustrative_note, state from raw.filing"
    assert night.rows(query) == [("Số liệu minh hoạ", "accepted")]
    figures = night.rows("select count(*), sum(value) from dw.fact_indicator")
    with database.engine(fresh_warehouse).begin() as connection:
        connection.execute(text("update raw.filing set illustrative_note = null"))
    assert night.go(LATER)["read_and_normalise"] == {"read": 0}
    assert night.rows(query) == [("Số liệu minh hoạ", "accepted")]
    assert night.rows("select count(*), sum(value) from dw.fact_indicator") == figures
