"""The panes of the sheets of an ods workbook, from its settings.xml."""

from __future__ import annotations

from etl.read.refusal import MAX_COLUMNS, MAX_ROWS
from etl.read.xlsx.cells import elements

_NAME = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}name"
_FROZEN = "2"  # a split that is none is 0, one that can be moved 1


def out_of_reach(settings: bytes) -> dict[str, tuple[int, int]]:
    """How many rows and columns of each sheet nobody can scroll to: they lie before the first one
    that was seen when the panes were frozen. Raises Refused (file-damaged)."""
    ends = frozenset({"config-item-map-entry"})
    return {
        entry.get(_NAME, ""): _before({each.get(_NAME): each.text or "" for each in entry})
        for _event, _name, entry in elements(settings, ends=ends)
    }


def _before(said: dict[str | None, str]) -> tuple[int, int]:
    above = said.get("PositionTop", "") if said.get("VerticalSplitMode") == _FROZEN else ""
    left = said.get("PositionLeft", "") if said.get("HorizontalSplitMode") == _FROZEN else ""
    rows, columns = (
        int(each) if each.isdecimal() and len(each) < 8 else 0 for each in (above, left)
    )
    return min(rows, MAX_ROWS), min(columns, MAX_COLUMNS)
