"""`khoxa status --unit` says of which year it is, and goes back to the last one that there is."""

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from etl.ground import database
from etl.ground.config import Settings
from tests.helpers.mail_office import VAN_LANG, Office
from tests.khoxa import khoxa, variables
from tests.night import NOW, SAMPLES, Night


@pytest.mark.parametrize(("unit", "year"), [("118", 2024), ("875", 2024), ("066", 2025)])
def test_the_year_is_said(warehouse_with_samples: Night, unit: str, year: int) -> None:
    done = khoxa("status", "--unit", unit, **variables(warehouse_with_samples.settings))
    assert done.returncode == 0, done.stderr
    first, *others = done.stdout.splitlines()
    assert first.strip() == f"Hồ sơ năm {year} / Filings of {year}"
    assert max(map(cell_len, others)) <= 80


def test_what_was_returned_of_an_earlier_year_stands_first_also_of_units_that_ended(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """Kim Hỷ and Văn Lang lay in Bắc Kạn; who answers for them by now is Thái Nguyên (19)."""
    office = Office.at(fresh_warehouse, tmp_path)
    office.filing("kim_hy.xlsx", "rejected", fails=1)
    office.filing("van_lang_sai.xlsx", "rejected", unit=VAN_LANG, fails=1)
    office.do("update raw.filing set year = 2024, last_year = 2024, units_on = '2024-06-30'")
    office.filing("van_lang.xlsx", unit=VAN_LANG)
    office.do(
        "update raw.filing set year = 2024, last_year = 2024, received_at = now()"
        " where original_name = 'van_lang.xlsx'"
    )
    office.filing("van_lang_2025.xlsx", unit=VAN_LANG)
    done = khoxa("status", "--unit", "19", **variables(fresh_warehouse))
    earlier, latest = done.stdout.split("Hồ sơ năm 2025")
    assert "Hồ sơ năm 2024" in earlier and "trả lại" in earlier
    assert "Xã Kim Hỷ" in earlier and "Xã Văn Lang" not in earlier and "Xã Văn Lang" in latest


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


def test_a_file_that_names_two_units_is_listed_under_each(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """Kim Hỷ's report on paper of Kim Lư; Văn Lang of the same district is named nowhere."""
    book = load_workbook(SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx")
    for sheet in book:
        for cell in (c for row in sheet["A1:H4"] for c in row if c.value == "XÃ KIM HỶ"):
            cell.value = "XÃ KIM LƯ"
    book.save(tmp_path / "cua_ai.xlsx")
    Night(fresh_warehouse, tmp_path).go()
    known = variables(fresh_warehouse)
    for unit, is_named in {"02146": True, "Kim Lư": True, "066": True, VAN_LANG: False}.items():
        printed = khoxa("status", "--unit", unit, **known).stdout
        assert ("cua_ai.xlsx" in printed) == is_named, (unit, printed)
    called = khoxa("status", **known).stdout.split("whom to call")[1]
    lines = [line.split() for line in called.splitlines() if "cua_ai.xlsx" in line]
    assert [line[:3] for line in lines] == [["Xã", "Kim", "Hỷ"], ["Xã", "Kim", "Lư"]]
    assert "ghi nhiều đơn vị" in called
    shutil.copy(SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx", tmp_path)
    Night(fresh_warehouse, tmp_path).go(NOW + timedelta(days=1))
    called = khoxa("status", **known).stdout.split("whom to call")[1]
    lines = [line.split() for line in called.splitlines() if "cua_ai.xlsx" in line]
    assert [line[:3] for line in lines] == [["Xã", "Kim", "Lư"]]  # Kim Hỷ's is there now
