"""What the 17 communes of Na Rì register on the basis of what the district assigned to them: some
less, some more. Opening counts and what is assigned are the annex's, what is registered invented.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from tools.samples.facts import CommuneStart
from tools.samples.figures import District
from tools.samples.workbook import (
    ILLUSTRATIVE,
    Cell,
    Target,
    as_text,
    open_workbook,
    write_header_row,
    write_letterhead,
    write_rows,
    write_signature,
    write_titles,
)

COLUMNS = (
    "STT", "Chỉ tiêu", "Đơn vị tính", "Đầu năm 2025", "Huyện giao", "Xã đăng ký", "Ghi chú",
)  # fmt: skip
CENT = Decimal("0.01")
# registered less assigned, by commune: five stay 20 below, three go 6 beyond, nine as assigned
ABOVE_ASSIGNED = {
    "Xã Lương Thượng": -3, "Xã Sơn Thành": -5, "Xã Cường Lợi": -2, "Xã Kim Lư": -4,
    "Xã Côn Minh": -6, "Xã Văn Lang": 2, "Xã Cư Lễ": 2, "Xã Trần Phú": 2,
}  # fmt: skip


def draw_registration(
    target: Target, district: District, commune: CommuneStart, *, by_hand: bool
) -> None:
    """One commune's registration; with `by_hand` its rates are typed as Vietnamese text."""
    workbook, styles = open_workbook(target)
    sheet = workbook.add_worksheet("Đăng ký mục tiêu")
    sheet.set_column(1, 1, 34)
    last = len(COLUMNS) - 1
    write_letterhead(sheet, styles, ("ỦY BAN NHÂN DÂN", commune.name.upper()), last)
    titles = (
        f"ĐĂNG KÝ MỤC TIÊU GIẢM NGHÈO NĂM {district.year}",
        f"Đơn vị đăng ký: {commune.name}, {district.district}, {district.province}",
        ILLUSTRATIVE,
    )
    write_titles(sheet, styles, 3, titles, last)
    write_header_row(sheet, styles, 7, COLUMNS)
    rows = _rows(commune, by_hand=by_hand)
    write_signature(sheet, styles, write_rows(sheet, styles, 8, rows), last)
    workbook.close()


def _rows(commune: CommuneStart, *, by_hand: bool) -> list[Sequence[Cell]]:
    """Households, poor households, the cut in households and in points, the rate at the end."""
    cuts = (
        commune.cut_households,
        commune.cut_households + ABOVE_ASSIGNED.get(commune.name, 0),
    )

    def rates(counts: Sequence[int]) -> list[Cell]:
        found = [(Decimal(100 * n) / commune.households).quantize(CENT, ROUND_HALF_UP)
                 for n in counts]  # fmt: skip
        return [as_text(rate) if by_hand else rate for rate in found]

    ends = [commune.poor_households - cut for cut in cuts]
    return [
        [1, "Tổng số hộ dân cư", "hộ", commune.households, None, None, None],
        [2, "Tổng số hộ nghèo", "hộ", commune.poor_households, None, None, None],
        [3, "Giảm số hộ nghèo", "hộ", None, *cuts, None],
        [4, "Giảm tỷ lệ hộ nghèo", "điểm %", None, *rates(cuts), None],
        [5, "Tỷ lệ hộ nghèo cuối năm", "%", None, *rates(ends), None],
    ]
