"""The tables of sql/seeds, with the rows and unit events of the province's own, into the warehouse:
by `khoxa db migrate`, and by every night after they have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from etl import units
from etl.catalogue.definitions import definitions
from etl.ground import database
from etl.ground.config import LOCAL_NOTE, SEEDS_DIR, Settings
from etl.ground.errors import KhoxaError
from etl.ground.seeds import seed, seed_columns, shapes
from etl.ground.whole_file import whole_file
from etl.load.declared import declare, declared, own_indicators
from etl.units.seed import seed_rows, unit_folders

_UNITS_DIR = SEEDS_DIR / "units"
_UNITS = ("province", "district", "commune", "unit_event", "unit_link", "unit_map")
_TABLES = (
    "year", "period", "programme", "indicator", "indicator_project",
    "shown_indicator", "derivation", "calendar", "calendar_rule", "project", "source", "agency",
    "contacts", "senders",
)  # fmt: skip


class MissingEvents(KhoxaError):
    """Unit events that the warehouse was given, and whose files are gone."""

    def __init__(self, lost: Sequence[Row[Any]], folder: Path) -> None:
        named = "; ".join(f"{row.code} {row.valid_from:%d/%m/%Y} {row.basis}" for row in lost[:20])
        named += "; …" if lost[20:] else ""
        super().__init__(
            f"kho có thay đổi đơn vị mà không còn tệp sự kiện: {named}. Đặt lại tệp vào {folder}"
            f" (lấy từ bản sao lưu) / the warehouse has unit events whose files are gone: {named}."
            f" Put the files back into {folder}, from a backup"
        )


def synchronise(settings: Settings) -> None:
    """Put in place what of the seeds is other than what the warehouse was last given."""
    _note_local(settings)
    with database.night(settings) as connection:
        _put_units(connection, settings)
        known = declared(connection, "seeds").get(("", ""))
        if known != digest(_other_files(settings), *sorted(_forms())):
            _put_others(connection, settings)


def put_seeds(connection: Connection, settings: Settings, *, anew: bool = False) -> None:
    """Upsert the dimensions and reference tables from sql/seeds/*.csv, the rows that the province
    adds to them, and the unit events. Rows of a form that there is none of are left out.

    Raises MissingEvents, and puts nothing, where the warehouse has units of no event any more.
    """
    _note_local(settings)
    _put_units(connection, settings, anew=anew)
    _put_others(connection, settings)


def _note_local(settings: Settings) -> None:
    """Keep which folder of the province's own the warehouse is given (ground.config)."""
    note, folder = settings.home / LOCAL_NOTE, str(settings.local_folder or "")
    if not note.is_file() or note.read_text(encoding="utf-8") != folder:
        with whole_file(note, private=True) as part:
            part.write_text(folder, encoding="utf-8")


def _put_units(connection: Connection, settings: Settings, *, anew: bool = False) -> None:
    """Units, their events and maps, which are most of the work: anew, or where they changed."""
    now = digest(_unit_files(settings))
    if not anew and declared(connection, "seeds").get(("units", "")) == now:
        return
    tables = seed_rows(event_folders=unit_folders(settings))
    tables["unit_map"] = seed_columns("unit_map"), (list(row.values()) for row in seed("unit_map"))
    for name, (columns, rows) in tables.items():
        _copy(connection, name, columns, rows)
    if lost := database.ask(connection, "staging/lost_units").all():
        raise MissingEvents(lost, settings.units_dir)
    _run_all(connection, _UNITS_DIR)
    declare(connection, "seeds", {("units", ""): now})


def _put_others(connection: Connection, settings: Settings) -> None:
    """All but the units."""
    forms = _forms() | {broken.head.form for broken in definitions().broken}
    for name in _TABLES:
        rows = (row.values() for row in seed(name) if row.get("form") in {None, *forms})
        _copy(connection, name, seed_columns(name), map(list, rows))
    _run_all(connection, SEEDS_DIR)
    declare(connection, "seeds", {("", ""): digest(_other_files(settings), *sorted(_forms()))})
    declare(connection, "indicator", dict.fromkeys(((code, "") for code in own_indicators()), ""))


def _run_all(connection: Connection, folder: Path) -> None:
    for path in sorted(folder.glob("*.sql")):
        database.script(connection, path.read_text(encoding="utf-8"))


def _copy(connection: Connection, name: str, columns: list[str], rows: Iterable[list[str]]) -> None:
    typed = ", ".join(f"{column} text" for column in columns)
    connection.exec_driver_sql(f"create temporary table seed_{name} ({typed}) on commit drop")
    lines = (database.copy_line(value or None for value in row) for row in rows)
    database.copy_in(connection, f"seed_{name}", columns, lines)


def _unit_files(settings: Settings) -> list[Path]:
    """All that `_put_units` puts or runs."""
    paths = [SEEDS_DIR / f"{name}.csv" for name in _UNITS]
    paths += [path for folder in unit_folders(settings) for path in folder.glob("*.yaml")]
    if (local := settings.local_folder) and (path := local / "unit_map.csv").exists():
        paths.append(path)
    return [*paths, *_UNITS_DIR.glob("*.sql"), *Path(units.__file__).parent.glob("*.py")]


def _other_files(settings: Settings) -> list[Path]:
    """All that `_put_others` puts or runs."""
    paths = [*SEEDS_DIR.glob("*.csv"), *SEEDS_DIR.glob("*.sql")]
    if local := settings.local_folder:
        paths += [path for name in shapes() if (path := local / f"{name}.csv").exists()]
    return [path for path in paths if path.stem not in _UNITS]


def digest(paths: list[Path], *words: str) -> str:
    """One number for files, and for words beside them."""
    found = hashlib.sha256(" ".join(words).encode())
    for path in sorted(paths):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _forms() -> set[str]:
    return {form for form, _version in definitions().forms}
