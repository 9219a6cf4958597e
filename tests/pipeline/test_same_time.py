"""Two files of one unit, form and period that came at one time: which one counts is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.night import NOW, Night

STATES = """
    select f.original_name, f.state, f.warnings, f.superseded_by is null as counts, n.message_vi
    from raw.filing as f
    left join ops.finding as n on n.filing_id = f.filing_id and n.rule = 'file-same-time'
    order by f.original_name
"""
NAMES = ["a.xlsx", "b.xlsx"]


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    """The half-year report of Kim Hỷ, and beside it another with no workers abroad."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    source = Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx"
    (inbox / "a.xlsx").write_bytes(source.read_bytes())
    book = load_workbook(source)
    labels = {row[1].value: row for row in book["Chỉ tiêu"].iter_rows()}
    labels["Trong đó: xuất khẩu lao động"][3].value = 0
    book.save(inbox / "b.xlsx")
    return Night(fresh_warehouse, inbox)


def test_both_are_told_which_counts(night: Night) -> None:
    night.go()
    rows = night.rows(STATES)
    assert [row[0] for row in rows] == NAMES
    assert {row[1] for row in rows} == {"accepted"}
    (used,) = [row[0] for row in rows if row[3]]
    for name, _state, warnings, _counts, said in rows:
        other = next(each for each in NAMES if each != name)
        assert warnings > 0 and f"(tệp kia: “{other}”)" in said
        assert said.endswith(f"khoxa tính số của tệp “{used}”.")
    assert not any(night.go(NOW + timedelta(days=1))["load"].values())


def test_at_different_times_nothing_is_said(night: Night) -> None:
    later = night.inbox / "b.xlsx"
    content = later.read_bytes()
    later.unlink()
    night.go()
    later.write_bytes(content)
    night.go(NOW + timedelta(days=1))
    assert [(row[0], row[3], row[4]) for row in night.rows(STATES)] == [
        ("a.xlsx", False, None), ("b.xlsx", True, None),
    ]  # fmt: skip
