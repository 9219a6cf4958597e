"""Official-looking annexes as workbooks, from the marts, with the rights of bi_reader.

Door: `annexes`.
"""

from __future__ import annotations

from pathlib import Path

from etl.annex.asked import asked_units
from etl.annex.sheet import write
from etl.annex.tables import attainment, filings, funds, register
from etl.ground import database
from etl.ground.config import Settings


def annexes(
    settings: Settings,
    unit: str | None,
    year: int | None,
    unit_map: str | None,
    out: Path,
) -> list[Path]:
    """Write target register, attainment, funds and filing status; returns the files.

    `unit` is a GSO code; None is every filer of a target register. `year` None is the latest with
    figures. `unit_map` is `as_filed` or the date of a map; None is the newest that the unit is in
    force on. Raises NoSuchAnnex for what the warehouse does not know.
    """
    written: dict[Path, None] = {}  # the filing status is one file, whatever the units
    with database.engine(settings, "bi_reader").connect() as connection:
        for asked in asked_units(connection, unit, year, unit_map):
            out.mkdir(parents=True, exist_ok=True)
            for annex in (register, attainment, funds, filings):
                path = write(annex(connection, asked), out, asked.received_at)
                written[path] = None
    return list(written)
