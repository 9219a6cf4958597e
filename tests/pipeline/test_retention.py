"""What `retention` removes: the return workbook of a version that a later one followed, once it is
old, and for good."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from etl.ground.config import Settings
from etl.ground.errors import BadValue
from etl.upkeep.retention import retain
from tests.night import NOW, Night
from tests.pipeline.test_corrections import file_report

LATER = NOW + timedelta(days=40)


def returns(night: Night) -> list[str]:
    return sorted(path.name.partition("__")[0] for path in night.settings.returns_dir.iterdir())


def test_the_return_of_a_mended_version_goes_and_is_not_written_again(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    night = Night(replace(fresh_warehouse, keep_days=30), inbox)
    file_report(inbox, "sai.xlsx", E13="1,647")
    night.go()
    assert returns(night) == ["sai"]
    file_report(inbox, "sai_nua.xlsx", E13="1,648")
    night.go(NOW + timedelta(days=1))
    assert returns(night) == ["sai", "sai_nua"]
    for path in night.settings.returns_dir.iterdir():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    run = tmp_path / "logs" / "dag_id=nightly_refresh" / "run_id=old"
    log = run / "task_id=load" / "attempt=1.log"
    log.parent.mkdir(parents=True)
    log.touch()
    os.utime(log, (NOW.timestamp(), NOW.timestamp()))
    (run.parent / "run_id=new").mkdir()
    assert retain(night.settings, NOW + timedelta(days=29), tmp_path / "logs")["returns"] == 0
    assert retain(replace(night.settings, keep_days=None), LATER, tmp_path / "logs") == {}
    found = retain(night.settings, LATER, tmp_path / "logs")
    assert found["returns"] == 1 and returns(night) == ["sai_nua"]
    assert [path.name for path in run.parent.iterdir()] == ["run_id=new"], "no empty folders stay"
    night.go(LATER)
    assert returns(night) == ["sai_nua"], "it tells what is wrong with the latest version"


def test_a_number_of_days_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHOXA_KEEP_DAYS", "một năm")
    with pytest.raises(BadValue, match="KHOXA_KEEP_DAYS=một năm"):
        Settings.from_env()
