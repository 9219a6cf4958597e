"""What five units reached of the targets in their plans (số liệu minh hoạ), a workbook a period.

The figures stand in reached/*.csv, one row per indicator: "2024" and "2024-H1" hold what was
reached by then, "start_2024" what the year opened with. Where no opening is given, a figure as of
a day opens the year as the one before closed, but not 2022, when the poverty line changed, where
it is counted by that line.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tools.samples.facts import Row
from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    Target,
    open_workbook,
    write_header_row,
    write_letterhead,
    write_rows,
    write_signature,
    write_titles,
)

FIGURES = Path(__file__).parent / "reached"
SEED = Path(__file__).resolve().parents[2] / "sql" / "seeds" / "indicator.csv"
NEW_STANDARD = 2022
COLUMNS = ("TT", "Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Số đầu năm", "Kết quả", "Ghi chú")
UNITS = {
    "household": "hộ",
    "person": "người",
    "pct": "%",
    "commune": "xã",
    "unit": "xã, thị trấn",
    "model": "mô hình",
    "person_per_commune_per_year": "người/xã/năm",
    "million_vnd": "triệu đồng",
    "million_vnd_per_ha": "triệu đồng/ha",
    "tonne": "tấn",
    "ha": "ha",
    "product": "sản phẩm",
    "visit": "lượt khách",
    "room": "phòng",
    "work": "công trình",
    "computer": "máy tính",
    "site": "bãi",
    "latrine": "nhà tiêu",
    "house": "nhà",
}


@dataclass(frozen=True, slots=True)
class Reporter:
    """A unit that reports: its name with type and where it is, its figures, its periods."""

    name: str
    parents: str
    figures: str
    periods: tuple[str, ...]

    def file(self, period: str) -> str:
        """The name of a period's workbook, without its ending."""
        year, _, half = period.partition("-")
        return f"{self.figures}_ket_qua_chi_tieu_{'6_thang_' if half else ''}{year}"


REPORTERS = (
    Reporter("Huyện Bắc Hà", "tỉnh Lào Cai", "bac_ha", ("2021", "2022", "2023", "2024", "2025-H1")),
    Reporter("Huyện Quỳnh Nhai", "tỉnh Sơn La", "quynh_nhai", ("2022", "2023", "2024")),
    Reporter("Huyện Lấp Vò", "tỉnh Đồng Tháp", "lap_vo", ("2024-H1", "2024")),
    Reporter("Huyện Na Rì", "tỉnh Bắc Kạn", "na_ri", ("2025-H1",)),
    Reporter("Thị trấn Ba Tơ", "huyện Ba Tơ, tỉnh Quảng Ngãi", "ba_to", ("2025-H1",)),
)


def draw_results(folder: Path) -> None:
    """Draw the report of every unit and period into the folder."""
    seed = {row["indicator_code"]: row for row in _read(SEED)}
    for reporter in REPORTERS:
        figures = _read(FIGURES / f"{reporter.figures}.csv")
        for period in reporter.periods:
            lines = [
                (seed[row["indicator_code"]], _opening(row, seed, period), row[period])
                for row in figures
                if row[period]
            ]
            _draw(folder / f"{reporter.file(period)}.xlsx", reporter, period, lines)


def _opening(row: Row, seed: dict[str, Row], period: str) -> str:
    year = int(period[:4])
    own = seed[row["indicator_code"]]
    given = row.get(f"start_{year}", "")
    carries = own["timing"] == "stock" and not (own["by_standard"] and year == NEW_STANDARD)
    return given or (row.get(str(year - 1), "") if carries else "")


def _draw(
    target: Target, reporter: Reporter, period: str, lines: list[tuple[Row, str, str]]
) -> None:
    workbook, styles = open_workbook(target)
    sheet, last = workbook.add_worksheet("Kết quả chỉ tiêu"), len(COLUMNS) - 1
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 48)
    write_letterhead(sheet, styles, ("ỦY BAN NHÂN DÂN", reporter.name.upper()), last)
    year, _, half = period.partition("-")
    when = f"6 THÁNG ĐẦU NĂM {year}" if half else f"NĂM {year}"
    titles = (
        f"BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH GIẢM NGHÈO {when}",
        f"Đơn vị báo cáo: {reporter.name}, {reporter.parents}",
        ILLUSTRATIVE,
    )
    write_titles(sheet, styles, 3, titles, last)
    write_header_row(sheet, styles, 7, COLUMNS)
    rows = [_cells(number, *line) for number, line in enumerate(lines, start=1)]
    write_signature(sheet, styles, write_rows(sheet, styles, 8, rows), last)
    workbook.close()


def _cells(number: int, own: Row, opening: str, value: str) -> list[Cell]:
    """One row; its figures are typed as text in even rows and as numbers in odd ones."""
    figures = [_typed(figure, number % 2 == 0) for figure in (opening, value)]
    unit = UNITS[own["unit_of_measure"]]
    return [number, own["indicator_code"], own["name_vi"], unit, *figures, None]


def _typed(figure: str, by_hand: bool) -> Cell:
    if figure in ("", "-"):
        return figure or None
    exact = Decimal(figure)
    if by_hand:
        return f"{exact:,f}".translate(str.maketrans(",.", ".,"))
    return exact if "." in figure else int(figure)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
