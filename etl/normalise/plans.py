"""What a layout means for its rows: which slot each cell fills."""

from __future__ import annotations

from functools import lru_cache

from etl.ground.slots import TOTAL_KINDS, Slot, is_filled, slots
from etl.normalise.labels import Labels
from etl.normalise.layout import Layout, header_key

Places = list[tuple[int, Slot]]


class TablePlan:
    """Where everything stands on one layout; made once, used for every filing that has it.

    `places_of` gives, per kind of row (row, total, group) and item or line, the column and slot
    of each figure. `as_group` maps the slot of a total to that of a subtotal.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.table = layout.table
        self.first_row = layout.last_row + 1
        self.places = {name: heading.place for name, heading in layout.columns}
        self.key_place = self.places[self.table.key_column]
        self.line_place = self.places.get(self.table.line_column or "")
        measures = (place for name, place in self.places.items()
                    if self.table.columns[name].is_ == "measure")  # fmt: skip
        self.measure_place = next(measures, None)
        self.ordinal_place = self.places.get("ordinal")
        self.figure_places = [
            self.places[name] for name, _h in layout.columns
            if self.table.columns[name].is_ == "figure"
        ]  # fmt: skip
        self.key_headers = {header_key(h) for h in self.table.columns[self.table.key_column].header}
        self.labels = Labels(self.table)
        self.places_of = self._places_of()
        self.as_group = {
            total.slot_id: group.slot_id
            for line in self.table.lines
            for (_place, total), (_same, group) in zip(
                self.places_of.get(("total", line), ()),
                self.places_of.get(("group", line), ()),
                strict=False,
            )
        }

    def _places_of(self) -> dict[tuple[str, str | None], Places]:
        found: dict[tuple[str, str | None], Places] = {}
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
