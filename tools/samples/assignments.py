"""What the province asks of two districts, and Na Rì of its communes, all invented: some communes
registered less than they were assigned, some more, and one district nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tools.samples.facts import commune_starts
from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    as_text,
    open_workbook,
    write_header,
    write_letterhead,
    write_rows,
    write_signature,
    write_titles,
)

PROVINCE_FILE = "bac_kan_giao_chi_tieu_giam_ngheo_2025"
DISTRICT_FILE = "na_ri_giao_chi_tieu_giam_ngheo_2025"
TITLE = "GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2025"
COLUMNS = (
    ("TT", ()),
    ("Đơn vị", ()),
    ("Chỉ tiêu giao năm 2025", ("Giảm số hộ nghèo (hộ)", "Giảm tỷ lệ hộ nghèo (điểm %)")),
    ("Ghi chú", ()),
)
CENT = Decimal("0.01")
NGAN_SON = ("Huyện Ngân Sơn", 300, Decimal("4.00"))  # has no register among the samples
# assigned less registered, by commune: 20 lack in five communes, three go 6 beyond
ABOVE_REGISTERED = {
    "Xã Lương Thượng": 3, "Xã Sơn Thành": 5, "Xã Cường Lợi": 2, "Xã Kim Lư": 4, "Xã Côn Minh": 6,
    "Xã Văn Lang": -2, "Xã Cư Lễ": -2, "Xã Trần Phú": -2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one unit is to cut: poor households, and the poverty rate in points."""

    unit: str
    cut: int
    points: Decimal


def draw_assignments(folder: Path) -> None:
    """Both workbooks: the province's for two districts, Na Rì's for its 17 communes."""
    communes = assigned_to_communes()
    whole = sum(each.cut for each in communes)
    households = sum(commune.households for commune in commune_starts())
    na_ri = Assigned("Huyện Na Rì", whole, _points(whole, households))
    province, district = ("ỦY BAN NHÂN DÂN", "TỈNH BẮC KẠN"), ("HUYỆN NA RÌ", "TỈNH BẮC KẠN")
    _draw(folder / f"{PROVINCE_FILE}.xlsx", province, [Assigned(*NGAN_SON), na_ri])
    _draw(folder / f"{DISTRICT_FILE}.xlsx", ("ỦY BAN NHÂN DÂN", *district), communes)


def assigned_to_communes() -> list[Assigned]:
    """The 17 communes in printed order."""
    found = []
    for commune in commune_starts():
        cut = commune.cut_households + ABOVE_REGISTERED.get(commune.name, 0)
        found.append(Assigned(commune.name, cut, _points(cut, commune.households)))
    return found


def _points(cut: int, households: int) -> Decimal:
    return (Decimal(100 * cut) / households).quantize(CENT, ROUND_HALF_UP)


def _draw(path: Path, office: Sequence[str], units: Sequence[Assigned]) -> None:
    """Figures are numbers in odd rows, text in even ones and the total row."""
    workbook, styles = open_workbook(path)
    sheet = workbook.add_worksheet("Giao chỉ tiêu")
    sheet.set_column(1, 1, 24)
    write_letterhead(sheet, styles, office, 4)
    write_titles(sheet, styles, 4, (TITLE, ILLUSTRATIVE), 4)
    write_header(sheet, styles, 7, COLUMNS)
    rows: list[list[Cell]] = []
    for number, each in enumerate(units, start=1):
        figures: list[Cell] = [each.cut, each.points]
        if number % 2 == 0:
            figures = [f"{each.cut}", as_text(each.points)]
        rows.append([number, each.unit, *figures, None])
    rows.append([None, "Tổng cộng", f"{sum(each.cut for each in units)}", None, None])
    last = write_rows(sheet, styles, 9, rows)
    write_signature(sheet, styles, last, 4)
    workbook.close()
