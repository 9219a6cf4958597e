"""A header that the province accepted and no longer does: what was read by it is read again, and is
the filer's to mend; a file that is not in order withdraws nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import Settings
from tests.khoxa import khoxa, variables
from tests.night import SAMPLES, Night

REPORTS = ("bao_cao_6_thang_2025_kim_hy.xlsx", "bao_cao_6_thang_2025_liem_thuy.xlsx")
OWN, SAID = "Số đạt được", "Số đã làm được"
STATES = "select f.original_name, f.state, array_agg(n.rule order by n.rule) from raw.filing as f left join ops.finding as n on n.filing_id = f.filing_id and n.severity = 'fail' group by 1, 2 order by 1"  # noqa: E501
JOBS = (
    "select count(*) from mart.indicator_by_unit where level = 'commune' and measure = 'actual'"
    " and unit_map = 'as_filed' and unit_name = :unit"
)


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    """Kim Hỷ words a header otherwise, Liêm Thủy does as the form."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, word in zip(REPORTS, (SAID, OWN), strict=True):
        book = load_workbook(SAMPLES / "inbox" / name)
        (cell,) = (c for row in book["Chỉ tiêu"].rows for c in row if c.value == OWN)
        cell.value = word
        book.save(inbox / name)
    return Night(fresh_warehouse, inbox)


def test_a_withdrawn_header(night: Night, tmp_path: Path) -> None:
    local = tmp_path / "local"
    local.mkdir()
    environment = variables(night.settings) | {"KHOXA_LOCAL": str(local)}
    file = local / "headers.yaml"

    def run() -> tuple[str, str]:
        done = khoxa("run", "--inbox", night.inbox, **environment)
        assert done.returncode == 0, done.stderr
        first, second = night.rows(STATES)
        assert second[1] == "accepted"
        return first[1], done.stdout + done.stderr

    file.write_text(
        f'- {{form: commune_report, table: indicators, column: numerator, text: "{SAID}",'
        " accepted: 2025-06-20}\n",
        encoding="utf-8",
    )
    accepted = file.read_text(encoding="utf-8")
    assert run()[0] == "accepted"
    read = night.rows(JOBS, unit="Xã Kim Hỷ")
    assert read > [(0,)]
    before = night.dump()

    file.write_text(accepted + "- {form: commune_report", encoding="utf-8")  # not in order
    state, said = run()
    assert state == "accepted" and "headers.yaml" in said

    file.write_text("", encoding="utf-8")
    state, said = run()
    assert state == "rejected" and "commune_report" in said
    assert night.rows(JOBS, unit="Xã Kim Hỷ") == [(0,)]
    assert night.rows(JOBS, unit="Xã Liêm Thủy") > [(0,)]
    quiet = night.dump()
    assert run()[0] == "rejected"
    assert night.dump() == quiet

    file.write_text(accepted, encoding="utf-8")
    assert run()[0] == "accepted"
    assert night.rows(JOBS, unit="Xã Kim Hỷ") == read
    assert night.dump()["dw.fact_indicator"] == before["dw.fact_indicator"]
