"""Figures that their own filing calls invented are marked, and no others; what page and annexes say
beside a figure so that it can be signed."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from etl.reports.illustrative import SENTENCE
from tests.html_pages import Tag, read
from tests.night import Night
from tests.pipeline.conftest import Files, Printed


@pytest.fixture(scope="module")
def files(printed: Printed) -> Files:
    """Na Rì's of 2025 and Bắc Hà's of 2024, by their names."""
    return printed("066", 2025) | printed("085", 2024)


def page(files: Files, name: str) -> Tag:
    return read(files[name].read_text(encoding="utf-8"))


def rows(files: Files, name: str) -> list[tuple]:
    sheet = load_workbook(files[name]).active
    return list(sheet.iter_rows(min_row=11))


def marked(row: tuple) -> dict[int, bool]:
    """Of the numbers of a row: whether they are shown with a mark."""
    return {
        n: cell.number_format.endswith('"*"')
        for n, cell in enumerate(row) if isinstance(cell.value, (int, float))
    }  # fmt: skip


def test_the_warehouse_knows_from_the_title_of_each_filing(warehouse_with_samples: Night) -> None:
    ask = warehouse_with_samples.rows
    notes = dict(ask("select original_name, illustrative_note from mart.filing_status"))
    assert notes["na_ri_chi_tieu_ke_hoach_2025.xlsx"] == ""
    assert notes["bao_cao_6_thang_2025_kim_hy.xlsx"] == "Số liệu minh hoạ"
    query = (
        "select code, is_illustrative from mart.illustrative_figure join mart.unit"
        " using (level, unit_key) where unit_name = 'Huyện Na Rì' and unit_map = 'as_filed'"
        " and (year, period, measure) = (2024, 'Y', 'actual') and code in"
        " ('households', 'poor_households', 'near_poor_households')"
    )
    # the review says "trừ tổng số hộ dân cư và số hộ nghèo"
    assert dict(ask(query)) == {
        "households": False, "poor_households": False, "near_poor_households": True,
    }  # fmt: skip


def test_the_page_marks_what_rests_on_them(files: Files) -> None:
    tags = page(files, "trang_066_2025.html").all("td", "span")
    told = {t.text for t in tags if "inv" in t.attributes.get("class", "").split()}
    plain = {t.text for t in tags if "inv" not in t.attributes.get("class", "").split()}
    assert {"375 hộ", "167 hộ", "347", "354", "2.623"} <= told
    # the plan, what the district assigned and the opening counts are printed in the plan
    assert {"2.977", "10.307", "361", "13.731,00"} <= plain - told
    text = page(files, "trang_066_2025.html").text
    assert SENTENCE[0] in text


def test_an_annex_marks_them_and_keeps_them_numbers(files: Files) -> None:
    found = rows(files, "giao_va_dang_ky_066_2025.xlsx")
    # 375 by the province, 361 planned and assigned, 347 registered, 354 reached
    assert [found[0][n].value for n in (4, 5, 6, 11, 18)] == [375, 361, 361, 347, 354]
    assert [marked(found[0])[n] for n in (4, 5, 6, 11, 18)] == [True, False, False, True, True]
    assert [row[0].value for row in found[-2:]] == list(SENTENCE)
    register = rows(files, "muc_tieu_066_2025.xlsx")
    assert not any(any(marked(row).values()) for row in register)
    # no sentence where nothing is marked: below the total stands that rates were rounded
    assert [row[1].value for row in register[-2:]] == ["Tổng cộng", None]
    assert register[-1][0].value not in SENTENCE


def test_page_and_workbook_number_alike_and_sums_apart(files: Files) -> None:
    cells = [
        tag.text for tag in page(files, "trang_066_2025.html").all("th")
        if tag.attributes.get("role") == "rowheader"
    ]  # fmt: skip
    shown = [cell.split(".")[0] for cell in cells]
    listed = [row[0].value for row in rows(files, "ket_qua_066_2025.xlsx")]
    numbers = [n for n in dict.fromkeys(listed) if not n.startswith("*")]
    assert numbers == shown == [*(str(n) for n in range(1, 22)), *(f"C{n}" for n in range(1, 7))]


def test_an_assigned_target_names_its_document(files: Files) -> None:
    first = rows(files, "ket_qua_066_2025.xlsx")[0]
    assert first[3].value == "tỉnh giao / assigned by the province"
    assert first[17].value.startswith("Quyết định giao chỉ tiêu giảm nghèo năm 2025 của tỉnh")


def test_communes_of_one_name_are_told_apart(files: Files) -> None:
    for name, column in (("giao_va_dang_ky_066_2025.xlsx", 2), ("tinh_hinh_nop_066_2025.xlsx", 1)):
        names = {row[column].value for row in rows(files, name)}
        assert {"Xã Cường Lợi (đến 30/06/2025)", "Xã Cường Lợi (từ 01/07/2025)"} <= names
        assert "Xã Cường Lợi" not in names and "Xã Kim Hỷ" in names


def test_filings_are_those_of_the_unit_and_below(files: Files) -> None:
    assert {row[1].value for row in rows(files, "tinh_hinh_nop_085_2024.xlsx")} == {"Huyện Bắc Hà"}
    units = {row[1].value for row in rows(files, "tinh_hinh_nop_066_2025.xlsx")}
    assert "Huyện Na Rì" in units and "Thị trấn Ba Tơ" not in units


def test_what_is_said_beside_a_figure(files: Files) -> None:
    text = page(files, "trang_066_2025.html").vietnamese
    assert "−28 so với tỉnh giao" in text  # 347 less 375; less 361 is −14
    assert "Đăng ký so với kế hoạch: chênh lệch" in text and "−14" in text
    text = page(files, "trang_085_2024.html").vietnamese
    # Tà Chải went into the township on 1 November 2024: 17 xã of the plan's 18
    assert "văn bản tính trên 18 đơn vị, vào ngày của số liệu có 17" in text
    # of 2.580 to be trained: 505 + 520 + 530 + 540, if the plan means the whole time
    assert "cộng từ năm 2021 đến nay: 2.095 người" in text
    assert "theo chuẩn nghèo NĐ 07/2021" in text


def test_a_figure_of_another_standard_is_no_start(warehouse_with_samples: Night) -> None:
    """3.620 poor households at the start of 2021 were counted by the standard of 2016-2020."""
    query = (
        "select year, baseline_value, verdict, reason from mart.attainment where unit_code = '085'"
        " and statement_no = '2' and unit_map = 'as_filed' order by year"
    )
    first, second, *_others = warehouse_with_samples.rows(query)
    assert first == (2021, 3620, "not_assessable", "other_standard")
    assert second == (2022, None, "not_assessable", "crosses_poverty_standards")
