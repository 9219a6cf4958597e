"""Whether a row stands under the right heading, and counts what the form counts."""

from __future__ import annotations

from functools import lru_cache

from etl.catalogue.measures import factor_of, fits, units_in, word_for
from etl.catalogue.units_of_measure import of_kind
from etl.ground.addresses import address
from etl.normalise.header.extracted import Extracted
from etl.normalise.header.plans import RowKind, TablePlan
from etl.normalise.rows.unknown import Row
from etl.normalise.texts.labels import Meaning


def check_group(out: Extracted, plan: TablePlan, row: Row, known: Meaning, block: str) -> None:
    """A unit under the heading of a block of units of other types."""
    group = plan.table.groups.get(block)
    types = {kind for each in plan.table.groups.values() for kind in each.types}
    if group and known.unit and known.unit.unit_type in types.difference(group.types):
        cell = address(row.number, plan.key_place)
        out.find("unit-in-wrong-group", cell, row.label, group=group.labels[0])


def check_measure(out: Extracted, plan: TablePlan, row: Row, known: Meaning, place: int) -> None:
    """A row that states, in a column, another unit of measure than the form counts in, and none
    that is converted; or one, beside headers that name their own."""
    stated = str(row.cells[place]).strip()
    kind = known.kind if known.kind in ("row", "total") else "group"
    wanted = _other_measure(plan, (kind, known.item), stated) if stated else None
    if wanted is not None:
        out.find("measure-differs", address(row.number, place), stated, wanted=wanted)


@lru_cache(maxsize=4096)
def _other_measure(plan: TablePlan, kind: RowKind, stated: str) -> str | None:
    """What the form counts a kind of row in, where a row of it states something else; None
    where it does not."""
    slots = plan.places_of.get(kind, [])
    units = {slot.unit_of_measure for _at, slot in slots}
    counted = units - of_kind("share") - {None}
    said = units_in(stated)
    if counted == {"number"} and not said:
        return None  # a unit that forms have no word for
    if counted and all(factor_of(unit, stated) for unit in counted):
        places = {at for at, slot in slots if slot.unit_of_measure in counted}
        if not any(heading.units for _n, heading in plan.layout.columns if heading.place in places):
            return None
    if counted and not (said and all(fits(unit, said) for unit in counted)):
        return ", ".join(map(word_for, sorted(map(str, counted))))
    return None
