"""Text boxes, shapes and pictures that lie over figures: who opens the workbook sees them first.

A box with another number than its cells, or with words that take them back ("HỦY"), stops the
filing; any other drawing over figures is said.
"""

from __future__ import annotations

from etl.ground.addresses import address
from etl.ground.text import key
from etl.normalise.beside.notes import Filed
from etl.normalise.beside.remarks import amount, of_remark
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.texts.cells import written
from etl.normalise.texts.word_lists import ROW_WORDS


def drawn_findings(page: Page, out: Extracted, filed: Filed) -> None:
    """The findings on what is drawn over the figures of a page, added to `out`."""
    rows, layout = page.sheet.rows, page.plan.layout
    columns = layout.table.columns
    places = sorted(h.place for name, h in layout.columns if columns[name].is_ == "figure")
    for each in page.sheet.drawn:
        cells = {
            address(r, c): rows[r][c]
            for r in out.rows
            for c in places
            if each.top <= r <= each.bottom and each.left <= c <= each.right and c < len(rows[r])
        }
        filled = {cell: held for cell, held in cells.items() if held != ""}
        number = ROW_WORDS.pattern("remarks", "number").fullmatch(key(each.text))
        fault = of_remark(each.text, filed)
        if number and amount(number[1]) in map(amount, cells.values()):
            continue
        if cells and (number or (fault and fault[0] != "note-unsure")):
            cell, held = next(iter((filled or cells).items()))
            out.find("figure-covered", cell, each.text, held=written(held))
        elif filled:
            cell, held = next(iter(filled.items()))
            out.find("figure-drawn-over", cell, written(held))
