"""docs/architecture.md shows rows of the sample night: each query and what it gave, the cells of
the sheet and its figure."""

from __future__ import annotations

import re

import pytest

from etl.ground.config import ROOT
from tests.night import Night

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ASKED = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", PAGE, re.DOTALL)
WORKBOOK = "bao_cao_6_thang_2025_kim_hy.xlsx"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def test_queries_are_found() -> None:
    assert len(ASKED) == PAGE.count("```sql") >= 7


@pytest.mark.parametrize(("query", "table"), ASKED, ids=range(len(ASKED)))
def test_the_rows_are_those_of_the_night(
    query: str, table: str, warehouse_with_samples: Night
) -> None:
    rows = warehouse_with_samples.rows(query)
    got = [["" if value is None else str(value) for value in row] for row in rows]
    assert got == [_cells(line) for line in table.splitlines()[2:]]


def test_the_sheet_is_the_samples(warehouse_with_samples: Night) -> None:
    rows = warehouse_with_samples.inbox_sheet(WORKBOOK, "Chỉ tiêu")
    assert repr(rows[9]).replace("'", '"') in PAGE
    header, row = (line for line in PAGE.splitlines() if re.match(r"\| (8|10) \|", line))
    assert _cells(header)[1:] == rows[7][:6]
    assert _cells(row)[1:] == ["1", "Hộ nghèo hiện có", "hộ", "**163**", "411", "39,66"]
