"""Filings for the check room built by hand, and what arithmetic finds in each."""

from datetime import date

import pandas as pd

from etl.catalogue.slots import slots
from etl.ground.records import Batch, Figure, Recognised, State

Cells = dict[tuple[str, str | None, str], object]  # (table, item or row, column) -> what is filed
SLOTS = {
    (s.form, s.table, "@total" if s.kind == "total" else s.item, s.column): s
    for s in slots()
    if s.kind != "group"
}
LETTERS = {
    "numerator": "D", "denominator": "E", "rate_pct": "F",
    "allocated_central": "C", "allocated_local": "D", "allocated_total": "E",
    "disbursed_central": "F", "disbursed_local": "G", "disbursed_total": "H", "disbursed_pct": "I",
    "households": "C", "poor_households": "D", "poverty_rate_pct": "E",
    "cut_households": "F", "cut_pp": "G", "rate_end_pct": "H",
    "total": "C", "central": "D", "local": "E",
    "ordinal": "A", "indicator": "B", "operator": "D", "value": "E", "value_high": "F", "unit": "G",
    "text_as_printed": "H", "quantity": "J", "year_from": "L", "year_to": "M",
    "component_of": "R", "paired_with": "S",
}  # fmt: skip
ROWS = ("poverty", "near_poverty", "clean_water", "hygienic_latrine", "jobs", "labour_export",
        "vocational", "electricity", "DA2", "DA3-TDA1", "@total")  # fmt: skip


def indicator(item: str, reached: object, whole: object = None, rate: object = None) -> Cells:
    cells = {"numerator": reached, "denominator": whole, "rate_pct": rate}
    return {("indicators", item, c): v for c, v in cells.items() if v is not None}


def funds(item: str, *amounts: object) -> Cells:
    return {("funds", item, c): v for c, v in zip(list(LETTERS)[3:10], amounts, strict=True)}


def register(row: str, *figures: object) -> Cells:
    return {("register", row, c): v for c, v in zip(list(LETTERS)[10:16], figures, strict=True)}


def target(row: int = 10, **cells: object) -> Cells:
    return {("targets", str(row), c): v for c, v in cells.items()}


def about(first: int, last: int) -> Cells:
    """The years of the plan; 2025 unless said."""
    return {("@years", None, ""): (first, last)}


def beside(role: str, item: str, column: str, value: float) -> Cells:
    """An earlier figure; its indicator's band is 10 %."""
    return {(f"@{role}", item, column): value}


def covered(units: int, units_before: int) -> Cells:
    return {("@covered", None, ""): (units, units_before)}


PLAN_COLUMNS = ("total", "central", "local")


def plan(item: str, *amounts: object) -> Cells:
    return {("funds", item, c): v for c, v in zip(PLAN_COLUMNS, amounts, strict=True)}


# 50/1000 = 5 %, 75/150 = 50 %, 600/12.75 = 47.0588 %, 1000/16.75 = 59.7015 %
REPORT: Cells = {
    **indicator("poverty", 100, 1000, 10),
    **indicator("near_poverty", 50, 1000, 5),
    **indicator("clean_water", 75, 150, 50),
    **indicator("hygienic_latrine", 30, 150, 20),
    **indicator("jobs", 20, 40, 50),
    **indicator("labour_export", 5),
    **indicator("vocational", 0, 0, State.NOT_APPLICABLE),
    **indicator("electricity", 900, 1000, 90),
    **funds("DA2", 10.5, 2.25, 12.75, 5, 1, 6, 47.06),
    **funds("DA3-TDA1", 4, State.BLANK, 4, 4, State.BLANK, 4, 100),
    **funds("@total", 14.5, 2.25, 16.75, 9, 1, 10, 59.70),
}
PLAN: Cells = {**plan("DA2", 13.73, 13.32, 0.41), **plan("@total", 13.73, 13.32, 0.41)}
# 42500/1722 = 24.6806 %, 4500/1722 = 2.6132, 38000/1722 = 22.0674
SON_THANH = register("02161", 775, 276, 35.61, 25, 3.23, 32.39)
KIM_LU = register("02158", 648, 64, 9.88, 10, 1.54, 8.33)
VAN_MINH = register("02170", 299, 85, 28.43, 10, 3.34, 25.08)
REGISTER: Cells = {**SON_THANH, **KIM_LU, **VAN_MINH,
                   **register("@total", 1722, 425, 24.68, 45, 2.61, 22.07)}  # fmt: skip
LEVEL = target(indicator="poverty_rate", operator="<=", value=25.38, unit="pct")
RANGE = target(indicator="poverty_rate", operator="between", value=20, value_high=30, unit="pct")

# name: (form, what is filed, findings as (rule, cell)); rows count from 10, see ROWS
CASES: dict[str, tuple[str, Cells, list[tuple[str, str]]]] = {
    "a good report": ("commune_report", REPORT, []),
    "negative count": ("commune_report", REPORT | indicator("labour_export", -1),
                       [("not-negative", "D15")]),
    "zero is no fault": ("commune_report", REPORT | indicator("labour_export", 0), []),
    "rate of 100": ("commune_report", REPORT | indicator("jobs", 40, 40, 100), []),
    "rate above 100 without counts": (
        "commune_report", REPORT | indicator("jobs", 20, State.BLANK, 100.5),
        [("rate-within-0-100", "F14")]),
    "rate one hundredth off": ("commune_report", REPORT | indicator("clean_water", 75, 150, 50.01),
                               []),
    "rate two hundredths off": ("commune_report", REPORT | indicator("clean_water", 75, 150, 50.02),
                                [("ratio-recomputed", "F12")]),
    # 27/59 = 45.7627 %; 10/16.75 = 59.7015 %, 6/12.75 = 47.0588 %
    "rates of one decimal": (
        "commune_report", REPORT | indicator("jobs", 27, 59, 45.8)
        | funds("DA2", 10.5, 2.25, 12.75, 5, 1, 6, 47.1)
        | funds("@total", 14.5, 2.25, 16.75, 9, 1, 10, 59.7), []),
    "a rate of one decimal, off": ("commune_report", REPORT | indicator("jobs", 27, 59, 45.7),
                                   [("ratio-recomputed", "F14")]),
    "a whole rate": ("commune_report", REPORT | indicator("jobs", 27, 59, 46),
                     [("ratio-recomputed", "F14")]),
    "rate of money": ("commune_report", REPORT | funds("DA2", 10.5, 2.25, 12.75, 5, 1, 6, 47.08),
                      [("ratio-recomputed", "I18")]),
    "part above the whole": ("commune_report", REPORT | indicator("jobs", 41, 40, State.BLANK),
                             [("numerator-not-above-denominator", "D14")]),
    "some of nobody": ("commune_report", REPORT | indicator("vocational", 5, 0, 0),
                       [("numerator-not-above-denominator", "D16")]),
    "a repeated figure differs": (  # 50/999 = 5.005 %
        "commune_report", REPORT | indicator("near_poverty", 50, 999, 5),
        [("repeated-figure", "E11")]),
    "more poor than households": (  # 901 + 100 > 1000, 901 + 100 != 150
        "commune_report", REPORT | indicator("near_poverty", 901, 1000, 90.1),
        [("poor-plus-near-poor-not-above-households", "D11"), ("poor-plus-near-poor", "E12")]),
    "poor plus near poor": (  # 75/160 = 46.875 %, 30/160 = 18.75 %
        "commune_report", REPORT | indicator("clean_water", 75, 160, 46.88)
        | indicator("hygienic_latrine", 30, 160, 18.75), [("poor-plus-near-poor", "E12")]),
    "more sent abroad than jobs": ("commune_report", REPORT | indicator("labour_export", 21),
                                   [("labour-export-not-above-jobs", "D15")]),
    "as many sent abroad as jobs": ("commune_report", REPORT | indicator("labour_export", 20), []),
    "no households": (
        "commune_report",
        indicator("poverty", 0, 0) | indicator("near_poverty", 0, 0) | indicator("jobs", 1),
        [("report-households-not-zero", "E10")]),
    "a commune's money in thousand VND": (  # 6/200002.25 = 0.003 %, 10/200006.25 = 0.005 %
        "commune_report", REPORT | funds("DA2", 200000, 2.25, 200002.25, 5, 1, 6, 0)
        | funds("@total", 200004, 2.25, 200006.25, 9, 1, 10, 0),
        [("commune-money-in-million-vnd", "E18")]),
    "more disbursed than allocated": (  # 5/4 = 125 %, 11/16.75 = 65.6716 %
        "commune_report", REPORT | funds("DA3-TDA1", 4, 0, 4, 5, 0, 5, 125)
        | funds("@total", 14.5, 2.25, 16.75, 10, 1, 11, 65.67),
        [("disbursed-not-above-allocated", "H19")]),
    "a blank part adds nothing": (  # 4/4.5 = 88.8889 %, 10/17.25 = 57.9710 %
        "commune_report", REPORT | funds("DA3-TDA1", 4, State.BLANK, 4.5, 4, 0, 4, 88.89)
        | funds("@total", 14.5, 2.25, 17.25, 9, 1, 10, 57.97), [("parts-sum", "E19")]),
    "a good plan": ("fund_plan", PLAN, []),
    "parts one hundredth off": ("fund_plan", plan("DA2", 13.74, 13.32, 0.41), []),
    "parts two hundredths off": ("fund_plan", plan("DA2", 13.75, 13.32, 0.41),
                                 [("parts-sum", "C18")]),
    "an unreadable part": ("fund_plan", plan("DA2", 13.75, 13.32, State.UNREADABLE), []),
    "a required part left blank": ("fund_plan", plan("DA2", 13.75, 13.32, State.BLANK), []),
    "a part not applicable": ("fund_plan", plan("DA2", 13.32, 13.32, State.NOT_APPLICABLE), []),
    "total one hundredth off": ("fund_plan", PLAN | plan("@total", 13.74, 13.32, 0.41), []),
    "total two hundredths off": ("fund_plan", PLAN | plan("@total", 13.75, 13.32, 0.41),
                                 [("total-row", "C20")]),
    "total of an unreadable cell": (
        "fund_plan", PLAN | plan("DA2", 13.73, 13.32, State.UNREADABLE), []),
    "filled in in thousand VND": ("fund_plan", plan("DA2", 5544610, 5378390, 166220),
                                  [("money-in-million-vnd", c) for c in ("C18", "D18")]),
    "each cell rounded alone": ("target_register", REGISTER, []),
    "total counts exactly": ("target_register", REGISTER
                             | register("@total", 1723, 425, 24.68, 45, 2.61, 22.07),
                             [("total-row", "C13")]),
    "total rate is no mean": (  # (35.61 + 9.88 + 28.43) / 3 = 24.64
        "target_register", REGISTER | register("@total", 1722, 425, 24.64, 45, 2.61, 22.07),
        [("total-row", "E13")]),
    "printed rates subtract": ("target_register",
                               register("02161", 775, 276, 35.62, 25, 3.22, 32.38),
                               [("rate-subtraction", "H10")]),
    "rates of one decimal subtract": (  # 9.9 - 1.5 = 8.4
        "target_register", register("02158", 648, 64, 9.9, 10, 1.5, 8.3), []),
    "no households there": ("target_register",
                            register("02161", 0, 0, *[State.BLANK] * 4),
                            [("register-households-not-zero", "C10")]),
    "more poor than all": ("target_register", register("02161", 9, 10, *[State.BLANK] * 4),
                           [("poor-not-above-households", "D10")]),
    "all poor, all cut": ("target_register", register("02161", 9, 9, 100, 9, 100, 0), []),
    "more cut than poor": ("target_register",
                           register("02161", 10, 4, *[State.BLANK], 5, *[State.BLANK] * 2),
                           [("cut-not-above-poor", "F10")]),
    "an opening is the closing": ("target_register",
                                  REGISTER | beside("closing", "02161", "households", 775), []),
    "an opening is not the closing": (
        "target_register", REGISTER | beside("closing", "02161", "households", 774),
        [("opening-differs-from-closing", "C10")]),
    "an opening is what the review counted": (
        "target_register", REGISTER | beside("reviewed", "02161", "poor_households", 276), []),
    "an opening is not what the review counted": (
        "target_register", REGISTER | beside("reviewed", "02161", "poor_households", 277),
        [("opening-differs-from-review", "D10")]),
    "an opening differs from the closing by the former standard": (
        "target_register", REGISTER | beside("former_standard", "02161", "poor_households", 277),
        []),
    "an opening is the closing by the former standard": (
        "target_register", REGISTER | beside("former_standard", "02161", "poor_households", 276),
        [("opening-by-former-standard", "D10")]),
    "within a tenth of last year": (  # 10 % of 910 are 91; 10 of 40 are few
        "commune_report", REPORT | beside("year_before", "poverty", "denominator", 910)
        | beside("year_before", "near_poverty", "numerator", 40), []),
    "beyond a tenth of last year": (  # 10 % of 909 are 90.9
        "commune_report", REPORT | beside("year_before", "poverty", "denominator", 909)
        | beside("year_before", "near_poverty", "numerator", 39),
        [("year-on-year-jump", "E10"), ("year-on-year-jump", "D11")]),
    "near the preliminary figure": (  # 2 % of 981 are 19.62; 5 of 95 are few
        "commune_report", REPORT | beside("preliminary", "poverty", "denominator", 981)
        | beside("preliminary", "poverty", "numerator", 95), []),
    "far from the preliminary figure": (  # 2 % of 980 are 19.6
        "commune_report", REPORT | beside("preliminary", "poverty", "denominator", 980)
        | beside("preliminary", "poverty", "numerator", 94),
        [("official-differs-from-preliminary", c) for c in ("D10", "E10")]),
    "no fewer than earlier in the year": (
        "commune_report", REPORT | beside("this_year", "jobs", "numerator", 20), []),
    "more than earlier in the year": (
        "commune_report", REPORT | beside("this_year", "jobs", "numerator", 1), []),
    "fewer than earlier in the year": (
        "commune_report", REPORT | beside("this_year", "jobs", "numerator", 21),
        [("count-falls-within-year", "D14")]),
    "what its own year's report says": (
        "commune_report", REPORT | beside("held", "jobs", "numerator", 20), []),
    "not what its own year's report says": (
        "commune_report", REPORT | beside("held", "jobs", "numerator", 19),
        [("other-year-differs", "D14")]),
    "as many communes as before": ("target_register", REGISTER | covered(3, 3), []),
    "fewer communes than before": ("target_register", REGISTER | covered(3, 4),
                                   [("coverage-shrinks", "")]),
}  # fmt: skip


def figures(filing_id: int, form: str, cells: Cells) -> list[Figure]:
    """The figures of one filing; a row that is no item is a commune's, or a statement's."""
    found = []
    rows: dict[str | None, int] = {row: 10 + n for n, row in enumerate(ROWS)}
    if form == "target_register":
        own = dict.fromkeys(row for _table, row, _column in cells)
        rows = {row: 10 + n for n, row in enumerate(own)}
    for (table, item, column), filed in cells.items():
        if table.startswith("@"):
            continue
        slot = SLOTS.get((form, table, item, column)) or SLOTS[form, table, None, column]
        row = int(item or 0) if table == "targets" else rows.get(item, 10)
        state = filed if isinstance(filed, State) else State.VALUE
        number = str(filed) if isinstance(filed, int | float) else None
        code = filed if isinstance(filed, str) and state is State.VALUE else None
        subject = item if table == "register" and item != "@total" else None
        address = f"{LETTERS[column]}{row}"
        text = number.replace(".", ",") if number else code or ""
        found.append(
            Figure(filing_id, slot.slot_id, row, table, address, subject, state, number, code, text)
        )
    return found


def batch(*filed: tuple[str, Cells]) -> Batch:
    """Filings numbered from 1."""
    rows = [f for n, (form, cells) in enumerate(filed, 1) for f in figures(n, form, cells)]
    frame = pd.DataFrame(rows, columns=Figure._fields)
    frame["value"] = frame["value"].astype(float)
    filings = [
        (n, form, "2022", "district", "066", years[0], "Y", date(2025, 1, 1), years[1], "")
        for n, (form, cells) in enumerate(filed, 1)
        for years in [cells.get(("@years", None, ""), (2025, 2025))]
    ]
    names = list(Recognised._fields)
    return Batch(pd.DataFrame(filings, columns=names), frame, *_compared(rows, filed))


def _compared(
    rows: list[Figure], filed: tuple[tuple[str, Cells], ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The batch's earlier figures and coverage."""
    own = [(n, key) for n, (_form, cells) in enumerate(filed, 1) for key in cells]
    at = dict(zip([o for o in own if not o[1][0].startswith("@")], rows, strict=True))
    place = {(n, item, column): f for (n, (_table, item, column)), f in at.items()}
    earlier, fewer = [], []
    for n, (_form, cells) in enumerate(filed, 1):
        for (role, item, column), value in cells.items():
            if role == "@covered":
                fewer.append((n, *value, "before.xlsx"))  # type: ignore[misc]
            elif role.startswith("@") and role != "@years":
                figure = place[n, item, column]
                key = (n, figure.slot_id, figure.row_no)
                earlier.append((*key, role[1:], value, "before.xlsx", 10.0))
    names = ["filing_id", "slot_id", "row_no", "role", "value", "source", "jump_pct"]
    numbers = dict.fromkeys(("filing_id", "slot_id", "row_no"), "int64")
    return (
        pd.DataFrame(earlier, columns=names).astype(numbers),
        pd.DataFrame(fewer, columns=["filing_id", "units", "units_before", "source"]).astype(
            {"units": "float64", "units_before": "float64"}
        ),
    )
