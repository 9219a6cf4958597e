"""Lists of persons: known by header or by content, on any sheet; what only looks like one is not.

No name or number here is anybody's: names are placeholders, numbers run on.
"""

from __future__ import annotations

import pytest

from etl.ground.records import Finding, Sheet
from etl.normalise import normalise
from etl.normalise.sheets.persons import persons_listed
from tests.helpers.sheet_edits import REPORT, book

Row = list[object]
NAMES = ["Nguyễn Văn A", "Lò Thị B", "Hoàng Văn Cờ", "Sùng A Dờ"]


def sheet_of(*rows: Row, visible: bool = True) -> Sheet:
    width = max(map(len, rows))
    return Sheet("Trang", visible, [[*row, *[""] * (width - len(row))] for row in rows], [])


def found(*rows: Row) -> Finding | None:
    return persons_listed(7, [sheet_of(*rows)])


@pytest.mark.parametrize(
    "header",
    ["Số căn cước", "Số căn cước công dân", "Căn cước công dân", "Số định danh", "CCCD", "Số CCCD",
     "Số định danh cá nhân", "Mã số định danh cá nhân", "CMND", "CMTND", "Số CMND/CCCD", "Số ĐDCN",
     "Số CMND hoặc CCCD của chủ hộ", "SỐ\nCCCD", "Số\u200b CCCD", "Giấy chứng minh nhân dân"],
)  # fmt: skip
def test_a_header_of_identity_numbers_is_enough(header: str) -> None:
    finding = found(["STT", "Nội dung", header])
    assert finding is not None and finding.rule == "personal-data" and finding.cell == "C1"
    assert dict(finding.params)["header"] == header


@pytest.mark.parametrize(
    "header",
    ["Họ và tên", "Họ tên", "HỌ VÀ TÊN", "Họ, tên chủ hộ", "Họ và tên chủ hộ", "Chủ hộ",
     "Tên chủ hộ", "Họ, chữ đệm và tên", "Họ và tên người lao động", "Họ và\ntên"],
)  # fmt: skip
def test_a_header_of_names_over_a_numbered_list(header: str) -> None:
    assert found(["STT", header, "Địa chỉ"], [1.0, "(họ tên 1)", "Thôn 1"])
    assert found(["Thôn", header, "Năm sinh"], ["Thôn 1", "(họ tên 1)", 1961.0])
    assert found(["Thôn", header], *[["Thôn 1", name] for name in NAMES])


def test_heads_in_two_rows() -> None:
    assert found(["STT", "Chủ hộ", "", "Căn cước"], ["", "Họ và tên", "Năm sinh", "Số"],
                 [1.0, "(họ tên)", 1961.0, "x"])  # fmt: skip
    assert found(["STT", "Thông tin chủ hộ", ""], ["", "Họ tên", "Ngày sinh"],
                 [1.0, "(họ tên)", "x"])  # fmt: skip


@pytest.mark.parametrize(
    "numbers",
    [["012345678901", "012345678902", "012345678903"],
     ["012 345 678 901", "012 345 678 902", "012 345 678 903"],
     [12345678901.0, 34345678902.0, 1061000003.0],  # number cells lose the zeros before them
     ["123456781", "123456782", "123456783"]],
)  # fmt: skip
def test_a_column_of_identity_numbers(numbers: list[object]) -> None:
    rows: list[Row] = [[float(n), "Thôn Nà Mỏ", number] for n, number in enumerate(numbers)]
    finding = found(["STT", "Thôn", "Ghi chú"], *rows)
    assert finding is not None and finding.seen == "Ghi chú"
    assert not any(str(number) in str(finding) for number in numbers)  # never kept


@pytest.mark.parametrize("header", ["Ghi chú", "", "Hộ"])
def test_a_column_of_names_under_any_header(header: str) -> None:
    rows: list[Row] = [[name, 5.0] for name in NAMES]
    finding = found([header, "Số khẩu"], *rows)
    assert finding is not None and not any(name in str(finding) for name in NAMES)
    assert found(["TT", header], *[[float(n), f"Ông {name}"] for n, name in enumerate(NAMES)])
    assert found(["TT", header], *[[float(n), name.upper()] for n, name in enumerate(NAMES)])


@pytest.mark.parametrize(
    "rows",
    [
        [["NGƯỜI LẬP BIỂU", "", "CHỦ TỊCH"], ["Họ và tên", "", "Họ và tên"],
         ["Nguyễn Văn A", "", "Lò Thị B"]],
        [["STT", "Chỉ tiêu"], [1.0, "Hộ nghèo có chủ hộ là nữ"], [2.0, "Chủ hộ là nữ"],
         [3.0, "Số người được cấp CCCD"], [4.0, "Số hộ chưa có căn cước công dân"]],
        [["Xã", "Điện thoại"], ["Xã A", "02093884123"], ["Xã B", "02093884124"],
         ["Xã C", "02093884125"]],
        [["Xã", "Số điện thoại"], ["A", 2093884123.0], ["B", 2093884124.0], ["C", 2093884125.0]],
        [["Xã", "Kinh phí (đồng)"], ["A", 13731000000.0], ["B", 13321580000.0], ["C", 409420000.0]],
        [["Tỉnh", "Dân số"], ["A", 8435600.0], ["B", 1234567.0], ["C", 99543211.0]],
        [["TT", "Đơn vị"], [1.0, "Kim Hỷ"], [2.0, "Trần Phú"], [3.0, "Dương Sơn"],
         [4.0, "Lương Thượng"], [5.0, "Văn Lang"]],
        [["Thôn"], ["Thôn Nà Mỏ"], ["Cao Sơn"], ["Hà Giang"], ["Kim Bình"]],
        [["Xã", "Cán bộ phụ trách"], *[["Xã A", name] for name in NAMES]],
    ],
)  # fmt: skip
def test_what_only_looks_like_a_list_is_none(rows: list[Row]) -> None:
    assert found(*rows) is None


def test_a_list_on_a_further_or_hidden_sheet_refuses_the_file() -> None:
    listed = sheet_of(["STT", "Họ và tên"], [1.0, "(họ tên 1)"], [2.0, "(họ tên 2)"], visible=False)
    made = book(REPORT)
    assert "personal-data" not in [f.rule for f in normalise(made)[0].findings]
    made.sheets.append(listed)
    (filing,) = normalise(made)
    assert [f.rule for f in filing.findings] == ["personal-data"] and not filing.figures
