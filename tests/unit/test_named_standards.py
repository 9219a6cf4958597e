"""A title that names a poverty standard: that of the year of the figures, or the filing stops; the
review by the next standard is where the next year begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.blank import draw_form
from etl.ground.config import Settings
from etl.ground.records import Normalised, ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.filling import fill
from tests.helpers.review_cases import OFFICIAL, SLOTS
from tests.helpers.sheet_edits import book, fails, only, say

NOWHERE = Settings(home=Path("/nonexistent"), inbox="")
REVIEW = "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"
PROGRAMME = "CHƯƠNG TRÌNH MTQG GIẢM NGHÈO BỀN VỮNG GIAI ĐOẠN 2026-2030"
DECREE = (
    "NGHỊ ĐỊNH SỐ 351/2025/NĐ-CP NGÀY 30/12/2025 CỦA CHÍNH PHỦ QUY ĐỊNH CHUẨN NGHÈO ĐA CHIỀU QUỐC"
    " GIA GIAI ĐOẠN 2026-2030"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review of Cao Bằng for 2026, filled in."""
    folder = tmp_path_factory.mktemp("review")
    blank, path = folder / "blank.xlsx", folder / "filled.xlsx"
    draw_form(NOWHERE, "review_result", "04", "2026-Y", blank)
    fill(blank, path, lambda _sheet, cell, kind, _options: 10 if kind == "whole" else None)
    return path


def titled(path: Path, title: str) -> Normalised:
    read_book = read(ReceivedFile(1, path.name, str(path)))
    for row in read_book.sheets[0].rows:
        row[:] = [title if type(c) is str and c.upper().startswith(REVIEW) else c for c in row]
    (filing,) = normalise(read_book)
    return filing


@pytest.mark.parametrize(
    ("title", "form", "rules"),
    [
        (f"{REVIEW} NĂM 2026", "review_result", []),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO ĐA CHIỀU GIAI ĐOẠN 2022-2025", "review_result", []),
        (f"{REVIEW} NĂM 2026 THEO NGHỊ ĐỊNH SỐ 07/2021/NĐ-CP", "review_result", []),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO GIAI ĐOẠN 2027-2030", "review_opening", []),
        (f"{REVIEW} NĂM 2026 (THEO CHUẨN NGHÈO ĐA CHIỀU QUỐC GIA GIAI ĐOẠN 2026 – 2030)",
         "review_opening", []),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO MỚI GIAI ĐOẠN 2027-2030", "review_opening", []),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO MỚI GIAI ĐOẠN 2022-2025", "review_result", []),
        # the decree has the new standard and prolongs the old one
        (f"{REVIEW} NĂM 2026 THEO NGHỊ ĐỊNH SỐ 351/2025/NĐ-CP", "review_result",
         ["standard-differs"]),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO GIAI ĐOẠN 2016-2020", "review_result",
         ["standard-differs"]),
        (f"{REVIEW} SƠ BỘ NĂM 2026 THEO CHUẨN NGHÈO GIAI ĐOẠN 2027-2030", "review_preliminary",
         ["standard-differs"]),
        # years of the programme, beside a standard
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO ĐA CHIỀU THUỘC {PROGRAMME}", "review_result", []),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO ĐA CHIỀU GIAI ĐOẠN 2022-2025 ({PROGRAMME})",
         "review_result", []),
        # what is cited is not what the figures are by, and without more leaves it open
        (f"{REVIEW} NĂM 2026 (CĂN CỨ {DECREE})", "review_result", ["standard-differs"]),
        (f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO GIAI ĐOẠN 2021-2025 (THỰC HIỆN {DECREE})",
         "review_result", []),
    ],
)  # fmt: skip
def test_the_standard_of_a_title(
    title: str, form: str | None, rules: list[str], filled: Path
) -> None:
    filing = titled(filled, title)
    assert sorted({finding.rule for finding in filing.findings}) == rules
    assert (filing.recognised and filing.recognised.form) == form


def test_what_the_next_standard_counts_opens_the_next_year(filled: Path) -> None:
    filing = titled(filled, f"{REVIEW} NĂM 2026 THEO CHUẨN NGHÈO GIAI ĐOẠN 2027-2030")
    slots = [SLOTS[figure.slot_id] for figure in filing.figures]
    meant = {(s.measure, s.period, s.year_offset) for s in slots if s.kind == "indicator"}
    assert meant == {("baseline", "OPEN", 1)}


@pytest.mark.parametrize("years", ["2016-2020", "2016 - 2020"])
def test_a_former_standard_stops_any_form(years: str) -> None:
    said = say("NĂM 2024", f"NĂM 2024 (THEO CHUẨN NGHÈO GIAI ĐOẠN {years})")
    found = {finding.rule: finding for finding in only(book(OFFICIAL, said)).findings}
    assert found["standard-differs"].expected == "2022-2026"


def test_a_cited_decree_stops_no_other_form() -> None:
    cites = say("(Kèm theo Kế hoạch số 29", f"(Thực hiện {DECREE}; Kế hoạch số 29")
    assert not fails(only(book("na_ri_muc_tieu_giam_ngheo_2025.xlsx", cites)).findings)
