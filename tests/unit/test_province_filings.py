"""What a province files for its communes: subtotals by district and block, lines, namesakes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from etl.ground.records import Normalised, ReceivedFile, Sheet, Workbook
from etl.units.index import load_units
from tests.helpers.review_cases import (
    MOVEMENT,
    OFFICIAL,
    REVIEW,
    Rows,
    judged,
    loaded,
    normalised,
    opened,
)

NA_RI, NGAN_SON = ("066", "Huyện Na Rì"), ("062", "Huyện Ngân Sơn")


def units_of(district: str) -> list[tuple[str, str, bool]]:
    """Code, full name, and whether it is a town, of a district's communes."""
    inside = load_units().inside("commune", district, date(2024, 12, 31))
    return [(u.code, u.full_name, u.unit_type != "xã") for u in inside]


def counts(place: int) -> list[float]:
    """Households, of minorities, poor, of minorities, near-poor, of minorities: of unit `place`."""
    return [500.0 + place, 400.0 + place, 60.0 + place, 50.0 + place, 40.0, 30.0]


def review_line(label: str, *places: int) -> list[object]:
    """The row of one unit, or of the sum of several; rates left out."""
    sums = [sum(column) for column in zip(*map(counts, places), strict=True)]
    households, minority, poor, minority_poor, near, minority_near = sums
    return ["", label, households, minority, poor, "", minority_poor, "", near, "",
            minority_near, ""]  # fmt: skip


def movement_lines(label: str, *places: int) -> Iterator[list[object]]:
    """Two lines: the start is one more than the end, by one household of four persons."""
    households, persons = sum(60.0 + p for p in places), sum(240.0 + 4 * p for p in places)
    n = float(len(places))
    yield ["", label, "Hộ", households + n, n, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, households]
    yield ["", "", "Nhân khẩu", persons + 4 * n, 4 * n, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, persons]


def provincial(name: str, province: str, rows: Rows) -> Workbook:
    """The sample's title and header, as filed by a province, above other rows."""
    head = [list(row) for row in opened(name).sheets[0].rows[:10]]
    head[1][0], head[2][0] = province, ""
    width = len(head[0])
    body = [[*row, *[""] * (width - len(row))] for row in rows]
    merged = [area for area in opened(name).sheets[0].merged or [] if area[1][0] < len(head)]
    sheet = Sheet("Biểu", True, [*head, *body], merged)
    return Workbook(ReceivedFile(1, name, ""), [sheet])


def fails(filing: Normalised) -> list[tuple[str, str]]:
    findings = [*filing.findings, *judged([filing])]
    return [(f.rule, f.cell) for f in findings if f.rule != "unit-missing"]


def review_of_two_districts() -> Rows:
    rows: Rows = []
    for code, name in (NA_RI, NGAN_SON):
        first = len(rows)
        units = units_of(code)
        rows.append(review_line(name, *range(first, first + len(units))))
        rows += [review_line(unit, first + n) for n, (_c, unit, _town) in enumerate(units)]
    places = [*range(17), *range(18, 28)]
    return [*rows, review_line("Tổng cộng", *places)]


def test_a_province_files_by_district() -> None:
    filing = normalised(provincial(OFFICIAL, "TỈNH BẮC KẠN", review_of_two_districts()))
    assert filing.recognised is not None
    assert (filing.recognised.filer_level, filing.recognised.filer_code) == ("province", "06")
    expected = {}
    for first, (district, _name) in zip((0, 18), (NA_RI, NGAN_SON), strict=True):
        for n, (code, _unit, _town) in enumerate(units_of(district)):
            figures = zip(REVIEW.values(), counts(first + n), strict=True)
            expected |= {(code, name, "actual", None): Decimal(str(v)) for name, v in figures}
    assert loaded(filing) == expected and len(expected) == 27 * 6
    (missing,) = filing.findings
    assert (missing.rule, dict(missing.params)["count"]) == ("unit-missing", "81")  # 108 - 27
    assert fails(filing) == []


@pytest.mark.parametrize(("row", "cell"), [(0, "E11"), (18, "E29"), (29, "E40")])
def test_a_districts_subtotal_must_be_the_sum(row: int, cell: str) -> None:
    rows = review_of_two_districts()
    rows[row][4] = float(str(rows[row][4])) + 1
    assert fails(normalised(provincial(OFFICIAL, "TỈNH BẮC KẠN", rows))) == [("total-row", cell)]


def test_a_commune_under_another_district_is_unknown_there() -> None:
    rows = review_of_two_districts()
    rows[19][1], stranger = rows[1][1], str(rows[1][1])
    filing = normalised(provincial(OFFICIAL, "TỈNH BẮC KẠN", rows))
    assert ("unit-unknown", "B30") in [(f.rule, f.cell) for f in filing.findings]
    assert stranger in [f.seen for f in filing.findings]


def test_blocks_inside_districts_have_subtotals_too() -> None:
    rows: Rows = []
    place = 0
    for code, name in (NA_RI, NGAN_SON):
        units = units_of(code)
        rows.append(review_line(name, *range(place, place + len(units))))
        for block, is_town in (("Khu vực thành thị", True), ("Khu vực nông thôn", False)):
            chosen = [unit for _c, unit, town in units if town == is_town]
            rows.append(review_line(block, *range(place, place + len(chosen))))
            rows += [review_line(unit, place + n) for n, unit in enumerate(chosen)]
            place += len(chosen)
    rows.append(review_line("Tổng cộng", *range(place)))
    assert fails(normalised(provincial(OFFICIAL, "TỈNH BẮC KẠN", rows))) == []
    second_rural = [n for n, row in enumerate(rows) if row[1] == "Khu vực nông thôn"][1]
    rows[second_rural][2] = float(str(rows[second_rural][2])) - 1
    wrong = fails(normalised(provincial(OFFICIAL, "TỈNH BẮC KẠN", rows)))
    assert wrong == [("total-row", f"C{11 + second_rural}")]
    rows[second_rural][2] = float(str(rows[second_rural][2])) + 1
    rows[0][2] = float(str(rows[0][2])) + 1
    wrong = fails(normalised(provincial(OFFICIAL, "TỈNH BẮC KẠN", rows)))
    assert wrong == [("total-row", "C11")]  # Na Rì, above its two blocks


def test_a_province_files_two_lines_a_commune_by_district() -> None:
    rows: Rows = []
    for first, (code, name) in zip((0, 100), (NA_RI, NGAN_SON), strict=True):
        units = units_of(code)
        rows += movement_lines(name, *range(first, first + len(units)))
        for n, (_code, unit, _town) in enumerate(units):
            rows += movement_lines(unit, first + n)
    rows += movement_lines("Tổng cộng", *range(17), *range(100, 110))
    filing = normalised(provincial(MOVEMENT, "TỈNH BẮC KẠN", rows))
    assert fails(filing) == []
    persons = {
        unit: value for (unit, code, measure, _p), value in loaded(filing).items()
        if code == "poor_persons" and measure == "actual"
    }  # fmt: skip
    town = [code for code, _unit, _town in units_of("066")].index("02155")
    assert persons["02155"] == 240 + 4 * town and persons["01936"] == 240 + 400
    assert len(persons) == 27
    rows[1][11] = float(str(rows[1][11])) + 1  # Na Rì's persons at the end: its second line
    wrong = fails(normalised(provincial(MOVEMENT, "TỈNH BẮC KẠN", rows)))
    assert wrong == [("total-row", "L12")]


def test_communes_of_one_name_are_told_apart_by_their_district() -> None:
    """Bình Phước has a Xã Tân Thành in Đồng Xoài and one in Bù Đốp."""
    rows: Rows = [
        ["", "Thành phố Đồng Xoài"], review_line("Xã Tân Thành", 1),
        ["", "Huyện Bù Đốp"], review_line("Xã Tân Thành", 2),
    ]  # fmt: skip
    filing = normalised(provincial(OFFICIAL, "TỈNH BÌNH PHƯỚC", rows))
    households = {k[0]: v for k, v in loaded(filing).items() if k[1] == "households"}
    assert households == {"25207": 501, "25318": 502}
    unsaid = normalised(provincial(OFFICIAL, "TỈNH BÌNH PHƯỚC", [rows[1]]))
    assert next(f.rule for f in unsaid.findings) == "unit-ambiguous"
