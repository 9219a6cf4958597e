"""Rows that are not data: totals, parts of a row, groups, headers again, words below the table."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.bases import percent
from tests.corpus.model import Cell, Row, Sheet
from tests.corpus.traits.headers import numbering
from tests.corpus.traits.registry import of_sheet

FOOTERS: dict[str, list[dict[int, str]]] = {
    "office": [{}, {4: "TM. ỦY BAN NHÂN DÂN"}, {4: "CHỦ TỊCH"}, {4: "(Đã ký)"}],
    "recipients left, office right": [
        {},
        {3: "Na Rì, ngày 13 tháng 02 năm 2025"},
        {1: "Nơi nhận:", 3: "TM. ỦY BAN NHÂN DÂN"},
        {1: "- Như trên;", 3: "KT. CHỦ TỊCH"},
        {1: "- Lưu: VT, LĐTBXH.", 3: "PHÓ CHỦ TỊCH"},
    ],
    "recipients first column": [
        {},
        {0: "Nơi nhận:", 4: "TM. ỦY BAN NHÂN DÂN"},
        {0: "- UBND tỉnh;", 4: "CHỦ TỊCH"},
        {0: "- Lưu: VT."},
    ],
    "two signatures": [
        {},
        {3: "Ngày 13 tháng 02 năm 2025"},
        {1: "NGƯỜI LẬP BIỂU", 3: "THỦ TRƯỞNG ĐƠN VỊ"},
        {1: "(Ký, ghi rõ họ tên)", 3: "(Ký tên, đóng dấu)"},
    ],
    "date in the first figure column": [
        {},
        {2: "Ngày 13 tháng 02 năm 2025"},
        {1: "Người lập", 2: "TM. ỦY BAN NHÂN DÂN"},
    ],
    "note": [{0: "Ghi chú: Số liệu tính đến ngày 01/01/2025, gồm 17 xã, thị trấn."}],
    "note under the names": [{1: "Ghi chú: Số hộ lấy theo kết quả rà soát năm 2024."}],
}


@of_sheet("footer")
def add_footer(sheet: Sheet, *, kind: str) -> None:
    """Words below the table."""
    sheet.loose += [dict(line) for line in FOOTERS[kind]]


@of_sheet("blank-rows")
def add_blank_rows(sheet: Sheet, *, before: str, count: int = 1) -> None:
    """Empty rows in the middle."""
    at = sheet.rows.index(sheet.row(before))
    sheet.rows[at:at] = [Row("other") for _ in range(count)]


@of_sheet("formatted-to-the-end")
def format_to_the_end(sheet: Sheet) -> None:
    """Formats without content down to the last row there can be."""
    sheet.formatted_to = 1_048_576


@of_sheet("repeated-header")
def repeat_header(sheet: Sheet, *, before: str, numbered: bool = False, blank: int = 0) -> None:
    """The header again, as at the top of a printed page."""
    rows = [Row("other") for _ in range(blank)] + [Row("header")]
    rows += [numbering(sheet, {})] if numbered else []
    at = sheet.rows.index(sheet.row(before))
    sheet.rows[at:at] = rows


@of_sheet("total-row")
def place_total(
    sheet: Sheet, *, label: str = "Tổng cộng", at: str = "bottom", column: str = ""
) -> None:
    """The total row: at the top or the bottom, made if there is none, its words in `column`.

    `column: merged` puts the words into the first column, merged over the second.
    """
    total = next(iter(sheet.rows_of("total")), None)
    if total is None:
        total = Row("total", label, cells=_sums(sheet, sheet.rows_of("data")))
    else:
        sheet.rows.remove(total)
    total.label = label
    first = sheet.columns[0].name
    total.cells |= {first: Cell(), sheet.key_column: Cell(label)}
    if column:
        total.cells |= {first: Cell(label), sheet.key_column: Cell()}
        total.merged_right = {first: sheet.key_column} if column == "merged" else {}
    sheet.rows.insert(0 if at == "top" else len(sheet.rows), total)


@of_sheet("total-twice")
def repeat_total(sheet: Sheet, *, wrong: dict[str, int] | None = None) -> None:
    """The total row again above the first row, with other figures where `wrong` says so."""
    (total,) = sheet.rows_of("total")
    cells = {n: Cell(c.typed, None, c.number_format) for n, c in total.cells.items()}
    cells |= {name: Cell(number) for name, number in (wrong or {}).items()}
    sheet.rows.insert(0, Row("other", cells=cells))


@of_sheet("total-absent")
def drop_total(sheet: Sheet) -> None:
    """No total row."""
    sheet.rows = [row for row in sheet.rows if row.kind != "total"]


@of_sheet("subtotal", "district-group")
def add_sum(
    sheet: Sheet, *, label: str, before: str = "", after: str = "", rows: list[str],
    figures: bool = True, wrong: dict[str, int] | None = None, ordinal: str = "",
) -> None:  # fmt: skip
    """A row that sums `rows` (first label, last label), before or after a row; never data."""
    first, last = (sheet.rows.index(sheet.row(name)) for name in rows)
    summed = [row for row in sheet.rows[first : last + 1] if row.kind == "data"]
    cells = _sums(sheet, summed) if figures else {}
    for cell in cells.values():
        cell.figure = None
    for name, number in (wrong or {}).items():
        cells[name].typed = Decimal(number)
    cells |= {sheet.columns[0].name: Cell(ordinal or None), sheet.key_column: Cell(label)}
    at = sheet.rows.index(sheet.row(before or after)) + bool(after)
    sheet.rows.insert(at, Row("other", label, cells=cells))


def _sums(sheet: Sheet, rows: list[Row]) -> dict[str, Cell]:
    """The sums of some rows by hand: counts and money add up, rates are recomputed."""
    sums: dict[str, Cell] = {}
    for column in sheet.columns:
        cells = [row.cells[column.name] for row in rows if column.name in row.cells]
        figures = [Decimal(cell.figure) for cell in cells if _is_number(cell)]
        if figures:
            total = sum(figures, Decimal(0))
            sums[column.name] = Cell(total, str(total), cells[0].number_format)
    if "households" in sums:
        counts = ("households", "poor_households", "cut_households")
        households, poor, cut = (Decimal(str(sums[name].figure)) for name in counts)
        rates = {"poverty_rate_pct": poor, "cut_pp": cut, "rate_end_pct": poor - cut}
        for name, part in rates.items():
            if name in sums:
                value = percent(part, households)
                sums[name] = Cell(value, str(value), "#,##0.00")
    return sums


def _is_number(cell: Cell) -> bool:
    return cell.figure is not None and cell.figure.replace(".", "").isdigit()


@of_sheet("of-which")
def add_of_which(
    sheet: Sheet, *, after: str, label: str = "Trong đó:", figures: dict[str, int] | None = None
) -> None:
    """A row "Trong đó" below another: empty, or a part of the row above."""
    cells = {name: Cell(number) for name, number in (figures or {}).items()}
    cells[sheet.key_column] = Cell(label)
    sheet.rows.insert(sheet.rows.index(sheet.row(after)) + 1, Row("other", label, cells=cells))


@of_sheet("row-removed")
def remove_row(sheet: Sheet, *, row: str) -> None:
    """A row that was not filed; the total is that of the rest."""
    sheet.rows.remove(sheet.row(row))
    for total in sheet.rows_of("total"):
        total.cells |= _sums(sheet, sheet.rows_of("data"))


@of_sheet("row-moved")
def move_row(sheet: Sheet, *, row: str, before: str) -> None:
    """A row elsewhere."""
    moved = sheet.row(row)
    sheet.rows.remove(moved)
    sheet.rows.insert(sheet.rows.index(sheet.row(before)), moved)
