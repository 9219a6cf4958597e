"""Normalise: what a sheet says is read; what it does not say plainly is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from etl.catalogue.definitions import load_forms, load_rules
from etl.catalogue.rules import render
from etl.catalogue.slots import slots
from etl.ground.config import ROOT
from etl.ground.records import Normalised, ReceivedFile, State, Workbook
from etl.normalise import normalise
from etl.normalise.texts.filer import find_filer
from etl.read import read
from etl.units.index import load_units

INBOX = ROOT / "samples" / "inbox"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"


def opened(name: str) -> Workbook:
    path = INBOX / name
    return read(ReceivedFile(1, name, str(path)))


def changed(name: str, change: Callable[[list[list[object]]], None], sheet: int = 0) -> Workbook:
    """The sample with `change` applied to the rows of one sheet."""
    book = deepcopy(opened(name).sheets)
    change(book[sheet].rows)
    return Workbook(ReceivedFile(1, name, ""), book)


def find(rows: list[list[object]], label: str) -> tuple[int, int]:
    return next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell == label)


def normalised(workbook: Workbook) -> Normalised:
    """The one filing of a workbook."""
    (filing,) = normalise(workbook)
    return filing


def rules(workbook: Workbook) -> list[str]:
    return [finding.rule for finding in normalised(workbook).findings]


def put(label: str, value: object) -> Callable[[list[list[object]]], None]:
    """Replace the cell that holds `label`."""

    def change(rows: list[list[object]]) -> None:
        r, c = find(rows, label)
        rows[r][c] = value

    return change


def replace_text(old: str, new: str) -> Callable[[list[list[object]]], None]:
    def change(rows: list[list[object]]) -> None:
        for row in rows:
            for c, cell in enumerate(row):
                if isinstance(cell, str):
                    row[c] = cell.replace(old, new)

    return change


def another_commune(rows: list[list[object]]) -> None:
    for old, new in (("Kim Hỷ", "Kim Lư"), ("KIM HỶ", "KIM LƯ")):
        replace_text(old, new)(rows)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (REGISTER, ("target_register", "district", "066", 2025, "Y")),
        ("na_ri_ke_hoach_von_2025.xlsx", ("fund_plan", "district", "066", 2025, "Y")),
        ("na_ri_chi_tieu_ke_hoach_2025.xlsx", ("plan_targets", "district", "066", 2025, "Y")),
        (REPORT, ("commune_report", "commune", "02146", 2025, "H1")),
        ("bao_cao_6_thang_2025_yen_lac.xlsx", ("commune_report", "commune", "02155", 2025, "H1")),
    ],
)
def test_a_filing_says_what_it_is(name: str, expected: tuple) -> None:
    done = normalised(opened(name))
    assert done.findings == []
    assert done.recognised is not None
    got = done.recognised
    assert (got.form, got.filer_level, got.filer_code, got.year, got.period) == expected


def test_a_plan_is_about_the_units_of_the_start_of_its_year() -> None:
    plan, report = normalised(opened(REGISTER)), normalised(opened(REPORT))
    assert plan.recognised and report.recognised
    assert plan.recognised.units_on.isoformat() == "2025-01-01"
    assert report.recognised.units_on.isoformat() == "2025-06-30"


@pytest.mark.parametrize(
    "respell",
    [
        lambda text: unicodedata.normalize("NFD", text),
        str.upper,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: f"  {text} ".replace(" ", "  "),
    ],
    ids=["NFD", "capitals", "no-break spaces", "double spaces"],
)
def test_spelling_does_not_matter(respell: Callable[[str], str]) -> None:
    def change(rows: list[list[object]]) -> None:
        for row in rows:
            for c, cell in enumerate(row):
                if isinstance(cell, str) and not cell[:1].isdigit():
                    row[c] = respell(cell)

    before, after = normalised(opened(REGISTER)), normalised(changed(REGISTER, change))
    assert after.findings == []
    assert [f[:8] for f in after.figures] == [f[:8] for f in before.figures]


def test_a_table_may_stand_lower_and_further_right() -> None:
    def change(rows: list[list[object]]) -> None:
        for row in rows:
            row.insert(0, "")
        for _ in range(5):
            rows.insert(4, [""] * len(rows[0]))

    book = changed(REGISTER, change)
    merged = [((a + 5 * (a > 3), b + 1), (c + 5 * (a > 3), d + 1))
              for (a, b), (c, d) in book.sheets[0].merged or []]  # fmt: skip
    book.sheets[0].merged = merged
    moved, still = normalised(book), normalised(opened(REGISTER))
    assert moved.findings == []
    assert [(f.slot_id, f.value) for f in moved.figures] == [
        (f.slot_id, f.value) for f in still.figures
    ]


def test_total_row_is_never_a_unit() -> None:
    totals = {slot.slot_id for slot in slots() if slot.kind == "total"}
    figures = normalised(opened(REGISTER)).figures
    assert {f.subject for f in figures if f.slot_id in totals} == {None}
    assert len({f.subject for f in figures if f.slot_id not in totals}) == 17


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (put("Xã Kim Hỷ", "Xã Kim Hi"), "unit-unknown"),
        (put("Xã Văn Lang", "Xã Văn Lăng"), "unit-unknown"),
        (put("Xã Kim Hỷ", "Xã Văn Lang"), "unit-repeated"),
        (put("Thị trấn Yến Lạc", "Xã Yến Lạc"), "unit-unknown"),
        (put("Tổng số hộ nghèo đầu năm 2025 (hộ)", "Số hộ khó khăn"), "header-missing"),
        (put("Tổng số hộ nghèo đầu năm 2025 (hộ)", ""), "header-absent"),
        (
            put("Tổng số hộ nghèo đầu năm 2025 (hộ)", "Tổng số hộ nghèo đầu năm 2025 (người)"),
            "measure-stated",
        ),
        (replace_text("hộ)", "nghìn đồng)"), "measure-stated"),
        (replace_text("NĂM 2025", "NĂM 2019"), "years-differ"),
        (replace_text("2025", "2019"), "year-outside"),
        (replace_text("NA RÌ", "NÀ RÌ"), "filer-unknown"),
        (replace_text("MỤC TIÊU PHẤN ĐẤU", "DANH SÁCH"), "form-unknown"),
        (put("2.977", "2,977"), "number-ambiguous"),
    ],
)
def test_refused_not_guessed(change: Callable[[list[list[object]]], None], rule: str) -> None:
    assert rule in rules(changed(REGISTER, change))


@pytest.mark.parametrize(
    ("change", "sheet", "rule"),
    [
        (put("Hộ nghèo hiện có", "Hộ nghèo cũ"), 0, "item-unknown"),
        (put("Hộ cận nghèo hiện có", "Hộ nghèo hiện có"), 0, "item-repeated"),
        (replace_text("6 THÁNG ĐẦU NĂM", "QUÝ I NĂM"), 0, "period-not-on-form"),
        (replace_text("Kim Hỷ", "Kim Lư"), 1, "filer-ambiguous"),
        (another_commune, 1, "sheets-differ"),
        (put("hộ", "người"), 0, "measure-differs"),
        (put("Đơn vị tính: triệu đồng", "Đơn vị tính: nghìn đồng"), 1, "measure-stated"),
        (put("Ghi chú", "Số CCCD"), 0, "personal-data"),
        (put("Ngân sách trung ương", "Vốn trung ương"), 1, "header-missing"),
    ],
)
def test_a_report_refused_not_guessed(
    change: Callable[[list[list[object]]], None], sheet: int, rule: str
) -> None:
    assert rule in rules(changed(REPORT, change, sheet))


@pytest.mark.parametrize(
    ("name", "change", "rule", "cell"),
    [
        (REGISTER, replace_text("NĂM 2025", "NĂM 2019"), "years-differ", "A5"),  # the title
        (REGISTER, replace_text("NA RÌ", "NÀ RÌ"), "filer-unknown", "A2"),  # the letterhead
        (REPORT, replace_text("6 THÁNG ĐẦU NĂM", "QUÝ I NĂM"), "period-not-on-form", "A4"),
        (REPORT, put("(Số liệu minh hoạ)", "Theo chuẩn nghèo giai đoạn 2027-2030"),
         "standard-differs", "A6"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_title_stands_there(
    name: str, change: Callable[[list[list[object]]], None], rule: str, cell: str
) -> None:
    found = normalised(changed(name, change)).findings
    assert cell in [finding.cell for finding in found if finding.rule == rule]


def test_a_missing_sheet_is_named() -> None:
    book = opened(REPORT)
    book.sheets = book.sheets[:1]
    (finding,) = normalised(book).findings
    assert finding.rule == "form-table-missing" and dict(finding.params)["table"] == "Kinh phí"


def test_blank_dash_and_zero_stay_apart() -> None:
    label = "Trong đó: xuất khẩu lao động"

    def state_of(value: object) -> tuple[State, str | None]:
        def change(rows: list[list[object]]) -> None:
            r, _c = find(rows, label)
            rows[r][3] = value

        slot = next(s for s in slots() if s.item == "labour_export" and s.column == "numerator")
        done = normalised(changed(REPORT, change))
        figure = next(f for f in done.figures if f.slot_id == slot.slot_id)
        return figure.state, figure.value

    assert state_of(0.0) == (State.VALUE, "0")
    assert state_of("-") == (State.NOT_APPLICABLE, None)
    assert state_of("") == (State.BLANK, None)
    assert state_of("chưa rõ") == (State.UNREADABLE, None)


def test_unit_names_that_look_alike_stay_apart() -> None:
    units, day = load_units(), date(2025, 1, 1)
    found = {
        name: [u.code for u in units.find("commune", name, day, "066")]
        for name in ("Xã Liêm Thủy", "Xã Liêm Thuỷ", "X. Liêm Thủy", "Liêm Thủy", "Xã Liêm Thúy")
    }
    assert found == {
        "Xã Liêm Thủy": ["02197"], "Xã Liêm Thuỷ": ["02197"], "X. Liêm Thủy": ["02197"],
        "Liêm Thủy": ["02197"], "Xã Liêm Thúy": [],
    }  # fmt: skip
    assert units.find("commune", "Xã Kim Hỷ", date(2025, 7, 1), "066") == []


@pytest.mark.parametrize(("on", "count"), [(date(2025, 6, 30), 10_035), (date(2025, 7, 1), 3_321)])
def test_every_commune_of_the_country_is_known_by_its_full_name(on: date, count: int) -> None:
    """ "Hội Hoan", "Vàng San", cities inside cities, "Phường 1" in every town; special zones."""
    units = load_units()
    form = load_forms()["commune_report", "2022"]
    by_code = {(unit.level, unit.code): unit for unit in units.units if unit.is_on(on)}
    communes = [unit for (level, _code), unit in by_code.items() if level == "commune"]
    assert len(communes) == count
    wrong = []
    for unit in communes:
        above = [("district", unit.district_code or ""), ("province", unit.province_code)]
        named = [unit, *(by_code[parent] for parent in above if parent in by_code)]
        title = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Đơn vị báo cáo: "
                 + ", ".join(each.full_name for each in named)]  # fmt: skip
        if find_filer(units, form, title, on) != (unit, None):
            wrong.append(unit)
    assert wrong == []


def test_every_district_of_the_country_is_known_by_its_title_block() -> None:
    units, on = load_units(), date(2025, 1, 1)
    form = load_forms()["target_register", "2022"]
    provinces = {unit.code: unit for unit in units.units if unit.level == "province"
                 and unit.is_on(on)}  # fmt: skip
    districts = [unit for unit in units.units if unit.level == "district"]
    assert len(districts) == 696
    for unit in districts:
        title = [f"UBND {provinces[unit.province_code].full_name.upper()}", "ỦY BAN NHÂN DÂN",
                 unit.full_name.upper(), "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"]  # fmt: skip
        assert find_filer(units, form, title, on) == (unit, None)


def test_a_repeated_table_is_named_in_a_whole_sentence() -> None:
    book = opened(REPORT)
    book.sheets.append(replace(book.sheets[1], name="Kinh phí (2)"))
    (finding,) = normalised(book).findings
    said = render(finding, load_rules()[finding.rule], strict=True)
    assert said.message_vi == "Bảng “Kinh phí” xuất hiện nhiều lần (trang tính “Kinh phí (2)”)."
