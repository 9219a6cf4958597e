"""One fault over a column is told once; a formula in ods that gives an empty text is a blank."""

from __future__ import annotations

from etl.catalogue.alike import alike
from etl.catalogue.rules import RenderedFinding
from etl.ground.records import Severity, Sheet
from etl.read.xlsx.fresh import Recomputed


def _finding(cell: str, rule: str = "cell-formula") -> RenderedFinding:
    texts = (f"Ô {cell}", f"Cell {cell}", "Sửa", "Mend")
    return RenderedFinding(1, "Biểu 1", cell, rule, Severity.FAIL, "", "", *texts)


def test_one_fault_down_a_column() -> None:
    """C12 speaks for C13 to C15 and C18; column D has two only, which stay apart."""
    cells = ["C12", "D12", "C13", "D13", "C14", "C15", "C18"]
    found = alike(map(_finding, cells))
    assert [each.first.cell for each in found] == ["C12", "D12", "D13"]
    assert found[0].others == "C13–C15, C18"
    assert found[0].more_vi == " Cũng lỗi này ở 4 ô khác: C13–C15, C18."
    assert found[1].more_vi == found[1].more_en == ""


def test_names_of_rows_are_told_one_by_one() -> None:
    found = alike(_finding(f"B{row}", "unit-unknown") for row in range(10, 20))
    assert len(found) == 10


def test_another_year_said_of_every_other_row_is_told_once() -> None:
    (found,) = alike(_finding(f"B{row}", "row-other-year") for row in (10, 12, 14, 16))
    assert found.others == "B12, B14, B16"


def test_findings_without_a_cell_stay_apart() -> None:
    assert len(alike(_finding("", "year-missing") for _ in range(5))) == 5


def _leaves_blank(formula: str, *, is_calculated: bool) -> bool:
    sheet = Sheet("Biểu 1", True, [["", "", 5.0]], None)
    done = Recomputed([sheet], lambda _name: {(0, 1): formula}, is_calculated)
    return done.leaves_blank("Biểu 1", (0, 1))


def test_a_formula_without_a_stored_result() -> None:
    """IF(COUNT(A1)=0;"";…) over an empty A1 gives an empty text; over C1 it gives 5."""
    assert _leaves_blank('IF(COUNT(A1)=0,"",SUM(A1))', is_calculated=False)
    assert not _leaves_blank('IF(COUNT(C1)=0,"",SUM(C1))', is_calculated=True)
    assert _leaves_blank("NOBODYKNOWS(A1)", is_calculated=True)
    assert not _leaves_blank("NOBODYKNOWS(A1)", is_calculated=False)
