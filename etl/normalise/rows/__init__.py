"""From a recognised table to figures: one per cell that the form gives a meaning to.

A table may go on on further sheets: its pages are read one after the other, as one.
"""

from __future__ import annotations

from functools import partial

from etl.catalogue.header_words import header_key
from etl.ground.addresses import address
from etl.normalise.header.extracted import Extracted, Page, Reading, Unnamed
from etl.normalise.header.layout import repeated_key
from etl.normalise.rows.account import settle_account
from etl.normalise.rows.between import Between
from etl.normalise.rows.checks import check_group, check_measure
from etl.normalise.rows.clusters import Clusters, may_be_cluster
from etl.normalise.rows.figures import RowFigures
from etl.normalise.rows.fund_rows import said_before
from etl.normalise.rows.row_sums import leave_unjudged
from etl.normalise.rows.sums import Sums
from etl.normalise.rows.unknown import Row, UnknownRows
from etl.normalise.sheets.evidence import first_meant, is_numbered
from etl.normalise.texts.cells import is_numbering, shown, written
from etl.normalise.texts.labels import Meaning, Seen, Spot, identity, missing
from etl.normalise.texts.parent import Parent


def read_rows(pages: list[Page], reading: Reading, parent: Parent) -> list[Extracted]:
    """All figures below the headers of one table, a page each: every filled cell of a column that
    is kept is a figure, a word of a heading, or in a finding."""
    return _Rows(pages, reading, parent).all()


class _Rows:
    """One pass over the pages of one table, row by row. What a heading says, and the last name,
    hold for the rows below them, on the next page too."""

    def __init__(self, pages: list[Page], reading: Reading, parent: Parent) -> None:
        self.pages, self.reading, self.parent = pages, reading, parent
        self.table, self.labels = pages[0].plan.table, pages[0].plan.labels
        self.has_lines = self.table.line_column is not None
        self.has_statements = self.table.rows == "statements"
        self.done: list[Extracted] = []
        self.seen: Seen = {}
        self.sums, self.clusters = Sums(), Clusters()
        self.data_rows: list[int] = []  # counted over all pages, from 1
        self.refused: list[int] = []  # likewise
        self.is_whole = True  # no page breaks off at another header
        self.district: str | None = None
        self.block: str | None = None
        self.items_of: str | None = None
        self.name, self.name_row = "", 0
        self._turn_to(pages[0])

    def _turn_to(self, page: Page) -> None:
        self.page, self.plan, self.sheet = page, page.plan, page.sheet
        self.out = Extracted(self.reading.filing_id, page.sheet)
        self.figures = RowFigures(page, self.reading, self.out)
        self.unknown = UnknownRows(page.plan, self.parent, self.out)
        self.between = Between(page, self.reading, self.parent, self.out)
        self.below_header = True

    def all(self) -> list[Extracted]:
        for page in self.pages:
            self._turn_to(page)
            self.done.append(self.out)
            r, rows = page.plan.first_row, page.sheet.rows
            while r < len(rows):
                r += self._next(r, rows[r])
        self.clusters.settle(self.done, self.sums.spans, self.data_rows)
        if self.is_whole:
            self._missing()
        self.sums.settle(sorted([*self.data_rows, *self.refused]), self.plan.as_group)
        leave_unjudged(self.done, self.refused)
        for page, out in zip(self.pages, self.done, strict=True):
            settle_account(page, out)
        return self.done

    def _missing(self) -> None:
        outs = {out.sheet.name: out for out in reversed(self.done)}
        for rule, spot, params in missing(self.table, self.parent, self.seen):
            out = outs[spot.sheet] if spot else self.done[0]
            out.find(rule, spot.cell if spot else "", "", **params)

    def _next(self, r: int, cells: list[object]) -> int:
        """Read what stands at a row; how many rows that is."""
        label = self._label(r, cells)
        if label and header_key(label) in self.plan.key_headers:
            return self._header(r)
        if self.below_header and is_numbering(cells, is_named=bool(label)):
            self._set_aside(r, cells)
        elif not label:
            self._nameless(r, cells)
        else:
            self._row(Row(r, cells, label, self._line_text(cells) if self.has_lines else ""))
        return 1

    def _header(self, r: int) -> int:
        """The header again, as on a new page. Where it is another one, nothing below is read."""
        changed = self._changed_header(r)
        if changed is not None:
            return self._break_off(r, *changed)
        height = len(self.plan.layout.block)
        for at, cells in enumerate(self.sheet.rows[r : r + height], start=r):
            self._set_aside(at, cells)
        self.below_header = True
        return height

    def _break_off(self, first: int, changed_row: int, place: int) -> int:
        """Leave the page unread from a row on, for what a cell of its header says."""
        rows = self.sheet.rows
        below = range(first, len(rows))
        for r in below:
            self._set_aside(r, rows[r])
        last = max(r for r in below if rows[r].count("") < len(rows[r]))
        seen = shown(rows[changed_row][place], None)
        cell, unread = address(changed_row, place), f"{first + 1}–{last + 1}"
        self.out.find("header-changed", cell, seen, rows=unread)
        self._refuse(*range(first, last + 1))
        self.is_whole = False
        return len(below)

    def _changed_header(self, r: int) -> tuple[int, int] | None:
        """The first cell in which the header, repeated as on a new page, is another one."""
        block = self.plan.layout.block
        over: tuple[str, ...] = ()
        for at, (row, wanted) in enumerate(
            zip(self.sheet.rows[r : r + len(block)], block, strict=False), start=r
        ):
            for place, text in enumerate(wanted):
                found = repeated_key(row[place] if place < len(row) else "")
                # a merge over words has been filled down by now
                if found != text and (text or found not in over[place : place + 1]):
                    return at, place
            over = wanted
        return None

    def _label(self, r: int, row: list[object]) -> str:
        """Text of the key column; of the ordinal column where only that says "Tổng cộng"; of
        the unit above where this is a further line of it."""
        place = self.plan.key_place
        label = str(row[place]).strip() if place < len(row) else ""
        ordinal = self.plan.ordinal_place
        if not label and ordinal is not None and ordinal < len(row):
            first = str(row[ordinal]).strip()
            label = first if self.labels.is_sum(first) else ""
        if label:
            self.name_row = r
            return label
        return self.name if self.has_lines and self._line_text(row) else ""

    def _line_text(self, row: list[object]) -> str:
        place = self.plan.line_place
        return str(row[place]).strip() if place is not None and place < len(row) else ""

    def _set_aside(self, r: int, cells: list[object]) -> None:
        self.out.set_aside(r, cells, self.plan.value_places)

    def _nameless(self, r: int, cells: list[object]) -> None:
        """A row without a name must hold no figure; it may be a heading."""
        if cells.count("") == len(cells):
            return
        self._set_aside(r, cells)
        if self.below_header and self.between.are_units(cells):
            self.between.judge_units(r, cells)
            return
        place = self._first_value(r, cells)
        if place is None:
            self.between.below.append(r)
            return
        seen, cell = shown(cells[place], None), address(r, place)
        self.out.unnamed.append(Unnamed(r, self.plan.key_place, cell, seen))
        self._refuse(r)

    def _refuse(self, *rows: int) -> None:
        """Rows that a finding keeps from being read."""
        self.out.refused += 1
        self.refused.extend(map(self._row_no, rows))

    def _row_no(self, r: int) -> int:
        """A row's number in the table: from 1, counted over all pages."""
        return self.page.offset + r + 1

    def _first_value(self, r: int, cells: list[object]) -> int | None:
        """The first column of a row without a name that holds a figure, or, in a table of
        statements, a word of a statement."""
        numbered = is_numbered(self.plan, cells)
        place = first_meant(self.plan, cells, is_row=numbered)
        row = Row(r, cells, "", "")
        if place is not None or not self.has_statements or not self.unknown.is_stated(row):
            return place
        said = (at for at in self.plan.attribute_places if at < len(cells) and written(cells[at]))
        return next(said, None)

    def _row(self, row: Row) -> None:
        """A row with a name: read by what that means, or set aside, or in a finding."""
        goes_on = self.has_lines and row.label == self.name
        self.name = row.label
        known = self._meaning(row)
        if known is None or (self.has_statements and not self.unknown.is_stated(row)):
            self._unknown(row, known, goes_on=goes_on)
            return
        self.below_header = False
        self._enter(known)
        if self._is_repeated(row, known) or (self.has_lines and self._lacks_line(row, known)):
            self._set_aside(row.number, row.cells)
            self._refuse(row.number)
            return
        self._read(row, known, goes_on=goes_on)

    def _meaning(self, row: Row) -> Meaning | None:
        """What a row's name means under the headings above it."""
        if self.table.rows == "items":
            known, self.items_of = self.labels.item(row.label, self.items_of)
        else:
            known = self.labels.meaning(row.label, row.line, self.parent, self.district)
        return known or self.unknown.at_another_date(row, self.district)

    def _read(self, row: Row, known: Meaning, *, goes_on: bool) -> None:
        """A row that has a meaning: its figures, and what they sum up."""
        row_no = self._row_no(row.number)
        if known.kind == "row":
            self.data_rows.append(row_no)
            self._check_row(row, known)
        elif self.has_statements:  # its name is none of a statement
            self.out.set_aside(row.number, row.cells, [self.plan.key_place])
        if self.plan.measure_place is not None:
            check_measure(self.out, self.plan, row, known, self.plan.measure_place)
        first = len(self.out.figures)
        kind = known.kind if known.kind in ("row", "total") else "group"
        self.figures.add(row.number, row.cells, (kind, known.item), known.subject)
        if known.kind != "row" and self.table.rows == "units":
            added = range(first, len(self.out.figures))
            self.sums.add(known.kind, row_no, self.out.figures, added, goes_on=goes_on)

    def _enter(self, known: Meaning) -> None:
        """A district or block heading holds for the rows below it."""
        if known.kind == "district":
            self.district, self.block = known.subject, None
        elif known.kind == "block":
            self.block = known.subject

    def _check_row(self, row: Row, known: Meaning) -> None:
        """A row stands under the right heading."""
        if self.between.below:
            self.between.rows_follow()
        if self.block:
            check_group(self.out, self.plan, row, known, self.block)

    def _is_repeated(self, row: Row, known: Meaning) -> bool:
        """A second row of one unit, item or line of funds: a finding, and not read."""
        what = identity(self.table, known, self.district)
        is_told = known.kind == "row" and bool(self.plan.telling_places)
        if what is None and not is_told:
            return False
        row_no = self._row_no(row.number)
        spot = Spot(row_no, address(self.name_row, self.plan.key_place), self.sheet.name)
        if is_told:
            first = said_before(self.plan, row.cells, what, spot, self.seen)
        else:
            first = self.seen.setdefault(what or (), spot)
        if first.row_no == row_no:
            return False
        rule = "unit-repeated" if self.table.rows == "units" else "item-repeated"
        here = address(row.number, self.plan.key_place)
        where = first.seen_from(self.sheet.name)
        self.out.find(rule, here, row.label, first=where, label=row.label)
        return True

    def _lacks_line(self, row: Row, known: Meaning) -> bool:
        """A sum that does not say of which line it is, where each unit has several."""
        if known.item or self.unknown.first_figure(row) is None:
            return False
        self.unknown.line_unknown(row)
        return True

    def _unknown(self, row: Row, known: Meaning | None, *, goes_on: bool) -> None:
        """A row under a label that names nothing known here: a finding if it holds figures, unless
        it turns out to sum up the rows around it."""
        is_heading = known is not None or self.unknown.first_figure(row) is None
        refuse = partial(
            self._unnamed_here, self.unknown, self._row_no(row.number), row, self.district
        )
        if is_heading:
            self._set_aside(row.number, row.cells)
            self.between.below.append(row.number)
        elif may_be_cluster(self.plan, row) and not self.unknown.has_meaning(row, self.district):
            self.clusters.add(self.page, self.figures, row, refuse, goes_on=goes_on)
        else:
            refuse()

    def _unnamed_here(
        self, unknown: UnknownRows, row_no: int, row: Row, district: str | None
    ) -> None:
        """The finding on a row; unless it is a part of the row above, no sum over it is judged."""
        unknown.find(row, district)
        if not self.labels.is_of_which(row.label, self.parent, district):
            self.refused.append(row_no)
