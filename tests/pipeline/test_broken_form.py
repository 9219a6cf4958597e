"""One bad form stops only itself, and its filings are read by themselves once it is mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import FORMS_DIR, Settings
from tests.khoxa import khoxa, variables
from tests.night import Night

PLAN = "na_ri_ke_hoach_von_2025.xlsx"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
BOTH = "hai_bieu.xlsx"
GOOD, BAD = "source: NSTW", "source: NSTU"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    shutil.copytree(FORMS_DIR, folder)
    return folder


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in (PLAN, REGISTER):
        shutil.copy2(Night.inbox / name, inbox)
    return Night(fresh_warehouse, inbox)


def run(night: Night, forms: Path) -> str:
    """`khoxa run` with these forms; what it says on standard error."""
    environment = variables(night.settings) | {"KHOXA_FORMS": str(forms)}
    ran = khoxa("run", "--inbox", night.inbox, **environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stderr


def change(forms: Path, old: str, new: str) -> None:
    path = forms / "fund_plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def known(night: Night) -> dict[str, list[str]]:
    """The warehouse but for mails: each night's page is one."""
    return night.dump() | {"ops.outbox": []}


STATES = (
    "select f.original_name, f.form, f.state, array_agg(n.rule) from raw.filing f"
    " left join ops.finding n using (filing_id) group by 1, 2, 3 order by 1, 2"
)


def test_a_broken_form_and_what_becomes_of_its_filing(night: Night, forms: Path) -> None:
    change(forms, GOOD, BAD)
    assert "forms/fund_plan.yaml:34: không có nguồn vốn “NSTU”" in run(night, forms)
    assert night.rows(STATES) == [
        (PLAN, None, "rejected", ["form-broken"]),
        (REGISTER, "target_register", "accepted", [None]),
    ]
    before = known(night)
    run(night, forms)
    assert known(night) == before
    change(forms, BAD, GOOD)
    run(night, forms)
    assert night.rows(STATES) == [
        (PLAN, "fund_plan", "accepted", [None]),
        (REGISTER, "target_register", "accepted", [None]),
    ]
    ((facts,),) = night.rows("select count(*) from dw.fact_fund")
    assert facts == 9 * 2
    before = known(night)
    run(night, forms)
    assert known(night) == before


def test_the_other_filing_of_the_same_workbook_is_loaded(night: Night, forms: Path) -> None:
    register, plan = (load_workbook(night.inbox / name) for name in (REGISTER, PLAN))
    (rows,) = (sheet.iter_rows(values_only=True) for sheet in plan.worksheets[:1])
    sheet = register.create_sheet("Vốn")
    for row in rows:
        sheet.append(row)
    for path in night.inbox.iterdir():
        path.unlink()
    register.save(night.inbox / BOTH)
    change(forms, GOOD, BAD)
    run(night, forms)
    assert night.rows(STATES) == [
        (BOTH, "target_register", "accepted", [None]),
        (BOTH, None, "rejected", ["form-broken"]),
    ]
    change(forms, BAD, GOOD)
    run(night, forms)
    assert [row[1:3] for row in night.rows(STATES)] == [
        ("fund_plan", "accepted"), ("target_register", "accepted"),
    ]  # fmt: skip
