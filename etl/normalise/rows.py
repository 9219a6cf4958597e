"""From a recognised table to figures: one per cell that the form gives a meaning to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.utils import get_column_letter

from etl.ground.forms import TOTAL_ITEM, Slot, Table, slots
from etl.ground.indicators import indicator_codes
from etl.ground.records import Figure, Finding, Sheet, State
from etl.ground.text import key, suggest
from etl.ground.units import Unit
from etl.normalise.layout import Layout
from etl.normalise.numbers import BLANK, Number, parse_float, parse_text

UnitsOf = Callable[[str], list[Unit]]
_NUMBERING = re.compile(r"^(?:[A-ZĐ]|\d{1,2}|\d{1,2}\s*=.*|\(\d{1,2}\))$")
_LETTERS = [get_column_letter(c + 1) for c in range(703)]


@dataclass(slots=True)
class Extracted:
    """Figures of one table, findings on its cells, and cells worth a second look.

    `doubtful` holds (index into figures, row, column), 0-based.
    """

    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubtful: list[tuple[int, int, int]] = field(default_factory=list)


@lru_cache(maxsize=256)
def _slots_of(
    form: str, version: str, table: str
) -> dict[str | None, dict[str, Slot]]:
    """The slots of one table: item -> column -> slot."""
    found: dict[str | None, dict[str, Slot]] = {}
    for slot in slots():
        if (slot.form, slot.form_version, slot.table) == (form, version, table):
            found.setdefault(slot.item, {})[slot.column] = slot
    return found


class TableReader:
    """Reads the rows of one layout; made once a layout, used for every filing that has it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.table: Table = layout.table
        self.places = dict(layout.columns)
        self.key_place = self.places[self.table.key_column]
        self.totals = {key(label) for label in self.table.total_labels}
        self.items = {
            key(label): item for item, spec in self.table.items.items() for label in spec.labels
        }
        by_item = _slots_of(layout.form.form, layout.form.version, layout.table_name)
        self.plans = {item: self._plan(columns) for item, columns in by_item.items()}

    def _plan(self, columns: dict[str, Slot]) -> list[tuple[int, Slot, bool]]:
        """(place, slot, is it text) of the columns that this sheet has and this item fills."""
        return [
            (self.places[name], slot, slot.kind == "attribute")
            for name, slot in columns.items()
            if name in self.places and not (slot.kind == "check" and self._unused(slot))
        ]

    def _unused(self, slot: Slot) -> bool:
        """An indicator column that this item does not fill (e.g. no denominator)."""
        column = self.table.columns[slot.column]
        item = self.table.items.get(slot.item or "")
        if not item or not item.cells:
            return False
        wanted = {column.ratio.numerator, column.ratio.denominator} if column.ratio else {slot.column}
        return not wanted <= set(item.cells)

    def read(
        self, filing_id: int, sheet: Sheet, units_of: UnitsOf, names: list[str]
    ) -> Extracted:
        """All figures below the header.

        `units_of` gives the filer's units that a row label names; `names` are all of them, to
        suggest from.
        """
        out = Extracted()
        seen: dict[str, str] = {}
        for r in range(self.layout.last_row + 1, len(sheet.rows)):
            row = sheet.rows[r]
            label = self._label(row)
            if label == "" or self._is_numbering(row, r):
                continue
            kind = self._row_kind(label, units_of)
            if kind is None:
                if self._has_figures(row):
                    found = units_of(label) if self.table.rows == "units" else []
                    out.findings.append(self._unknown(filing_id, sheet, r, label, found, names))
                continue
            item, subject = kind
            cell = f"{_LETTERS[self.key_place]}{r + 1}"
            identity = subject or item
            if identity and self.table.rows != "statements":
                if identity in seen:
                    rule = "unit-repeated" if subject else "item-repeated"
                    out.findings.append(
                        Finding(filing_id, rule, sheet.name, cell, label,
                                params=(("first", seen[identity]), ("label", label)))  # fmt: skip
                    )
                    continue
                seen[identity] = cell
            self._read_row(out, filing_id, sheet, r, item, subject)
        self._missing_items(out, filing_id, sheet, seen)
        return out

    def _label(self, row: list[object]) -> str:
        """Text of the key column; of the ordinal column where only that says "Tổng cộng"."""
        label = str(row[self.key_place]) if self.key_place < len(row) else ""
        ordinal = self.places.get("ordinal")
        if not label and ordinal is not None and ordinal < len(row):
            first = str(row[ordinal])
            return first if key(first) in self.totals else ""
        return label

    def _row_kind(
        self, label: str, units_of: UnitsOf
    ) -> tuple[str | None, str | None] | None:
        """(item, subject) of a row by its label; None where the label is not known."""
        label_key = key(label)
        if label_key in self.totals:
            return TOTAL_ITEM, None
        if self.table.rows == "statements":
            return None, None
        if self.table.rows == "items":
            item = self.items.get(label_key)
            return (item, None) if item else None
        found = units_of(label)
        return (None, found[0].code) if len(found) == 1 else None

    def _is_numbering(self, row: list[object], r: int) -> bool:
        """The row "A, B, 1, 2, 3=1/2*100" that stands right below a header."""
        if r > self.layout.last_row + 1:
            return False
        filled = [str(c if type(c) is not float else int(c)) for c in row if c != ""]
        return len(filled) > 2 and all(_NUMBERING.match(c.strip()) for c in filled)

    def _has_figures(self, row: list[object]) -> bool:
        return any(
            row[c] != "" and self.table.columns[name].is_ == "figure"
            for name, c in self.layout.columns
            if c < len(row)
        )

    def _read_row(
        self,
        out: Extracted,
        filing_id: int,
        sheet: Sheet,
        r: int,
        item: str | None,
        subject: str | None,
    ) -> None:
        row = sheet.rows[r]
        for place, slot, is_text in self.plans.get(item, ()):
            raw = row[place] if place < len(row) else ""
            address = f"{_LETTERS[place]}{r + 1}"
            if is_text:
                self._attribute(out, filing_id, sheet, r, address, slot, str(raw).strip())
                continue
            number = _parse(raw, slot.unit)
            text = _as_filed(raw, number)
            if number.rule:
                out.findings.append(
                    Finding(filing_id, number.rule, sheet.name, address, text, slot.unit or "",
                            (("seen", text), *number.params))  # fmt: skip
                )
            elif raw == "" or _small_rate(number, raw, slot.unit):
                out.doubtful.append((len(out.figures), r, place))
            out.figures.append(
                Figure(filing_id, slot.slot_id, r + 1, sheet.name, address, subject,
                       number.state.value, number.value, None, text)  # fmt: skip
            )

    def _attribute(
        self,
        out: Extracted,
        filing_id: int,
        sheet: Sheet,
        r: int,
        address: str,
        slot: Slot,
        text: str,
    ) -> None:
        column = self.table.columns[slot.column]
        code: str | None = text or None
        if column.values is not None and text:
            code = _coded(column.values, text)
        if column.codes == "indicator" and text:
            code = text if text in indicator_codes() else None
        if text and code is None:
            allowed = "; ".join(words[0] for words in (column.values or {}).values())
            out.findings.append(
                Finding(filing_id, "value-unknown", sheet.name, address, text, allowed,
                        (("seen", text), ("allowed", allowed)))  # fmt: skip
            )
        state = State.VALUE if text else State.BLANK
        if not text:
            out.doubtful.append((len(out.figures), r, self.places[slot.column]))
        out.figures.append(
            Figure(filing_id, slot.slot_id, r + 1, sheet.name, address, None,
                   state.value, None, code, text)  # fmt: skip
        )

    def _unknown(
        self, filing_id: int, sheet: Sheet, r: int, label: str, found: list[Unit], names: list[str]
    ) -> Finding:
        """A row with figures under a label that names nothing known here."""
        address = f"{_LETTERS[self.key_place]}{r + 1}"
        if len(found) > 1:
            units = "; ".join(u.full_name for u in found)
            return Finding(filing_id, "unit-ambiguous", sheet.name, address, label,
                           params=(("seen", label), ("units", units)))  # fmt: skip
        if self.table.rows == "units":
            rule, known = "unit-unknown", names
        else:
            rule = "item-unknown"
            known = [spec.labels[-1] for spec in self.table.items.values()]
        nearest = "; ".join(suggest(label, known))
        return Finding(filing_id, rule, sheet.name, address, label,
                       params=(("seen", label), ("suggestions", nearest)))  # fmt: skip

    def _missing_items(
        self, out: Extracted, filing_id: int, sheet: Sheet, seen: dict[str, str]
    ) -> None:
        """Every item that carries indicators must have its row; project lines may be absent."""
        for item, spec in self.table.items.items():
            if spec.cells and item not in seen:
                label = spec.labels[0]
                out.findings.append(
                    Finding(filing_id, "item-missing", sheet.name, params=(("label", label),))
                )


def _coded(values: dict[str, tuple[str, ...]], text: str) -> str | None:
    text_key = text.casefold() if not key(text) else key(text)
    for code, words in values.items():
        if any(text_key == (key(word) or word.casefold()) for word in words):
            return code
    return None


def _parse(raw: object, unit: str | None) -> Number:
    if type(raw) is float:
        return parse_float(raw, unit)
    if raw == "":
        return BLANK
    if type(raw) is int:
        return parse_float(float(raw), unit)
    if type(raw) is str:
        return parse_text(raw, unit)
    return Number(State.UNREADABLE, None, "number-unreadable")


def _as_filed(raw: object, number: Number) -> str:
    """The cell's text; of a number cell, its value as Excel shows it in Vietnam."""
    if type(raw) is float and number.value is not None:
        return number.value.replace(".", ",")
    return str(raw)


def _small_rate(number: Number, raw: object, unit: str | None) -> bool:
    """A rate of at most 1 in a number cell may be a share shown as a percentage."""
    if unit not in ("pct", "pp") or type(raw) is not float:
        return False
    return number.value is not None and 0 < abs(float(number.value)) <= 1
