"""What newer programs write into workbooks: their errors, and shapes that only older ones show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.sheet_edits import fails
from tests.helpers.stranger_books import SHEET, outcome, packed, parts


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#ERROR!", "Err:502"])
@pytest.mark.parametrize(("place", "expected"), [("F11", "cell-error"), ("G11", "")])
def test_an_error_is_one_of_its_cell_alone(
    error: str, place: str, expected: str, tmp_path: Path
) -> None:
    found = parts()
    new = f'<c r="{place}" t="e" vm="1"><f t="array" ref="{place}">B9</f><v>{error}</v></c>'
    old = rf'<c r="{place}"[^>]*(?:/>|>(?:<f>.*?</f>)?<v>.*?</v></c>)'
    found[SHEET], count = re.subn(old, new, found[SHEET])
    assert count == 1
    filing = packed(found, tmp_path)
    assert outcome(filing, place) == expected  # a note, in G, is none of the form's business
    assert outcome(filing, "F9") == "9050"


DRAWN = (
    '<xdr:wsDr xmlns:xdr="urn:xdr" xmlns:a="urn:a" xmlns:mc="urn:mc"><xdr:sp><xdr:nvSpPr>'
    '<xdr:cNvPr id="2" name="box"{}/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p>'
    "</xdr:txBody></xdr:sp></xdr:wsDr>"
)
SLICER = DRAWN.format("", "This shape represents a slicer, supported in Excel 2010 or later.")
FOR_OLDER = SLICER.replace("<xdr:sp>", "<mc:AlternateContent><mc:Fallback><xdr:sp>").replace(
    "</xdr:sp>", "</xdr:sp></mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (DRAWN.format("", "Số ước"), ["title-status"]),
        (DRAWN.format("", "HỦY BỎ"), ["title-status"]),
        (DRAWN.format(' hidden="1"', "Số ước"), []),
        (SLICER, ["page-words"]),
        (FOR_OLDER, []),
    ],
)
def test_a_text_box_counts_where_it_is_shown(
    drawing: str, expected: list[str], tmp_path: Path
) -> None:
    found = parts()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    found["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../drawings/d.xml"/></Relationships>'
    )
    found["xl/drawings/d.xml"] = drawing
    found[SHEET] = found[SHEET].replace("</worksheet>", '<drawing r:id="rId1"/></worksheet>')
    assert fails(packed(found, tmp_path).findings) == expected
