"""The printed annexes of the sample night, against what Na Rì's plan prints."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.ground.config import ROOT
from etl.reports import annexes, other_units
from etl.reports.asked import NoSuchAnnex
from etl.reports.sheet import Annex, Column, write
from tests.html_pages import read
from tests.khoxa import khoxa, variables
from tests.night import Night
from tests.pipeline.conftest import Files, Printed

PRINTED = ROOT / "samples" / "facts" / "na_ri_2025_communes.csv"
COLUMNS = (
    "name_as_printed", "households_start_as_printed", "poor_households_start_as_printed",
    "poverty_rate_start_as_printed", "target_reduction_households_as_printed",
    "target_reduction_pp_as_printed", "target_rate_end_as_printed",
)  # fmt: skip


@pytest.fixture(scope="module")
def na_ri(printed: Printed) -> Files:
    return printed("066", 2025)


def shown(cell: object) -> str:
    """A number as its format shows it in Vietnamese; a text as it is, single spaces."""
    value = cell.value
    if not isinstance(value, (int, float)):
        return " ".join(str(value).split())
    whole = re.fullmatch(r"\[\$-42A\]#,##0(?:\.(0+))?", cell.number_format.removesuffix('"*"'))
    decimals = len(whole[1] or "")
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def body(sheet: Worksheet) -> list[tuple]:
    first = int(re.sub(r"\D", "", sheet.freeze_panes))
    rows = list(sheet.iter_rows(min_row=first))
    return [row for row in rows if not str(row[0].value).startswith(("* ", "Ghi chú: "))]


def table(path: Path) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in body(load_workbook(path).active)]


def test_results_without_targets_say_on_which_map_they_are(printed: Printed) -> None:
    """Thái Nguyên has of 2025 what its communes were assigned; the plan was of Bắc Kạn."""
    said = (
        "Ghi chú: Mục tiêu năm 2025 của Tỉnh Bắc Kạn (06) xem trên bản đồ 2025-06-30:"
        " khoxa report --unit 06 --year 2025 --map 2025-06-30"
    )
    sheet = load_workbook(printed("19", 2025)["ket_qua_19_2025.xlsx"]).active
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    (note,) = (text for text in texts if "--map" in text)
    assert note.startswith(f"{said} / The targets of 2025 of Tỉnh Bắc Kạn (06) are on the map 2025")
    page = read(printed("19", 2025)["trang_19_2025.html"].read_text(encoding="utf-8"))
    (targets,) = (each for each in page.all("section") if each.attributes["id"] == "muc-tieu")
    assert said in targets.vietnamese
    own = read(printed("066", 2025)["trang_066_2025.html"].read_text(encoding="utf-8"))
    assert not [each for each in own.all("p") if "--map" in each.text]


def test_the_register_is_the_printed_one(na_ri: dict[str, Path]) -> None:
    with PRINTED.open(encoding="utf-8", newline="") as handle:
        expected = [[" ".join(row[c].split()) for c in COLUMNS] for row in csv.DictReader(handle)]
    assert len(expected) == 18 and expected[0][1:4] == ["1.337", "108", "8,08"]
    sheet = load_workbook(na_ri["muc_tieu_066_2025.xlsx"]).active
    rows = body(sheet)
    assert [[shown(cell) for cell in row[1:]] for row in rows] == expected
    assert [row[0].value for row in rows] == [*(str(n) for n in range(1, 18)), None]
    assert all(isinstance(cell.value, (int, float)) for row in rows for cell in row[2:])


@pytest.mark.parametrize("name", ["muc_tieu", "giao_va_dang_ky", "kinh_phi"])
def test_rates_say_that_each_was_rounded(na_ri: dict[str, Path], name: str) -> None:
    """Xã Sơn Thành: 35,61 less 3,23 would be 32,38; the plan prints 32,39, as 276 - 25 of 775."""
    cells = [str(row[0].value) for row in load_workbook(na_ri[f"{name}_066_2025.xlsx"]).active]
    said = [text for text in cells if "có thể lệch 0,01" in text]
    assert len(said) == (name != "kinh_phi")


def test_the_header_is_the_printed_one(na_ri: dict[str, Path]) -> None:
    sheet = load_workbook(na_ri["muc_tieu_066_2025.xlsx"]).active
    above, below = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=9, max_row=10))
    assert above[:6] == [
        "TT", "Đơn vị", "Tổng số hộ dân cư đầu năm 2025 (hộ)",
        "Tổng số hộ nghèo đầu năm 2025 (hộ)", "Tỷ lệ hộ nghèo đầu năm 2025 (%)",
        "Mục tiêu phấn đấu giảm tỷ lệ hộ nghèo năm 2025",
    ]  # fmt: skip
    assert below[5:] == [
        "Giảm số hộ nghèo (hộ)", "Giảm tỷ lệ hộ nghèo (%)", "Tỷ lệ hộ nghèo cuối năm 2025",
    ]  # fmt: skip
    assert "F9:H9" in {str(merged) for merged in sheet.merged_cells.ranges}


@pytest.mark.parametrize(
    ("name", "paper"),  # 9 is A4, 8 is A3
    [("muc_tieu_066_2025", 9), ("giao_va_dang_ky_066_2025", 8), ("ket_qua_066_2025", 8),
     ("kinh_phi_066_2025", 8), ("tinh_hinh_nop_066_2025", 8)],
)  # fmt: skip
def test_how_a_sheet_prints(na_ri: dict[str, Path], name: str, paper: int) -> None:
    sheet = load_workbook(na_ri[f"{name}.xlsx"]).active
    first = int(re.sub(r"\D", "", sheet.freeze_panes))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", paper)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${first - 2}:${first - 1}"
    block = "\n".join(str(cell.value) for row in sheet.iter_rows(max_row=first - 3) for cell in row)
    # so_van_den.csv: the last file in force, Xuân Dương's yearly report, 12 November 2025
    assert "Hồ sơ nhận gần nhất: 12/11/2025" in block and "Đơn vị tính: " in block
    assert "Bản đồ đơn vị: " in block and "Độ phủ: " in block
    assert "minh hoạ" not in block


def test_a_row_is_as_high_as_its_words(na_ri: dict[str, Path]) -> None:
    """A text as printed takes several lines; a row of the register has the usual height."""
    sheet = load_workbook(na_ri["ket_qua_066_2025.xlsx"]).active
    for row in body(sheet):
        column = sheet.column_dimensions["C"]
        assert sheet.row_dimensions[row[0].row].height * column.width / 15 >= len(row[2].value)
    register = load_workbook(na_ri["muc_tieu_066_2025.xlsx"]).active
    assert {register.row_dimensions[row[0].row].height for row in body(register)} == {None}


def test_results_in_words(na_ri: dict[str, Path]) -> None:
    """docs/attainment.md: 167 of 361 households after six months are 46.26 %, behind."""
    rows = table(na_ri["ket_qua_066_2025.xlsx"])
    half, year = (
        row for row in rows
        if row[1].startswith("Giảm số hộ nghèo /")
        and row[3:6:2] == ("kế hoạch của đơn vị / own plan", 361)
    )  # fmt: skip
    assert half[2] == "Phấn đấu giảm tỷ lệ hộ nghèo từ 3,5% (tương đương 361 hộ) trở lên"
    assert half[4:] == (
        "từ … trở lên / at least", 361, None, "hộ", "6 tháng / half-year", 167, 46.26,
        # 361 - 167 = 194, in six months 32.33 each; 167 / 6 = 27.83
        "còn 194 hộ, cần 32,33 hộ/tháng (đến nay 27,83)",
        "194 to go, 32,33 a month needed (27,83 so far)",
        "Chậm", "behind", "so với tiến độ đều / judged by an even pace",
        "17/17", "Kế hoạch số 29/KH-UBND ngày 13/02/2025",
    )  # fmt: skip
    # 354 of 361 by the end of the year: 98.06 %
    assert year[8:] == (
        "cả năm / year", 354, 98.06, "thiếu 7 hộ", "7 short", "Không đạt", "not met", None, "6/6",
        "Kế hoạch số 29/KH-UBND ngày 13/02/2025",
    )  # fmt: skip


def test_funds_add_up_to_the_plan(na_ri: dict[str, Path], warehouse_with_samples: Night) -> None:
    with (ROOT / "samples" / "facts" / "plan_funds.csv").open(encoding="utf-8") as handle:
        assert "13731" in handle.read()
    rows = table(na_ri["kinh_phi_066_2025.xlsx"])
    lines, totals = [r for r in rows if r[2]], [r for r in rows if not r[2]]
    assert [row[1] for row in totals][-1] == "Tổng cộng / Total"
    for column in (6, 7, 8, 11, 12):
        added = sum(Decimal(str(row[column])) for row in lines)
        assert Decimal(str(totals[-1][column])) == added
        for source in totals[:-1]:
            parts = [Decimal(str(row[column])) for row in lines if row[3] == source[3]]
            assert Decimal(str(source[column])) == sum(parts)
    # cell by cell of the 17 reports: 4,731.88 of 12,357.87 = 38.29 %, of those of the six communes
    # that they became: 11,517.79 of 12,357.87 = 93.20 %; the plan prints 13.731
    filed = warehouse_with_samples.rows(
        "select period, sum(value) filter (where measure = 'allocated'),"
        " sum(value) filter (where measure = 'disbursed') from mart.figure_trace"
        " where fact = 'fund' and level = 'commune' and is_current group by period order by period"
    )
    assert filed == [
        ("H1", Decimal("12357.87"), Decimal("4731.88")),
        ("Y", Decimal("12357.87"), Decimal("11517.79")),
    ]
    half, year = (12357.87, 4731.88, 38.29, "17/17"), (12357.87, 11517.79, 93.2, "6/6")
    assert totals[-1][5:] == (None, 13731, *half, *year)


def test_filing_status_lists_every_file_of_the_year(
    na_ri: dict[str, Path], warehouse_with_samples: Night
) -> None:
    rows = table(na_ri["tinh_hinh_nop_066_2025.xlsx"])
    files = {path.name for path in (ROOT / "samples" / "inbox").glob("bao_cao_*2025*.xlsx")}
    files.remove("bao_cao_6_thang_2025_cuong_loi_scan.xlsx")  # whose it is cannot be read
    assert files <= {row[11] for row in rows}
    late = next(row for row in rows if row[11] == "bao_cao_6_thang_2025_dong_xa.xlsx")
    assert late[1] == "Xã Đổng Xá" and late[5] == datetime(2025, 6, 9)
    assert late[6:10] == (datetime(2025, 6, 12, 15, 10), 3, 1, "được nhận / accepted")


def test_a_province_lists_its_communes_on_the_map(printed: Printed) -> None:
    files = printed("19", 2025)
    register, results, funds = (
        files[f"{name}_19_2025.xlsx"] for name in ("muc_tieu", "ket_qua", "kinh_phi")
    )
    rows = {row[1]: row[2:] for row in table(register)}
    assert len(rows) == 93 and list(rows)[-1] == "Tổng cộng"  # 92 communes since 1 July 2025
    # docs/units.md: 689 + 401 + 414 = 1,504 households, 88 + 121 + 189 = 398 poor, 398 / 1,504
    assert rows["Xã Côn Minh"][:3] == (1504, 398, 26.46)
    assert rows["Xã An Khánh"] == (None,) * 6
    assert {row[3] for row in table(results)} == {
        "cộng số giao cho các xã / sum of what communes were assigned",
        "cộng số các xã đăng ký / sum of what communes registered",
    }
    assert {row[4] for row in table(funds)} == {"2025"}


def test_communes_of_one_name_are_told_apart(warehouse_with_samples: Night, tmp_path: Path) -> None:
    settings = warehouse_with_samples.settings
    page = annexes(settings, "10", 2025, "as_filed", tmp_path)[-1].read_text(encoding="utf-8")
    names = set(re.findall("Xã Thanh Bình[^<]*|Xã Bản Phố[^<]*", page))  # one in two districts
    assert names == {"Xã Thanh Bình (Mường Khương)", "Xã Thanh Bình (Sa Pa)", "Xã Bản Phố"}


def test_a_district_that_ended_is_a_group(warehouse_with_samples: Night, tmp_path: Path) -> None:
    register = annexes(warehouse_with_samples.settings, "066", 2025, "2025-07-01", tmp_path)[0]
    rows = table(register)
    assert [row[1] for row in rows] == [
        "Xã Côn Minh", "Xã Cường Lợi", "Xã Na Rì", "Xã Trần Phú", "Xã Văn Lang", "Xã Xuân Dương",
        "Tổng cộng",
    ]  # fmt: skip
    assert rows[-1][2:] == (10307, 2977, 28.88, 361, 3.5, 25.38)
    assert load_workbook(register).active["A2"].value == "(nhóm xã / group of communes)"


def test_a_filers_text_is_never_a_formula(tmp_path: Path) -> None:
    texts = ("=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")')
    annex = Annex(
        "a.xlsx", "A", ("=head",), ("=t", "=e"), ("=vi", "=en"), "=hộ",
        [Column("=h", 9), Column("=b", 9, group="=g"), Column("=c", 9, group="=g")],
        [(text, text, text) for text in texts],
    )  # fmt: skip
    sheet = load_workbook(write(annex, tmp_path, datetime(2025, 1, 1))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [row[0].value for row in body(sheet)] == list(texts)


@pytest.mark.parametrize(
    ("unit", "year", "unit_map", "said"),
    [
        ("999", None, None, "không có đơn vị mã 999"),
        ("066", 2031, None, "không có số liệu năm 2031, có năm 2024, 2025"),
        ("02146", 2025, "2025-07-01", "không có trên bản đồ 2025-07-01"),
        ("066", 2025, "hôm nay", "có trên: 2025-06-30, 2025-07-01, as_filed"),
        (None, 2031, None, "không có biểu mục tiêu nào năm 2031"),
    ],
)
def test_what_the_warehouse_does_not_know(
    warehouse_with_samples: Night, tmp_path: Path, unit, year, unit_map, said
) -> None:
    out = tmp_path / "out"
    with pytest.raises(NoSuchAnnex, match=said):
        annexes(warehouse_with_samples.settings, unit, year, unit_map, out)
    assert not out.exists()


def test_the_command_prints_the_same_bytes(
    warehouse_with_samples: Night, na_ri: Files, tmp_path: Path
) -> None:
    """Without a unit, of every one that filed a register: only Na Rì did."""
    settings = warehouse_with_samples.settings
    report = ("report", "--out", tmp_path)
    done = khoxa(*report, **variables(settings))
    assert done.returncode == 0, done.stderr
    again = [Path(line) for line in done.stdout.split()]
    assert len(again) == len(na_ri)
    for path in again:
        assert path.read_bytes() == na_ri[path.name].read_bytes()
    assert load_workbook(again[0]).properties.created == datetime(2025, 11, 12, 15, 50)
    assert [path.name for path in again] == [
        "muc_tieu_066_2025.xlsx", "giao_va_dang_ky_066_2025.xlsx", "ket_qua_066_2025.xlsx",
        "kinh_phi_066_2025.xlsx", "tinh_hinh_nop_066_2025.xlsx", "trang_066_2025.html",
    ]  # fmt: skip
    done = khoxa(*report, "--unit", "999", **variables(settings))
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stderr.strip() == (
        "khoxa: --unit: không có đơn vị “999” ở bất kỳ ngày nào / no unit “999” at any date"
    )


def test_an_empty_warehouse_says_so(fresh_warehouse, tmp_path: Path) -> None:
    with pytest.raises(NoSuchAnnex, match="kho chưa nhận hồ sơ nào"):
        annexes(fresh_warehouse, "066", 2025, None, tmp_path)


def test_a_code_that_two_units_had_names_the_other(warehouse_with_samples: Night) -> None:
    settings = warehouse_with_samples.settings
    assert other_units(settings, "21484", None) == ["Thị trấn Ba Tơ (21484): --map 2025-06-30"]
    assert other_units(settings, "21484", "2025-06-30") == ["Xã Ba Tơ (21484): --map 2025-07-01"]
    assert other_units(settings, "066", None) == []
