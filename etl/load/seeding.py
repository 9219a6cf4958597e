"""The tables of sql/seeds, with the rows and unit events of the province's own, into the warehouse:
by `khoxa db migrate`, and by every night after they have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from etl.catalogue.definitions import definitions
from etl.ground import database
from etl.ground.config import SEEDS_DIR, Settings
from etl.ground.errors import KhoxaError
from etl.ground.seeds import seed, seed_columns, shapes
from etl.load.declared import declare, declared, own_indicators
from etl.units.seed import seed_rows, unit_folders

_TABLES = (
    "unit_map", "year", "period", "programme", "indicator", "indicator_project",
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
    """Put the seeds in place if they are others than those that the warehouse was last given."""
    with database.night(settings) as connection:
        if declared(connection, "seeds") != {("", ""): _digest(settings)}:
            put_seeds(connection, settings)


def put_seeds(connection: Connection, settings: Settings) -> None:
    """Upsert the dimensions and reference tables from sql/seeds/*.csv, the rows that the province
    adds to them, and the unit events. Rows of a form that there is none of are left out.

    Raises MissingEvents, and puts nothing, where the warehouse has units of no event any more.
    """
    for name, (columns, units) in seed_rows(event_folders=unit_folders(settings)).items():
        _copy(connection, name, columns, units)
    if lost := database.script(connection, database.statement("staging/lost_units")).all():
        raise MissingEvents(lost, settings.units_dir)
    forms = {form for form, _version in definitions().forms}
    forms |= {broken.head.form for broken in definitions().broken}
    for name in _TABLES:
        rows = (row.values() for row in seed(name) if row.get("form") in {None, *forms})
        _copy(connection, name, seed_columns(name), map(list, rows))
    for path in sorted(SEEDS_DIR.glob("*.sql")):
        database.script(connection, path.read_text(encoding="utf-8"))
    declare(connection, "seeds", {("", ""): _digest(settings)})
    declare(connection, "indicator", dict.fromkeys(((code, "") for code in own_indicators()), ""))


def _copy(connection: Connection, name: str, columns: list[str], rows: Iterable[list[str]]) -> None:
    typed = ", ".join(f"{column} text" for column in columns)
    connection.exec_driver_sql(f"create temporary table seed_{name} ({typed}) on commit drop")
    lines = (database.copy_line(value or None for value in row) for row in rows)
    database.copy_in(connection, f"seed_{name}", columns, lines)


def _digest(settings: Settings) -> str:
    """One number for all that `put_seeds` puts."""
    paths = [*SEEDS_DIR.glob("*.csv"), *SEEDS_DIR.glob("*.sql")]
    paths += [path for folder in unit_folders(settings) for path in folder.glob("*.yaml")]
    if local := settings.local_folder:
        paths += [path for name in shapes() if (path := local / f"{name}.csv").exists()]
    found = hashlib.sha256(" ".join(sorted(form for form, _v in definitions().forms)).encode())
    for path in sorted(paths):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
