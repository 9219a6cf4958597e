"""What a cell shows is not what it holds: number formats, fonts, pieces of a text."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.model import Book, Cell, Edit, Look, Sheet
from tests.corpus.traits.registry import of_book, of_sheet

ORDERS = {
    "other order": r'<numFmt formatCode="\2" numFmtId="\1"/>',
    "line break": '<numFmt\n  numFmtId="\\1"\n  formatCode="\\2"\n/>',
    "single quotes": r"<numFmt numFmtId='\1' formatCode='\2'/>",
    "spaces": r'<numFmt   numFmtId = "\1"   formatCode = "\2"   />',
    "references": r'<numFmt numFmtId="\1" formatCode="0.00&#37;;&#45;0.00&#x25;"/>',
}


@of_sheet("format-scales", "format-literal", "format-percent", "format-hides", "format-ordinary",
          "format-other", "format-unit")  # fmt: skip
def show_as(
    sheet: Sheet, *, row: str, column: str, typed: float | str, number_format: str,
    figure: str | None = None,
) -> None:  # fmt: skip
    """A number under a format, and the figure that a careful person sees (None: none is right)."""
    holds = typed if isinstance(typed, str) else Decimal(str(typed))
    sheet.row(row).cells[column] = Cell(holds, figure, number_format)


@of_sheet("format-of-column")
def show_column_as(
    sheet: Sheet, *, columns: list[str], number_format: str, times: float = 1,
    figures: bool = True,
) -> None:  # fmt: skip
    """Whole columns under a format, the numbers held `times` what they are."""
    for row in sheet.rows_of("data", "total"):
        for name in columns:
            cell = row.cells.get(name, Cell())
            if cell.figure is not None:
                cell.typed = Decimal(cell.figure) * Decimal(str(times))
                cell.number_format = number_format
                cell.figure = cell.figure if figures else None


@of_book("format-attributes")
def respell_formats(book: Book, *, how: str) -> None:
    """The attributes of the number formats in another order, in other quotes, with line breaks."""
    old = r'<numFmt numFmtId="(\d+)" formatCode="([^"]*%[^"]*)"/>'
    book.edits.append(Edit("xl/styles.xml", old, ORDERS[how]))


@of_book("package-edited")
def edit(book: Book, *, part: str, old: str, new: str | None = None) -> None:
    """What no writer would write: a pattern in a part of the finished package replaced."""
    book.edits.append(Edit(part, old, new))


@of_sheet("mark-raised", "run-struck", "run-hidden", "label-in-pieces", "digits-in-pieces")
def write_runs(
    sheet: Sheet, *, row: str, column: str, runs: list[list], figure: str | None = None
) -> None:
    """A text of pieces that do not look alike: [[text, look], ...]."""
    pieces = [(text, dict(look)) for text, look in runs]
    whole = "".join(text for text, _look in pieces)
    sheet.row(row).cells[column] = Cell(whole, figure, runs=pieces)


@of_sheet("cell-struck", "cell-invisible", "cell-coloured", "cell-symbols")
def look_at(sheet: Sheet, *, cells: dict[str, list[str]], look: Look) -> None:
    """Whole cells in one look: {row: [columns]}."""
    for label, names in cells.items():
        for name in names:
            sheet.row(label).cells.setdefault(name, Cell()).look = dict(look)


@of_sheet("row-struck", "row-coloured")
def look_at_rows(sheet: Sheet, *, rows: list[str], look: Look | None = None) -> None:
    """Whole rows, struck through unless told."""
    for label in rows:
        for column in sheet.columns:
            cell = sheet.row(label).cells.setdefault(column.name, Cell())
            cell.look = dict(look or {"font_strikeout": True})


@of_sheet("mark-beside")
def add_mark(sheet: Sheet, *, row: str, column: str, typed: str, figure: str | None = None) -> None:
    """A footnote mark behind a figure: "8¹", "8*", "8 (1)"; the figure is that without it."""
    sheet.row(row).cells[column] = Cell(typed, figure)
