"""Workbooks as people and other programs write them: what a person sees is read, or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlwt

from tests.helpers.stranger_books import (
    ASSIGNED,
    BOOK,
    F9,
    SHEET,
    STYLES,
    WHITE,
    Parts,
    old,
    outcome,
    packed,
    parts,
)


def styled(
    *, font: str = "", fill: str = "", code: str = "#,##0", colours: str = "", cell: str = ""
) -> Parts:
    """The half-year results with a style of its own in F9 (or the cell that is given)."""
    found = parts()
    styles = found[STYLES].replace("</fonts>", f"<font>{font}<sz val='11'/></font></fonts>")
    styles = styles.replace("</fills>", f"<fill>{fill}</fill></fills>")
    own = f'<numFmt numFmtId="165" formatCode="{code}"/></numFmts>'
    styles = styles.replace("</numFmts>", own)
    xf = '<xf numFmtId="165" fontId="2" fillId="2" borderId="0" xfId="0"/></cellXfs>'
    styles = styles.replace("</cellXfs>", xf).replace("</styleSheet>", f"{colours}</styleSheet>")
    new = cell or '<c r="F9" s="5"><v>9050</v></c>'
    place = re.escape(re.match(r'<c r="\w+"', new)[0])  # type: ignore[index]
    found[SHEET] = re.sub(place + r"[^>]*>.*?</c>", new, found[SHEET], count=1)
    return found | {STYLES: styles}


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor {colour}/></patternFill>'


PALETTE = "".join(f'<rgbColor rgb="00{"FFFFFF" if n == 12 else "336699"}"/>' for n in range(64))


@pytest.mark.parametrize(
    ("font", "fill", "colours"),
    [
        ('<color theme="4"/>', solid('theme="4"'), ""),
        ('<color theme="5" tint="-0.25"/>', solid('theme="5" tint="-0.25"'), ""),
        ('<color indexed="10"/>', solid('indexed="10"'), ""),
        ('<color rgb="FFFF0000"/>', solid('indexed="10"'), ""),
        (
            '<color indexed="12"/>',
            "",
            f"<colors><indexedColors>{PALETTE}</indexedColors></colors>",
        ),
        (WHITE, '<patternFill patternType="lightUp"/>', ""),
    ],
)
def test_text_in_the_colour_of_its_cell_is_not_seen(
    font: str, fill: str, colours: str, tmp_path: Path
) -> None:
    filing = packed(styled(font=font, fill=fill, colours=colours), tmp_path)
    assert outcome(filing, "F9") == "cell-invisible"


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        ('<color theme="4"/>', solid('theme="5"')),
        ('<color theme="4"/>', solid('theme="4" tint="0.8"')),
        ('<color indexed="10"/>', ""),
        (WHITE, solid('indexed="18"')),
        ('<color indexed="12"/>', solid('indexed="13"')),
    ],
)
def test_coloured_text_is_read(font: str, fill: str, tmp_path: Path) -> None:
    assert outcome(packed(styled(font=font, fill=fill), tmp_path), "F9") == "9050"


def run(colour: str, text: str) -> str:
    return f'<r><rPr><color rgb="{colour}"/></rPr><t>{text}</t></r>'


@pytest.mark.parametrize(
    ("first", "expected"), [("FFFFFFFF", "75"), ("FF1F4E78", "cell-invisible")]
)
def test_pieces_stand_on_the_colour_of_their_cell(
    first: str, expected: str, tmp_path: Path
) -> None:
    pieces = run(first, "7") + run("FFFFFFFF", "5")
    cell = f'<c r="F14" s="5" t="inlineStr"><is>{pieces}</is></c>'
    filing = packed(styled(fill=solid('rgb="FF1F4E78"'), cell=cell), tmp_path)
    assert outcome(filing, "F14") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("@&quot;3&quot;", "number-shown"),  # 753
        ("&quot;1&quot;@", "number-shown"),  # 175
        ("0;0;0;&quot;1&quot;@", "number-shown"),
        ("@@", "number-shown"),  # 7575
        ("\\-@", "number-shown"),  # -75
        ("@&quot; nghìn&quot;", "number-shown"),
        ("@&quot; người&quot;", "75"),
        ("@*.", "75"),
        ("General;General;General;General", "75"),
        ("_(* #,##0_);_(* \\(#,##0\\);_(* &quot;-&quot;_);_(@_)", "75"),
    ],
)
def test_a_number_stored_as_text_as_its_format_shows_it(
    code: str, expected: str, tmp_path: Path
) -> None:
    cell = '<c r="F14" s="5" t="inlineStr"><is><t>75</t></is></c>'
    assert outcome(packed(styled(code=code, cell=cell), tmp_path), "F14") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("[DBNum1]0", "number-shown"),  # 九千〇五十
        ("[$-3000401]0", "number-shown"),  # ٩٠٥٠
        ("[&lt;1E4]0&quot;9&quot;;0", "number-shown"),  # 90509
        ("[&lt;x]0;0", "number-shown"),  # nobody knows
        ("[&lt;.5]0&quot;9&quot;;0", "9050"),
        ("[$-42A]#,##0", "9050"),
        ("[$-1010000]0", "9050"),
        ("_-* #,##0\\ _d_-", "9050"),
        ("#,##0[$ hộ-42A]", "9050"),
        ("#,##0[$ người-42A]", "number-shown"),  # the row counts households
    ],
)
def test_formats_of_other_hands(code: str, expected: str, tmp_path: Path) -> None:
    assert outcome(packed(styled(code=code), tmp_path), "F9") == expected


def test_a_format_may_name_the_unit_of_its_row(tmp_path: Path) -> None:
    cell = '<c r="F11" s="5"><v>8</v></c>'
    filing = packed(styled(code="0&quot; mô hình&quot;", cell=cell), tmp_path)
    assert outcome(filing, "F11") == "8"


@pytest.mark.parametrize(
    "new",
    [
        F9 + '<c r="F9" s="3"><v>99</v></c>',
        '<c r="F9" s="3" t="inlineStr"><v>9050</v></c>',
    ],
)
def test_a_value_that_no_cell_shows_is_refused(new: str, tmp_path: Path) -> None:
    found = parts()
    assert F9 in found[SHEET]
    found[SHEET] = found[SHEET].replace(F9, new)
    filing = packed(found, tmp_path)
    (finding,) = filing.findings
    assert finding.rule == "file-damaged"
    assert "F9" in dict(finding.params)["detail"]


def test_cells_and_rows_in_any_order_are_read(tmp_path: Path) -> None:
    found = parts()
    e9 = '<c r="E9" s="3"><v>9036</v></c>'
    assert e9 + F9 in found[SHEET]
    found[SHEET] = found[SHEET].replace(e9 + F9, F9 + e9)
    last = re.search(r'<row r="17".*?</row>', found[SHEET])[0]  # type: ignore[index]
    moved = found[SHEET].replace(last, "").replace("<sheetData>", f"<sheetData>{last}")
    filing = packed(found | {SHEET: moved}, tmp_path)
    assert (outcome(filing, "E9"), outcome(filing, "F9")) == ("9036", "9050")


COUNTS = (15, 20, 18, 34, 30, 40, 12, 14, 10, 28, 33, 15, 16, 30, 15, 25, 20)  # C10:C26


def assigned(formula: str, result: int, *, calc: str = '<calcPr calcId="191029"/>') -> Parts:
    """The assignment with its total in C27 as a formula."""
    found = parts(ASSIGNED)
    cells = {f"C{row}": f"<v>{count}</v>" for row, count in enumerate(COUNTS, start=10)}
    cells["C27"] = f"<f>{formula}</f><v>{result}</v>"
    for place, inner in cells.items():
        pattern = rf'<c r="{place}"( s="\d+")?[^>]*>.*?</c>'
        found[SHEET] = re.sub(pattern, rf'<c r="{place}"\1>{inner}</c>', found[SHEET], count=1)
    found[BOOK] = re.sub("<calcPr[^>]*/>", calc, found[BOOK])
    return found


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUBTOTAL(9,C10:C26)", "375"),
        ("IF(ISERROR(SUM(C10:C26)),0,SUM(C10:C26))", "375"),
        ("SUM(C10:C25)", "cell-stale"),  # 355
    ],
)
def test_totals_by_formulas(formula: str, expected: str, tmp_path: Path) -> None:
    assert outcome(packed(assigned(formula, 375), tmp_path), "C27") == expected


def test_a_subtotal_leaves_out_other_subtotals(tmp_path: Path) -> None:
    found = assigned("SUBTOTAL(9,C10:C26)", 355)
    c26 = re.search(r'<c r="C26"( s="\d+")?>', found[SHEET])
    assert c26
    nested = f"{c26[0]}<f>SUBTOTAL(9,C26:C26)+20</f>"
    found[SHEET] = found[SHEET].replace(c26[0], nested, 1)
    assert outcome(packed(found, tmp_path), "C27") == "355"


@pytest.mark.parametrize(("from_google", "expected"), [(True, "375"), (False, "cell-formula")])
def test_results_of_google_sheets_are_believed(
    from_google: bool, expected: str, tmp_path: Path
) -> None:
    found = assigned("SUMIF(B10:B26,&quot;*&quot;,C10:C26)", 375, calc="<calcPr/>")
    del found["docProps/app.xml"]
    if from_google:  # it names the space and not itself
        space = ' xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"'
        found[BOOK] = found[BOOK].replace("<workbook", f"<workbook{space}", 1)
    assert outcome(packed(found, tmp_path), "C27") == expected


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("font: colour red; pattern: pattern solid, fore_colour red", "cell-invisible"),
        ("font: colour grey25; pattern: pattern solid, fore_colour grey25", "cell-invisible"),
        ("font: colour white; pattern: pattern solid, fore_colour dark_blue", "9050"),
        ("font: colour red", "9050"),
    ],
)
def test_colours_of_xls(look: str, expected: str, tmp_path: Path) -> None:
    assert outcome(old(tmp_path, "F9", xlwt.easyxf(look)), "F9") == expected


def test_a_palette_of_xls_and_formats_of_texts(tmp_path: Path) -> None:
    style = xlwt.easyxf("font: colour 33")
    assert outcome(old(tmp_path, "F9", style, white=33), "F9") == "cell-invisible"
    assert outcome(old(tmp_path, "F9", style), "F9") == "9050"
    style = xlwt.easyxf(num_format_str='@"3"')
    assert outcome(old(tmp_path, "F14", style), "F14") == "number-shown"


def test_a_row_of_xls_too_flat_to_be_seen_is_said(tmp_path: Path) -> None:
    filing = old(tmp_path, "F9", xlwt.XFStyle(), flat=(13,))
    assert [(f.rule, f.cell) for f in filing.findings] == [("row-hidden", "B13")]
