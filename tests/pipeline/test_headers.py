"""A header that the form does not know: asked of the province, accepted by its word alone, and the
filing rejected for it is read again by itself.

The communes call “Số đạt được” “Số đã làm được”; Kim Hỷ's report has 14 rows of indicators.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.khoxa import khoxa, variables
from tests.night import SAMPLES, Night

REPORTS = ("bao_cao_6_thang_2025_kim_hy.xlsx", "bao_cao_6_thang_2025_liem_thuy.xlsx")
OWN, SAID = "Số đạt được", "Số đã làm được"
STATES = "select state, count(*) from raw.filing group by state order by state"
UNITS = ["Xã Kim Hỷ, Huyện Na Rì, Tỉnh Bắc Kạn", "Xã Liêm Thủy, Huyện Na Rì, Tỉnh Bắc Kạn"]


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in REPORTS:
        book = load_workbook(SAMPLES / "inbox" / name)
        (cell,) = (c for row in book["Chỉ tiêu"].rows for c in row if c.value == OWN)
        cell.value = SAID
        book.save(inbox / name)
    return Night(fresh_warehouse, inbox)


def test_a_header_is_asked_accepted_and_read_again(night: Night, tmp_path: Path) -> None:
    local = tmp_path / "local"
    local.mkdir()
    environment = variables(night.settings) | {"KHOXA_LOCAL": str(local)}

    def said(*words: object) -> str:
        done = khoxa(*words, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    said("run", "--inbox", night.inbox)
    assert night.rows(STATES) == [("rejected", 2)]

    (asked,) = json.loads(said("headers", "--json"))
    assert (asked["form"], asked["table"], asked["text"]) == ("commune_report", "indicators", SAID)
    assert (asked["column"], asked["filings"], asked["rejected"]) == ("numerator", 2, 2)
    assert asked["units"] == UNITS
    assert f"“{OWN}”" in asked["means"]
    said("run", "--inbox", night.inbox)
    assert night.rows(STATES) == [("rejected", 2)], "accepted before somebody said so"

    said("headers", "accept", asked["number"])
    (line,) = yaml.safe_load((local / "headers.yaml").read_text(encoding="utf-8"))
    del line["accepted"]
    assert line == {
        "form": "commune_report", "table": "indicators", "column": "numerator", "text": SAID,
    }  # fmt: skip
    assert json.loads(said("headers", "--json")) == []

    said("run", "--inbox", night.inbox)
    assert night.rows(STATES) == [("accepted", 2)]
    assert night.rows("select count(*) from ops.finding where about is not null") == [(0,)]
    before = night.dump()
    said("run", "--inbox", night.inbox)
    assert night.dump() == before, "a night without news changes nothing"


def test_a_refused_header_is_no_longer_listed_and_stays_rejected(
    night: Night, tmp_path: Path
) -> None:
    environment = variables(night.settings) | {"KHOXA_LOCAL": str(tmp_path)}
    khoxa("run", "--inbox", night.inbox, **environment)
    (asked,) = json.loads(khoxa("headers", "--json", **environment).stdout)
    assert khoxa("headers", "refuse", asked["number"], **environment).returncode == 0
    assert json.loads(khoxa("headers", "--json", **environment).stdout) == []
    khoxa("run", "--inbox", night.inbox, **environment)
    assert night.rows(STATES) == [("rejected", 2)]
    again = khoxa("headers", "accept", "--form", "commune_report", "--table", "indicators",
                  "--text", SAID.upper(), "--column", "numerator", **environment)  # fmt: skip
    assert again.returncode == 1 and "is refused" in again.stderr
    shutil.rmtree(night.inbox)
