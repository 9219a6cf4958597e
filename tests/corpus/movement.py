"""The movement of poor households: a base whose units have two lines. All figures are invented."""

from __future__ import annotations

from tests.corpus.model import Book, Cell, Column, Filing, Row, Sheet, Span
from tools.samples import facts
from tools.samples.workbook import ILLUSTRATIVE

FIGURES = ("start", "out_to_near_poor", "out_above_near_poor", "other_decrease",
           "fallen_from_near_poor", "relapsed", "newly_poor", "other_increase", "end")  # fmt: skip
LESS, MORE = "Giảm trong năm", "Tăng trong năm"
HEADERS = (
    *(["TT"], ["Đơn vị"], ["Hộ/Nhân khẩu"], ["Hộ nghèo đầu năm 2024"]),
    *([LESS, "Trở thành hộ cận nghèo"], [LESS, "Vượt chuẩn cận nghèo"], [LESS, "Giảm khác"]),
    *([MORE, "Từ hộ cận nghèo"], [MORE, "Tái nghèo"], [MORE, "Phát sinh mới"]),
    *([MORE, "Tăng khác"], ["Hộ nghèo cuối năm 2024"]),
)
LINES = (("Hộ", "households", 1), ("Nhân khẩu", "persons", 4))


def movement() -> Book:
    """Na Rì's movement of poor households in 2024: 17 communes and the total, two lines each."""
    starts = facts.commune_starts()
    counts = [_households(start.poor_households, n) for n, start in enumerate(starts)]
    rows: list[Row] = []
    for n, (start, households) in enumerate(zip(starts, counts, strict=True), start=1):
        rows += _lines("data", start.name, start.code, n, households)
    totals = [sum(column) for column in zip(*counts, strict=True)]
    rows += _lines("total", "Tổng cộng", "", None, totals)
    title: list[list[Span]] = [
        [(0, 1, "ỦY BAN NHÂN DÂN")],
        [(0, 1, "HUYỆN NA RÌ")],
        [(0, 1, "TỈNH BẮC KẠN")],
        [(0, -1, "BIỂU DIỄN BIẾN HỘ NGHÈO TRONG NĂM 2024")],
        [(0, -1, ILLUSTRATIVE)],
        [],
    ]
    names = ("ordinal", "unit", "line", *FIGURES)
    columns = [Column(name, list(path)) for name, path in zip(names, HEADERS, strict=True)]
    sheet = Sheet("poverty_movement", "movement", "Diễn biến", title, columns, rows, "unit")
    return Book([sheet], [Filing("poverty_movement", "district", "066", 2024, "Y")])


def _households(start: int, n: int) -> list[int]:
    """End = start − 10 − 5 − n % 3 + 3 + n % 2 + 4 + 0."""
    moves = [10, 5, n % 3, 3, n % 2, 4, 0]
    return [start, *moves, start - sum(moves[:3]) + sum(moves[3:])]


def _lines(kind: str, name: str, code: str, number: int | None, counts: list[int]) -> list[Row]:
    """Two rows: the name stands in the first; there are four persons to a household."""
    rows = []
    for text, line, persons in LINES:
        first = line == "households"
        cells = {"ordinal": Cell(number if first else None), "unit": Cell(name if first else None)}
        figures = [count * persons for count in counts]
        cells["line"] = Cell(text)
        cells |= {c: Cell(f, str(f)) for c, f in zip(FIGURES, figures, strict=True)}
        rows.append(Row(kind, name if first else f"{name}, {text}", f"{code}/{line}", cells))
    return rows
