"""The workbooks of a household review: its result, the year's movement, what the poor lack."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from tools.samples.figures import District
from tools.samples.review_figures import YEAR, Deprivations, Movement, Review
from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    Target,
    as_text,
    open_workbook,
    write_header,
    write_header_row,
    write_letterhead,
    write_rows,
    write_signature,
    write_titles,
)

PRELIMINARY, OFFICIAL = "sơ bộ", "chính thức"
PARTLY_REAL = "(Số liệu minh hoạ, trừ tổng số hộ dân cư và số hộ nghèo)"
MINORITY = "Trong đó: hộ DTTS"
REVIEWED = ("Số hộ", "Tỷ lệ (%)", MINORITY, "Tỷ lệ trong số hộ DTTS (%)")
REVIEW_COLUMNS = (
    ("TT", ()),
    ("Đơn vị", ()),
    ("Hộ dân cư", ("Tổng số", MINORITY)),
    ("Hộ nghèo", REVIEWED),
    ("Hộ cận nghèo", REVIEWED),
)
REVIEW_NUMBERS = (
    *("A", "B", "1", "2", "3", "4=3/1*100", "5", "6=5/2*100"),
    *("7", "8=7/1*100", "9", "10=9/2*100"),
)
BLOCKS = (("I", "Khu vực thành thị", True), ("II", "Khu vực nông thôn", False))
MOVEMENT_COLUMNS = (
    ("TT", ()),
    ("Đơn vị", ()),
    ("Hộ/Nhân khẩu", ()),
    (f"Hộ nghèo đầu năm {YEAR}", ()),
    (
        "Giảm trong năm",
        (
            "Thoát nghèo, trở thành hộ cận nghèo",
            "Thoát nghèo, vượt chuẩn cận nghèo",
            "Giảm khác",
        ),
    ),
    ("Tăng trong năm", ("Từ hộ cận nghèo", "Tái nghèo", "Phát sinh mới", "Tăng khác")),
    (f"Hộ nghèo cuối năm {YEAR}", ()),
)
MOVEMENT_NUMBERS = ("A", "B", "C", "1", "2", "3", "4", "5", "6", "7", "8", "9=1-2-3-4+5+6+7+8")
LINES = ("Hộ", "Nhân khẩu")
INDICATORS = (  # of NĐ 07/2021
    "Việc làm",
    "Người phụ thuộc trong hộ gia đình",
    "Dinh dưỡng",
    "Bảo hiểm y tế",
    "Trình độ giáo dục của người lớn",
    "Tình trạng đi học của trẻ em",
    "Chất lượng nhà ở",
    "Diện tích nhà ở bình quân đầu người",
    "Nguồn nước sinh hoạt",
    "Nhà tiêu hợp vệ sinh",
    "Sử dụng dịch vụ viễn thông",
    "Phương tiện phục vụ tiếp cận thông tin",
)
DEPRIVATION_COLUMNS = (
    ("TT", ()),
    ("Chỉ số thiếu hụt", ()),
    ("Hộ nghèo", ("Số hộ", "Tỷ lệ (%)")),
    ("Hộ cận nghèo", ("Số hộ", "Tỷ lệ (%)")),
)
CENT = Decimal("0.01")


def draw_review(target: Target, district: District, stage: str, reviews: Sequence[Review]) -> None:
    """The result at a stage (PRELIMINARY, OFFICIAL): towns, then communes, then the total.

    Figures of units with an even number are typed as Vietnamese text, all others as numbers.
    """
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Kết quả rà soát")
    sheet.set_column(1, 1, 24)
    last = len(REVIEW_NUMBERS) - 1
    write_letterhead(sheet, styles, _office(district), last)
    title = f"Kết quả rà soát hộ nghèo, hộ cận nghèo {stage} năm {district.year}".upper()
    note = PARTLY_REAL if stage == OFFICIAL else ILLUSTRATIVE
    write_titles(sheet, styles, 4, (title, note), last)
    write_header(sheet, styles, 7, REVIEW_COLUMNS)
    write_header_row(sheet, styles, 9, REVIEW_NUMBERS)
    rows: list[list[Cell]] = []
    numbers = count(1)
    for ordinal, label, is_town in BLOCKS:
        units = [review for review in reviews if review.is_town == is_town]
        rows.append([ordinal, label, *_review_cells(_sums(units), by_hand=False)])
        for unit, number in zip(units, numbers, strict=False):
            rows.append([number, unit.unit, *_review_cells(unit.counts(), number % 2 == 0)])
    rows.append([None, "Tổng cộng", *_review_cells(_sums(reviews), by_hand=False)])
    write_signature(sheet, styles, write_rows(sheet, styles, 10, rows), last)
    workbook.close()


def _sums(units: Sequence[Review | Movement]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*(unit.counts() for unit in units), strict=True))


def _review_cells(counts: Sequence[int], by_hand: bool) -> list[Cell]:
    """The ten figures of a row: counts with the rates that follow from them."""
    households, minority, poor, minority_poor, near, minority_near = counts
    figures: list[int | Decimal] = [
        *(households, minority),
        *(poor, _percent(poor, households), minority_poor, _percent(minority_poor, minority)),
        *(near, _percent(near, households), minority_near, _percent(minority_near, minority)),
    ]
    return [_typed(figure) if by_hand else figure for figure in figures]


def draw_movement(
    target: Target, district: District, movements: Sequence[tuple[Movement, Movement]]
) -> None:
    """The year's movement: two lines a commune and for the total, the name merged over both.

    Lines of communes with an even number are typed as text, a zero of theirs as "-".
    """
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Diễn biến hộ nghèo")
    sheet.set_column(1, 1, 24)
    last = len(MOVEMENT_NUMBERS) - 1
    write_letterhead(sheet, styles, _office(district), last)
    title = f"BIỂU DIỄN BIẾN HỘ NGHÈO TRONG NĂM {district.year}"
    write_titles(sheet, styles, 4, (title, "(Số liệu minh hoạ, trừ số hộ nghèo cuối năm)"), last)
    write_header(sheet, styles, 7, MOVEMENT_COLUMNS)
    write_header_row(sheet, styles, 9, MOVEMENT_NUMBERS)
    totals = [_sums(line) for line in zip(*movements, strict=True)]
    names = [*((str(n), both[0].unit) for n, both in enumerate(movements, 1)), ("", "Tổng cộng")]
    counts = [*([line.counts() for line in both] for both in movements), totals]
    row = 10
    for number, ((ordinal, name), lines) in enumerate(zip(names, counts, strict=True), start=1):
        by_hand = number % 2 == 0 and ordinal != ""
        cells: list[list[Cell]] = [
            [None, None, line, *(_typed(n) if by_hand else n for n in figures)]
            for line, figures in zip(LINES, lines, strict=True)
        ]
        after = write_rows(sheet, styles, row, cells)
        sheet.merge_range(row, 0, after - 1, 0, ordinal, styles.text)
        sheet.merge_range(row, 1, after - 1, 1, name, styles.text)
        row = after
    write_signature(sheet, styles, row, last)
    workbook.close()


def draw_deprivations(target: Target, district: District, deprivations: Deprivations) -> None:
    """One commune's deprivations: all poor and near-poor households, then the twelve indicators.

    Rows with an even number are typed as text.
    """
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Thiếu hụt")
    sheet.set_column(1, 1, 40)
    write_letterhead(sheet, styles, ("ỦY BAN NHÂN DÂN", deprivations.unit.upper()), 5)
    titles = (
        f"BIỂU TỔNG HỢP THIẾU HỤT CÁC CHỈ SỐ DỊCH VỤ XÃ HỘI CƠ BẢN NĂM {district.year}",
        f"Đơn vị báo cáo: {deprivations.unit}, {district.district}, {district.province}",
        ILLUSTRATIVE,
    )
    write_titles(sheet, styles, 3, titles, 5)
    write_header(sheet, styles, 7, DEPRIVATION_COLUMNS)
    poor, near_poor = deprivations.poor, deprivations.near_poor
    rows: list[list[Cell]] = [[None, "Tổng số hộ", poor, None, near_poor, None]]
    for number, (label, (of_poor, of_near)) in enumerate(
        zip(INDICATORS, deprivations.deprived, strict=True), start=1
    ):
        figures = (of_poor, _percent(of_poor, poor), of_near, _percent(of_near, near_poor))
        rows.append([number, label, *(_typed(f) if number % 2 == 0 else f for f in figures)])
    write_signature(sheet, styles, write_rows(sheet, styles, 9, rows), 5)
    workbook.close()


def _office(district: District) -> tuple[str, ...]:
    return "ỦY BAN NHÂN DÂN", district.district.upper(), district.province.upper()


def _typed(figure: int | Decimal) -> Cell:
    """A figure as typed by hand: "1.337", "8,08", and "-" for a count of zero."""
    if isinstance(figure, Decimal):
        return as_text(figure)
    return f"{figure:,}".replace(",", ".") if figure else "-"


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(CENT, ROUND_HALF_UP)
