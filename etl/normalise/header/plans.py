"""What a layout means for its rows: which slot each cell fills."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from etl.catalogue.forms import Column
from etl.catalogue.funds import telling
from etl.catalogue.header_words import header_key
from etl.catalogue.kept_cells import holds_something
from etl.catalogue.slots import TOTAL_KINDS, Slot, is_filled, slots
from etl.normalise.header.layout import Layout
from etl.normalise.texts.labels import Labels

Places = list[tuple[int, Slot]]
RowKind = tuple[str, str | None]  # row, total or group; its item, line or group of items


class TablePlan:
    """Where everything stands on one layout; made once, used for every filing that has it.

    `places_of` gives, per kind of row, the column and slot of each figure; `unasked_of` the
    columns of figures that the form does not ask of a kind of row that has others.
    `value_places` are the columns whose cells are kept. `as_group` maps the slot of a total to
    that of a subtotal. `telling` are the columns that say which line of funds a row is of.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.table = layout.table
        self.by_code, self.lists_texts = self.table.by_code, self.table.lists_texts
        self.first_row = layout.last_row + 1
        self.places = {name: heading.place for name, heading in layout.columns}
        self.key_place = self.places[self.table.key_column]
        self.line_place = self.places.get(self.table.line_column or "")
        measures = (place for name, place in self.places.items()
                    if self.table.columns[name].is_ == "measure")  # fmt: skip
        self.measure_place = next(measures, None)
        self.telling = telling(self.table)
        self.telling_places = {what: self.places[name] for what, name in self.telling.items()
                               if name in self.places}  # fmt: skip
        self.ordinal_place = self.places.get("ordinal")
        self.figure_places = self._where(lambda column: column.is_ == "figure")
        words = self._where(lambda column: column.is_ == "attribute")
        self.attribute_places = [place for place in words if place != self.key_place]
        self.required_places = self._where(lambda column: column.required)
        self.value_places = self._where(lambda column: holds_something(self.table, column))
        self.key_headers = {header_key(h) for h in self.table.columns[self.table.key_column].header}
        self.labels = Labels(self.table, layout.years)
        self.places_of = self._places_of()
        self.unasked_of = {
            kind: closed
            for kind, places in self.places_of.items()
            if (closed := sorted({*self.figure_places} - {place for place, _slot in places}))
        }
        self.as_group = {
            total.slot_id: group.slot_id
            for line in self.table.lines
            for (_place, total), (_same, group) in zip(
                self.places_of.get(("total", line), ()),
                self.places_of.get(("group", line), ()),
                strict=False,
            )
        }

    def _where(self, wanted: Callable[[Column], bool]) -> list[int]:
        """Where the columns of a kind stand, in the order of the form."""
        columns = self.table.columns
        return [place for name, place in self.places.items() if wanted(columns[name])]

    def _places_of(self) -> dict[RowKind, Places]:
        found: dict[RowKind, Places] = {}
        form = self.layout.form
        for slot in slots():
            if (slot.form, slot.form_version) != (form.form, form.version):
                continue
            if slot.table != self.layout.table_name or slot.column not in self.places:
                continue
            if is_filled(self.table, slot):
                kind = slot.kind if slot.kind in TOTAL_KINDS else "row"
                found.setdefault((kind, slot.item), []).append((self.places[slot.column], slot))
        return found


@lru_cache(maxsize=512)
def plan_of(layout: Layout) -> TablePlan:
    """The plan of a layout, made once."""
    return TablePlan(layout)
