"""A copy under raw/ that is no longer what was filed: nothing is read of it, it is named, and taken
again from where the same content lies."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from etl.ground.config import Settings
from etl.load import DamagedCopies
from etl.night import chain
from tests.night import NOW, Night
from tests.pipeline.test_corrections import ROW

REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
STATE = "select state, superseded_by is null from raw.filing where part = 1"
POPULATION = (
    "select value from dw.fact_indicator inner join dw.dim_indicator using (indicator_key)"
    " where indicator_code = 'population' and measure = 'actual'"
)


def flip(path: Path) -> None:
    """One bit of it, in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy2(Night.inbox / REPORT, inbox)
    file = tmp_path / "corrections.yaml"
    file.write_text("[]", encoding="utf-8")
    settings = replace(fresh_warehouse, inbox=str(inbox), corrections=str(file))
    return Night(settings, inbox)


def test_an_accepted_filing_stays_until_its_copy_is_back(night: Night, tmp_path: Path) -> None:
    night.go()
    before = night.rows(POPULATION)
    [(digest,)] = night.rows("select content_sha256 from raw.filing")
    flip(night.settings.raw_path(digest))
    filed = (night.inbox / REPORT).rename(tmp_path / REPORT)
    seen = night.rows("select text_as_filed from mart.figure_trace where cell = 'E13'")
    row = ROW | {"guard": seen[0][0]}  # the province says that the cell is right as it is
    Path(night.settings.corrections).write_text(yaml.safe_dump([row]), encoding="utf-8")
    night.go()
    assert night.rows(STATE) == [("accepted", True)]
    assert night.rows(POPULATION) == before
    assert night.rows("select state from ref.correction") == [("waiting",)]
    with pytest.raises(DamagedCopies, match=rf"(?s){REPORT} .*raw/{digest[:2]}/{digest}$"):
        chain.settle(night.settings)
    shutil.copy2(filed, night.inbox)
    night.go(NOW + timedelta(days=1))
    chain.settle(night.settings)
    assert night.rows(STATE) == [("accepted", True)]
    assert night.rows(POPULATION) == before
    assert night.rows("select state from ref.correction") == [("applied",)]
    assert night.rows("select count(*) from ops.audit where action = 'corrected'") == [(1,)]


def test_a_new_file_waits_and_is_no_fault_of_its_filer(night: Night) -> None:
    chain.receive(night.settings, night.inbox, NOW)
    [(digest,)] = night.rows("select content_sha256 from raw.filing")
    flip(night.settings.raw_path(digest))
    kept = (night.inbox / REPORT).rename(night.inbox / f".{REPORT}")
    night.go()
    assert night.rows(STATE) == [("received", True)]
    assert night.rows("select * from ops.finding") == []
    with pytest.raises(DamagedCopies):
        chain.settle(night.settings)
    kept.rename(night.inbox / REPORT)
    night.go()
    assert night.rows(STATE) == [("accepted", True)]
    chain.settle(night.settings)
