"""Ten layouts that provinces file and khoxa has no form for, drawn in the manner of real ones. All
figures are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

LEFT, UP = "<", "^"  # a header cell merged with the one to its left, above it
NA_RI = (
    "Xã Văn Vũ", "Xã Văn Lang", "Xã Lương Thượng", "Xã Kim Hỷ", "Xã Cường Lợi",
    "Thị trấn Yến Lạc", "Xã Kim Lư", "Xã Sơn Thành", "Xã Văn Minh", "Xã Côn Minh", "Xã Cư Lễ",
    "Xã Trần Phú", "Xã Quang Phong", "Xã Dương Sơn", "Xã Xuân Dương", "Xã Đổng Xá",
    "Xã Liêm Thủy",
)  # fmt: skip
CRITERIA = (
    "Quy hoạch", "Giao thông", "Thủy lợi và phòng, chống thiên tai", "Điện", "Trường học",
    "Cơ sở vật chất văn hóa", "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và truyền thông",
    "Nhà ở dân cư", "Thu nhập", "Nghèo đa chiều", "Lao động", "Tổ chức sản xuất",
    "Giáo dục và đào tạo", "Y tế", "Văn hóa", "Môi trường và an toàn thực phẩm",
    "Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và an ninh",
)  # fmt: skip
CAUSES = (
    "Không có đất sản xuất", "Không có vốn sản xuất, kinh doanh", "Không có lao động",
    "Không có công cụ, phương tiện sản xuất", "Không có kiến thức về sản xuất",
    "Không có kỹ năng lao động, sản xuất", "Có người ốm đau, bệnh nặng, tai nạn",
    "Nguyên nhân khác",
)  # fmt: skip
Rows = list[list[object]]


def draw_book(
    path: Path, name: str, above: dict[str, str], header: list[list[str]], rows: Rows,
    below: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """A sheet: cells above by address ("A1:D1" merges), the header from the row after the last of
    them but one, the rows, and lines in the second column below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    first = 1
    for area, text in above.items():
        sheet[area.split(":")[0]] = text
        if ":" in area:
            sheet.merge_cells(area)
        first = max(first, sheet[area.split(":")[0]].row)
    _header(sheet, first + 2, header)
    at = first + 2 + len(header)
    for r, row in enumerate(rows, start=at):
        for c, value in enumerate(row, start=1):
            if value not in (None, ""):
                sheet.cell(r, c, value)
    for n, text in enumerate(below, start=at + len(rows) + 1):
        sheet.cell(n, 2, text)
    book.save(path)


def _header(sheet: Worksheet, first: int, header: list[list[str]]) -> None:
    for r, row in enumerate(header):
        for c, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            sheet.cell(first + r, c + 1, text or None)
            right, bottom = c, r
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(header) and header[bottom + 1][c] == UP:
                bottom += 1
            if text and (right, bottom) != (c, r):
                sheet.merge_cells(start_row=first + r, end_row=first + bottom, start_column=c + 1,
                                  end_column=right + 1)  # fmt: skip


def _total(rows: Rows, label: str, *, width: int, place: int = 1) -> list[object]:
    """The row that sums up others."""
    total: list[object] = [""] * width
    total[place] = label
    for c in range(place + 1, width):
        values = [row[c] for row in rows if isinstance(row[c], int | float)]
        total[c] = round(sum(values), 2) if values else ""
    return total


def criteria(path: Path) -> None:
    """19 criteria of new rural development, a column each, 1 where it is met."""
    rows: Rows = []
    for n, name in enumerate(NA_RI, start=1):
        met = [int((n * 7 + c * 3) % 5 != 0) for c in range(19)]
        rows.append([n, name, *met, sum(met)])
    header = [
        ["STT", "Tên xã, thị trấn", "Kết quả đạt từng tiêu chí", *[LEFT] * 18,
         "Tổng số tiêu chí đạt", "Ghi chú"],
        [UP, UP, *(f"{n}. {text}" for n, text in enumerate(CRITERIA, start=1)), UP, UP],
    ]  # fmt: skip
    above = {
        "A1:D1": "UBND HUYỆN NA RÌ", "N1:U1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "A4:W4": "KẾT QUẢ THỰC HIỆN 19 TIÊU CHÍ NÔNG THÔN MỚI NĂM 2024",
    }  # fmt: skip
    draw_book(path, "NTM", above, header, [*rows, _total(rows, "Tổng cộng", width=22)],
          ("Người lập biểu",))  # fmt: skip


def funds_by_source(path: Path) -> None:
    """Sources as rows, plan and result as columns, capital and recurrent nested below both."""
    header = [
        ["TT", "Nguồn vốn", "Kế hoạch vốn năm 2024", LEFT, LEFT, "Kết quả giải ngân", LEFT, LEFT,
         "Tỷ lệ giải ngân (%)"],
        [UP, UP, "Tổng số", "Đầu tư phát triển", "Sự nghiệp", "Tổng số", "Đầu tư phát triển",
         "Sự nghiệp", UP],
        ["A", "B", "1=2+3", "2", "3", "4=5+6", "5", "6", "7=4/1*100"],
    ]  # fmt: skip
    figures = [
        ("I", "Ngân sách nhà nước", None), (1, "Ngân sách trung ương", (1200.5, 800, 900, 640)),
        (2, "Ngân sách tỉnh", (300, 120, 300, 100)), (3, "Ngân sách huyện", (90, 60, 45.5, 60)),
        ("II", "Nguồn khác", None), (1, "Vốn tín dụng", (0, 2500, 0, 2100)),
        (2, "Vốn doanh nghiệp", (150, 0, 75, 0)),
        (3, "Nhân dân đóng góp", (410.25, 35, 400, 35)),
    ]  # fmt: skip
    data = [[n, name, *_money(*values)] for n, name, values in figures if values]
    rows: Rows = []
    for n, name, values in figures:
        own = data[:3] if n == "I" else data[3:]
        rows.append([n, name, *_money(*values)] if values else _sum_of(own, n, name))
    above = {"A1": "Biểu số 05", "A3:I3": "TỔNG HỢP NGUỒN VỐN THỰC HIỆN CHƯƠNG TRÌNH MTQG XÂY DỰNG"
             " NÔNG THÔN MỚI HUYỆN NA RÌ NĂM 2024", "H5": "Đơn vị tính: triệu đồng"}  # fmt: skip
    draw_book(path, "Nguon von", above, header, [_sum_of(data, "", "TỔNG CỘNG"), *rows])


def _money(plan1: float, plan2: float, paid1: float, paid2: float) -> list[object]:
    plan, paid = plan1 + plan2, paid1 + paid2
    return [plan, plan1, plan2, paid, paid1, paid2, round(100 * paid / plan, 2)]


def _sum_of(rows: Rows, ordinal: object, label: str) -> list[object]:
    values = [sum(float(str(row[c])) for row in rows) for c in (3, 4, 6, 7)]
    return [ordinal, label, *_money(*values)]


def causes(path: Path) -> None:
    """Causes of poverty (TT 07/2021), one column each below a common heading."""
    rows: Rows = []
    for n, name in enumerate(NA_RI, start=1):
        poor = 40 + 3 * n
        rows.append([n, name, poor, *((poor * (c + 2) * n) % 23 for c in range(8))])
    header = [
        ["TT", "Đơn vị", "Tổng số hộ nghèo (hộ)", "Nguyên nhân nghèo (hộ)", *[LEFT] * 7],
        [UP, UP, UP, *CAUSES],
        ["A", "B", *map(str, range(1, 10))],
    ]
    above = {"A1": "Mẫu số 7.9", "A2": "UBND HUYỆN NA RÌ", "A4:K4": "TỔNG HỢP HỘ NGHÈO THEO CÁC"
             " NGUYÊN NHÂN NGHÈO CUỐI NĂM 2024"}  # fmt: skip
    draw_book(path, "7.9", above, header, [*rows, _total(rows, "Tổng cộng", width=11)])


def monthly(path: Path) -> None:
    """Projects as rows, months of payment as columns, what was planned before them."""
    names = ("Đường Kim Hỷ – Lương Thượng", "Trường TH&THCS Văn Vũ", "Nhà văn hóa thôn Nà Mực",
             "Kênh mương Cư Lễ", "Cấp nước sinh hoạt Đổng Xá")  # fmt: skip
    rows: Rows = []
    for n, name in enumerate(names, start=1):
        paid = [round(12.5 * ((n + m) % 4), 2) for m in range(12)]
        rows.append([n, name, 400 + 25 * n, *paid, sum(paid)])
    header = [
        ["STT", "Danh mục dự án", "Kế hoạch vốn năm 2024", "Giải ngân các tháng", *[LEFT] * 11,
         "Cộng giải ngân"],
        [UP, UP, UP, *(f"Tháng {m}" for m in range(1, 13)), UP],
    ]  # fmt: skip
    above = {"A1": "UBND HUYỆN NA RÌ", "A3:P3": "TIẾN ĐỘ GIẢI NGÂN VỐN ĐẦU TƯ CÔNG NĂM 2024",
             "N4": "ĐVT: Triệu đồng"}  # fmt: skip
    draw_book(path, "Giai ngan", above, header, [*rows, _total(rows, "Tổng số", width=16)])


def near_poor(path: Path) -> None:
    """How near-poor households came and went, of a province by districts."""
    names = ("Thành phố Bắc Kạn", "Huyện Pác Nặm", "Huyện Ba Bể", "Huyện Ngân Sơn",
             "Huyện Bạch Thông", "Huyện Chợ Đồn", "Huyện Chợ Mới", "Huyện Na Rì")  # fmt: skip
    rows: Rows = []
    for n, name in enumerate(names, start=1):
        start, out, poor, new, back = 500 + 37 * n, 60 + n, 8 + n, 21 + n, 13
        end = start - out - poor + new + back
        rows.append([n, name, start, out, poor, new, back, end])
    header = [
        ["STT", "Huyện, thành phố", "Số hộ cận nghèo đầu năm", "Số hộ giảm trong năm", LEFT,
         "Số hộ tăng trong năm", LEFT, "Số hộ cận nghèo cuối năm"],
        [UP, UP, UP, "Thoát cận nghèo", "Trở thành hộ nghèo", "Phát sinh mới",
         "Hộ nghèo chuyển lên", UP],
    ]  # fmt: skip
    above = {"A1": "UBND TỈNH BẮC KẠN", "A2:H2": "DIỄN BIẾN HỘ CẬN NGHÈO TRONG NĂM 2024",
             "A3:H3": "(Kèm theo Quyết định số 12/QĐ-UBND ngày 15/12/2024)"}  # fmt: skip
    draw_book(path, "Can ngheo", above, header, [*rows, _total(rows, "TOÀN TỈNH", width=8)],
          ("Ghi chú: số liệu minh hoạ",))  # fmt: skip


def nested(path: Path) -> None:
    """Three header rows: the same words ("Tổng số", "NSTW") under plan and result, twice."""
    header = [
        ["TT", "Đơn vị", "Kế hoạch", LEFT, LEFT, LEFT, "Thực hiện", LEFT, LEFT, LEFT],
        [UP, UP, "Vốn đầu tư", LEFT, "Vốn sự nghiệp", LEFT, "Vốn đầu tư", LEFT, "Vốn sự nghiệp",
         LEFT],
        [UP, UP, *("Tổng số", "Trong đó: NSTW") * 4],
    ]  # fmt: skip
    rows: Rows = []
    for n, name in enumerate(NA_RI, start=1):
        plan = [300 + 7 * n, 200 + 5 * n, 90 + n, 60 + n]
        rows.append([n, name, *plan, *(round(p * 0.75, 2) for p in plan)])
    above = {"A1": "HUYỆN NA RÌ", "A2:J2": "TÌNH HÌNH THỰC HIỆN KẾ HOẠCH VỐN CÁC CHƯƠNG TRÌNH MỤC"
             " TIÊU QUỐC GIA NĂM 2024", "I3": "Đơn vị: triệu đồng"}  # fmt: skip
    draw_book(path, "Von", above, header, [_total(rows, "Tổng số", width=10), *rows])


def unit_column(path: Path) -> None:
    """Items with a column of units of measure, plan and result of a commune's half year."""
    rows: Rows = [
        [1, "Thu nhập bình quân đầu người", "triệu đồng/người", 42, 21.5],
        [2, "Tỷ lệ hộ nghèo", "%", 18.5, 20.25],
        [3, "Số hộ được dùng nước sạch", "hộ", 620, 588],
        [4, "Số lao động được đào tạo nghề", "người", 45, 19],
        [5, "Chiều dài đường thôn được bê tông hóa", "km", 3.5, 1.2],
        [6, "Vốn huy động trong dân", "triệu đồng", 250, 110.75],
    ]
    header = [["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2024", "Thực hiện 6 tháng"]]
    above = {"A1": "UBND XÃ KIM HỶ", "C1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A2":
             "Huyện Na Rì, tỉnh Bắc Kạn", "A4:E4": "BÁO CÁO KẾT QUẢ CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI"
             " 6 THÁNG ĐẦU NĂM 2024"}  # fmt: skip
    draw_book(path, "KTXH", above, header, rows, ("TM. ỦY BAN NHÂN DÂN",))


def groups(path: Path) -> None:
    """Items in groups A and B with sums of their own, and a total."""
    data: list[list[object]] = [
        [1, "Hỗ trợ nhà ở", 12, 480.5], [2, "Hỗ trợ bò giống", 30, 450],
        [3, "Hỗ trợ máy nông nghiệp", 8, 96], [1, "Cấp thẻ bảo hiểm y tế", 510, 401.6],
        [2, "Miễn giảm học phí", 240, 72.25],
    ]  # fmt: skip
    rows: Rows = [
        ["A", "Chính sách sản xuất, nhà ở", 50, 1026.5], *data[:3],
        ["B", "Chính sách an sinh", 750, 473.85], *data[3:], ["", "TỔNG CỘNG", 800, 1500.35],
    ]  # fmt: skip
    header = [["STT", "Nội dung chính sách", "Số hộ thụ hưởng (hộ)", "Kinh phí (triệu đồng)"]]
    above = {"A1": "UBND XÃ KIM HỶ, HUYỆN NA RÌ, TỈNH BẮC KẠN", "A3:D3":
             "KẾT QUẢ THỰC HIỆN CHÍNH SÁCH AN SINH XÃ HỘI NĂM 2024"}  # fmt: skip
    draw_book(path, "An sinh", above, header, rows)


def with_notes(path: Path) -> None:
    """Notes below the table, and units told apart only by their names; no column of numbers."""
    rows: Rows = [[name, 900 + 11 * n, 850 + 9 * n] for n, name in enumerate(NA_RI)]
    for row in rows:
        row.append(round(100 * float(str(row[2])) / float(str(row[1])), 2))
    total = _total(rows, "Cộng", width=4, place=0)
    total[3] = round(100 * float(str(total[2])) / float(str(total[1])), 2)
    header = [["Xã, thị trấn", "Tổng số hộ (hộ)", "Số hộ có hố xí hợp vệ sinh (hộ)",
               "Tỷ lệ (%)"]]  # fmt: skip
    above = {"A1:D1": "THỐNG KÊ HỘ CÓ NHÀ TIÊU HỢP VỆ SINH NĂM 2024", "A2:D2": "HUYỆN NA RÌ"}
    below = ("Ghi chú:", "- Tỷ lệ tính trên tổng số hộ cuối năm.", "Người lập: Hoàng Thị A")
    draw_book(path, "Ve sinh", above, header, [*rows, total], below)


def letterhead(path: Path) -> None:
    """A table from row 9 on below two columns of letterhead, an empty form without figures."""
    header = [
        ["STT", "Xã, thị trấn", "Thu nhập bình quân (triệu đồng/người)", "Lao động", LEFT],
        [UP, UP, UP, "Có việc làm thường xuyên (người)", "Qua đào tạo (người)"],
    ]
    rows: Rows = [[n, name, "", "", ""] for n, name in enumerate(NA_RI, start=1)]
    above = {
        "A1:B1": "ỦY BAN NHÂN DÂN", "C1:E1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "A2:B2": "HUYỆN NA RÌ", "C2:E2": "Độc lập - Tự do - Hạnh phúc",
        "C3:E3": "Na Rì, ngày … tháng … năm 2024",
        "A5:E5": "BIỂU THU NHẬP VÀ LAO ĐỘNG CỦA CÁC XÃ, THỊ TRẤN", "A7:E7": "Năm 2024",
    }  # fmt: skip
    draw_book(path, "Thu nhap", above, header, [*rows, ["", "Tổng cộng", "", "", ""]])


LAYOUTS: dict[str, Callable[[Path], None]] = {
    each.__name__: each
    for each in (criteria, funds_by_source, causes, monthly, near_poor, nested, unit_column,
                 groups, with_notes, letterhead)
}  # fmt: skip


def draw_all(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every layout as a workbook in a folder, by name."""
    for name, draw in LAYOUTS.items():
        path = folder / f"{name}.xlsx"
        draw(path)
        yield name, path
