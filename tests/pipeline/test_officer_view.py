"""What an officer asks the warehouse: the filings of one unit, hints that work, annexes to send."""

import re
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from tests.khoxa import khoxa, variables
from tests.night import Night

COUNT = (
    "select count(*) from mart.filing_status where unit_id in ("
    "select ref.unit_id(level, unit_key) from mart.unit"
    " where '{0}' in (unit_code, district_code, province_code))"
    " and year = (select max(year) from mart.filing_status)"
)
CODES = ("commune_report", "target_register", "H1", "accepted", "rejected", "missing", "not_due")


@pytest.fixture(scope="module")
def asked(warehouse_with_samples: Night):
    """Runs the command on that warehouse."""
    settings = variables(warehouse_with_samples.settings)
    return lambda *words: khoxa(*words, **settings)


def test_the_filings_of_a_commune_in_words_that_fit_80_columns(asked) -> None:
    done = asked("status", "--unit", "Xã Kim Hỷ")
    assert done.returncode == 0, done.stderr
    assert "Xã Kim Hỷ" in done.stdout and "được nhận" in done.stdout
    assert "Xã Văn Lang" not in done.stdout and "còn" not in done.stdout
    assert not [code for code in CODES if code in done.stdout]
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= 80


def test_forty_lines_and_how_many_more(asked, warehouse_with_samples: Night) -> None:
    ((count,),) = warehouse_with_samples.rows(COUNT.format("066"))
    assert count > 40
    short, whole = asked("status", "--unit", "066"), asked("status", "--unit", "066", "--all")
    assert f"còn {count - 40} dòng" in short.stdout and "còn" not in whole.stdout
    assert len(whole.stdout.splitlines()) > len(short.stdout.splitlines())


def test_a_name_without_marks_is_asked_back(asked) -> None:
    done = asked("status", "--unit", "kim hy")
    assert done.returncode == 2 and "Xã Kim Hỷ, Huyện Na Rì, Tỉnh Bắc Kạn (02146)" in done.stderr


def test_every_command_that_is_printed_as_a_hint_works(asked) -> None:
    printed = asked("status", "--figures").stdout
    hints = [line.strip() for line in printed.splitlines() if line.strip().startswith("khoxa ")]
    hints += re.findall(r"khoxa status --figures --all", printed)
    assert len(hints) >= 3
    for hint in hints:
        done = asked(*shlex.split(hint)[1:])
        assert done.returncode == 0, (hint, done.stderr)


def test_a_slip_in_sql_gets_the_words_of_postgresql_alone(asked) -> None:
    done = asked("sql", "select poor from mart.unit")
    assert done.returncode == 1
    assert 'column "poor" does not exist' in done.stderr and "migrate" not in done.stderr


def test_annexes_to_send(asked, tmp_path: Path) -> None:
    done = asked("report", "--unit", "Huyện Na Rì", "--map", "as_filed", "--to-send", "--out",
                 str(tmp_path))  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = {path.name for path in tmp_path.iterdir()}
    assert "tinh_hinh_nop_huyen_na_ri_066_2025.xlsx" in names
    assert not [name for name in names if name.endswith(".html")]
    for path in tmp_path.iterdir():
        sheet = load_workbook(path).worksheets[0]
        said = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
        assert "Chỉ tiêu\nIndicator" not in said
        left = [text for text in said if re.search(r" / [a-z]", text)]
        assert left == [], path.name


def test_the_filing_status_of_a_province_is_its_own_with_districts(asked, tmp_path: Path) -> None:
    done = asked("report", "--unit", "Tỉnh Bắc Kạn", "--map", "as_filed", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(tmp_path / "tinh_hinh_nop_06_2025.xlsx").worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).isdigit()]
    assert {row[2] for row in rows if row[3] == "xã / commune"} >= {"Na Rì"}
    assert not [row for row in rows if "Ba Tơ" in str(row[1]) or "Bắc Hà" in str(row[1])]
