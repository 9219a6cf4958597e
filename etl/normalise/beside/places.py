"""The place of signing: "Văn Lang, ngày 5 tháng 7 năm 2025" on another commune's form is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from etl.ground.addresses import address
from etl.ground.records import Finding, Sheet
from etl.ground.text import key
from etl.units.index import Unit, load_units
from etl.units.version import split_type

_SIGNED_AT = re.compile(r"([^\d,]{2,40}), ?ngày\b.{0,12}\btháng\b")
_SHORT = 100  # what goes on after that is no date


def place_findings(
    filing_id: int, sheets: Iterable[Sheet], filer: Unit, on: date
) -> Iterator[Finding]:
    """The findings on the places of a filing's sheets."""
    for sheet in sheets:
        for r, row in enumerate(sheet.rows):
            for place, cell in enumerate(row):
                if type(cell) is not str or "," not in cell:
                    continue
                signed = _SIGNED_AT.match(key(cell[:_SHORT]))
                if signed and _is_elsewhere(signed[1], filer, on):
                    text = cell.strip()
                    params = (("place", text.partition(",")[0]), ("unit", filer.full_name))
                    where = (sheet.name, address(r, place), text)
                    yield Finding(filing_id, "signed-elsewhere", *where, params=params)


@lru_cache(maxsize=4096)
def _is_elsewhere(place: str, filer: Unit, on: date) -> bool:
    """Whether a place is another unit of the filer's province: none inside it or above it, nor what
    it is called at another time."""
    units = load_units()
    named = [
        unit
        for level in ("commune", "district")
        for unit in units.find(level, place, on, filer.province_code)
    ]
    if not named or any(filer.code in (unit.code, *unit.parents) for unit in named):
        return False
    lineage = [*units.history.lineage(filer)]
    own = {*lineage, *(above for unit in lineage for above in units.history.parents(unit))}
    return split_type(place)[1] not in {key(unit.name) for unit in own}
