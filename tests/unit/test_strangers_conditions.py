"""Conditional formats that hide figures, as Excel writes them; those that do not are no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.sheet_edits import fails
from tests.helpers.stranger_books import SHEET, STYLES, WHITE, Parts, outcome, packed, parts


def with_condition(rule: str, look: str = f"<font>{WHITE}</font>", extra: str = "") -> Parts:
    """The results with a conditional format over E9:F14."""
    found = parts()
    dxfs = f'<dxfs count="1"><dxf>{look}</dxf></dxfs>'
    own = f'<conditionalFormatting sqref="E9:F14">{rule}</conditionalFormatting>' if rule else ""
    sheet = found[SHEET].replace("<pageMargins", f"{own}<pageMargins")
    sheet = sheet.replace("</worksheet>", f"{extra}</worksheet>")
    return found | {SHEET: sheet, STYLES: found[STYLES].replace('<dxfs count="0"/>', dxfs)}


def rule(kind: str, *formulas: str, operator: str = "") -> str:
    said = f' operator="{operator}"' if operator else ""
    limits = "".join(f"<formula>{formula}</formula>" for formula in formulas)
    return f'<cfRule type="{kind}"{said} dxfId="0" priority="1">{limits}</cfRule>'


ICONS = '<cfRule type="iconSet" priority="1"><iconSet iconSet="3Arrows" showValue="{}"/></cfRule>'
BARS = '<cfRule type="dataBar" priority="1"><dataBar showValue="{}"/></cfRule>'


@pytest.mark.parametrize(
    ("text", "f9", "f13"),
    [
        (rule("expression", "$F9&gt;1000"), "cell-conditional", "4"),
        (rule("expression", "$F9&lt;0"), "9050", "4"),
        (rule("expression", "E9=0"), "9050", "4"),
        (rule("expression", "ISERROR(E9)"), "9050", "4"),
        (rule("containsErrors", "ISERROR(E9)"), "9050", "4"),
        (rule("containsBlanks", "LEN(TRIM(E9))=0"), "9050", "4"),
        (rule("cellIs", "$F$13", operator="equal"), "9050", "cell-conditional"),
        (rule("cellIs", "5", "10000", operator="between"), "cell-conditional", "4"),
        (rule("duplicateValues"), "cell-conditional", "cell-conditional"),
        (ICONS.format(0), "cell-conditional", "cell-conditional"),
        (BARS.format(0), "cell-conditional", "cell-conditional"),
        (ICONS.format(1), "9050", "4"),
        (BARS.format(1), "9050", "4"),
    ],
)
def test_conditional_formats_that_hide(text: str, f9: str, f13: str, tmp_path: Path) -> None:
    filing = packed(with_condition(text), tmp_path)
    assert (outcome(filing, "F9"), outcome(filing, "F13")) == (f9, f13)


def test_a_condition_also_hides_a_number_stored_as_text(tmp_path: Path) -> None:
    filing = packed(with_condition(ICONS.format(0)), tmp_path)
    assert outcome(filing, "F14") == "cell-conditional"


def test_black_on_black_by_a_condition_and_a_fill_that_is_seen(tmp_path: Path) -> None:
    over = rule("cellIs", "5", operator="greaterThan")
    black = '<fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill>'
    pink = black.replace("FF000000", "FFFFC7CE")
    assert outcome(packed(with_condition(over, black), tmp_path), "F9") == "cell-conditional"
    assert fails(packed(with_condition(over, pink), tmp_path).findings) == []


def test_conditions_of_excel_2010(tmp_path: Path) -> None:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    extra = (
        f'<extLst><ext uri="x" xmlns:x14="{x14}" xmlns:xm="{xm}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="expression" priority="1">'
        f"<xm:f>$F9&gt;1000</xm:f><x14:dxf><font>{WHITE}</font></x14:dxf></x14:cfRule>"
        "<xm:sqref>F9:F14</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst>"
    )
    filing = packed(with_condition("", extra=extra), tmp_path)
    assert (outcome(filing, "F9"), outcome(filing, "F13")) == ("cell-conditional", "4")
