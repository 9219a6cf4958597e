"""Hidden rows and columns: what was read although nobody sees it is said, and where something
else can be seen in its place the filing stops.

- A hidden row of the table is read and named: filters hide rows that count.
- A hidden line of the title block is named: it says who filed, and for when.
- A hidden header stops the filing: nobody who opens the file sees what its columns are.
- A hidden sheet is read and named, and stops the filing where the form stands on no other and a
  sheet that can be seen shows figures.
- A hidden column is read and named, and stops the filing where a column of figures that can be
  seen is not read: it may be the one that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from openpyxl.utils.cell import coordinate_to_tuple

from etl.ground.addresses import address
from etl.ground.records import Finding, Sheet
from etl.ground.text import key
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.header.faults import Found
from etl.normalise.header.headings import Heading
from etl.normalise.texts.cells import is_figure
from etl.normalise.texts.identity import years_in
from etl.units.version import A_TYPE_IN_PROSE

_SAYS = re.compile(rf"\b(?:đơn vị|đvt|đv|{A_TYPE_IN_PROSE}|đồng|hộ|người)\b")
_FEW = 12
_SEVERAL = 3  # rows of figures make a table
_READ = frozenset({"unit", "item", "line", "figure", "attribute"})


def hiding_findings(page: Page, out: Extracted, titles: list[str], unread: list[Finding]) -> None:
    """What is hidden of a table that was read, added to `out`. `unread`: the findings on columns
    with figures that the form does not have."""
    sheet = page.sheet
    if sheet.hidden_rows:
        _rows(page, out)
        _title(page, out, titles)
        _header(page, out)
    if sheet.hidden_columns:
        _columns(page, out, unread)


def only_hidden(filing_id: int, found: list[Found], sheets: list[Sheet]) -> Iterator[Finding]:
    """The form stands on hidden sheets only while another sheet shows rows of figures: who opens
    the workbook sees those."""
    if any(table.sheet.visible for table in found):
        return
    for sheet in sheets:
        if sheet.visible and sum(_names_a_figure(row) for row in sheet.rows) >= _SEVERAL:
            name, params = found[0].sheet.name, (("other", sheet.name),)
            yield Finding(filing_id, "sheet-hidden-only", name, seen=sheet.name, params=params)
            return


def _names_a_figure(row: list[object]) -> bool:
    """Whether a word and, right of it, a figure stand in a row."""
    words = [c for c, cell in enumerate(row) if type(cell) is str and not is_figure(cell) and cell]
    return bool(words) and any(cell != "" and is_figure(cell) for cell in row[words[0] :])


def _rows(page: Page, out: Extracted) -> None:
    hidden = [r for r in out.rows if r in page.sheet.hidden_rows]
    for run in _runs(hidden, page.sheet):
        cell = address(run[0], page.plan.key_place)
        label = str(page.sheet.rows[run[0]][page.plan.key_place]).strip()
        out.find("row-hidden", cell, label, rows=numbered(run))


def _title(page: Page, out: Extracted, titles: list[str]) -> None:
    """Hidden lines above the header that say who filed what, for when, in what unit of measure."""
    rows = page.sheet.rows[: max(page.plan.layout.first_row, 0)]
    for r in sorted(page.sheet.hidden_rows):
        for place, cell in enumerate(rows[r] if r < len(rows) else []):
            text = str(cell).strip()
            is_title = any(text in title for title in titles)
            if text and (_SAYS.search(key(text)) or years_in(text) or is_title):
                out.find("title-hidden", address(r, place), text, rows=str(r + 1))
                break


def _header(page: Page, out: Extracted) -> None:
    layout, hidden = page.plan.layout, page.sheet.hidden_rows
    headings = [h for name, h in layout.columns if layout.table.columns[name].is_ in _READ]
    for heading in headings:
        if heading.row >= 0 and hidden.issuperset(_rows_of(page.sheet, heading)):
            out.find("header-hidden", heading.cell, heading.text, rows=str(heading.row + 1))
            return


def _rows_of(sheet: Sheet, heading: Heading) -> range:
    """The rows of a header cell, which may be merged downwards."""
    at = (heading.row, heading.place)
    bottom = next((end[0] for start, end in sheet.merged or () if start == at), heading.row)
    return range(heading.row, bottom + 1)


def _columns(page: Page, out: Extracted, unread: list[Finding]) -> None:
    layout, sheet = page.plan.layout, page.sheet
    seen_unread = [
        f for f in unread if coordinate_to_tuple(f.cell)[1] - 1 not in sheet.hidden_columns
    ]
    for name, heading in layout.columns:
        place = heading.place
        is_read = layout.table.columns[name].is_ in _READ and place in sheet.hidden_columns
        if not is_read or all(str(sheet.rows[r][place]).strip() == "" for r in out.rows):
            continue
        cell = heading.cell if heading.row >= 0 else address(0, place)
        if seen_unread:
            other = seen_unread[0]
            params = {"other": other.cell, "other_header": other.seen}
            out.find("column-hidden", cell, heading.text, **params)
            out.refused += 1
        else:
            out.find("column-hidden-read", cell, heading.text)


def _runs(rows: Iterable[int], sheet: Sheet) -> Iterator[list[int]]:
    """Rows that follow each other, or with hidden ones between them."""
    run: list[int] = []
    for r in rows:
        if run and any(between not in sheet.hidden_rows for between in range(run[-1] + 1, r)):
            yield run
            run = []
        run.append(r)
    if run:
        yield run


def numbered(rows: list[int]) -> str:
    """Rows as their numbers on the sheet: "12", "12, 13"; many as "12–40"."""
    if len(rows) > _FEW:
        return f"{rows[0] + 1}–{rows[-1] + 1}"
    return ", ".join(str(r + 1) for r in rows)
