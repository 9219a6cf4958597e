"""Rows under a label that names nothing known in their table: which finding they deserve."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.catalogue.forms import DATE
from etl.ground.addresses import address
from etl.ground.records import State
from etl.ground.text import key, suggest
from etl.normalise.header.extracted import Extracted
from etl.normalise.header.plans import TablePlan
from etl.normalise.sheets.evidence import first_meant, is_numbered
from etl.normalise.texts.cells import coded, without_ordinal, written
from etl.normalise.texts.dated import Dated
from etl.normalise.texts.days import parse_day
from etl.normalise.texts.labels import Meaning
from etl.normalise.texts.parent import Parent
from etl.normalise.texts.suggestions import nearest_units, told_apart
from etl.normalise.texts.word_lists import ROW_WORDS
from etl.units.index import Unit, load_units, split_type

_DATE_LINE = re.compile(r"\bngày\b")
_CODE = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$")
_SIGN = re.compile(r"^\d+\s*[/-]\s*\S+$")  # the number and sign of a document


class Row(NamedTuple):
    """A row of a sheet (0-based), the label that it stands under, and the word of its line."""

    number: int
    cells: list[object]
    label: str
    line: str


class UnknownRows:
    """Judges the rows of one page by the labels of its table; a district holds for what is below
    its heading."""

    def __init__(self, plan: TablePlan, parent: Parent, out: Extracted) -> None:
        self._plan, self._parent, self._out = plan, parent, out
        self._table, self._labels = plan.table, plan.labels
        self._last_text, self._is_below = -1, False  # of a list of texts

    def first_figure(self, row: Row) -> int | None:
        """The first column in which the row holds, or was meant to hold, a figure."""
        is_row = is_numbered(self._plan, row.cells) or self._is_typed(row.label)
        return first_meant(self._plan, row.cells, is_row=is_row)

    def _is_typed(self, label: str) -> bool:
        """Whether a label begins as the name of a unit does; "Xã X, ngày …" is a date line."""
        if self._table.rows != "units" or _DATE_LINE.search(key(label)):
            return False
        return split_type(label)[0] is not None

    def has_meaning(self, row: Row, district: str | None) -> bool:
        """Whether a label names a unit, known or not, or a part of the row above: it cannot be
        the title of a group."""
        label, parent = row.label, self._parent
        is_unit = parent.find(label, district) or parent.find_dated(label, district)
        is_part = self._labels.is_of_which(label, parent, district)
        return bool(is_unit) or self._is_typed(label) or is_part

    def is_stated(self, row: Row) -> bool:
        """Whether a row of statements states something: a footer's words below them do not."""
        cells, columns = row.cells, self._table.columns
        if self.first_figure(row) is not None or _CODE.match(row.label):
            return True
        texts = {name: written(cells[at]) for name, at in self._plan.places.items()
                 if at < len(cells)}  # fmt: skip
        coding = (
            name for name in texts
            if columns[name].codes or (columns[name].values and not columns[name].open)
        )  # fmt: skip
        if any(texts[name] and coded(columns[name], texts[name]) for name in coding):
            return True
        is_row = is_numbered(self._plan, cells) and any(
            at < len(cells) and written(cells[at]) for at in self._plan.attribute_places
        )
        if self._table.lists_texts and (is_row or self._is_listed(row)):
            self._last_text = row.number
            return True
        return is_row

    def _is_listed(self, row: Row) -> bool:
        """Whether a row without a number belongs to a list of texts: it has a day, says several
        things, or goes on with the row above; what stands from the first words of a footer on does
        not."""
        cells, columns = row.cells, self._table.columns
        filled = {
            name: cells[at]
            for name, at in self._plan.places.items()
            if at < len(cells) and columns[name].is_ == "attribute" and written(cells[at])
        }
        if any(columns[name].unit == DATE and parse_day(cell).state == State.VALUE
               for name, cell in filled.items()):  # fmt: skip
            return True
        ends = ROW_WORDS.pattern("list_ends")
        words = {row.label, *(written(cell) for name, cell in filled.items()
                              if not (row.label and columns[name].unit == DATE))}  # fmt: skip
        self._is_below |= any(ends.match(key(each)) for each in words)
        if self._is_below or not filled:
            return False
        goes_on = not row.label and row.number == self._last_text + 1
        return len(filled) > 1 or goes_on or bool(_SIGN.match(row.label))

    def find(self, row: Row, district: str | None) -> None:
        """The finding on a row that holds figures; none of its cells is read."""
        label, out = row.label, self._out
        out.set_aside(row.number, row.cells, self._plan.value_places)
        cell = address(row.number, self._plan.key_place)
        out.refused += 1
        if self._labels.is_of_which(label, self._parent, district):
            out.find("row-of-which", cell, label)
        elif self._table.rows == "items":
            names = [spec.labels[-1] for spec in self._table.items.values()]
            out.find("item-unknown", cell, label, suggestions="; ".join(suggest(label, names)))
        elif found := self._parent.find(label, district):
            self._unclear(row, found)
        elif (dated := self._dated(row, district)) and dated.unit is None:
            out.find(f"unit-{dated.rule}", cell, label, **dated.params)
        else:
            inside = [u for u in self._parent.units if district in (None, *u.parents)]
            near = nearest_units(without_ordinal(key(label)), inside, self._parent.units)
            named = told_apart(load_units().history, near, inside)
            out.find("unit-unknown", cell, label, suggestions=named)

    def _unclear(self, row: Row, found: list[Unit]) -> None:
        """A label that names several units, or one unit whose line is not known."""
        if len(found) > 1:
            units = told_apart(load_units().history, found)
            cell = address(row.number, self._plan.key_place)
            self._out.find("unit-ambiguous", cell, row.label, units=units)
            return
        self.line_unknown(row)

    def line_unknown(self, row: Row) -> None:
        """A row of a unit or a sum of which the form knows no such line."""
        lines = "; ".join(spec.labels[0] for spec in self._table.items.values())
        cell = address(row.number, self._plan.line_place or 0)
        self._out.find("line-unknown", cell, row.line, lines=lines)

    def at_another_date(self, row: Row, district: str | None) -> Meaning | None:
        """The meaning of a unit's name that is not in force, where its history leaves no choice."""
        dated = self._dated(row, district)
        if dated is None or dated.unit is None:
            return None
        known = self._labels.meaning(dated.unit.full_name, row.line, self._parent, district)
        if known is not None:
            cell = address(row.number, self._plan.key_place)
            self._out.find("unit-renamed", cell, row.label, **dated.params)
        return known

    def _dated(self, row: Row, district: str | None) -> Dated | None:
        """What the name of a row with figures means at other dates; None where it means nothing."""
        is_unit = self._table.rows == "units" and self.first_figure(row) is not None
        if not is_unit or self._parent.find(row.label, district):
            return None
        return self._parent.find_dated(row.label, district)
