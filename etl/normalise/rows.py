"""From a recognised table to figures: one per cell that the form gives a meaning to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.utils import get_column_letter

from etl.ground.forms import TOTAL_ITEM, Column, Slot, slots
from etl.ground.indicators import indicator_codes
from etl.ground.records import Figure, Finding, Sheet, State
from etl.ground.text import key, suggest
from etl.ground.units import Unit
from etl.normalise.layout import Layout
from etl.normalise.numbers import BLANK, Number, parse_float, parse_text

_SHARES = frozenset({"pct", "pp", "number"})
UnitsOf = Callable[[str], list[Unit]]
_NUMBERING = re.compile(r"^(?:[A-ZĐ]|\d{1,2}(?:\.0)?|\d{1,2}\s*=.*|\(\d{1,2}\))$")
_LETTERS = [get_column_letter(c + 1) for c in range(703)]


@dataclass(frozen=True, slots=True)
class Parent:
    """The unit whose rows these are: how to find a unit by its label, and all names inside."""

    units_of: UnitsOf
    names: list[str]


@dataclass(slots=True)
class Extracted:
    """Figures of one table, findings on its cells, and cells worth a second look.

    `doubtful` holds (index into figures, row, column), 0-based.
    """

    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubtful: list[tuple[int, int, int]] = field(default_factory=list)


class TableReader:
    """Reads the rows of one layout; made once a layout, used for every filing that has it."""

    def __init__(self, layout: Layout) -> None:
        self.table = layout.table
        self.first_row = layout.last_row + 1
        self.places = dict(layout.columns)
        self.key_place = self.places[self.table.key_column]
        self.figure_places = [
            place for name, place in layout.columns if self.table.columns[name].is_ == "figure"
        ]
        self.totals = {key(label) for label in self.table.total_labels}
        self.items = {
            key(label): item for item, spec in self.table.items.items() for label in spec.labels
        }
        self.plans = {
            item: [(self.places[slot.column], slot) for slot in slots if self._is_read(slot)]
            for item, slots in _slots_of(layout).items()
        }

    def _is_read(self, slot: Slot) -> bool:
        """Whether the sheet has the slot's column and its item fills it."""
        if slot.column not in self.places:
            return False
        cells = self.table.items[slot.item].cells if slot.item in self.table.items else {}
        if slot.kind != "check" or not cells:
            return True
        ratio = self.table.columns[slot.column].ratio
        return {ratio.numerator, ratio.denominator} <= set(cells) if ratio else slot.column in cells

    def read(self, filing_id: int, sheet: Sheet, parent: Parent) -> Extracted:
        """All figures below the header."""
        return _Reading(self, filing_id, sheet, parent).rows()


class _Reading:
    """One pass over one sheet."""

    def __init__(self, reader: TableReader, filing_id: int, sheet: Sheet, parent: Parent) -> None:
        self.reader, self.table = reader, reader.table
        self.filing_id, self.sheet, self.parent = filing_id, sheet, parent
        self.out = Extracted()
        self.seen: dict[str, str] = {}

    def rows(self) -> Extracted:
        for r in range(self.reader.first_row, len(self.sheet.rows)):
            row = self.sheet.rows[r]
            label = self._label(row)
            if label and not (r == self.reader.first_row and _is_numbering(row)):
                self._row(r, row, label)
        for item, spec in self.table.items.items():
            if spec.cells and item not in self.seen:
                self._find("item-missing", "", "", label=spec.labels[0])
        return self.out

    def _label(self, row: list[object]) -> str:
        """Text of the key column; of the ordinal column where only that says "Tổng cộng"."""
        place = self.reader.key_place
        label = str(row[place]).strip() if place < len(row) else ""
        ordinal = self.reader.places.get("ordinal")
        if not label and ordinal is not None and ordinal < len(row):
            first = str(row[ordinal])
            return first if key(first) in self.reader.totals else ""
        return label

    def _row(self, r: int, row: list[object], label: str) -> None:
        known = self._meaning(label)
        if known is None:
            filled = (row[place] for place in self.reader.figure_places if place < len(row))
            if any(str(cell).strip() for cell in filled):
                self._unknown(r, label)
            return
        item, subject = known
        if self._is_repeated(r, label, subject or item):
            return
        figures, row_no, name = self.out.figures, r + 1, self.sheet.name
        for place, slot in self.reader.plans.get(item, ()):
            raw = row[place] if place < len(row) else ""
            address = f"{_LETTERS[place]}{row_no}"
            if slot.kind == "attribute":
                figure = self._attribute(slot, address, row_no, str(raw).strip())
                doubtful = figure.state == State.BLANK
            else:
                state, value, rule, params = _parse(raw, slot.unit)
                # a number cell as Excel shows it in Vietnam
                is_number = type(raw) is float and value is not None
                text = value.replace(".", ",") if is_number and value else str(raw)
                if rule:
                    self._find(rule, address, text, **dict(params))
                figure = Figure(
                    self.filing_id, slot.slot_id, row_no, name, address, subject,
                    state, value, None, text,
                )  # fmt: skip
                doubtful = raw == "" or (is_number and _is_small_rate(raw, slot.unit))
            if doubtful:
                self.out.doubtful.append((len(figures), r, place))
            figures.append(figure)

    def _meaning(self, label: str) -> tuple[str | None, str | None] | None:
        """(item, unit code) of a row by its label; None where the label is not known."""
        label_key = key(label)
        if label_key in self.reader.totals:
            return TOTAL_ITEM, None
        if self.table.rows == "statements":
            return None, None
        if self.table.rows == "items":
            item = self.reader.items.get(label_key)
            return (item, None) if item else None
        found = self.parent.units_of(label)
        return (None, found[0].code) if len(found) == 1 else None

    def _is_repeated(self, r: int, label: str, identity: str | None) -> bool:
        """A second row of one unit or item: a finding, and not read."""
        if identity is None:
            return False
        address = f"{_LETTERS[self.reader.key_place]}{r + 1}"
        first = self.seen.setdefault(identity, address)
        if first == address:
            return False
        rule = "unit-repeated" if self.table.rows == "units" else "item-repeated"
        self._find(rule, address, label, first=first, label=label)
        return True

    def _unknown(self, r: int, label: str) -> None:
        """A row with figures under a label that names nothing known here."""
        address = f"{_LETTERS[self.reader.key_place]}{r + 1}"
        if self.table.rows == "items":
            known = [spec.labels[-1] for spec in self.table.items.values()]
            self._find("item-unknown", address, label, suggestions="; ".join(suggest(label, known)))
        elif found := self.parent.units_of(label):
            units = "; ".join(unit.full_name for unit in found)
            self._find("unit-ambiguous", address, label, units=units)
        else:
            nearest = "; ".join(suggest(label, self.parent.names))
            self._find("unit-unknown", address, label, suggestions=nearest)

    def _attribute(self, slot: Slot, address: str, row_no: int, text: str) -> Figure:
        """A text cell: its code where the form lists the words, else the text itself."""
        column = self.table.columns[slot.column]
        code = _coded(column, text) if text else None
        if text and code is None:
            words = "; ".join(words[0] for words in (column.values or {}).values())
            self._find("value-unknown", address, text, allowed=words)
        state = State.VALUE if text else State.BLANK
        return Figure(
            self.filing_id, slot.slot_id, row_no, self.sheet.name, address, None,
            state, None, code, text,
        )  # fmt: skip

    def _find(self, rule: str, cell: str, seen: str, **params: str) -> None:
        listed = (("seen", seen), *params.items())
        self.out.findings.append(
            Finding(self.filing_id, rule, self.sheet.name, cell, seen, params=listed)
        )


@lru_cache(maxsize=256)
def _slots_of(layout: Layout) -> dict[str | None, list[Slot]]:
    """The slots of one table, by item."""
    found: dict[str | None, list[Slot]] = {}
    wanted = (layout.form.form, layout.form.version, layout.table_name)
    for slot in slots():
        if (slot.form, slot.form_version, slot.table) == wanted:
            found.setdefault(slot.item, []).append(slot)
    return found


def _is_numbering(row: list[object]) -> bool:
    """The row "A, B, 1, 2, 3=1/2*100" that may stand right below a header."""
    filled = [str(cell).strip() for cell in row if cell != ""]
    return len(filled) > 2 and all(map(_NUMBERING.match, filled))


def _coded(column: Column, text: str) -> str | None:
    """What a text cell means: one of the column's codes, an indicator, or just its text."""
    if column.codes == "indicator":
        return text if text in indicator_codes() else None
    if column.values is None:
        return text
    plain = key(text) or text
    for code, words in column.values.items():
        if any(plain == (key(word) or word) for word in words):
            return code
    return None


def _parse(raw: object, unit: str | None) -> Number:
    if type(raw) is float:
        return parse_float(raw, unit)
    if type(raw) is str:
        return parse_text(raw, unit) if raw else BLANK
    return Number(State.UNREADABLE, None, "number-unreadable")


def _is_small_rate(raw: object, unit: str | None) -> bool:
    """A rate of at most 1 in a number cell may be a share shown as a percentage."""
    return unit in _SHARES and isinstance(raw, float) and 0 < abs(raw) <= 1
