"""Door: `blank_form`, the workbook that a filer fills in, drawn from the form's own description.

What the rooms read and normalise take from a filed workbook stands where they look for it, so a
blank form that was filled in reads back exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from etl.blank.cells import Drawing
from etl.blank.lists import write_about, write_lists, write_sending
from etl.blank.plan import Closing, Plan, Typed
from etl.blank.rows import Filing
from etl.blank.sheet import draw_table
from etl.blank.styles import Styles
from etl.ground.whole_file import whole_file


def blank_form(
    filing: Filing,
    closing: Closing,
    path: Path,
    typed: Typed | None = None,
    sending: Sequence[str] = (),
) -> int:
    """Write the workbook, whole or not at all; the same bytes for the same arguments.

    `closing`: last year's closing figures by (unit code, indicator code), in the form's units.
    `sending`: sentences on due date, addressee and how to send it, on a sheet of their own.
    `typed`: figures that stand in it as if somebody had filled them in.
    Returns how many cells both fill.
    """
    plan = Plan(filing, closing, typed)
    with whole_file(path) as part, Workbook(part) as book:
        book.set_properties({"created": datetime.combine(filing.on, time())})
        styles = Styles(book)
        sheets = [(table, book.add_worksheet(table.sheet)) for table in plan.tables]
        lists = write_lists(book, styles, plan)
        for table, sheet in sheets:
            own = {name: area for (where, name), area in lists.items() if where == table.sheet}
            draw_table(Drawing(sheet, styles, plan, table, own))
        write_sending(book, styles, sending)
        write_about(book, filing)
    return plan.given
