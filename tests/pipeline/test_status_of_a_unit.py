"""`khoxa status --unit` says of which year it is, and goes back to the last one that there is."""

from decimal import Decimal

import pytest
from rich.cells import cell_len

from etl.ground import database
from tests.khoxa import khoxa, variables
from tests.night import Night


@pytest.mark.parametrize(("unit", "year"), [("118", 2024), ("875", 2024), ("066", 2025)])
def test_the_year_is_said(warehouse_with_samples: Night, unit: str, year: int) -> None:
    done = khoxa("status", "--unit", unit, **variables(warehouse_with_samples.settings))
    assert done.returncode == 0, done.stderr
    first, *others = done.stdout.splitlines()
    assert first.strip() == f"Hồ sơ năm {year} / Filings of {year}"
    assert max(map(cell_len, others)) <= 80


def test_whom_to_call_is_about_a_year(warehouse_with_samples: Night) -> None:
    printed = khoxa("status", **variables(warehouse_with_samples.settings)).stdout
    table = printed.split("whom to call")[1].split("Thư: ")[0].splitlines()
    assert "năm" in table[2].split()
    assert all(" 2025 " in line for line in table if line.startswith("  Xã "))


def test_two_targets_alike_but_for_the_communes_meant_are_both_listed(
    warehouse_with_samples: Night,
) -> None:
    """Bắc Kạn asks 4,5 points of the communes poor at the start, and of those poor each year."""
    rows = warehouse_with_samples.rows(database.statement("status/attainment"))
    listed = [row for row in rows if row[0] == "Tỉnh Bắc Kạn" and "xã từ 40 %" in row[1]]
    assert [row[4] for row in listed] == [Decimal("4.50")] * 2
