"""Formulas worked out from the cells they name, by hand arithmetic."""

from __future__ import annotations

import pytest

from etl.read.xlsx.formula_values import At, FormulaError, NotComputable, Value
from etl.read.xlsx.formulas import compute

CELLS: dict[At, Value] = {
    ("S", 0, 0): 2.0, ("S", 1, 0): 3.0, ("S", 2, 0): "x", ("Chỉ tiêu", 0, 0): 5.0,
    ("S", 4, 0): "", ("S", 5, 0): "1.337",
}  # fmt: skip


def of(formula: str) -> Value:
    return compute(formula, "S", CELLS.get)


@pytest.mark.parametrize(
    "formula, result",
    [
        ("7+1", 8.0), ("10-2-3", 5.0), ("2*(3+4)", 14.0), ("2^3^2", 64.0), ("-A1^2", 4.0),
        ("--A1", 2.0), ("A1*50%", 1.0), ("1+2=3", True), ("A1&A2", "23"), ("A1<>A2", True),
        ("SUM(A1:A3)", 5.0), ("SUM(A1,A2,5)", 10.0), ("SUBTOTAL(9,A1:A2)", 5.0),
        ("AVERAGE(A1:A2)", 2.5), ("COUNT(A1:A5)", 2.0), ("MAX(A1:A2)-MIN(A1:A2)", 1.0),
        ("ROUND(2/3*100,2)", 66.67), ("ROUND(2.5,0)", 3.0), ("ROUND(-2.5,0)", -3.0),
        ("ROUND(1.005,2)", 1.01), ("ROUND(1337,-2)", 1300.0), ("'Chỉ tiêu'!A1+$A$1", 7.0),
        ('IF(COUNT(A1,A2)<2,"",IF(A2=0,"",ROUND(100*(A1-0)/A2,2)))', 66.67),
        ('IF(A9="","",A9)', ""), ("IFERROR(A1/A9,0)", 0.0), ("IF(A1>1,A2)", 3.0),
        ("A9", None), ("A9+1", 1.0), ("sum(a1:a2)", 5.0), ("+A1", 2.0),
    ],
)  # fmt: skip
def test_result(formula: str, result: Value) -> None:
    assert of(formula) == result


@pytest.mark.parametrize("formula", ["A1/A9", "A1+A5", "1/0"])
def test_an_error_is_a_result(formula: str) -> None:
    with pytest.raises(FormulaError):
        of(formula)


@pytest.mark.parametrize(
    "formula",
    ["VLOOKUP(A1,A1:A2,1)", "SUM(A:A)", "PI()", "A1+", "(A1", "A1 A2", "SUM(A1:A2", "A6*1", "",
     "[1]B!A1", "A1:A2+1", "{1,2}", "SUBTOTAL(109,A1:A2)", "2^9999", "(0-8)^0.5", "tong",
     "ABS()", "ROUND(1,400)", "IF()", "Sheet9!#REF!"],
)  # fmt: skip
def test_what_is_not_worked_out(formula: str) -> None:
    with pytest.raises((NotComputable, FormulaError)):
        of(formula)


def test_only_the_branch_that_counts_is_worked_out() -> None:
    assert of("IF(A1=2,A2,VLOOKUP(A1,A1:A2,1))") == 3.0
