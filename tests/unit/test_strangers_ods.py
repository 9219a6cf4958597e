"""OpenDocument workbooks of other hands: what is no text of a cell, errors, conditions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.stranger_books import opendocument, outcome

HIDDEN = (
    '<style:style style:name="H" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
)
TEXT = '<table:table-cell office:value-type="string">{}</table:table-cell>'


@pytest.mark.parametrize(
    "inside",
    [
        "<text:p><text:ruby><text:ruby-base>75</text:ruby-base><text:ruby-text>9</text:ruby-text>"
        "</text:ruby></text:p>",
        "<text:p>7<text:hidden-text>9</text:hidden-text>5</text:p>",
        "<text:p>75</text:p><draw:custom-shape><text:p>75</text:p></draw:custom-shape>",
        "<office:annotation><text:p>12</text:p></office:annotation><text:p>75</text:p>",
    ],
)
def test_only_the_text_of_an_ods_cell_is_its_text(inside: str, tmp_path: Path) -> None:
    assert outcome(opendocument(tmp_path, {"F14": TEXT.format(inside)}), "F14") == "75"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("<text:p>Số này sai,</text:p><text:p>số đúng là 78</text:p>",
         "comment-changes"),
        ("<text:p>đã đối chiếu</text:p>", "75"),
        ("<text:p>[khoxa] Số này sai, số đúng là 78</text:p>", "75"),
    ],
)  # fmt: skip
def test_a_comment_on_a_cell_of_ods_is_a_note(said: str, expected: str, tmp_path: Path) -> None:
    inside = f"<office:annotation>{said}</office:annotation><text:p>75</text:p>"
    assert outcome(opendocument(tmp_path, {"F14": TEXT.format(inside)}), "F14") == expected


def test_an_error_that_an_older_program_stores_as_nought(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:formula="of:=[.A1]/0" office:value-type="float" office:value="0">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    assert outcome(opendocument(tmp_path, {"F11": cell}), "F11") == "cell-error"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (">5", "cell-conditional"),
        ("between(1,9)", "cell-conditional"),
        ("formula-is([.F11]>5)", "cell-conditional"),
        ("formula-is(ISERROR([.F11]))", "8"),
        ("=0", "8"),
        ("is-error", "8"),
    ],
)
def test_conditional_formats_of_ods(said: str, expected: str, tmp_path: Path) -> None:
    said = said.replace(">", "&gt;")
    below = (
        '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="S.'
        f'F11:S.F14"><calcext:condition calcext:apply-style-name="H" calcext:value="{said}" '
        'calcext:base-cell-address="S.F11"/></calcext:conditional-format>'
        "</calcext:conditional-formats>"
    )
    assert outcome(opendocument(tmp_path, {}, HIDDEN, below), "F11") == expected


def test_a_condition_in_the_style_of_an_ods_cell(tmp_path: Path) -> None:
    own = (
        '<style:style style:name="C" style:family="table-cell"><style:map style:condition='
        '"cell-content()&gt;5" style:apply-style-name="H" style:base-cell-address="S.F11"/>'
        "</style:style>"
    )
    cell = '<table:table-cell table:style-name="C" office:value-type="float" office:value="{0}">'
    cells = {place: cell.format(value) + f"<text:p>{value}</text:p></table:table-cell>"
             for place, value in (("F11", 8), ("F13", 4))}  # fmt: skip
    filing = opendocument(tmp_path, cells, HIDDEN + own)
    assert (outcome(filing, "F11"), outcome(filing, "F13")) == ("cell-conditional", "4")


def test_a_text_of_no_kind_is_shown_by_some_programs_alone(tmp_path: Path) -> None:
    untyped = "<table:table-cell><text:p>75</text:p></table:table-cell>"
    filing = opendocument(tmp_path, {"F14": untyped})
    assert [(f.rule, f.cell) for f in filing.findings] == [("file-two-texts", "F14")]


@pytest.mark.parametrize(("font", "expected"), [("Wingdings", "number-shown"), ("Arial", "75")])
def test_digits_in_a_font_of_pictures_are_not_read(
    font: str, expected: str, tmp_path: Path
) -> None:
    style = (
        '<style:style style:name="P" style:family="table-cell">'
        f'<style:text-properties style:font-name="{font}"/></style:style>'
    )
    cell = (
        '<table:table-cell table:style-name="P" office:value-type="float" office:value="75">'
        "<text:p>75</text:p></table:table-cell>"
    )
    assert outcome(opendocument(tmp_path, {"F14": cell}, style), "F14") == expected
