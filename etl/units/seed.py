"""The unit tables: read from sql/seeds, local events put on top, and given out whole again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from etl.ground.config import SEEDS_DIR, Settings
from etl.units.event_file import read_folder
from etl.units.history import Event, LinkRow
from etl.units.register import Register
from etl.units.version import LEVELS, Unit

_COLUMNS = ["code", "name", "unit_type", "valid_from", "valid_to", "sort_key"]
_PARENTS = {
    "province": [],
    "district": ["province_code"],
    "commune": ["district_code", "province_code"],
}
_EVENT = ["event_id", "event_on", "kind", "legal_basis", "note"]
Table = tuple[list[str], Iterable[list[str]]]


def unit_folders(settings: Settings) -> tuple[Path, ...]:
    """Where files of unit events lie: those of the seeds, then the province's own."""
    local = settings.local_folder
    own = [local / "unit_events"] if local else []
    return tuple(dict.fromkeys((SEEDS_DIR / "unit_events", *own, settings.units_dir)))


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text) if text else date.max


def read_units(folder: Path) -> list[Unit]:
    """All versions of province.csv, district.csv and commune.csv, in this order."""
    units: list[Unit] = []
    for level in LEVELS:
        wanted = [*_COLUMNS, *_PARENTS[level], "legal_basis"]
        for code, name, unit_type, start, end, alphabetical, *parents, basis in _rows(
            folder / f"{level}.csv", wanted
        ):
            district, province = ("", code, *parents)[-2:]
            units.append(
                Unit(
                    *(level, code, name, unit_type, _day(start), _day(end)),
                    *(district or None, province, alphabetical, basis),
                )
            )
    return units


def read_links(folder: Path) -> tuple[list[Event], list[LinkRow]]:
    """All rows of unit_event.csv and unit_link.csv."""
    events = [
        Event(event_id, _day(on), kind, basis, note)
        for event_id, on, kind, basis, note in _rows(folder / "unit_event.csv", _EVENT)
    ]
    links = _rows(folder / "unit_link.csv", list(LinkRow._fields))
    return events, [LinkRow(*row) for row in links]


def _rows(path: Path, wanted: list[str]) -> Iterator[list[str]]:
    """The rows of a seed file, whose columns are fixed."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        columns = next(rows)
        if columns != wanted:
            raise ValueError(f"{path.name}: columns {columns}, not {wanted}")
        yield from rows


def read_register(folder: Path, event_folders: Iterable[Path]) -> Register:
    """The tables of the folder with every file of events applied, in the order of their dates.

    Raises BrokenUnitEvents: what is wrong with any of the files.
    """
    register = Register(read_units(folder), lambda: read_links(folder))
    register.apply(read_folder(*event_folders))
    return register


def seed_rows(
    folder: Path = SEEDS_DIR, event_folders: Iterable[Path] | None = None
) -> dict[str, Table]:
    """Columns and rows of province, district, commune, unit_event and unit_link, texts as in the
    CSVs, with the local events in them.

    Raises BrokenUnitEvents.
    """
    folders = unit_folders(Settings.from_env()) if event_folders is None else event_folders
    register = read_register(folder, folders)
    tables: dict[str, Table] = {}
    for level in LEVELS:
        columns = [*_COLUMNS, *_PARENTS[level], "legal_basis"]
        tables[level] = columns, [_unit_row(u) for u in register.units() if u.level == level]
    events = ([e.event_id, f"{e.on}", e.kind, e.legal_basis, e.note] for e in register.events)
    tables["unit_event"] = _EVENT, events
    tables["unit_link"] = list(LinkRow._fields), (list(row) for row in register.links)
    return tables


def _unit_row(unit: Unit) -> list[str]:
    parents = [] if unit.level == "province" else [unit.province_code]
    if unit.level == "commune":
        parents.insert(0, unit.district_code or "")
    end = "" if unit.valid_to == date.max else f"{unit.valid_to}"
    own = [unit.code, unit.name, unit.unit_type, f"{unit.valid_from}", end, unit.sort_key]
    return [*own, *parents, unit.legal_basis]
