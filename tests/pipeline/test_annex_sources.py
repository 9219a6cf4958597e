"""Each printed figure of an annex leads, in the workbook itself, to its sums, file and cell."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from etl.ground.numerals import shown
from etl.reports import annexes
from tests.khoxa import khoxa, variables
from tests.night import Night
from tests.pipeline.conftest import Printed

NAMES = ("muc_tieu", "giao_va_dang_ky", "ket_qua", "kinh_phi")
SHEET = "Nguồn số liệu"


@pytest.fixture(scope="module")
def na_ri(printed: Printed) -> dict[str, Workbook]:
    books = (path for path in printed("066", 2025).values() if path.suffix == ".xlsx")
    return {path.stem.removesuffix("_066_2025"): load_workbook(path) for path in books}


def sources(book: Workbook) -> list[tuple]:
    rows = [row for row in book[SHEET].iter_rows(values_only=True) if row[3] is not None]
    assert rows[0][3] == "Số in\nAs printed"
    return rows[1:]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_source_that_makes_it(na_ri: dict[str, Workbook], name: str) -> None:
    rows = sources(na_ri[name])
    assert len(rows) > 60
    for _, whose, what, printed, above, below, units, file, *_ in rows:
        assert units and file, (whose, what)
        exact = Decimal(str(above)) / (Decimal(str(below)) / 100 if below else 1)
        assert abs(exact - Decimal(str(printed))) <= Decimal("0.005"), (whose, what)


def test_the_printed_rate_and_a_single_cell(na_ri: dict[str, Workbook]) -> None:
    """25,38 of the annex's total is 2 616 of 10 307 in 17 communes; Kim Hỷ's 173 − 20 of 413."""
    rows = {(row[1], row[2]): row[3:] for row in sources(na_ri["muc_tieu"])}
    total = rows["Huyện Na Rì", "Tỷ lệ hộ nghèo, cấp trên giao"]
    assert total[:4] == (25.38, 2616, 10307, 17)
    assert total[-1].startswith("khoxa trace 066 poverty_rate --year 2025 --period Y --map ")
    kim_hy = rows["Xã Kim Hỷ", "Tỷ lệ hộ nghèo, cấp trên giao"]
    assert kim_hy[1:4] == (153, 413, 1) and kim_hy[-2] == "(173 − 20) / 413"
    assert "na_ri_muc_tieu_giam_ngheo_2025.xlsx" in kim_hy[4]


def test_the_cell_is_where_the_figure_stands(
    na_ri: dict[str, Workbook], warehouse_with_samples: Night
) -> None:
    """Read from the filed workbooks: targets and plans that one cell states."""
    filed = cache(partial(load_workbook, data_only=True))
    checked = 0
    for name in ("ket_qua", "kinh_phi"):
        for _, _, _, printed, _, below, _, file, where, _, _ in sources(na_ri[name]):
            sheet, _, cell = (where or "").rpartition("!")
            if below is not None or not where or "!" in sheet or " " in cell:
                continue
            book = filed(warehouse_with_samples.inbox / file)
            text = str(book[sheet][cell].value)
            plain = Decimal(text.replace(".", "").replace(",", ".")) if "," in text else text
            assert str(printed) in text or Decimal(str(printed)) == Decimal(plain), (file, where)
            checked += 1
    assert checked >= 20


def run(command: str, night: Night) -> str:
    done = khoxa(*command.split()[1:], **variables(night.settings))
    return " ".join(done.stdout.split())


def test_what_several_cells_make_has_a_command_that_lists_them(
    na_ri: dict[str, Workbook], warehouse_with_samples: Night
) -> None:
    """Money by project; what fell since January by the counts of both days."""
    for name in NAMES:
        assert [row for row in sources(na_ri[name]) if not row[8] and not row[10]] == []
    commands = {row[2]: row for row in sources(na_ri["kinh_phi"])}
    money = commands["Ngân sách trung ương, Giải ngân, 6 tháng"]  # the last line: DA7-TDA2
    assert money[10].startswith("khoxa trace 066 DA7-TDA2 ")
    told = run(money[10], warehouse_with_samples)
    assert f"Giải ngân / Disbursed (2025-06-30): {shown(money[3], 2)}, 17 đơn vị" in told
    fell = next(
        row for row in sources(na_ri["ket_qua"]) if row[2] == "Giảm số hộ nghèo, thực hiện, cả năm"
    )
    told = run(fell[10], warehouse_with_samples)
    assert "2025-OPEN, đầu năm / opening (2025-06-30): 2.977, 17 đơn vị" in told
    assert "2025-Y, thực hiện / actual (2025-06-30): 2.623, 6 đơn vị" in told


def test_both_ends_of_a_range_have_one(warehouse_with_samples: Night, tmp_path: Path) -> None:
    """The plan of Lấp Vò: a fall by 0,2 % to 0,5 % a year."""
    found = annexes(warehouse_with_samples.settings, "875", 2024, None, tmp_path)
    (path,) = (path for path in found if path.name.startswith("ket_qua"))
    (upper,) = (row for row in sources(load_workbook(path)) if row[2].endswith(", đến"))
    assert upper[3:5] == (0.5, 0.5) and "từ 0,2% đến 0,5%/năm" in upper[9]
    assert upper[7] == "lap_vo_chi_tieu_ke_hoach_2024.xlsx"
    assert upper[8] == "Chỉ tiêu kế hoạch!E6 (cùng dòng / its row)"


def test_it_prints_like_the_annex(na_ri: dict[str, Workbook]) -> None:
    for name in NAMES:
        annex, sheet = na_ri[name].worksheets
        assert sheet.title == SHEET
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows and sheet.freeze_panes == annex.freeze_panes
    assert [sheet.title for sheet in na_ri["tinh_hinh_nop"].worksheets] == ["Tình hình nộp"]


def test_an_annex_to_send_has_none(warehouse_with_samples: Night, tmp_path: Path) -> None:
    found = annexes(warehouse_with_samples.settings, "066", 2025, None, tmp_path, to_send=True)
    assert all(len(load_workbook(path).worksheets) == 1 for path in found)
