"""`khoxa form` with a warehouse: last year's closing figures stand in this year's blank form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from etl.blank import draw_form
from etl.ground import database
from etl.ground.config import Settings
from tests.filling import fill
from tests.khoxa import khoxa, variables
from tests.night import Night

COMMUNE, NAME = "02152", "Xã Cường Lợi"
UNREACHABLE = "postgresql+psycopg2://nobody@127.0.0.1:1/none"


def _result(sheet: Worksheet, cell: Cell, kind: str, _options: tuple[str, ...]) -> object:
    """The review of 17 communes, số liệu minh hoạ: commune n has 400 + 10n households, of which
    100 + n are poor.
    """
    if kind == "":
        return None
    n = int(sheet.cell(cell.row, 1).value)
    same_everywhere = {"D": 300, "G": 50, "I": 60, "K": 30}
    return {"C": 400 + 10 * n, "E": 100 + n, **same_everywhere}[cell.column_letter]


@pytest.fixture(scope="module")
def closed(make_warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A warehouse in which Na Rì closed 2024, on a form that khoxa drew."""
    inbox, drawn = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("drawn")
    with make_warehouse() as settings:
        blank = draw_form(settings, "review_result", "066", "2024-Y", drawn / "blank.xlsx")
        fill(blank.path, inbox / "ra_soat_2024.xlsx", _result)
        night = Night(settings, inbox)
        night.go(datetime.fromisoformat("2025-01-10T08:00:00+07:00"))
        assert night.rows("select rule, cell from ops.finding where severity = 'fail'") == []
        yield settings


def test_closing_figures_stand_in_the_next_form(closed: Settings, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    done = khoxa(
        *("form", "target_register", "--unit", "066", "--period", "2025", "--out", path),
        **variables(closed),
    )
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    assert "Đã điền sẵn 34 số đầu năm 2025 theo báo cáo cuối năm 2024" in done.stdout
    sheet = load_workbook(path)["Biểu mục tiêu"]
    shown = CalamineWorkbook.from_path(path).get_sheet_by_name("Biểu mục tiêu").to_python()
    rows = {row[1]: row for row in shown}
    first, kim_hy = rows["Thị trấn Yến Lạc"], rows["Xã Kim Hỷ"]
    assert first[2:4] == [410, 101]  # in the review, the one town stands above the communes
    assert kim_hy[2:4] == [450, 105]  # and Kim Hỷ is the fourth of these
    assert (first[4], kim_hy[4]) == (24.63, 23.33)
    # 17 x 400 + 10 x (1 + ... + 17) = 8330; 17 x 100 + 153 = 1853; 1853 / 8330 = 22.2449 %
    assert rows["Tổng cộng"][2:5] == [8330, 1853, 22.24]
    assert all(not cell.protection.locked for cell in sheet[12][2:4])
    assert "cuối năm 2024" in str(sheet["A8"].value)


def test_a_unit_that_ended_since_gives_nothing(closed: Settings, tmp_path: Path) -> None:
    """A commune that was merged away is not the one that has its code now."""
    _end(closed, "2025-01-01")  # still a row of the form: the seeds say that it goes on
    try:
        drawn = draw_form(closed, "target_register", "066", "2025", tmp_path / "bieu.xlsx")
    finally:
        _end(closed, "2025-07-01")
    assert "Đã điền sẵn 32 số" in drawn.note
    rows = {row[1].value: row for row in load_workbook(drawn.path)["Biểu mục tiêu"].iter_rows()}
    assert [cell.value for cell in rows[NAME][2:4]] == [None, None]


def test_the_poor_under_another_line_open_no_year(closed: Settings, tmp_path: Path) -> None:
    _draw_the_line(closed, "2016-2020")
    try:
        drawn = draw_form(closed, "target_register", "066", "2025", tmp_path / "bieu.xlsx")
    finally:
        _draw_the_line(closed, "2022-2026")
    assert "Đã điền sẵn 17 số" in drawn.note  # the households of 17 communes
    rows = {row[1].value: row for row in load_workbook(drawn.path)["Biểu mục tiêu"].iter_rows()}
    assert [cell.value for cell in rows["Xã Kim Hỷ"][2:4]] == [450, None]


def _draw_the_line(settings: Settings, standard: str) -> None:
    query = text("update dw.dim_year set poverty_standard = :standard where year = 2024")
    with database.engine(settings, "khoxa_owner").begin() as connection:
        connection.execute(query, {"standard": standard})


def _end(settings: Settings, day: str) -> None:
    tables = {"dim_commune": "commune_code", "dim_unit": "level = 'commune' and unit_code"}
    with database.engine(settings, "khoxa_owner").begin() as connection:
        for table, code in tables.items():
            query = text(
                f"update dw.{table} set valid_to = :day"
                f" where {code} = :code and valid_from < '2025-01-01'"
            )
            connection.execute(query, {"day": day, "code": COMMUNE})


def test_without_a_warehouse_the_form_is_still_drawn(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    done = khoxa(
        *("form", "target_register", "--unit", "066", "--period", "2025", "--out", path),
        KHOXA_WAREHOUSE_URL=UNREACHABLE,
        KHOXA_READER_URL=UNREACHABLE,
    )
    assert done.returncode == 0, done.stderr
    assert "Không điền sẵn số nào: không hỏi được kho" in done.stdout
    assert load_workbook(path)["Biểu mục tiêu"]["B12"].value == "Xã Văn Vũ"
    done = khoxa("check", path)
    assert done.returncode == 1 and "còn để trống" in done.stdout
    wrong = khoxa("form", "target_register", "--unit", COMMUNE, "--period", "2025", "--out", path)
    assert wrong.returncode == 1 and "Traceback" not in wrong.stderr
    assert "cấp huyện" in wrong.stderr
