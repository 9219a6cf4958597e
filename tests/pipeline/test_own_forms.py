"""Forms that a province has of its own (samples/bieu_rieng), by data alone: from workbook to mart.
Every number is reckoned by hand from what tools.draw_own_forms writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.ground.config import ROOT
from tests.khoxa import khoxa, variables
from tests.night import Night
from tools.draw_own_forms import draw

SAMPLE = ROOT / "samples" / "bieu_rieng"


@pytest.fixture(scope="module")
def night(make_warehouse) -> Iterator[Night]:
    with make_warehouse() as settings:
        found = Night(settings, SAMPLE / "inbox")
        environment = variables(settings) | {"KHOXA_LOCAL": str(SAMPLE / "local")}
        done = khoxa("run", "--inbox", found.inbox, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        yield found


def test_every_filing_is_taken(night: Night) -> None:
    states = night.rows("select original_name, state from raw.filing order by 1")
    assert {state for _name, state in states} == {"accepted"}, states
    assert len(states) == len(list((SAMPLE / "inbox").iterdir()))


def test_documents_are_read_with_their_days(night: Night) -> None:
    rows = night.rows("select document_no, issued_on, cell from mart.document order by row_no")
    assert rows == [
        ("12/KH-UBND", date(2024, 1, 15), "B6"), ("205/QĐ-UBND", date(2024, 3, 4), "B7"),
        ("318/UBND-LĐ", date(2024, 6, 5), "B8"), ("41/BC-UBND", date(2024, 11, 30), "B9"),
    ]  # fmt: skip
    kinds = night.rows(
        "select value_text from mart.listed_text where word_code = 'kind' order by row_no"
    )
    assert [kind for (kind,) in kinds] == ["plan", "decision", "letter", "report"]


def test_every_word_is_traced_to_its_cell(night: Night) -> None:
    rows = night.rows(
        "select code, cell, text_as_filed, unit_name from mart.figure_trace where fact = 'text'"
        " and cell in ('C7', 'E9') order by cell"
    )
    assert rows == [
        ("issued_on", "C7", "4/3/2024", "Huyện Na Rì"),
        ("abstract", "E9", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2024", "Huyện Na Rì"),
    ]
    # 4 rows of number, day, kind and title
    assert night.rows("select count(*) from dw.fact_text") == [(16,)]


def test_the_workbooks_are_those_that_are_drawn(tmp_path: Path) -> None:
    draw(tmp_path)
    names = {path.name for path in (SAMPLE / "inbox").iterdir()}
    assert names == {path.name for path in tmp_path.iterdir()}
    for name in names:
        assert (tmp_path / name).read_bytes() == (SAMPLE / "inbox" / name).read_bytes(), name
