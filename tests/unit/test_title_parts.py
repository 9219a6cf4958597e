"""Ordinary titles and the lines below them are taken as they are; any other word stops a filing.

The ordinary ones are worded as decisions, plans and reports of districts and communes are: the
titles of Lạng Sơn's plan 51/KH-UBND, of decision 217/QĐ-BLĐTBXH, of the forms of TT 07/2021.
"""

from __future__ import annotations

import pytest

from etl.catalogue.definitions import load_forms
from etl.normalise import normalise
from etl.normalise.texts.identity import find_period, titled_years, titles
from etl.normalise.texts.title_parts import as_written, strange_words, timed
from tests.helpers.meaning_books import (
    ASSIGNED,
    FUNDS,
    HALF,
    LACKS,
    MOVEMENT,
    NEED,
    ONE_FUND,
    REGISTER,
    RESULT,
    RESULTS,
    REVIEW,
    TARGET,
    TARGETS,
    YEAR,
    at,
    stops,
)
from tests.helpers.sheet_edits import book, line, say

HALF_TITLE = "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 6 THÁNG ĐẦU NĂM 2025"
YEAR_TITLE = "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO NĂM 2025"
YEAR_WANTED = "Báo cáo kết quả công tác giảm nghèo năm 2025"
LACK = "BIỂU TỔNG HỢP THIẾU HỤT CÁC CHỈ SỐ DỊCH VỤ XÃ HỘI CƠ BẢN NĂM 2024"
MOVE = "BIỂU DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2024"
ASSIGN = "GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025"
LIST = "DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO NĂM 2024"
REACHED = "BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO NĂM 2024"
NEEDED = "NHU CẦU KINH PHÍ THỰC HIỆN KẾ HOẠCH GIẢM NGHÈO GIAI ĐOẠN 2021-2025"
BELOW = "(Số liệu minh hoạ, trừ tổng số hộ dân cư và số hộ nghèo)"
PROGRAMME = "CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG"
REVIEWED = "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"

ORDINARY = [
    (REVIEW, RESULT, f"BIỂU TỔNG HỢP {REVIEWED} CUỐI NĂM 2024"),
    (REVIEW, RESULT, f"PHỤ LỤC 01 TỔNG HỢP {REVIEWED} TRÊN ĐỊA BÀN HUYỆN NA RÌ NĂM 2024"),
    (REVIEW, RESULT, f"TỔNG HỢP {REVIEWED} ĐỊNH KỲ NĂM 2024 CỦA HUYỆN NA RÌ, TỈNH BẮC KẠN"),
    (REVIEW, RESULT, "KẾT QUẢ RÀ SOÁT HỘ NGHÈO VÀ HỘ CẬN NGHÈO NĂM 2024 THEO CHUẨN NGHÈO TIẾP CẬN"
                     " ĐA CHIỀU"),
    (REVIEW, RESULT, f"Mẫu số 7.1. TỔNG HỢP {REVIEWED} NĂM 2024"),
    (REVIEW, RESULT, f"CÔNG BỐ {REVIEWED} NĂM 2024 THEO CHUẨN NGHÈO ĐA CHIỀU GIAI ĐOẠN 2022 -"
                     " 2025"),
    (REVIEW, RESULT, f"PHÊ DUYỆT {REVIEWED} NĂM 2024 TRÊN ĐỊA BÀN HUYỆN"),
    (REVIEW, RESULT, f"{REVIEWED} năm 2024 theo từng xã, thị trấn"),
    (REVIEW, RESULT, f"TỔNG HỢP {REVIEWED} TOÀN HUYỆN NĂM 2024 (CHÍNH THỨC)"),
    (REVIEW, RESULT, f"{REVIEWED} NĂM 2024 THEO NGHỊ ĐỊNH SỐ 07/2021/NĐ-CP NGÀY 27/01/2021 CỦA"
                     " CHÍNH PHỦ"),
    (MOVEMENT, MOVE, "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2024 HUYỆN NA RÌ"),
    (MOVEMENT, MOVE, "Mẫu số 7.2: TỔNG HỢP DIỄN BIẾN HỘ NGHÈO NĂM 2024 THEO CHUẨN NGHÈO ĐA CHIỀU"
                     " GIAI ĐOẠN 2021-2025"),
    (LACKS, LACK, "TỔNG HỢP MỨC ĐỘ THIẾU HỤT CÁC DỊCH VỤ XÃ HỘI CƠ BẢN NĂM 2024"),
    (LACKS, LACK, "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO THIẾU HỤT CÁC CHỈ SỐ DỊCH VỤ XÃ HỘI CƠ BẢN XÃ"
                  " KIM HỶ NĂM 2024"),
    (HALF, HALF_TITLE, f"{HALF_TITLE} VÀ PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM"),
    (HALF, HALF_TITLE, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 6 THÁNG ĐẦU NĂM, PHƯƠNG HƯỚNG NHIỆM VỤ"
                       " 6 THÁNG CUỐI NĂM 2025"),
    (HALF, HALF_TITLE, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO CỦA XÃ KIM HỶ SÁU THÁNG ĐẦU NĂM 2025"),
    (HALF, HALF_TITLE, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 6 THÁNG NĂM 2025"),
    (HALF, HALF_TITLE, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 6 THÁNG 2025"),
    (HALF, HALF_TITLE, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 1/2 NĂM 2025"),
    (HALF, HALF_TITLE, f"II. {HALF_TITLE}"),
    (HALF, HALF_TITLE, f"{HALF_TITLE} (Số liệu tính đến 15/6/2025)"),
    (YEAR, YEAR_TITLE, f"{YEAR_TITLE} VÀ PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026"),
    (YEAR, YEAR_TITLE, "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO TRÊN ĐỊA BÀN XÃ NĂM 2025"),
    (ASSIGNED, ASSIGN, "GIAO CHỈ TIÊU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025 CHO CÁC XÃ, THỊ TRẤN"),
    (ASSIGNED, ASSIGN, "BIỂU GIAO CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO BỀN VỮNG NĂM 2025"),
    (ASSIGNED, ASSIGN, "PHỤ LỤC: GIAO CHỈ TIÊU GIẢM TỶ LỆ HỘ NGHÈO ĐA CHIỀU HUYỆN NA RÌ NĂM 2025"),
    (FUNDS, ONE_FUND, f"KẾ HOẠCH VỐN THỰC HIỆN {PROGRAMME} GIAI ĐOẠN 2021-2025, NĂM 2025"),
    (FUNDS, ONE_FUND, f"GIAO KẾ HOẠCH VỐN THỰC HIỆN {PROGRAMME} NĂM 2025 TRÊN ĐỊA BÀN HUYỆN NA RÌ"),
    (FUNDS, ONE_FUND, "Kế hoạch vốn thực hiện Chương trình MTQG giảm nghèo năm 2025 (triệu đồng)"),
    (REGISTER, TARGET, f"BIỂU CHI TIẾT {TARGET} CỦA CÁC XÃ, THỊ TRẤN"),
    (REGISTER, TARGET, "MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO HUYỆN NA RÌ NĂM 2025"),
    (TARGETS, LIST, "PHỤ LỤC 1: DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO BỀN VỮNG NĂM 2024"),
    (RESULTS, REACHED, "BÁO CÁO KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU, CHỈ TIÊU GIẢM NGHÈO NĂM 2024 VÀ"
                       " NHIỆM VỤ NĂM 2025"),
    (NEED, NEEDED, f"TỔNG HỢP NHU CẦU KINH PHÍ THỰC HIỆN {PROGRAMME} GIAI ĐOẠN 2021-2025"),
    (NEED, NEEDED, "NHU CẦU VỐN THỰC HIỆN KẾ HOẠCH GIẢM NGHÈO BỀN VỮNG GIAI ĐOẠN 2021 - 2025 HUYỆN"
                   " BẮC HÀ"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "title"), ORDINARY)
def test_an_ordinary_title_is_taken(name: str, old: str, title: str) -> None:
    assert stops(book(name, say(old, title))) == []


@pytest.mark.parametrize(
    "text",
    ["(Kèm theo Quyết định số 1234/QĐ-UBND ngày 20/12/2024 của Chủ tịch UBND huyện Na Rì)",
     "(Kèm theo Báo cáo số     /BC-UBND ngày    /12/2024 của UBND huyện Na Rì)",
     "(Ban hành kèm theo Thông tư số 07/2021/TT-BLĐTBXH ngày 18 tháng 7 năm 2021)",
     "(Kèm theo Kế hoạch số 9/KH-UBND về việc rà soát hộ nghèo, hộ cận nghèo năm 2024)",
     "(Theo chuẩn nghèo đa chiều giai đoạn 2021-2025)", "(Số liệu tính đến 14/12/2024)",
     "Đơn vị báo cáo: Phòng Lao động - TB&XH huyện Na Rì", "Tên đơn vị: Huyện Na Rì",
     "Huyện Na Rì, ngày 20 tháng 12 năm 2024", "Năm 2024", "ĐVT: Hộ, %", "Biểu số 7.1/BCX",
     "Trang 1/2", "-------", "(Dùng cho cấp huyện)", "Lần 2", "Kỳ báo cáo: Cả năm",
     "(Số liệu chính thức)"],
)  # fmt: skip
def test_an_ordinary_line_below_the_title_is_taken(text: str) -> None:
    assert stops(book(REVIEW, say(BELOW, text))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("(Hộ nghèo, hộ cận nghèo người Kinh)", "Hộ nghèo, hộ cận nghèo người Kinh"),
     ("(Các xã khu vực III)", "khu vực III"), ("Xã Kim Hỷ", "Kim Hỷ"), ("(Nhân khẩu)", "Nhân khẩu"),
     ("(Theo Quyết định số 24/2021/QĐ-TTg, riêng hộ DTTS)", "riêng hộ DTTS"),
     ("(Theo chuẩn nghèo của tỉnh)", "chuẩn nghèo"), ("Đợt 2", "Đợt 2"),
     ("Đơn vị tính: hộ, riêng hộ DTTS", "riêng hộ DTTS")],
)  # fmt: skip
def test_any_other_word_below_the_title_is_named(text: str, words: str) -> None:
    findings = [f for done in normalise(book(REVIEW, say(BELOW, text))) for f in done.findings]
    (said,) = [dict(f.params)["words"] for f in findings if f.rule == "title-words"]
    assert said == words


def test_strange_words_are_to_go_only_where_the_figures_are_those_of_the_period_as_read() -> None:
    title = "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO KỲ I NĂM 2025"  # without "KỲ I": the whole year
    findings = [f for done in normalise(book(YEAR, say(YEAR_TITLE, title))) for f in done.findings]
    (said,) = [dict(f.params) for f in findings if f.rule == "title-words"]
    assert (said["words"], said["wanted"]) == ("KỲ I", YEAR_WANTED)


def test_months_that_are_no_period_of_the_form_are_named_without_the_word_for_year() -> None:
    title = "BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO 9 THÁNG 2025"
    assert stops(book(YEAR, say(YEAR_TITLE, title))) == ["period-not-on-form"]


def test_another_year_below_the_title_is_a_contradiction() -> None:
    assert "years-differ" in stops(book(REVIEW, say(BELOW, "Số liệu năm 2023")))


@pytest.mark.parametrize(
    "text", ["PHÒNG LĐ-TB&XH", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "Số: 12/BC-UBND",
             "BAN CHỈ ĐẠO GIẢM NGHÈO", "HỘI ĐỒNG NHÂN DÂN", "ĐẢNG BỘ HUYỆN NA RÌ"]
)  # fmt: skip
def test_an_office_above_the_title_is_taken(text: str) -> None:
    assert stops(book(REVIEW, at("A4", text))) == []


@pytest.mark.parametrize(
    "text", ["(Riêng khu vực nông thôn)", "THÔN NÀ MỚI", "Đợt 1", "HỘ NGƯỜI KINH"]
)
def test_a_part_of_the_figures_above_the_title_is_not(text: str) -> None:
    assert stops(book(REVIEW, at("A4", text))) == ["title-words"]


def test_a_title_of_three_lines() -> None:
    lines = ["BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT", "HỘ NGHÈO, HỘ CẬN NGHÈO", "HUYỆN NA RÌ NĂM 2024"]
    changes = [at(f"A{3 + n}", text) for n, text in enumerate(lines)]
    assert stops(book(REVIEW, *changes)) == []
    changes[2] = at("A5", "HỘ MỚI LẬP NĂM 2024")
    assert stops(book(REVIEW, *changes)) == ["title-words"]


@pytest.mark.parametrize(
    "text",
    ["9 THÁNG NĂM 2025", "QUÝ III", "QUÝ III NĂM 2025", "THÁNG 8 NĂM", "THÁNG 8 NĂM 2025",
     "ĐẾN 30/9/2025", "6 THÁNG CUỐI NĂM 2025"],
)  # fmt: skip
def test_a_period_in_the_title_that_the_form_has_not(text: str) -> None:
    title = say("GIẢM NGHÈO 6 THÁNG ĐẦU NĂM 2025", f"GIẢM NGHÈO {text}")
    assert stops(book(HALF, title)) == ["period-not-on-form"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("ƯỚC 6 THÁNG ĐẦU NĂM 2025", "ƯỚC 6 THÁNG"),
     ("ƯỚC THỰC HIỆN 6 THÁNG ĐẦU NĂM 2025", "ƯỚC THỰC HIỆN")],
)  # fmt: skip
def test_an_estimate_is_quoted_in_whole_words(text: str, words: str) -> None:
    title = say("GIẢM NGHÈO 6 THÁNG ĐẦU NĂM 2025", f"GIẢM NGHÈO {text}")
    findings = [f for done in normalise(book(HALF, title)) for f in done.findings]
    assert [(f.rule, dict(f.params)["words"]) for f in findings] == [("title-status", words)]


@pytest.mark.parametrize(("code", "rules"), [("02146", []), ("02173", ["filer-code-differs"])])
def test_a_code_behind_the_names_of_the_units(code: str, rules: list[str]) -> None:
    """02146 is Xã Kim Hỷ, 02173 Xã Côn Minh."""
    said = say("tỉnh Bắc Kạn", f"tỉnh Bắc Kạn - Mã đơn vị: {code}")
    assert stops(book(LACKS, said)) == rules


def test_a_report_names_what_is_to_be_done_next_on_a_line_of_its_own() -> None:
    text = "Phương hướng, nhiệm vụ 6 tháng cuối năm"
    assert stops(book(HALF, line(text, "Đơn vị báo cáo"))) == []


def test_words_of_time_that_are_not_the_figures() -> None:
    form = load_forms()["commune_report", "2022"]
    own = titles(form, [f"{HALF_TITLE} VÀ NHIỆM VỤ 6 THÁNG CUỐI NĂM 2025"])
    assert (titled_years(own), find_period(form, own)) == ({2025}, "H1")
    assert timed("Chương trình giảm nghèo giai đoạn 2021-2025") == (
        "chương trình giảm nghèo giai đoạn 2021-2025"
    )  # the only years that it names are the figures'
    assert strange_words(form, "báo cáo quý hiếm", frozenset()) == ("quý hiếm",)
    assert as_written("ĐIỀU  CHỈNH,\nBỔ SUNG", "điều chỉnh,bổ sung") == "ĐIỀU  CHỈNH,\nBỔ SUNG"
