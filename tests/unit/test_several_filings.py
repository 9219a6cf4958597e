"""A workbook with a sheet for each year, or for each commune, is as many filings; where that is not
sure, none."""

from __future__ import annotations

import pytest

from etl.ground.records import Normalised, ReceivedFile, Sheet, Workbook
from etl.normalise import normalise
from tests.helpers.account_sheets import ASSIGNED, REPORT, fails, put, sheets

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


def test_each_commune_is_a_filing() -> None:
    done = filings(*of_commune("Kim Hỷ"), *of_commune("Văn Lang"))
    assert [fails(filing) for filing in done] == [[], []]
    assert [f.recognised and f.recognised.filer_code for f in done] == [KIM_HY, "02140"]


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


@pytest.mark.parametrize("of", [lone_table, beside_figures, same_year])
def test_what_is_not_surely_several_filings_is_refused(of: object) -> None:
    assert callable(of)
    (filing,) = filings(*of())
    assert fails(filing)
