"""The review samples changed by hand, and what arithmetic finds in each.

`OFFICIAL` holds units in rows 12 and 14 to 29, blocks in 11 and 13, the total in 30; columns C, D:
households, of minorities; E to H: poor, rate, of minorities, rate; I to L: near-poor likewise.
`MOVEMENT`: two lines a commune in rows 11 to 44, the total in 45 and 46; D start, E to K flows, L
end. `DEPRIVED`: all households in row 10, the indicators in 11 to 22; C, D: poor, rate; E, F:
near-poor, rate.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal

import pandas as pd
from openpyxl.utils.cell import coordinate_to_tuple

from etl.catalogue.slots import Slot, slots
from etl.check import check
from etl.ground.config import ROOT
from etl.ground.records import (
    Batch,
    Figure,
    Finding,
    Normalised,
    ReceivedFile,
    Recognised,
    Workbook,
)
from etl.normalise import normalise
from etl.read import read

INBOX = ROOT / "samples" / "inbox"
OFFICIAL = "na_ri_ra_soat_chinh_thuc_2024.xlsx"
PRELIMINARY = "na_ri_ra_soat_so_bo_2024.xlsx"
MOVEMENT = "na_ri_dien_bien_ho_ngheo_2024.xlsx"
DEPRIVED = "thieu_hut_2024_kim_hy.xlsx"
TOWN_DEPRIVED = "thieu_hut_2024_yen_lac.xlsx"

SLOTS: dict[int, Slot] = {slot.slot_id: slot for slot in slots()}
REVIEW = {
    "C": "households", "D": "households_ethnic_minority", "E": "poor_households",
    "G": "poor_households_ethnic_minority", "I": "near_poor_households",
    "K": "near_poor_households_ethnic_minority",
}  # fmt: skip

Rows = list[list[object]]
Change = Callable[[Rows], None]
Merged = list[tuple[tuple[int, int], tuple[int, int]]]


def opened(name: str) -> Workbook:
    return read(ReceivedFile(1, name, str(INBOX / name)))


def normalised(book: Workbook) -> Normalised:
    (filing,) = normalise(book)
    return filing


def loaded(filing: Normalised) -> dict[tuple[object, ...], Decimal | None]:
    """(unit, indicator, measure, period) -> value, of the figures that become facts."""
    found = {}
    for figure in filing.figures:
        slot = SLOTS[figure.slot_id]
        if slot.kind == "indicator":
            key = (figure.subject, slot.code, slot.measure, slot.period)
            assert key not in found
            found[key] = None if figure.value is None else Decimal(figure.value)
    return found


def judged(done: list[Normalised]) -> list[Finding]:
    """What the check room says of filings."""
    filings = pd.DataFrame([d.recognised for d in done], columns=list(Recognised._fields))
    rows = [figure for each in done for figure in each.figures]
    figures = pd.DataFrame(rows, columns=list(Figure._fields))
    figures["value"] = pd.to_numeric(figures["value"])
    return check(Batch(filings, figures))


def changed(filing_id: int, name: str, *changes: Change) -> Workbook:
    """The sample with changes to the rows of its one sheet."""
    sheets = deepcopy(opened(name).sheets)
    before = list(sheets[0].rows)
    for change in changes:
        change(sheets[0].rows)
    sheets[0].merged = moved_along(sheets[0].merged or [], before, sheets[0].rows)
    return Workbook(ReceivedFile(filing_id, name, ""), sheets)


def moved_along(merged: Merged, before: Rows, after: Rows) -> Merged:
    """Merged ranges where their rows went, as Excel moves them; those of rows taken out shrink."""
    at = {id(row): r for r, row in enumerate(after)}
    found = []
    for (top, left), (bottom, right) in merged:
        rows = [at[id(row)] for row in before[top : bottom + 1] if id(row) in at]
        if rows and rows == list(range(rows[0], rows[-1] + 1)):
            found.append(((rows[0], left), (rows[-1], right)))
    return found


def cells(**values: object) -> Change:
    """Put values into cells: cells(E13=2870.0)."""

    def change(rows: Rows) -> None:
        for address, value in values.items():
            row, column = coordinate_to_tuple(address)
            rows[row - 1][column - 1] = value

    return change


def blank(*row_numbers: int, first: int = 2) -> Change:
    """Empty the figures of rows, from a column (0-based) on."""

    def change(rows: Rows) -> None:
        for number in row_numbers:
            rows[number - 1][first:] = [""] * (len(rows[number - 1]) - first)

    return change


def without(row_number: int) -> Change:
    """Take a row out."""
    return lambda rows: rows.__delitem__(row_number - 1)


def move(row_number: int, to: int) -> Change:
    """Take a row out and put it back as row `to`."""
    return lambda rows: rows.insert(to - 1, rows.pop(row_number - 1))


NO_SUMS = blank(11, 13, 30)  # of the review: blocks and total
NO_TOTALS = blank(45, 46, first=3)  # of the movement

# name: (sample, changes, findings as (rule, cell)). Row 15 is Xã Lương Thượng: 473 households,
# 408 of minorities; 147 poor, 138; 49 near-poor, 40.
Case = tuple[str, tuple[Change, ...], list[tuple[str, str]]]
CASES: dict[str, Case] = {
    "the official result": (OFFICIAL, (), []),
    "the preliminary result": (PRELIMINARY, (), []),
    "the movement": (MOVEMENT, (), []),
    "the lacks of a commune": (DEPRIVED, (), []),
    "the lacks of a town": (TOWN_DEPRIVED, (), []),
    "a block is not the sum of its rows": (
        OFFICIAL, (cells(E13=2870.0),), [("total-row", "E13")]),
    "the rate of a block is no mean": (OFFICIAL, (cells(F13=30.0),), [("total-row", "F13")]),
    "the total is not the sum": (OFFICIAL, (cells(E30=2978.0),), [("total-row", "E30")]),
    "a preliminary total is not the sum": (  # 176 and 66 for 173 and 68: 2978
        PRELIMINARY, (cells(E30=2977.0, F30=28.88),), [("total-row", "E30"), ("total-row", "F30")]),
    "a commune among the towns": (
        OFFICIAL, (NO_SUMS, move(15, 13)), [("unit-in-wrong-group", "B13")]),
    "a town among the communes": (
        OFFICIAL, (NO_SUMS, move(12, 13)), [("unit-in-wrong-group", "B13")]),
    "a rate of minorities divides by minorities": (  # 138/408 = 33.8235, 138/473 = 29.1755
        OFFICIAL, (cells(H15=29.18),), [("ratio-recomputed", "H15")]),
    "no households": (
        OFFICIAL, (NO_SUMS, cells(C15=0.0, D15=0.0, E15=0.0, F15="", G15=0.0, H15="", I15=0.0,
                                  J15="", K15=0.0, L15="")),
        [("review-households-not-zero", "C15")]),
    "more poor and near-poor than households": (  # 147 + 327 = 474; 327/473 = 69.1332
        OFFICIAL, (NO_SUMS, cells(I15=327.0, J15=69.13)),
        [("review-poor-not-above-households", "E15")]),
    "all households poor or near-poor": (  # 147 + 326 = 473; 326/473 = 68.9218
        OFFICIAL, (NO_SUMS, cells(I15=326.0, J15=68.92)), []),
    "more minorities than households": (  # 138/474 = 29.1139, 40/474 = 8.4388
        OFFICIAL, (NO_SUMS, cells(D15=474.0, H15=29.11, L15=8.44)),
        [("review-minority-not-above-households", "D15")]),
    "the same in a preliminary result": (
        PRELIMINARY, (NO_SUMS, cells(D15=474.0, H15=29.11, L15=8.44)),
        [("review-minority-not-above-households", "D15")]),
    "more poor of minorities than poor": (  # 148/408 = 36.2745
        OFFICIAL, (NO_SUMS, cells(G15=148.0, H15=36.27)),
        [("review-minority-not-above-poor", "G15")]),
    "more near-poor of minorities than near-poor": (  # 50/408 = 12.2549
        OFFICIAL, (NO_SUMS, cells(K15=50.0, L15=12.25)),
        [("review-minority-not-above-near-poor", "K15")]),
    "more poor and near-poor of minorities than minorities": (  # 138 + 40 > 177; 77.9661, 22.5989
        OFFICIAL, (NO_SUMS, cells(D15=177.0, H15=77.97, L15=22.6)),
        [("review-minority-poor-not-above-minority", "G15")]),
    "a blank count": (OFFICIAL, (NO_SUMS, cells(K15="", L15="")), [("required-blank", "K15")]),
    # rows 15, 16: households 155 - 9 - 3 - 1 + 3 + 1 + 1 + 0 = 147; persons
    # 671 - 39 - 13 - 4 + 13 + 4 + 4 + 0 = 636
    "the persons alone do not add up": (
        MOVEMENT, (cells(L16=637.0, L46=12824.0),), [("movement-adds-up", "L16")]),
    "the households alone do not add up": (
        MOVEMENT, (cells(D15=156.0, D45=3185.0),), [("movement-adds-up", "L15")]),
    "a flow of no households": (  # "-" is none: 155 - 9 - 3 - 0 + 3 + 1 + 1 + 0 = 148
        MOVEMENT, (NO_TOTALS, cells(G15="-")), [("movement-adds-up", "L15")]),
    "a flow of no households, and the end follows": (
        MOVEMENT, (NO_TOTALS, cells(G15="-", L15=148.0)), []),
    "the total of households is not the sum": (
        MOVEMENT, (cells(L45=2978.0),), [("total-row", "L45")]),
    "the total of persons is not the sum": (MOVEMENT, (cells(K46=31.0),), [("total-row", "K46")]),
    "a line is missing": (MOVEMENT, (NO_TOTALS, without(16)), [("line-missing", "B15")]),
    "a line is called otherwise": (
        MOVEMENT, (NO_TOTALS, cells(C16="Lao động")),
        [("line-missing", "B15"), ("line-unknown", "C16")]),
    "a line stands twice": (
        MOVEMENT, (NO_TOTALS, cells(C16="Hộ")),
        [("line-missing", "B15"), ("unit-repeated", "B16")]),
    "the name stands before both lines": (MOVEMENT, (cells(B16="Xã Lương Thượng"),), []),
    "more deprived than poor": (
        DEPRIVED, (cells(C11=174.0, D11=""),), [("deprived-not-above-poor", "C11")]),
    "all the poor deprived": (DEPRIVED, (cells(C11=173.0, D11=100.0),), []),
    "more deprived than near-poor": (
        DEPRIVED, (cells(E11=57.0, F11=""),), [("deprived-not-above-near-poor", "E11")]),
    "deprived, but nobody is poor": (
        DEPRIVED, (cells(C10=0.0),), [("deprived-not-above-poor", f"C{r}") for r in range(11, 23)]),
    "a rate of the poor": (  # 82/173 = 47.3988
        DEPRIVED, (cells(D11=47.42),), [("poor-deprivation-rate", "D11")]),
    "rates of one decimal": (DEPRIVED, (cells(D11=47.4, F11=23.2),), []),
    "a rate one hundredth off": (DEPRIVED, (cells(D11=47.39),), []),
    "a rate of the near-poor": (  # 13/56 = 23.2143
        DEPRIVED, (cells(F11=23.24),), [("near-poor-deprivation-rate", "F11")]),
    "all households in the last row": (DEPRIVED, (move(10, 22),), []),
}  # fmt: skip
