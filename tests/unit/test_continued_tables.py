"""A table over several sheets is joined or named; one without figures is refused."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest

from etl.blank import _filing, draw_form
from etl.blank.plan import Plan
from etl.blank.workbook import blank_form
from etl.catalogue.definitions import load_forms
from etl.ground.config import Settings
from etl.ground.records import Normalised, ReceivedFile, Sheet, Workbook
from etl.normalise import normalise
from etl.read import read
from tests.helpers.account_sheets import (
    ASSIGNED,
    REGISTER,
    REPORT,
    fails,
    filed,
    put,
    sheets,
    the,
    told,
)
from tests.helpers.meaning_books import REVIEW
from tests.helpers.review_cases import judged

FIRST, HEADER, TOTAL = 9, 7, 26  # of ASSIGNED, 0-based: first commune, header, total


def halves(titled: bool = True, header: bool = True) -> tuple[Sheet, Sheet]:
    """The assigned targets over two sheets: 8 communes, then 9 and the total."""
    first, second = sheets(ASSIGNED)[0], sheets(ASSIGNED)[0]
    first.rows[FIRST + 8 : TOTAL + 1] = []
    second.name = "Trang 2"
    second.rows[FIRST : FIRST + 8] = []
    if not titled:
        second.rows[: HEADER if header else FIRST] = []
        second.merged = [] if not header else [
            ((a - HEADER, b), (c - HEADER, d)) for (a, b), (c, d) in second.merged or []
            if a >= HEADER
        ]  # fmt: skip
    return first, second


def meant(filing: Normalised) -> set[tuple[object, ...]]:
    return {(f.slot_id, f.subject, f.value) for f in filing.figures}


@pytest.mark.parametrize(
    ("titled", "header"), [(True, True), (False, True), (False, False)],
    ids=["titled", "untitled", "without a header"],
)  # fmt: skip
def test_a_table_over_two_sheets_is_one(titled: bool, header: bool) -> None:
    filing = filed(*halves(titled, header))
    assert told(filing) == []
    assert meant(filing) == meant(filed(*sheets(ASSIGNED)))
    assert judged([filing]) == []  # the total on the second sheet is that of both
    second = [f for f in filing.figures if f.sheet == "Trang 2"]
    first_row = 10 if titled else 3 if header else 1
    assert {f.cell for f in second if f.subject} >= {f"C{first_row}", f"D{first_row + 8}"}
    assert len({(f.row_no, f.slot_id) for f in filing.figures}) == len(filing.figures)


def test_the_total_of_all_sheets_is_checked() -> None:
    first, second = halves()
    put(second, C19=376.0)
    (finding,) = judged([filed(first, second)])
    assert (finding.rule, finding.sheet, finding.cell) == ("total-row", "Trang 2", "C19")


def test_what_is_missing_is_told_once_for_the_whole() -> None:
    first, second = halves()
    del second.rows[FIRST]
    filing = filed(first, second)
    assert dict(the(filing, "unit-missing").params)["count"] == "1"


def test_findings_stand_at_the_true_row_of_their_sheet() -> None:
    first, second = halves(titled=False)
    put(second, B4="Xã Không Có", C5="hai mươi")
    found = {(f.rule, f.sheet, f.cell) for f in filed(first, second).findings}
    assert {("unit-unknown", "Trang 2", "B4"), ("number-unreadable", "Trang 2", "C5")} <= found


def test_a_unit_again_on_the_second_sheet_is_named_with_both_places() -> None:
    first, second = halves(titled=False, header=False)
    second.rows.append(["", "Yến Lạc", 15.0, "1,12", ""])  # row 10 of the first, without its type
    finding = the(filed(first, second), "unit-repeated")
    assert finding.sheet == "Trang 2"
    assert dict(finding.params)["first"] == "B10 (trang tính “Giao chỉ tiêu”)"


def test_one_table_twice_is_told_so() -> None:
    copy = sheets(ASSIGNED)[0]
    copy.name = "Bản sao"
    assert fails(filed(*sheets(ASSIGNED), copy)) == ["form-table-repeated"]
    untitled = deepcopy(copy)
    untitled.rows = untitled.rows[HEADER:]
    untitled.merged = [((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 4), (1, 4))]
    assert fails(filed(*sheets(ASSIGNED), untitled)) == ["form-table-repeated"]


def test_a_table_that_overlaps_keeps_all_its_rows() -> None:
    first, second = halves()
    second.rows.insert(FIRST, list(first.rows[FIRST]))
    filing = filed(first, second)
    assert fails(filing) == ["table-overlaps"]
    assert dict(the(filing, "table-overlaps").params)["rows"] == "Thị trấn Yến Lạc"


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"C2": "Giảm số hộ cận nghèo (hộ)"}, "C2"),
        ({"C1": "Chỉ tiêu giao năm 2024"}, "C2"),
    ],
)
def test_another_header_is_not_joined(change: dict[str, object], cell: str) -> None:
    first, second = halves(titled=False)
    finding = the(filed(first, put(second, **change)), "table-continued")
    assert (finding.sheet, finding.cell) == ("Trang 2", cell)


def test_other_words_above_the_header_are_not_passed_over() -> None:
    first, second = halves()
    second.rows[4][0] = "SỐ LIỆU THAM KHẢO CỦA NĂM TRƯỚC"
    finding = the(filed(first, second), "table-continued")
    assert finding.cell == "A5"
    second.rows[4][0] = "(tiếp theo)"
    assert told(filed(first, second)) == []


def test_a_known_header_of_another_form_without_a_title_is_named() -> None:
    register = sheets(REGISTER)[0]
    register.name, register.rows, register.merged = "Sheet2", register.rows[8:], None
    filing = filed(*sheets(ASSIGNED), register)
    assert (the(filing, "sheet-untitled").sheet, fails(filing)) == ("Sheet2", ["sheet-untitled"])
    register.visible = False
    assert fails(filed(*sheets(ASSIGNED), register)) == []
    register.rows = register.rows[:2]  # a header and nothing else
    assert told(filed(*sheets(ASSIGNED), register)) == []


def test_what_is_said_of_a_sheet_is_said_of_its_form() -> None:
    first, second = halves(titled=False)
    put(second, C2="Giảm số hộ cận nghèo (hộ)")
    both = [*sheets(REGISTER), first, second]
    register, assigned = normalise(Workbook(ReceivedFile(1, "bieu.xlsx", ""), both))
    assert told(register) == []
    assert fails(assigned) == ["table-continued"]
    assert {f.filing_id for f in assigned.findings} == {assigned.filing_id}


def test_a_working_sheet_of_the_same_units_is_said() -> None:
    rows = [["", row[1], 5.0, "", ""] for row in sheets(ASSIGNED)[0].rows[FIRST:TOTAL]]
    filing = filed(*sheets(ASSIGNED), Sheet("Tính", True, rows, []))
    assert told(filing) == [("sheet-unread", "")]
    other = [["", f"Thôn {n}", 5.0, "", ""] for n in range(3)]
    assert told(filed(*sheets(ASSIGNED), Sheet("Thôn", True, other, []))) == []


def test_rows_without_a_header_that_do_not_fit_are_named() -> None:
    first, second = halves(titled=False, header=False)
    put(second, B3="Thôn Nà Mỏ")
    finding = the(filed(first, second), "table-continued")
    assert (finding.sheet, finding.cell) == ("Trang 2", "B3")


# Nothing filled in


def test_a_header_alone_is_an_empty_form() -> None:
    for name in (ASSIGNED, REGISTER):
        (sheet,) = sheets(name)
        at = next(r for r, row in enumerate(sheet.rows) if row[1] == "Thị trấn Yến Lạc")
        sheet.rows[at:] = []
        assert told(filed(sheet)) == [("form-unfilled", "")]


def test_a_table_alone_may_be_empty() -> None:
    indicators, funds = sheets(REPORT)
    funds.rows[11:] = []
    filing = filed(indicators, funds)
    assert [(f.rule, f.sheet) for f in filing.findings] == [("table-empty", "Kinh phí")]
    assert fails(filing) == ["table-empty"]


def test_a_provinces_table_by_districts_is_told_to_have_sums_only() -> None:
    (sheet,) = sheets(REVIEW)
    put(sheet, A2="", B12="Huyện Na Rì", B13="Huyện Ba Bể")
    sheet.rows[10] = [""] * len(sheet.rows[10])
    del sheet.rows[13:29]  # its communes; the total is that of both rows
    filing = filed(sheet)
    assert [(f.rule, f.cell) for f in filing.findings] == [("rows-only-sums", "C12")]
    assert [f for f in filing.figures if f.value] == []


def test_a_total_alone_is_told_so() -> None:
    cells = {f"{c}{row}": "" for row in range(10, 27) for c in "CD"}
    assert told(filed(put(sheets(ASSIGNED)[0], **cells))) == [("rows-only-sums", "C27")]


@pytest.mark.parametrize("answer", ["-", 0.0, "không"])
def test_nothing_to_report_is_an_answer(answer: object) -> None:
    cells = {f"{c}{row}": answer for row in range(10, 28) for c in "CD"}
    assert "form-unfilled" not in fails(filed(put(sheets(ASSIGNED)[0], **cells)))


UNITS = {"commune": "02146", "district": "066", "province": "19"}
BLANKS = [
    (form, level, period) for form in load_forms().values() for level in form.filer
    for period in form.periods
]  # fmt: skip


def blank(path: Path, form: str, level: str, period: str) -> Normalised:
    (filing,) = normalise(read(ReceivedFile(1, path.name, str(path))))
    assert filing.recognised and filing.recognised.form == form
    return filing


@pytest.mark.parametrize(
    ("form", "level", "period"), BLANKS, ids=[f"{f.form} {w} {p}" for f, w, p in BLANKS]
)
def test_a_blank_form_is_told_to_be_one(form, level: str, period: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    year = min(max(2024, form.years[0]), form.years[-1])
    draw_form(Settings(home=tmp_path, inbox=""), form.form, UNITS[level], f"{year}-{period}", path)
    filing = blank(path, form.form, level, period)
    assert fails(filing) == ["form-unfilled"]
    assert {f.rule for f in filing.findings} == {"form-unfilled"}


def test_figures_of_last_year_are_not_the_filers(tmp_path: Path) -> None:
    """A blank register in which khoxa wrote last year's closing figures, and their rates."""
    filing = _filing("target_register", "066", "2025-Y", None)
    closing = {(unit, code): Decimal(100) for unit in Plan(filing, {}).opening_units
               for code in ("households", "poor_households")}  # fmt: skip
    path = tmp_path / "blank.xlsx"
    assert blank_form(filing, closing, path) == 17 * 2
    done = blank(path, "target_register", "district", "Y")
    assert sum(f.value is not None for f in done.figures) > 17 * 2  # rates and totals too
    assert fails(done) == ["form-unfilled"]
