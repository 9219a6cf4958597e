"""What a title block says beyond its form's own title is read as a careful person reads it."""

from __future__ import annotations

import pytest

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
    at,
    stops,
)
from tests.helpers.sheet_edits import book, say


def test_the_samples_stay_accepted() -> None:
    for name in (REGISTER, ASSIGNED, REVIEW, MOVEMENT, FUNDS, NEED, LACKS, HALF, RESULTS, TARGETS):
        assert not stops(book(name)), name


# --- what the title says beyond the form's own title ------------------------------------------


@pytest.mark.parametrize(
    "title",
    [f"BÁO CÁO KẾT QUẢ THỰC HIỆN {TARGET}", f"KẾT QUẢ THỰC HIỆN {TARGET}",
     f"ĐÁNH GIÁ TÌNH HÌNH THỰC HIỆN {TARGET}"],
)  # fmt: skip
def test_results_of_a_target_are_no_targets(title: str) -> None:
    assert stops(book(REGISTER, say(TARGET, title)))


@pytest.mark.parametrize(
    "before", ["KẾT QUẢ THỰC HIỆN", "ĐỀ NGHỊ", "ĐỀ XUẤT", "PHƯƠNG ÁN"]
)  # fmt: skip
def test_an_assignment_that_is_none_yet_or_is_reported_on(before: str) -> None:
    title = "GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025"
    assert stops(book(ASSIGNED, say(title, f"{before} {title}")))


@pytest.mark.parametrize(
    "words", ["GIẢM HỘ CẬN NGHÈO", "GIẢM HỘ NGHÈO DÂN TỘC THIỂU SỐ", "GIẢM NHÂN KHẨU NGHÈO"]
)
def test_an_assignment_of_something_else(words: str) -> None:
    title = f"GIAO CHỈ TIÊU {words} NĂM 2025"
    assert stops(book(ASSIGNED, say("GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025", title)))


PROGRAMMES = [
    "PHÁT TRIỂN KINH TẾ - XÃ HỘI VÙNG ĐỒNG BÀO DÂN TỘC THIỂU SỐ VÀ MIỀN NÚI",
    "XÂY DỰNG NÔNG THÔN MỚI",
]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_funds_of_another_programme_are_not_those_of_this_one(programme: str) -> None:
    """Its projects carry the same numbers with other meanings."""
    assert stops(book(FUNDS, say("GIẢM NGHÈO BỀN VỮNG", programme)))


def test_disbursement_of_another_programme_in_a_commune_report() -> None:
    other = say("KINH PHÍ 6 THÁNG", f"KINH PHÍ CHƯƠNG TRÌNH {PROGRAMMES[0]} 6 THÁNG")
    assert stops(book(HALF, other, sheet=1))


@pytest.mark.parametrize("before", ["ĐỀ XUẤT", "ĐĂNG KÝ NHU CẦU", "TÌNH HÌNH GIẢI NGÂN"])
def test_a_plan_of_funds_that_is_asked_for_or_spent(before: str) -> None:
    assert stops(book(FUNDS, say(ONE_FUND, f"{before} {ONE_FUND}")))


@pytest.mark.parametrize(
    ("old", "new"),
    [("NHU CẦU KINH PHÍ THỰC HIỆN", "NHU CẦU KINH PHÍ ĐỐI ỨNG THỰC HIỆN"),
     ("(Theo mục V của Kế hoạch giảm nghèo bền vững giai đoạn 2021-2025, bản chưa ghi số, ngày)",
      "(Phần vốn còn thiếu)")],
)  # fmt: skip
def test_a_part_of_what_a_plan_needs(old: str, new: str) -> None:
    assert stops(book(NEED, say(old, new)))


@pytest.mark.parametrize("before", ["KẾT QUẢ THỰC HIỆN", "ĐỀ XUẤT"])
def test_a_list_of_targets_that_is_reported_on_or_proposed(before: str) -> None:
    title = "DANH MỤC CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO NĂM 2024"
    assert stops(book(TARGETS, say(title, f"{before} {title}")))


@pytest.mark.parametrize(
    "title",
    ["KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO DÂN TỘC THIỂU SỐ NĂM 2024",
     "KẾT QUẢ RÀ SOÁT NHÂN KHẨU THUỘC HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024",
     "KẾT QUẢ RÀ SOÁT NHÀ TẠM CỦA HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024",
     "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO PHÁT SINH NĂM 2024",
     "KẾT QUẢ RÀ SOÁT HỘ THOÁT NGHÈO THÀNH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024"],
)  # fmt: skip
def test_a_review_of_other_households(title: str) -> None:
    assert stops(book(REVIEW, say(RESULT, title)))


@pytest.mark.parametrize(
    "title",
    ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO ĐẦU NĂM 2024",
     "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO GIỮA NĂM 2024",
     "KẾT QUẢ RÀ SOÁT THƯỜNG XUYÊN HỘ NGHÈO, HỘ CẬN NGHÈO TRONG NĂM 2024",
     "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024 (CHƯA PHÚC TRA)"],
)  # fmt: skip
def test_a_review_at_another_time_or_stage(title: str) -> None:
    assert stops(book(REVIEW, say(RESULT, title)))


@pytest.mark.parametrize(
    "title",
    ["SO SÁNH KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO CUỐI NĂM 2024 VỚI ĐẦU NĂM",
     "CHÊNH LỆCH KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024",
     "ĐÍNH CHÍNH KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024"],
)  # fmt: skip
def test_differences_are_no_result(title: str) -> None:
    assert stops(book(REVIEW, say(RESULT, title)))


@pytest.mark.parametrize(
    "title",
    ["BIỂU DIỄN BIẾN HỘ NGHÈO DÂN TỘC THIỂU SỐ TRONG NĂM 2024",
     "BIỂU DIỄN BIẾN HỘ NGHÈO, HỘ CẬN NGHÈO TRONG NĂM 2024",
     "DIỄN BIẾN HỘ NGHÈO BẢO TRỢ XÃ HỘI NĂM 2024"],
)  # fmt: skip
def test_a_movement_of_other_households(title: str) -> None:
    assert stops(book(MOVEMENT, say("BIỂU DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2024", title)))


def test_the_lacks_of_some_households() -> None:
    some = say("CƠ BẢN NĂM 2024", "CƠ BẢN CỦA HỘ DÂN TỘC THIỂU SỐ NĂM 2024")
    assert stops(book(LACKS, some))


BELOW_TITLE = "(Số liệu minh hoạ, trừ tổng số hộ dân cư và số hộ nghèo)"


@pytest.mark.parametrize(
    "text",
    ["(Hộ có chủ hộ là người dân tộc thiểu số)", "(Hộ nghèo do phụ nữ làm chủ hộ)",
     "(Hộ nghèo không có khả năng lao động)", "(Riêng khu vực nông thôn)",
     "(Kết quả rà soát lần 1)", "(Theo chuẩn nghèo giai đoạn 2016 - 2020)",
     "Áp dụng cho hộ dân tộc thiểu số"],
)  # fmt: skip
def test_the_line_below_the_title_says_which_households(text: str) -> None:
    assert stops(book(REVIEW, say(BELOW_TITLE, text)))


@pytest.mark.parametrize(
    "text",
    ["VÍ DỤ MINH HỌA CÁCH GHI", "MẪU", "ĐÃ HẾT HIỆU LỰC", "KHÔNG SỬ DỤNG",
     "Thay thế: số liệu này đã bị hủy"],
)  # fmt: skip
def test_a_stamp_that_takes_a_table_out_of_use(text: str) -> None:
    assert stops(book(REGISTER, at("A4", text)))


@pytest.mark.parametrize(
    "who", ["Thôn Nà Mới, xã Kim Hỷ", "Trạm y tế xã Kim Hỷ", "Hội Phụ nữ xã Kim Hỷ",
            "Trường Tiểu học xã Kim Hỷ"]
)  # fmt: skip
def test_a_village_or_an_institution_is_not_the_commune(who: str) -> None:
    assert stops(book(LACKS, say("Xã Kim Hỷ, huyện", f"{who}, huyện")))
