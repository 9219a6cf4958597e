"""Nothing falls out: every filled cell of a column that is kept is accounted for."""

from __future__ import annotations

from collections.abc import Callable

from etl.ground.addresses import address, column_letters
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.sheets.evidence import is_meant
from etl.normalise.texts.cells import shown


def settle_account(page: Page, out: Extracted) -> None:
    """Cells in = cells read as figures + cells set aside; a cell left over becomes a finding.

    Counted first, so that only a page that does not balance is searched cell by cell.
    """
    out.rows.sort()
    plan = page.plan
    first, places = plan.first_row, plan.value_places
    rows = page.sheet.rows
    columns = [*zip(*rows[first:], strict=False)]
    blank = sum(columns[place].count("") for place in places if columns)
    filled = len(places) * len(rows[first:]) - blank
    if filled == out.filled + len(out.aside):
        return
    taken = {figure.cell for figure in out.figures if figure.text}
    for r in range(first, len(rows)):
        for place in places:
            cell = rows[r][place] if place < len(rows[r]) else ""
            known = (r, place) in out.aside or address(r, place) in taken
            if str(cell).strip() and not known:
                out.find("cell-unaccounted", address(r, place), shown(cell, None))
                out.refused += 1


def unheaded_columns(page: Page, out: Extracted, lacks_row: Callable[[str], bool]) -> None:
    """Columns with figures and no header, right of the names of the rows: said, and left alone, but
    for the name of a unit that has no row: a table set in two halves, of which one is not read."""
    plan, rows = page.plan, page.sheet.rows
    headed = {*plan.places.values(), *(heading.place for heading in plan.layout.unused)}
    width = max(map(len, map(rows.__getitem__, out.rows)), default=0)
    free = sorted({*range(plan.key_place, width)} - headed)
    for r, row in enumerate(rows[plan.first_row :], start=plan.first_row):
        for place, name in ((place, row[place]) for place in free if place < len(row)):
            behind = next((cell for cell in row[place + 1 :] if cell != ""), "")
            if name and type(name) is str and is_meant(behind) and lacks_row(name):
                out.find("cell-unaccounted", address(r, place), name)
                out.refused += 1
    for place in free:
        cells = ((r, rows[r][place]) for r in out.rows if place < len(rows[r]))
        filled = ((r, c) for r, c in cells if type(c) is float or (type(c) is str and is_meant(c)))
        for r, cell in filled:
            column = column_letters(place)
            out.find("column-unnamed", address(r, place), shown(cell, None), column=column)
            break
