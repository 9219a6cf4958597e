"""`khoxa trace` leads on: whole names of files in 80 columns, and what to ask where it has none."""

import re

import pytest
from rich.cells import cell_len

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


def test_a_period_may_be_written_with_its_year(traced) -> None:
    short = traced("066", "poverty_rate", "--year", "2025", "--period", "H1")
    assert short.returncode == 0
    assert traced("066", "poverty_rate", "--period", "2025-H1").stdout == short.stdout


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (("066", "poverty_rat"), "có phải: poverty_rate,"),
        (("066", "poverty_rate", "--year", "1990"), "có 2024-Y, 2025-H1, 2025-OPEN, 2025-Y, trên"),
        (("066", "poverty_rate", "--map", "2020-01-01"), "2025-06-30, 2025-07-01, as_filed"),
        (("01", "poverty_rate"), "chỉ tiêu poverty_rate như đã hỏi /"),
    ],
)
def test_what_could_be_asked_is_said(traced, words: tuple[str, ...], there: str) -> None:
    done = traced(*words)
    assert done.returncode == 1 and there in done.stderr
