"""What the label of a row means inside one table: a unit, an item, a sum, a block of units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from etl.catalogue.forms import Table
from etl.catalogue.measures import fits, units_in
from etl.ground import numerals
from etl.ground.text import key
from etl.normalise.texts.cells import without_ordinal
from etl.normalise.texts.parent import Parent
from etl.normalise.texts.row_names import item_spelled, uncounted
from etl.units.index import Unit, split_type

_SUM = re.compile(r"^(?:tổng cộng|tổng số|tổng|cộng)\b[:\s]*")
_UNIT_BEHIND = re.compile(r"(.+)\(([^()]+)\)$")
_MOST_LABELS = 4096
_OF_WHICH = "trong đó"
What = tuple[str | None, ...]  # kind, subject, item


class Spot(NamedTuple):
    """Where something was first named: the number of its row, its cell and its sheet."""

    row_no: int
    cell: str
    sheet: str

    def seen_from(self, sheet: str) -> str:
        """Its cell, with the sheet where that is another one."""
        return self.cell if sheet == self.sheet else f"{self.cell} (trang tính “{self.sheet}”)"


Seen = dict[What, Spot]


class Meaning(NamedTuple):
    """A row: `kind` row, total (of the table), segment (of rows above), district or block.

    `item` is its item or line; `subject` the code of its unit or district, or its block. A district
    that has ended has none: its units are looked for in the whole province.
    """

    kind: Literal["row", "total", "segment", "district", "block"]
    item: str | None = None
    subject: str | None = None
    unit: Unit | None = None


class Labels:
    """The labels of one table of a form; {year} in one stands for a year that its headers name."""

    def __init__(self, table: Table, years: Iterable[int] = ()) -> None:
        self.table = table
        self.totals = {key(label) for label in table.total_labels}
        self.items = {
            key(label.replace("{year}", year)): item
            for item, spec in table.items.items()
            for label in spec.labels
            for year in (map(str, years) if "{year}" in label else ("",))
        }
        self.blocks = {
            key(label): block for block, spec in table.groups.items() for label in spec.labels
        }
        self.item = lru_cache(maxsize=_MOST_LABELS)(self._item)
        of_block = ((item, b) for b, spec in table.groups.items() for item in spec.items)
        self._block = dict(reversed([*of_block]))  # the first that has an item

    def is_sum(self, label: str) -> bool:
        """Whether a label alone in the ordinal column says that the row sums up others, or is the
        row that states the whole ("Tổng cộng" may be one of the items)."""
        plain = without_ordinal(key(label))
        is_item = self.table.rows == "items" and key(label) in self.items
        return key(label) in self.totals or plain in self.blocks or is_item

    def is_any_sum(self, label: str) -> bool:
        """Whether a label says that its row sums up others, wherever it stands."""
        plain = without_ordinal(key(label))
        return key(label) in self.totals or plain in self.blocks or bool(_SUM.match(key(label)))

    def is_of_which(self, label: str, parent: Parent, district: str | None) -> bool:
        """Whether a row shows a part of the row above it, which the form does not ask for.

        One that goes on to name a row of the form is no such part.
        """
        plain = without_ordinal(key(label))
        rest = plain.removeprefix(_OF_WHICH).strip(" :")
        is_known = rest and self.meaning(rest, "", parent, district) is not None
        return plain.startswith(_OF_WHICH) and not is_known

    def meaning(
        self, label: str, line_text: str, parent: Parent, district: str | None
    ) -> Meaning | None:
        """What a row is by its label; None where the label or its line is not known."""
        if self.table.rows == "statements":
            return Meaning("total") if key(label) in self.totals else Meaning("row")
        if self.table.rows == "items":
            return self.item(label, None)[0]
        found = self._unit(label, parent, district)
        if found is None or self.table.line_column is None:
            return found
        line = self.items.get(key(line_text))
        if line is None:
            return None if line_text or found.kind == "row" else found
        return found._replace(item=line)

    def _item(self, label: str, within: str | None) -> tuple[Meaning | None, str | None]:
        """What a row of items is that stands in a block of them, and the block that goes on below
        it; the sum of one ends it."""
        known = self._find_item(key(label), within)
        if known is None or known.kind == "block":
            return known, known.item if known and not _SUM.match(key(label)) else None
        return known, self._block.get(known.item or "")

    def _find_item(self, label_key: str, within: str | None) -> Meaning | None:
        if label_key in self.totals:
            return Meaning("total")
        plain = without_ordinal(label_key)
        if block := self.blocks.get(label_key) or self.blocks.get(plain):
            return Meaning("block", item=block)
        item = next(filter(None, map(self.items.get, (label_key, plain, uncounted(plain)))), None)
        if item is None:
            if (block := item_spelled(label_key, self.blocks)) is not None:
                return Meaning("block", item=block)
            group = self.table.groups.get(within or "")
            heading, own = (key(group.labels[0]), group.items) if group else ("", ())
            item = item_spelled(label_key, self.items, heading, own)
        return Meaning("row", item) if item else self._measured(plain, within)

    def _measured(self, plain: str, within: str | None) -> Meaning | None:
        """What a label with a unit in brackets behind it is, if all that its row holds is of it."""
        if not (found := _UNIT_BEHIND.match(plain)) or not (said := units_in(found[2])):
            return None
        known = self._find_item(found[1], within)
        if known is None or known.kind != "row":
            return None
        cells = self.table.items[known.item or ""].cells.values()
        return known if cells and all(fits(cell.unit, said) for cell in cells) else None

    def _unit(self, label: str, parent: Parent, district: str | None) -> Meaning | None:
        label_key = key(label)
        plain = without_ordinal(label_key)
        if label_key in self.totals or parent.is_filer(plain):
            return Meaning("total")
        if block := self.blocks.get(plain):
            return Meaning("block", subject=block)
        found = parent.find(label, district)
        districts = parent.districts(plain)
        if len(districts) == 1 and (not found or split_type(plain)[0]):
            return Meaning("district", subject=districts[0].code)
        if len(found) == 1 and not districts:
            return Meaning("row", subject=found[0].code, unit=found[0])
        if not found and parent.was_district(plain):
            return Meaning("district")
        if not found and self.table.total_labels and _SUM.match(label_key):
            return Meaning("segment")
        return None


def identity(table: Table, known: Meaning, district: str | None) -> What | None:
    """What a row is that may stand only once; None for statements and for sums of units."""
    if known.kind == "block":
        return ("block", district, known.subject, known.item)
    if known.kind == "district" and known.subject is None:
        return None
    if known.kind == "total" and table.rows == "items":
        return ("total",)
    if known.kind in ("total", "segment") or (known.item is None and known.subject is None):
        return None
    return (known.kind, known.subject, known.item)


def missing(
    table: Table, parent: Parent, seen: Seen
) -> Iterator[tuple[str, Spot | None, dict[str, str]]]:
    """Items, lines and units that should have a row and have none: rule, where, params."""
    if table.rows == "items":
        for item, spec in table.items.items():
            if spec.cells and ("row", None, item) not in seen:
                yield "item-missing", None, {"label": spec.labels[0]}
    if table.rows != "units":
        return
    named = {what[1]: spot for what, spot in seen.items() if what[0] == "row"}
    for subject, spot in named.items():
        lines = (line for line in table.lines if line and ("row", subject, line) not in seen)
        if lacking := [table.items[line].labels[0] for line in lines]:
            yield "line-missing", spot, {"lines": ", ".join(lacking)}
    absent = [unit.full_name for unit in parent.units if unit.code not in named]
    if absent:
        count = numerals.shown(len(absent))
        yield "unit-missing", None, {"count": count, "units": "; ".join(absent)}
