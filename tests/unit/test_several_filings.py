"""A workbook with a sheet for each year, or for each commune, is as many filings; where that is not
sure, none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.ground.records import Finding, Normalised, ReceivedFile, Sheet, Workbook
from etl.night.offline import check_files
from etl.normalise import normalise
from tests.helpers.account_sheets import ASSIGNED, REPORT, fails, put, sheets
from tests.helpers.legacy_text import to_tcvn3
from tests.helpers.sheet_edits import INBOX

KIM_HY = "02146"


def filings(*of: Sheet) -> list[Normalised]:
    return normalise(Workbook(ReceivedFile(1, "bieu.xlsx", ""), list(of)))


def of_year(year: int, households: float) -> Sheet:
    """The assigned targets of a year, Kim Hỷ's being this many; no sum of them all."""
    said = {"A5": f"GIAO CHỈ TIÊU GIẢM NGHÈO NĂM {year}", "C8": f"Chỉ tiêu giao năm {year}"}
    sheet = put(sheets(ASSIGNED)[0], **said, C11=households)
    del sheet.rows[26:]
    sheet.name = f"Năm {year}"
    return sheet


def of_commune(name: str) -> list[Sheet]:
    """A commune's report of half a year, both its tables."""
    report = sheets(REPORT)
    for sheet in report:
        put(sheet, A2=f"XÃ {name.upper()}", A5=f"Đơn vị báo cáo: Xã {name}, huyện Na Rì")
        sheet.name = f"{sheet.name} {name}"
    return report


def test_each_year_is_a_filing_with_its_own_figures() -> None:
    done = filings(of_year(2023, 11.0), of_year(2024, 12.0), of_year(2025, 20.0))
    assert [fails(filing) for filing in done] == [[], [], []]
    read = {
        filing.recognised.year: next(f.value for f in filing.figures if f.subject == KIM_HY)
        for filing in done
        if filing.recognised
    }
    assert read == {2023: "11", 2024: "12", 2025: "20"}
    assert [filing.part for filing in done] == [1, 2, 3]
    assert len({filing.filing_id for filing in done}) == 3


def test_that_there_are_several_is_said_once_with_their_sheets() -> None:
    done = filings(of_year(2024, 12.0), of_year(2025, 20.0))
    said = [f for filing in done for f in filing.findings if f.rule == "file-several-filings"]
    assert [dict(f.params) for f in said] == [{"count": "2", "sheets": "“Năm 2024”; “Năm 2025”"}]


def test_an_earlier_period_beside_a_later_one_is_told_so() -> None:
    done = filings(of_year(2025, 20.0), of_year(2024, 12.0))
    said = [[f.rule for f in filing.findings] for filing in done]
    assert said == [["file-several-filings"], ["file-earlier-beside"]]


def test_what_is_said_of_the_workbook_is_said_of_each_filing_and_shown_once(tmp_path: Path) -> None:
    workbook = Workbook(ReceivedFile(1, "b.docx", ""), [of_year(2024, 12.0), of_year(2025, 20.0)])
    workbook.notes.append(Finding(1, "word-object", params=(("count", "1"), ("seen", ""))))
    assert [fails(filing) for filing in normalise(workbook)] == [["word-object"]] * 2
    wrongly_named = tmp_path / "phan_cong_va_bao_cao.xls"
    shutil.copy(INBOX / "na_ri_phan_cong_va_bao_cao_2025.xlsx", wrongly_named)
    (checked,) = check_files([wrongly_named], None)
    assert len(checked.recognised) == 2
    assert [f.rule for f in checked.findings if not f.sheet] == ["file-extension"]


def test_a_sheet_in_an_old_code_page_is_said_of_its_own_filing() -> None:
    report = [sheet for name in ("Kim Hỷ", "Văn Lang") for sheet in of_commune(name)]
    for sheet in report[2:]:
        sheet.rows[:] = [[to_tcvn3(c) if type(c) is str else c for c in r] for r in sheet.rows]
    workbook = Workbook(ReceivedFile(1, "bieu.xlsx", ""), report)
    workbook.fonts = lambda _sheet: frozenset([".VnTime"])
    done = normalise(workbook)
    said = [[f.rule for f in filing.findings if f.rule == "text-legacy"] for filing in done]
    assert said == [[], ["text-legacy", "text-legacy"]]


def test_each_commune_is_a_filing() -> None:
    done = filings(*of_commune("Kim Hỷ"), *of_commune("Văn Lang"))
    assert [fails(filing) for filing in done] == [[], []]
    assert [f.recognised and f.recognised.filer_code for f in done] == [KIM_HY, "02140"]


def test_what_one_commune_left_blank_is_no_template_of_another() -> None:
    blank = of_commune("Văn Lang")
    blank[1].rows[11:] = [row[:2] + [""] * (len(row) - 2) for row in blank[1].rows[11:]]
    done = filings(*of_commune("Kim Hỷ"), *blank)
    assert [fails(filing) for filing in done] == [[], ["table-empty"]]


def lone_table() -> list[Sheet]:
    return [*of_commune("Kim Hỷ"), of_commune("Văn Lang")[0]]


def beside_figures() -> list[Sheet]:
    """Figures on a sheet that says neither its year nor its columns: whose are they?"""
    rows: list[list[object]] = [["", "Xã Đổng Xá", 7.0, "0,5", ""]]
    return [of_year(2024, 12.0), of_year(2025, 20.0), Sheet("Trang 3", True, rows, [])]


def same_year() -> list[Sheet]:
    first, second = of_year(2025, 20.0), of_year(2025, 21.0)
    second.name = "Bản sao"
    return [first, second]


def two_of_one_year() -> list[Sheet]:
    """Which of them is meant is not clear, nor then that last year's sheet is."""
    return [of_year(2024, 12.0), *same_year()]


def hidden_year() -> list[Sheet]:
    sheet = of_year(2024, 12.0)
    sheet.visible = False
    return [sheet, of_year(2025, 20.0)]


def draft_of_a_year() -> list[Sheet]:
    sheet = of_year(2024, 12.0)
    sheet.name = "Bản nháp 2024"
    return [sheet, of_year(2025, 20.0)]


def titled_as_another() -> list[Sheet]:
    """Copied from Kim Hỷ's, Văn Lang's first sheet has kept the name."""
    report = of_commune("Văn Lang")
    put(report[0], A2="XÃ KIM HỶ", A5="Đơn vị báo cáo: Xã Kim Hỷ, huyện Na Rì")
    return [*of_commune("Kim Hỷ"), *report]


def tab_of_another() -> list[Sheet]:
    """The tabs say Yến Lạc, the titles Văn Lang."""
    report = of_commune("Văn Lang")
    for sheet in report:
        sheet.name = sheet.name.replace("Văn Lang", "Yến Lạc")
    return [*of_commune("Kim Hỷ"), *report]


def beside_a_page() -> list[Sheet]:
    """A page with a header and no title: which commune's table does it go on with?"""
    page = of_commune("Văn Lang")[0]
    for row in page.rows[:7]:
        row[:] = [""] * len(row)
    put(page, B2="Bổ sung").name = "Trang 2"
    return [*of_commune("Kim Hỷ"), *of_commune("Văn Lang"), page]


UNSURE = (
    lone_table, beside_figures, same_year, two_of_one_year, hidden_year, draft_of_a_year,
    titled_as_another, tab_of_another, beside_a_page,
)  # fmt: skip


@pytest.mark.parametrize("of", UNSURE)
def test_what_is_not_surely_several_filings_is_refused(of: object) -> None:
    assert callable(of)
    (filing,) = filings(*of())
    assert fails(filing)


def test_a_blank_table_that_names_no_known_unit_is_left_out_with_a_word() -> None:
    """The year's own sheet stands beside it; what is hidden is a template for sure."""
    blank = of_year(2025, 20.0)
    put(blank, A2="HUYỆN KHÔNG CÓ")
    blank.rows[9:] = [row[:2] + [""] * (len(row) - 2) for row in blank.rows[9:]]
    blank.name = "Mẫu"
    (filing,) = filings(of_year(2025, 20.0), blank)
    said = [f for f in filing.findings if f.rule == "file-blank-left-out"]
    assert fails(filing) == []
    assert [(f.sheet, dict(f.params)["title"]) for f in said] == [
        ("Mẫu", "GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025")
    ]
    blank.visible = False
    (filing,) = filings(of_year(2025, 20.0), blank)
    assert [f for f in filing.findings if f.rule == "file-blank-left-out"] == []
