"""Two files made up to have one number of 63 bits are two filings, or one of them is refused."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

import etl.normalise as normalise_room
from etl import receive as receive_room
from etl.ground.config import Settings
from tests.night import NOW, Night

REPORTS = ("bao_cao_6_thang_2025_kim_hy.xlsx", "bao_cao_6_thang_2025_duong_son.xlsx")
TWO_FORMS = ("ba_to_phan_cong_va_bao_cao_2025.xlsx", "na_ri_phan_cong_va_bao_cao_2025.xlsx")
STATES = "select original_name, state from raw.filing where part = 1 order by 1"


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(Night.inbox / REPORTS[0], inbox)
    return Night(fresh_warehouse, inbox)


@pytest.mark.parametrize("is_one_night", [True, False])
def test_two_contents_of_one_number_are_two_filings(
    night: Night, monkeypatch: pytest.MonkeyPatch, is_one_night: bool
) -> None:
    whole = receive_room.filing_id

    def clashing(digest: str, number: int = 1, of_clash: int = 0) -> int:
        return whole(digest, number, of_clash) if of_clash else 7

    monkeypatch.setattr(receive_room, "filing_id", clashing)
    if not is_one_night:
        night.go()
    shutil.copy2(Night.inbox / REPORTS[1], night.inbox)
    night.go(NOW + timedelta(days=1))
    assert night.rows(STATES) == [(name, "accepted") for name in sorted(REPORTS)]
    assert len(night.rows("select distinct filing_id from dw.fact_indicator")) == 2
    assert sum(sum(step.values()) for step in night.go(NOW + timedelta(days=2)).values()) == 0


@pytest.mark.parametrize("is_one_night", [True, False])
def test_a_further_filing_with_the_number_of_another_file_is_refused(
    night: Night, monkeypatch: pytest.MonkeyPatch, is_one_night: bool
) -> None:
    """Of two files with two forms each, the one whose second has the number of the other's."""
    monkeypatch.setattr(normalise_room, "part_id", lambda filing, form: 7)
    shutil.copy2(Night.inbox / TWO_FORMS[0], night.inbox)
    if not is_one_night:
        night.go()
    shutil.copy2(Night.inbox / TWO_FORMS[1], night.inbox)
    night.go(NOW + timedelta(days=1))
    states = dict(night.rows(STATES))
    refused = [name for name, state in states.items() if state == "rejected"]
    assert len(refused) == 1 and refused[0] in TWO_FORMS
    assert night.rows("select rule from ops.finding where severity = 'fail'") == [
        ("file-not-processed",)
    ]
    assert night.rows("select count(*) from raw.filing where part = 2") == [(1,)]
