"""Formulas: whether what the file stores of them is what Excel shows when it is opened."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.model import Book, Cell, Edit, Formula, Sheet
from tests.corpus.traits.registry import of_book, of_sheet

RECALCULATED = {
    "on load": '<calcPr calcId="191029" fullCalcOnLoad="1"/>',
    "on load, true": '<calcPr calcId="191029" fullCalcOnLoad="true"/>',
    "on load, first": "<calcPr  fullCalcOnLoad = '1'\n calcId=\"191029\" />",
    "always": '<calcPr calcId="191029" forceFullCalc="1"/>',
    "by hand": '<calcPr calcId="191029" calcMode="manual"/>',
    "never": '<calcPr calcId="191029" fullCalcOnLoad="0"/>',
    "not said": "",
}
_APP = r"<Application>Microsoft Excel</Application>"


@of_sheet("formula-stored")
def store(
    sheet: Sheet, *, row: str, column: str, formula: str, result: float | str | None = None,
    figure: str | None = None,
) -> None:  # fmt: skip
    """A formula, and what the file stores of it; {column} in it is that cell of the row."""
    cell = sheet.row(row).cells.setdefault(column, Cell())
    held = Decimal(str(result)) if isinstance(result, int | float) else result
    cell.typed, cell.figure = Formula(formula, held), figure


@of_sheet("column-computed")
def compute(sheet: Sheet, *, column: str, formula: str, kinds: list[str] | None = None) -> None:
    """A column of formulas as Excel stores them: every result is the figure."""
    for row in sheet.rows_of(*(kinds or ["data"])):
        cell = row.cells.get(column, Cell())
        if cell.figure is not None:
            cell.typed = Formula(formula, Decimal(cell.figure))


@of_book("recalculation")
def ask(book: Book, *, when: str) -> None:
    """Whether the workbook asks to be computed when it is opened."""
    book.edits.append(Edit("xl/workbook.xml", "<calcPr [^>]*/>", RECALCULATED[when]))


@of_book("written-by")
def written_by(book: Book, *, program: str | None, version: str = "1.0") -> None:
    """Another program in docProps/app.xml, or none and no such part."""
    if program is None:
        book.edits += [
            Edit("docProps/app.xml", "", None),
            Edit("_rels/.rels", r"<Relationship [^>]*app\.xml\"/>", ""),
            Edit(r"\[Content_Types\]\.xml", r"<Override PartName=\"/docProps/app.xml\"[^>]*/>", ""),
        ]
        return
    book.edits.append(Edit("docProps/app.xml", _APP, f"<Application>{program}</Application>"))
    book.edits.append(Edit("docProps/app.xml", r"<AppVersion>[\d.]*<", f"<AppVersion>{version}<"))
