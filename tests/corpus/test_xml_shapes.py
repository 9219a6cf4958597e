"""The XML of a workbook may come in any lawful shape: nothing read changes.

Every shape alone over workbooks that need a plain look and workbooks that need a second one, then
any shapes together. What is compared is all that the rooms say: filings, figures, findings.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.ground.records import Normalised, ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.corpus.build import build, load_cases
from tests.corpus.shapes import ODS_SHAPES, SHAPES
from tests.corpus.shapes.package import shaped, unpacked
from tests.fuzz import COUNT

# what a plain look shows, and what only a second one does
WORKBOOKS = (
    "report-as-drawn", "register-percent-format", "report-rate-never-computed", "register-error",
    "register-tcvn3", "report-funds-hidden", "w-fmt-scaled-count", "digit-before",
    "w-hidden-row", "narrow-figure-column", "w-superscript-rich", "w-strike-rich-space",
    "strike-cell", "yellow-on-yellow", "w-merged-hidden-value", "w-xlsxwriter-zero-cache",
    "hidden-by-condition", "zeros-not-shown", "w-measure-page-header", "measure-text-box",
)  # fmt: skip
ODS_WORKBOOKS = (
    "report-ods", "register-percent-format-ods", "report-error-ods", "fund-plan-tcvn3-ods",
    "report-ods-hidden", "hidden-row-ods", "hidden-figure-column-ods", "o-super",
    "strike-rich-ods", "strike-cell-ods", "white-ods", "count-scaled-ods", "o-linebreak",
    "merged-hidden-value-ods", "uncached-ods",
)  # fmt: skip
LETTERS = tuple(name for name, change in SHAPES.items() if change.__module__.endswith("lexis"))
DATA = {
    case.name: build(case).data
    for case in load_cases()
    if case.name in {*WORKBOOKS, *ODS_WORKBOOKS}
}


def said(data: bytes, folder: Path, ending: str) -> list[tuple[object, ...]]:
    """What the rooms read and find, without the number of the filing."""
    path = folder / f"filed.{ending}"
    path.write_bytes(data)
    return [_about(filing) for filing in normalise(read(ReceivedFile(0, path.name, str(path))))]


def _about(filing: Normalised) -> tuple[object, ...]:
    return filing.part, filing.recognised, filing.figures, filing.findings


def changed_by(names: tuple[str, ...], workbook: str, seed: int, folder: Path) -> bool:
    """Whether the shapes change anything that is said of the workbook."""
    ending = "xlsx" if workbook in WORKBOOKS else "ods"
    data = DATA[workbook]
    if workbook not in UNSHAPED:
        UNSHAPED[workbook] = said(data, folder, ending)
    return said(shaped(data, names, seed), folder, ending) != UNSHAPED[workbook]


UNSHAPED: dict[str, list[tuple[object, ...]]] = {}


def test_letters_alone_change_nothing_that_a_parser_reports() -> None:
    """The writer of shapes is right: what it wrote in any letters is what it was given."""
    for seed, name in enumerate(LETTERS):
        for workbook in ("strike-rich-ods", "w-strike-rich-space"):
            before = unpacked(DATA[workbook], Random(seed))
            after = unpacked(shaped(DATA[workbook], (name, *LETTERS[seed::3]), seed), Random(seed))
            assert {n: _events(tree) for n, tree in before.trees.items()} == {
                n: _events(tree) for n, tree in after.trees.items()
            }


def _events(tree: Element) -> list[tuple[object, ...]]:
    return [(e.tag, e.attrib, (e.text or "").strip(), (e.tail or "").strip()) for e in tree.iter()]


@pytest.mark.parametrize("name", SHAPES)
def test_one_shape(name: str, tmp_path: Path) -> None:
    assert [w for w in WORKBOOKS if changed_by((name,), w, 1, tmp_path)] == []


@pytest.mark.parametrize("name", ODS_SHAPES)
def test_one_shape_of_ods(name: str, tmp_path: Path) -> None:
    assert [w for w in ODS_WORKBOOKS if changed_by((name,), w, 1, tmp_path)] == []


@given(
    workbook=st.sampled_from(WORKBOOKS),
    names=st.lists(st.sampled_from(sorted(SHAPES)), min_size=2, max_size=8, unique=True),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=COUNT // 10, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_shapes_together(workbook: str, names: list[str], seed: int, tmp_path: Path) -> None:
    assert not changed_by(tuple(names), workbook, seed, tmp_path)


@given(
    workbook=st.sampled_from(ODS_WORKBOOKS),
    names=st.lists(st.sampled_from(sorted(ODS_SHAPES)), min_size=2, max_size=6, unique=True),
    seed=st.integers(0, 2**32),
)
@settings(max_examples=COUNT // 20, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_shapes_of_ods_together(workbook: str, names: list[str], seed: int, tmp_path: Path) -> None:
    assert not changed_by(tuple(names), workbook, seed, tmp_path)
