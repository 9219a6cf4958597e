"""Rows whose words say of which project, source or nature their amounts are: each line of funds may
stand only once, and not both split into natures and whole."""

from __future__ import annotations

from etl.normalise.header.plans import TablePlan
from etl.normalise.texts.cells import coded, written
from etl.normalise.texts.labels import Seen, Spot, What

_ANY = "any nature"


def said_before(
    plan: TablePlan, cells: list[object], what: What | None, spot: Spot, seen: Seen
) -> Spot:
    """Where the line of a row was first named: here, at `spot`, unless another row names it.
    `what` is the row by its label."""
    codes = {}
    for name, place in plan.telling_places.items():
        text = written(cells[place]) if place < len(cells) else ""
        codes[name] = (coded(plan.table.columns[plan.telling[name]], text) if text else "") or text
    nature = codes.pop("nature", "")
    line = (*(what or ("row",)), *codes.values())
    if what is not None:
        seen.setdefault(what, spot)
    apart = seen.get((*line, "" if nature else _ANY)) if "nature" in plan.telling_places else None
    seen.setdefault((*line, _ANY), spot)
    return seen.setdefault((*line, nature), spot) if apart is None else apart
