"""One commune's half-year or yearly report: what it holds, and how it is drawn (two sheets)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.worksheet import Worksheet

from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    Styles,
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

INDICATORS = (  # (label, unit of measure) in the order of the form
    ("Hộ nghèo hiện có", "hộ"),
    ("Hộ cận nghèo hiện có", "hộ"),
    ("Người nghèo được cấp thẻ bảo hiểm y tế", "người"),
    ("Dân số tham gia bảo hiểm y tế", "người"),
    ("Hộ nghèo, hộ cận nghèo dùng nước sạch", "hộ"),
    ("Hộ nghèo, hộ cận nghèo có nhà tiêu hợp vệ sinh", "hộ"),
    ("Lao động được giải quyết việc làm", "người"),
    ("Trong đó: xuất khẩu lao động", "người"),
    ("Lao động có nhu cầu được hỗ trợ đào tạo nghề", "người"),
    ("Hộ nghèo, hộ cận nghèo được hỗ trợ nhà ở", "hộ"),
    ("Hộ nghèo, hộ cận nghèo có nhu cầu được vay vốn", "hộ"),
    (
        "Hộ nghèo, hộ cận nghèo có nhu cầu được tiếp cận dịch vụ viễn thông, internet",
        "hộ",
    ),
    ("Hộ dân được sử dụng điện lưới quốc gia", "hộ"),
    ("Người nghèo có nhu cầu được trợ giúp pháp lý", "người"),
)
INDICATOR_COLUMNS = (
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Số đạt được",
    "Tổng số",
    "Tỷ lệ (%)",
    "Ghi chú",
)
INDICATOR_NUMBERS = ("A", "B", "C", "1", "2", "3=1/2*100", "D")
SOURCES = ("Ngân sách trung ương", "Ngân sách địa phương", "Cộng")
FUND_COLUMNS = (
    ("STT", ()),
    ("Dự án, tiểu dự án", ()),
    ("Kinh phí được giao", SOURCES),
    ("Kinh phí đã giải ngân", SOURCES),
    ("Tỷ lệ giải ngân (%)", ()),
)
FUND_NUMBERS = ("A", "B", "1", "2", "3=1+2", "4", "5", "6=4+5", "7=6/3*100")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Count:
    """What one indicator row reports: a count, and the total it is a part of, if any."""

    reached: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Money:
    """Money of one project line in hundredths of a million VND, by source."""

    allocated_central: int
    allocated_local: int
    disbursed_central: int
    disbursed_local: int

    def __add__(self, other: "Money") -> "Money":
        """The sum of two lines, amount by amount."""
        return Money(
            self.allocated_central + other.allocated_central,
            self.allocated_local + other.allocated_local,
            self.disbursed_central + other.disbursed_central,
            self.disbursed_local + other.disbursed_local,
        )


@dataclass(frozen=True, slots=True)
class FundLine:
    """A project line of the fund sheet; without money its cells are left blank."""

    label: str
    money: Money | None


@dataclass(frozen=True, slots=True)
class CommuneReport:
    """A commune's report: `counts` in the order of INDICATORS, and its fund lines.

    `unit`, `district` and `province` are names with their type ("Xã Kim Hỷ", "huyện Na Rì",
    "tỉnh Bắc Kạn"); `district` is empty since 2025-07-01. `period` is H1 or Y. With
    `money_as_text` the fund sheet is typed as Vietnamese text ("1.234,50"), else as numbers.
    """

    unit: str
    district: str
    province: str
    year: int
    counts: tuple[Count, ...]
    funds: tuple[FundLine, ...]
    money_as_text: bool
    period: str = "H1"


def draw_commune_report(target: Target, report: CommuneReport) -> None:
    """Draw one report, sheets "Chỉ tiêu" and "Kinh phí", to a path or a buffer (left at its end).

    Both sheets are marked as illustrative figures.
    """
    workbook, styles = open_workbook(target)
    _draw_indicators(workbook.add_worksheet("Chỉ tiêu"), styles, report)
    _draw_funds(workbook.add_worksheet("Kinh phí"), styles, report)
    workbook.close()


def _draw_indicators(sheet: Worksheet, styles: Styles, report: CommuneReport) -> None:
    last = len(INDICATOR_COLUMNS) - 1
    sheet.set_column(1, 1, 48)
    write_letterhead(sheet, styles, _office(report), last)
    titles = (
        f"BÁO CÁO KẾT QUẢ CÔNG TÁC GIẢM NGHÈO {_when(report)}",
        _reporting_unit(report),
        ILLUSTRATIVE,
    )
    write_titles(sheet, styles, 3, titles, last)
    write_header_row(sheet, styles, 7, INDICATOR_COLUMNS)
    write_header_row(sheet, styles, 8, INDICATOR_NUMBERS)
    rows = [
        _indicator_row(number, label, unit, count)
        for number, ((label, unit), count) in enumerate(
            zip(INDICATORS, report.counts, strict=True), start=1
        )
    ]
    write_signature(sheet, styles, write_rows(sheet, styles, 9, rows), last)


def _indicator_row(number: int, label: str, unit: str, count: Count) -> list[Cell]:
    """One row; its rate is typed as text in even rows and as a number in odd ones."""
    rate = _typed(_percent(count.reached, count.total), number % 2 == 0)
    return [number, label, unit, count.reached, count.total, rate, None]


def _draw_funds(sheet: Worksheet, styles: Styles, report: CommuneReport) -> None:
    last = len(FUND_NUMBERS) - 1
    sheet.set_column(1, 1, 48)
    write_letterhead(sheet, styles, _office(report), last)
    titles = (
        f"TÌNH HÌNH PHÂN BỔ, GIẢI NGÂN KINH PHÍ {_when(report)}",
        _reporting_unit(report),
        "Đơn vị tính: triệu đồng",
        ILLUSTRATIVE,
    )
    write_titles(sheet, styles, 3, titles, last)
    write_header(sheet, styles, 8, FUND_COLUMNS)
    write_header_row(sheet, styles, 10, FUND_NUMBERS)
    rows = [
        [number, line.label, *_money_cells(line.money, report.money_as_text)]
        for number, line in enumerate(report.funds, start=1)
    ]
    total = sum((line.money for line in report.funds if line.money), start=Money(0, 0, 0, 0))
    rows.append([None, "Tổng cộng", *_money_cells(total, report.money_as_text)])
    write_signature(sheet, styles, write_rows(sheet, styles, 11, rows), last)


def _money_cells(money: Money | None, money_as_text: bool) -> list[Cell]:
    """The seven figures of a fund row: three allocated, three disbursed, the rate."""
    if money is None:
        return [None] * 7
    allocated = money.allocated_central + money.allocated_local
    disbursed = money.disbursed_central + money.disbursed_local
    cents = (
        money.allocated_central,
        money.allocated_local,
        allocated,
        money.disbursed_central,
        money.disbursed_local,
        disbursed,
    )
    figures = [*(value * CENT for value in cents), _percent(disbursed, allocated)]
    return [_typed(figure, money_as_text) for figure in figures]


def _typed(figure: Decimal | None, by_hand: bool) -> Cell:
    """The figure as a number, or as text when typed by hand; None stays a blank."""
    return as_text(figure) if by_hand and figure is not None else figure


def _percent(part: int, whole: int | None) -> Decimal | None:
    """100 × part ÷ whole, two decimals, half-up; None where there is nothing to divide by."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(CENT, ROUND_HALF_UP)


def _office(report: CommuneReport) -> tuple[str, str]:
    return "ỦY BAN NHÂN DÂN", report.unit.upper()


def _reporting_unit(report: CommuneReport) -> str:
    parents = (report.district, report.province)
    return f"Đơn vị báo cáo: {', '.join((report.unit, *filter(None, parents)))}"


def _when(report: CommuneReport) -> str:
    return f"6 THÁNG ĐẦU NĂM {report.year}" if report.period == "H1" else f"NĂM {report.year}"
