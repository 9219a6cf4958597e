"""Official-looking annexes as workbooks, and a page, from the marts, with the rights of bi_reader.

Doors: `annexes`, `other_units`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from etl.ground import database
from etl.ground.config import Settings
from etl.reports.asked import Marts, asked_units, former_units
from etl.reports.cascade import cascade
from etl.reports.official import write_official
from etl.reports.sheet import write
from etl.reports.source_sheet import printed_figures, source_sheet
from etl.reports.tables import attainment, filings, funds, register
from etl.reports.words import dated_name


def annexes(
    settings: Settings,
    unit: str | None,
    year: int | None,
    unit_map: str | None,
    out: Path,
    programme: str | None = None,
    to_send: bool = False,
) -> list[Path]:
    """Write target register, cascade of targets, attainment, funds, filing status and the page;
    returns the files.

    `unit` is a GSO code; None is every filer of a target register. `year` None is the latest with
    figures. `programme` is a code; None is each that the unit has figures of. `unit_map` is
    `as_filed` or the date of a map; None is the newest that the unit is in force on. With `to_send`
    the annexes are laid out as official papers, in Vietnamese, without their sources, and there is
    no page.
    What is known as of a day (etl.night.as_of) has it in its files' names.
    Raises NoSuchAnnex for what the warehouse does not know.
    """
    from etl.reports.page import page  # altair takes half a second to import

    written: list[Path] = []
    with database.asking(settings, "bi_reader") as connection:
        for each in asked_units(Marts(connection), unit, year, unit_map, programme):
            asked, marts = replace(each, as_of=settings.as_of), Marts(connection)
            out.mkdir(parents=True, exist_ok=True)
            printed = {} if to_send else printed_figures(marts, asked)
            for annex in (register, cascade, attainment, funds, filings):
                drawn = annex(marts, asked)
                drawn = replace(drawn, file=dated_name(drawn.file, asked.as_of))
                if to_send:
                    written.append(write_official(drawn, asked, out, asked.received_at))
                else:
                    behind = source_sheet(drawn, printed)
                    written.append(write(drawn, out, asked.received_at, behind))
            if not to_send:
                written.append(page(marts, asked, out))
    return list(dict.fromkeys(written))  # the filing status is one file, whatever the programmes


def other_units(settings: Settings, unit: str, unit_map: str | None) -> list[str]:
    """How to ask for those that had the code on other maps: "Thị trấn Ba Tơ (21484): --map …"."""
    with database.asking(settings, "bi_reader") as connection:
        return former_units(Marts(connection), unit, unit_map)
