"""Asking about a past day: what a question may do, and what the commands print."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.exc import IntegrityError

from etl.cli.ask import NotAnswered, ask
from etl.ground import database
from etl.ground.config import Settings
from etl.night.as_of import NoSuchDay, as_of
from tests.helpers.mail_office import Office
from tests.khoxa import khoxa, variables
from tests.night import Night
from tests.pipeline.conftest import Printed
from tests.pipeline.test_as_of import CUT, TENTH


def test_postgresql_refuses_a_commit(warehouse_with_samples: Night) -> None:
    settings = warehouse_with_samples.settings
    before = warehouse_with_samples.dump()
    with (
        pytest.raises(IntegrityError, match="never_committed"),
        as_of(settings, TENTH) as then,
        database.night(then) as connection,
    ):
        connection.commit()
    assert warehouse_with_samples.dump() == before


def test_an_answer_is_as_a_bi_tool_gets_it(warehouse_with_samples: Night) -> None:
    query = (
        "select count(*) as n, current_user::text as n, '%s' as \"50 %\", 1.50::numeric as x,"
        " date '2025-06-10' as d from mart.unit_map; -- the end"
    )
    with as_of(warehouse_with_samples.settings, TENTH) as then:
        assert ask(then, query) == ask(warehouse_with_samples.settings, query)
        assert ask(then, "select 1 as a where false") == (["a"], [])


def text_of(path: Path) -> str:
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8")
    cells = (cell.value for row in load_workbook(path).active.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells)


def test_annexes_of_a_day_say_so_and_lie_beside_todays(
    warehouse_with_samples: Night, printed: Printed, tmp_path: Path
) -> None:
    for path in printed("066", 2025).values():
        shutil.copy(path, tmp_path)
    today = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = khoxa(
        *("report", "--unit", "066", "--year", "2025", "--out", tmp_path),
        *("--as-of", "2025-06-10"),
        **variables(warehouse_with_samples.settings),
    )
    assert done.returncode == 0, done.stderr
    written = [Path(line) for line in done.stdout.split()]
    assert {path.name for path in written} == {
        f"{path.stem}_den_2025-06-10{path.suffix}" for path in today
    }
    assert {path: path.read_bytes() for path in today} == today
    for path in written:
        # the last one in force by then; Văn Lang's of that day was rejected
        shown = text_of(path)
        assert "Hồ sơ nhận gần nhất: 10/06/2025" in shown
        assert "Số liệu tính đến hết ngày 10/06/2025." in shown
        assert "As known at the end of 10/06/2025." in shown
    (path,) = (path for path in written if path.name.startswith("tinh_hinh_nop"))
    assert "bao_cao_6_thang_2025_liem_thuy.xlsx" in text_of(path)
    for later in ("bao_cao_6_thang_2025_van_vu.xlsx", "bao_cao_6_thang_2025_dong_xa.xlsx"):
        assert later not in text_of(path)


def test_the_commands(warehouse_with_samples: Night) -> None:
    environment = variables(warehouse_with_samples.settings)
    done = khoxa("sql", "--csv", "--as-of", "2025-06-10", CUT, **environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].split(",")[1:3] == ["15", "17"]
    done = khoxa("status", "--as-of", "2025-06-10", **environment)
    assert done.returncode == 0, done.stderr
    assert "Số liệu tính đến hết ngày 10/06/2025." in done.stdout
    assert re.search(r"giảm nghèo của xã +6 tháng +2025 +được nhận +15 ", done.stdout)
    done = khoxa("sql", "--as-of", "10/6/2025", "select 1", **environment)
    assert done.returncode == 2 and done.stderr.startswith("khoxa: --as-of 10/6/2025: ngày viết")


def test_a_day_that_nothing_is_known_of(warehouse_with_samples: Night, fresh_warehouse) -> None:
    settings = warehouse_with_samples.settings
    for asked, day, said in (
        (settings, date(2021, 4, 14), "hồ sơ đầu tiên nhận ngày 15/04/2021"),
        (settings, date(2999, 1, 1), "chưa tới"),
        (fresh_warehouse, TENTH, "kho chưa nhận hồ sơ nào"),
    ):
        with pytest.raises(NoSuchDay, match=said), as_of(asked, day):
            pass


def test_a_day_to_come_is_known_up_to_the_last_trial(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    office.filing("thu.xlsx", at=datetime.fromisoformat("2997-06-10T09:00:00+07:00"))
    with as_of(fresh_warehouse, date(2997, 6, 10)) as then:
        query = "select count(*) from mart.filing_status where original_name = 'thu.xlsx'"
        assert ask(then, query)[1] == [(1,)]
    with pytest.raises(NoSuchDay, match="chưa tới"), as_of(fresh_warehouse, date(2997, 6, 11)):
        pass


@pytest.fixture(scope="module")
def tenth(warehouse_with_samples: Night) -> Iterator[Settings]:
    """One past day for all questions of the last test here: nobody else is answered meanwhile."""
    with as_of(warehouse_with_samples.settings, TENTH) as then:
        yield then


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select 1; commit", "multi-query"),
        ("commit", "COMMIT"),
        ("reset role", "RESET"),
        ("set local role khoxa_loader", "SET"),
        ("select 1; reset role; select 2", "multi-query"),
        ("select 1 from raw.filing", "permission denied"),
        ("select 1 from dw.fact_indicator", "permission denied"),
        ("delete from dw.dim_year returning year", "permission denied|read-only"),
        ("create temporary table x as select 1", "CREATE TABLE AS"),
        ("do $$ begin perform 1; end $$", "DO"),
        ("select set_config('role', 'none', true)", "set_config"),
        ("select SET_CONFIG('role', 'none', true)", "SET_CONFIG"),
        ("select U&\"set!005fconfig\" UESCAPE '!' ('role', 'none', true)", "U&"),
        (
            "select query_to_xml('select set_' || 'config(''role'', ''none'', true)', true, true,"
            " '')",
            "query_to_xml",
        ),
        ("select 1 / 0", "division by zero"),
    ],
)
def test_a_question_has_the_rights_of_bi_reader(tenth: Settings, query: str, said: str) -> None:
    assert tenth.transaction is not None
    with pytest.raises(NotAnswered, match=said), tenth.transaction.begin_nested():
        ask(tenth, query)
