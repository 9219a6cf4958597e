"""The sheets that tests of rows, hidden cells, merges and further sheets begin with.

ASSIGNED: made-up targets of Na Rì's communes, A number, B commune, C households, D points; the
header in rows 8 and 9, its 17 communes in rows 10 to 26 (10: Yến Lạc 15, 11: Kim Hỷ 20, 12: Lương
Thượng 18, 13: Văn Lang 34, 14: Sơn Thành 30, 15: Văn Vũ 40), the total of 375 in row 27.
REGISTER: the register of the same communes, C to H, in rows 11 to 27, the total in row 28.
"""

from __future__ import annotations

from copy import deepcopy

from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.records import Finding, Normalised, ReceivedFile, Severity, Sheet, Workbook
from etl.normalise import normalise
from tests.helpers.review_cases import opened
from tests.helpers.sample_sheets import ASSIGNED as ASSIGNED

REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
FUNDS = "na_ri_ke_hoach_von_2025.xlsx"
REPORT = "bao_cao_6_thang_2025_kim_hy.xlsx"
RESULTS = "na_ri_ket_qua_chi_tieu_6_thang_2025.xlsx"


def sheets(name: str) -> list[Sheet]:
    """Copies of a sample's sheets."""
    return deepcopy(opened(name).sheets)


def put(sheet: Sheet, **cells: object) -> Sheet:
    """The sheet with cells set by their address, in place; rows and columns are added."""
    for address, value in cells.items():
        r, c = int(address.lstrip("ABCDEFGHIJ")) - 1, ord(address[0]) - ord("A")
        width = max(c + 1, len(sheet.rows[0]))
        while len(sheet.rows) <= r:
            sheet.rows.append([])
        for row in sheet.rows:
            row.extend([""] * (width - len(row)))
        sheet.rows[r][c] = value
    return sheet


def row_at(sheet: Sheet, number: int, *cells: object) -> Sheet:
    """The sheet with a row put in before row `number`, in place."""
    filled = [*cells, *[""] * (len(sheet.rows[0]) - len(cells))]
    sheet.rows.insert(number - 1, filled)
    down = [
        ((top + (top >= number - 1), left), (bottom + (bottom >= number - 1), right))
        for (top, left), (bottom, right) in sheet.merged or []
    ]
    sheet.merged = down if sheet.merged is not None else None
    return sheet


def filed(*sheets: Sheet) -> Normalised:
    """The one filing of a workbook of these sheets; every finding has its sentences."""
    (filing,) = normalise(Workbook(ReceivedFile(1, "bieu.xlsx", ""), list(sheets)))
    for finding in filing.findings:
        render(finding, load_rules()[finding.rule], strict=True)
    return filing


def told(filing: Normalised) -> list[tuple[str, str]]:
    """Its findings as (rule, cell)."""
    return [(finding.rule, finding.cell) for finding in filing.findings]


def fails(filing: Normalised) -> list[str]:
    """The rules that refuse it."""
    catalogue = load_rules()
    return [f.rule for f in filing.findings if catalogue[f.rule].severity == Severity.FAIL]


def the(filing: Normalised, rule: str) -> Finding:
    """Its one finding of a rule."""
    (finding,) = [finding for finding in filing.findings if finding.rule == rule]
    return finding
