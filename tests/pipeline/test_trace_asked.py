"""`khoxa trace` leads on: whole names of files in 80 columns, and what to ask where it has none."""

import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from etl.ground.numerals import shown
from tests.khoxa import khoxa, variables
from tests.night import Night


@pytest.fixture(scope="module")
def traced(warehouse_with_samples: Night):
    """Runs the command on that warehouse."""
    settings = variables(warehouse_with_samples.settings)
    return lambda *words, **more: khoxa("trace", *words, **settings, **more)


def test_files_are_whole_in_80_columns(traced) -> None:
    done = traced("066", "poverty_rate", "--year", "2025", "--period", "Y", COLUMNS="80")
    assert done.returncode == 0, done.stderr
    assert max(map(cell_len, done.stdout.splitlines())) <= 80 and "…" not in done.stdout
    last = "".join(line[60:].strip() for line in done.stdout.splitlines())
    assert "bao_cao_nam_2025_na_ri.xlsx" in re.sub(r"[─\s]", "", last)
    assert "đính chính" not in done.stdout  # nothing was corrected


def test_money_of_a_project_leads_to_its_cells(traced, warehouse_with_samples: Night) -> None:
    """Half-year reports read with openpyxl alone: line "Dự án 2", column C of both sources."""
    done = traced("066", "DA2", "--year", "2025", "--period", "H1")
    cells = []
    for path in sorted(warehouse_with_samples.inbox.glob("bao_cao_6_thang_2025_*.xlsx")):
        if not path.stem.endswith(("_scan", "_lan_2")):
            (row,) = (row for row in load_workbook(path)["Kinh phí"].iter_rows(values_only=True)
                      if str(row[1]).startswith("Dự án 2"))  # fmt: skip
            cells += [str(row[2]).replace(".", "").replace(",", ".")
                      if isinstance(row[2], str) else row[2]]  # fmt: skip
    amounts = [Decimal(str(cell)) for cell in cells if cell is not None]
    assert f"(2025-07-01): {shown(sum(amounts), 2)}, {len(amounts)} đơn vị" in " ".join(
        done.stdout.split()
    )


def test_a_period_may_be_written_with_its_year(traced) -> None:
    short = traced("066", "poverty_rate", "--year", "2025", "--period", "H1")
    assert short.returncode == 0
    assert traced("066", "poverty_rate", "--period", "2025-H1").stdout == short.stdout


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (("066", "poverty_rat"), "có phải: poverty_rate,"),
        (("066", "DA22"), "có phải: DA2,"),
        (("066", "DA2", "--year", "1990"), "có 2025-H1, 2025-Y, trên"),
        (("066", "poverty_rate", "--year", "1990"), "có 2024-Y, 2025-H1, 2025-OPEN, 2025-Y, trên"),
        (("066", "poverty_rate", "--map", "2020-01-01"), "2025-06-30, 2025-07-01, as_filed"),
        (("01", "poverty_rate"), "chỉ tiêu poverty_rate như đã hỏi /"),
    ],
)
def test_what_could_be_asked_is_said(traced, words: tuple[str, ...], there: str) -> None:
    done = traced(*words)
    assert done.returncode == 1 and there in done.stderr
