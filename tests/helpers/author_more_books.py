"""Layouts of further kinds that khoxa has no form for: months, answers, years, funds, double lines.
Drawn in the manner of real ones; all figures are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook

from tests.helpers.author_books import LEFT, NA_RI, UP, Rows, _total, draw_book

MONTHS = [f"Tháng {m}" for m in range(1, 13)]


def months(path: Path) -> None:
    """Months as columns below one heading, and their sum."""
    rows: Rows = []
    for n, name in enumerate(NA_RI, start=1):
        found = [(n * m) % 7 for m in range(1, 13)]
        rows.append([n, name, *found, sum(found)])
    header = [
        ["TT", "Xã, thị trấn", "Số lao động được tạo việc làm (người)", *[LEFT] * 11, "Cả năm"],
        [UP, UP, *MONTHS, UP],
    ]
    above = {"A1": "UBND HUYỆN NA RÌ", "A3:O3": "KẾT QUẢ TẠO VIỆC LÀM THEO THÁNG NĂM 2024"}
    draw_book(path, "Viec lam", above, header, [*rows, _total(rows, "Tổng cộng", width=15)])


def quarters(path: Path) -> None:
    """Short names of quarters under two headings, plan and result of each commune."""
    rows: Rows = []
    for n, name in enumerate(NA_RI, start=1):
        rows.append([n, name, 40 + n, *((n + q) % 9 for q in range(4))])
    header = [
        ["STT", "Đơn vị", "Kế hoạch năm 2024", "Thực hiện", LEFT, LEFT, LEFT],
        [UP, UP, UP, "Quý I", "Quý II", "Quý III", "Quý IV"],
    ]
    above = {"A1:G1": "TIẾN ĐỘ XÓA NHÀ TẠM, NHÀ DỘT NÁT NĂM 2024", "A2:G2": "HUYỆN NA RÌ",
             "F3": "ĐVT: nhà"}  # fmt: skip
    draw_book(path, "Nha tam", above, header, rows)


def answers(path: Path) -> None:
    """What each commune has and has not, in words and by crosses; the total counts them."""
    rows: Rows = []
    for n, name in enumerate(NA_RI, start=1):
        rows.append([n, name, "Đạt" if n % 3 else "Chưa đạt", "x" if n % 2 else "",
                     "Hoàn thành" if n % 4 else "Chưa hoàn thành", 900 + n])  # fmt: skip
    header = [
        ["TT", "Xã, thị trấn", "Đạt chuẩn y tế quốc gia", "Có nhà văn hóa xã", "Giao đất ở",
         "Tổng số hộ"],
    ]  # fmt: skip
    above = {"A1:F1": "RÀ SOÁT HẠ TẦNG, DỊCH VỤ CỦA CÁC XÃ NĂM 2024", "A2:F2": "HUYỆN NA RÌ"}
    draw_book(path, "Ha tang", above, header, rows, ("Ghi chú: x là có",))


def years(path: Path) -> None:
    """Last year, plan, estimate and the plan of the next year side by side."""
    rows: Rows = [
        [1, "Số hộ nghèo", "hộ", 480, 400, 395, 330],
        [2, "Số lao động được đào tạo nghề", "người", 40, 45, 47, 50],
        [3, "Chiều dài đường thôn được cứng hóa", "km", 2.5, 3, 3.25, 4],
    ]
    header = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2023", "Năm 2024", LEFT,
         "Kế hoạch năm 2025"],
        [UP, UP, UP, UP, "Kế hoạch", "Ước thực hiện", UP],
    ]  # fmt: skip
    above = {"A1": "UBND XÃ KIM HỶ", "A2": "Huyện Na Rì, tỉnh Bắc Kạn",
             "A4:G4": "ƯỚC THỰC HIỆN CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2024"}  # fmt: skip
    draw_book(path, "KTXH", above, header, rows)


def project_funds(path: Path) -> None:
    """Projects of the programme as rows; plan and payment by source, capital and recurrent."""
    rows: Rows = []
    listed = (
        (1, "Dự án 1: Hỗ trợ đầu tư phát triển hạ tầng kinh tế - xã hội các huyện nghèo"),
        (2, "Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo"),
        (3, "Dự án 5: Hỗ trợ nhà ở"),
        (4, "Tiểu dự án 1 - Dự án 3: Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp"),
    )
    for n, name in listed:
        plan = [120.5 * n, 40.25 * n, 12.5 + n]
        paid = [60.5 * n, 20.25 * n, 6.5 + n]
        rows.append([n, name, sum(plan), *plan, sum(paid), *paid])
    header = [
        ["STT", "Nội dung", "Kế hoạch vốn năm 2024", *[LEFT] * 3, "Giải ngân", *[LEFT] * 3],
        [UP, UP, *["Tổng số", "NSTW", LEFT, "Ngân sách địa phương"] * 2],
        [UP, UP, UP, "Vốn đầu tư", "Vốn sự nghiệp", UP, UP, "Vốn đầu tư", "Vốn sự nghiệp", UP],
    ]  # fmt: skip
    above = {"A1": "UBND HUYỆN NA RÌ", "A3:J3": "TÌNH HÌNH THỰC HIỆN VỐN CHƯƠNG TRÌNH MỤC TIÊU QUỐC"
             " GIA GIẢM NGHÈO BỀN VỮNG NĂM 2024", "I4": "ĐVT: triệu đồng"}  # fmt: skip
    draw_book(path, "Von", above, header, [_total(rows, "TỔNG CỘNG", width=10), *rows])


def programme_sources(path: Path) -> None:
    """Sources of the programme's funds as rows, plan and payment as columns."""
    rows: Rows = [
        [1, "Ngân sách trung ương", 500.5, 300], [2, "Ngân sách địa phương", 90, 45.25],
        [3, "Vốn tín dụng chính sách", 2500, 2400], [4, "Vốn lồng ghép", 60, 0],
        [5, "Huy động khác", 12.5, 12.5],
    ]  # fmt: skip
    header = [["TT", "Nguồn vốn", "Kế hoạch năm 2024", "Giải ngân đến 31/12/2024"]]
    above = {"A1": "UBND HUYỆN NA RÌ", "A3:D3": "TỔNG HỢP NGUỒN VỐN CHƯƠNG TRÌNH GIẢM NGHÈO BỀN"
             " VỮNG NĂM 2024", "C4": "Đơn vị tính: triệu đồng"}  # fmt: skip
    draw_book(path, "Nguon von", above, header, [*rows, _total(rows, "Tổng cộng", width=4)])


def double_lines(path: Path) -> None:
    """Two lines a commune, households and persons, its name merged over both."""
    rows: Rows = []
    sums = [[0, 0, 0], [0, 0, 0]]
    for n, name in enumerate(NA_RI, start=1):
        for line, (label, times) in enumerate((("Hộ", 1), ("Khẩu", 4))):
            figures = [(50 + n) * times, (6 + n % 3) * times, (44 + n - n % 3) * times]
            sums[line] = [a + b for a, b in zip(sums[line], figures, strict=True)]
            rows.append([n if not line else "", name if not line else "", label, *figures])
    rows += [["", "Tổng cộng", "Hộ", *sums[0]], ["", "", "Khẩu", *sums[1]]]
    header = [["STT", "Đơn vị", "Hộ/khẩu", "Thiếu đói đầu năm 2024", "Được cứu trợ",
               "Thiếu đói cuối năm 2024"]]  # fmt: skip
    above = {"A1:F1": "UBND HUYỆN NA RÌ", "A3:F3": "TỔNG HỢP HỘ, KHẨU THIẾU ĐÓI GIÁP HẠT NĂM 2024"}
    draw_book(path, "Thieu doi", above, header, rows)
    book = load_workbook(path)
    sheet = book["Thieu doi"]
    for row in range(6, 6 + 2 * 18, 2):
        for column in (1, 2):
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column,
                              end_column=column)  # fmt: skip
    book.save(path)


def pages(path: Path) -> None:
    """The header again at the top of the second page, and groups without sums."""
    rows: Rows = [["I", "Khu vực III", "", ""], *([n, NA_RI[n], 10 + n, n] for n in range(1, 8))]
    rows += [
        ["STT", "Xã, thị trấn", "Tổng số thôn", "Thôn đặc biệt khó khăn"],
        ["II", "Khu vực I", "", ""],
        *([n, NA_RI[n], 10 + n, n] for n in range(8, 17)),
    ]
    header = [["STT", "Xã, thị trấn", "Tổng số thôn", "Thôn đặc biệt khó khăn"]]
    above = {"A1": "HUYỆN NA RÌ", "A2:D2": "THỐNG KÊ THÔN ĐẶC BIỆT KHÓ KHĂN NĂM 2024"}
    draw_book(path, "Thon", above, header, rows)


def past_plan(path: Path) -> None:
    """Plan and result of last year beside those of this one."""
    rows: Rows = [[n, name, 9 + n, 5 + n, 6 + n, 7] for n, name in enumerate(NA_RI, start=1)]
    header = [["STT", "Đơn vị", *(f"{of} năm {y}" for y in (2023, 2024)
                                  for of in ("Kế hoạch", "Thực hiện"))]]  # fmt: skip
    above = {"A1": "HUYỆN NA RÌ", "A2:F2": "XÂY DỰNG NHÀ VĂN HÓA THÔN NĂM 2024"}
    draw_book(path, "Nha van hoa", above, header, rows)


MORE: dict[str, Callable[[Path], None]] = {
    each.__name__: each
    for each in (months, quarters, answers, years, project_funds, programme_sources, double_lines,
                 pages, past_plan)
}  # fmt: skip


def draw_more(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every layout as a workbook in a folder, by name."""
    for name, draw in MORE.items():
        path = folder / f"{name}.xlsx"
        draw(path)
        yield name, path
