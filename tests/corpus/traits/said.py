"""What the sheet says in words: the unit of its amounts, and what kind of figures they are."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from tests.corpus.model import Cell, Sheet
from tests.corpus.traits.registry import of_sheet


@of_sheet("amounts-times")
def multiply(sheet: Sheet, *, columns: list[str], times: int, figures: bool = False) -> None:
    """Amounts in a smaller unit: each a number of times larger, so no figure is right as it is."""
    for row in sheet.rows_of("data", "total"):
        for name in columns:
            cell = row.cells.get(name, Cell())
            if cell.figure is not None:
                cell.typed = Decimal(cell.figure) * times
                cell.number_format = "#,##0"
                cell.figure = cell.figure if figures else None


@of_sheet("unit-said", "unit-said-million")
def say_unit(sheet: Sheet, *, text: str, where: str = "above", form: str = "NFC") -> None:
    """The line that says the unit: above the table, below it, on the page, in a box, nowhere."""
    line = unicodedata.normalize(form, text)
    sheet.title = [row for row in sheet.title if not any("triệu đồng" in t for *_x, t in row)]
    if where == "above":
        sheet.title.insert(len(sheet.title) - 1, [(0, -1, line)])
    elif where == "right":
        sheet.title.insert(len(sheet.title) - 1, [(2, -1, line)])
    elif where == "in the title":
        first, last, title = sheet.title[0][0]
        sheet.title[0] = [(first, last, f"{title} {line}")]
    elif where == "below":
        sheet.loose += [{}, {0: line}]
    elif where == "sheet":
        sheet.name = line
    else:
        sheet.page[where] = {"header": f"&R{line}", "footer": f"&L{line}"}.get(where, line)


@of_sheet("title-line", "title-line-plain")
def add_line(sheet: Sheet, *, text: str, after: str = "", form: str = "NFC") -> None:
    """A line more in the title block, below the one that holds `after`, or at its end."""
    line = [(0, -1, unicodedata.normalize(form, text))]
    last = max(n for n, row in enumerate(sheet.title) if row)
    holding = (n for n, row in enumerate(sheet.title) if after and any(after in x[2] for x in row))
    sheet.title.insert(next(holding, last) + 1, line)


@of_sheet("rows-kept")
def keep_rows(sheet: Sheet, *, rows: list[str]) -> None:
    """Only these rows are filed, without a total."""
    sheet.rows = [row for row in sheet.rows if row.label in rows]
