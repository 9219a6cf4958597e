"""Text boxes, pictures and lines over figures: who opens the workbook sees them first."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.ground.records import Finding, Normalised
from tests.helpers.sheet_edits import fails, sentence
from tests.helpers.stranger_books import SHEET, Parts, opendocument, outcome, packed, parts

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
SAID = "<xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody>"
LINE = "<xdr:cxnSp><xdr:nvCxnSpPr/></xdr:cxnSp>"
PICTURE = "<xdr:pic><xdr:nvPicPr/></xdr:pic>"
NEAR, FAR = 20_000, 170_000  # how far into a row or column, nearly nothing and nearly all of it


def box(text: str, about: str = "") -> str:
    name = f'<xdr:nvSpPr><xdr:cNvPr id="2" name="box"{about}/></xdr:nvSpPr>'
    return f"<xdr:sp>{name}{SAID.format(text)}</xdr:sp>"


def corner(name: str, row: int, column: int, down: int = 0, across: int = 0) -> str:
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>{across}</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{name}>"
    )


def drawn(shape: str, begin: str = corner("from", 8, 5), end: str = corner("to", 9, 6)) -> Parts:
    """The half-year results with a shape; rows and columns are counted from 0: it is over F9."""
    kind = "twoCellAnchor" if "<xdr:to>" in end else "oneCellAnchor"
    found = parts()
    found["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{KIND}" Target="../drawings/d.xml"/></Relationships>'
    )
    found["xl/drawings/d.xml"] = (
        f'<xdr:wsDr xmlns:xdr="urn:xdr" xmlns:a="urn:a"><xdr:{kind}>{begin}{end}{shape}'
        f"<xdr:clientData/></xdr:{kind}></xdr:wsDr>"
    )
    found[SHEET] = found[SHEET].replace("</worksheet>", '<drawing r:id="rId1"/></worksheet>')
    return found


def of_drawing(filing: Normalised) -> list[Finding]:
    return [f for f in filing.findings if f.rule in ("figure-covered", "figure-drawn-over")]


@pytest.mark.parametrize("text", ["8050", "8.050", "8.050 hộ", "đúng 8.050", "HỦY"])
def test_a_box_with_something_else_than_its_cell_stops(text: str, tmp_path: Path) -> None:
    filing = packed(drawn(box(text)), tmp_path)
    assert outcome(filing, "F9") == "figure-covered"
    (told,) = of_drawing(filing)
    assert f"“{text}” đặt đè lên ô F9" in sentence(told)
    assert "“9050”" in sentence(told)


@pytest.mark.parametrize(
    ("shape", "begin", "end"),
    [
        (box("9.050"), corner("from", 8, 5), corner("to", 9, 6)),  # the same number
        (box("8050"), corner("from", 15, 4), corner("to", 16, 5)),  # by the signature
        (box("8050", ' hidden="1"'), corner("from", 8, 5), corner("to", 9, 6)),
        (PICTURE, corner("from", 14, 3), corner("to", 17, 6)),  # a stamp
        (PICTURE, corner("from", 13, 3, FAR), corner("to", 17, 6)),  # which touches row 14
        (PICTURE, corner("from", 6, 3), corner("to", 8, 6, NEAR)),  # and one that touches row 9
    ],
)
def test_what_hides_no_figure_is_not_said(shape: str, begin: str, end: str, tmp_path: Path) -> None:
    filing = packed(drawn(shape, begin, end), tmp_path)
    assert (outcome(filing, "F9"), of_drawing(filing)) == ("9050", [])


@pytest.mark.parametrize(
    ("shape", "begin", "end", "cell"),
    [
        (LINE, corner("from", 8, 1, 90_000), corner("to", 8, 6, 90_000), "E9"),  # a row struck out
        (PICTURE, corner("from", 9, 5), corner("to", 14, 6), "F10"),
        (PICTURE, corner("from", 7, 5), '<xdr:ext cx="600000" cy="900000"/>', "F9"),
        (box(""), corner("from", 8, 5), corner("to", 9, 6), "F9"),
        (box(""), corner("from", 8, 5, 0, NEAR), corner("to", 9, 5, 0, 100_000), "F9"),  # narrow
        (box("Mẫu số 02"), corner("from", 8, 5), corner("to", 9, 6), "F9"),
        (box("Phụ lục 1"), corner("from", 8, 5), corner("to", 9, 6), "F9"),
        (box("Mẫu 02"), corner("from", 8, 5), corner("to", 9, 6), "F9"),
    ],
)
def test_other_drawings_over_figures_are_said(
    shape: str, begin: str, end: str, cell: str, tmp_path: Path
) -> None:
    filing = packed(drawn(shape, begin, end), tmp_path)
    assert [(f.rule, f.cell) for f in of_drawing(filing)] == [("figure-drawn-over", cell)]
    assert outcome(filing, "F9") == "9050"


def test_a_box_with_a_number_over_a_blank_cell_stops(tmp_path: Path) -> None:
    """Who opens the file sees 7 models at the start of the year; the cell is empty."""
    begin, end = corner("from", 10, 4), corner("to", 11, 5)
    (told,) = of_drawing(packed(drawn(box("7"), begin, end), tmp_path))
    assert (told.rule, told.cell) == ("figure-covered", "E11")


@pytest.mark.parametrize(
    ("text", "until", "expected"),
    [
        ("8050", "", ["figure-covered"]),
        ("2.590", "", ["figure-covered"]),  # the number of F10
        ("2.590", "end-y='0.01in'", ["figure-covered"]),  # which it only touches
        ("2.590", "end-y='0.15in'", []),
        ("9.050", "", []),
    ],
)
def test_a_box_of_ods_lies_over_its_cell(
    text: str, until: str, expected: list[str], tmp_path: Path
) -> None:
    end = until and f" table:end-cell-address='S.F10' table:end-x='0.9in' table:{until}"
    shape = f"<draw:frame{end}><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
    cell = f'<table:table-cell office:value-type="float" office:value="9050">{shape}'
    filing = opendocument(tmp_path, {"F9": f"{cell}<text:p>9050</text:p></table:table-cell>"})
    assert fails(filing.findings) == expected
    assert [f.cell for f in of_drawing(filing)] == ["F9"] * len(expected)
