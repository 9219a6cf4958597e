"""Prove that a change of the code leaves the warehouse as it was: dump it before and after.

    PYTHONPATH=<the code> python tools/compare_warehouses.py dump OUT --inbox DIR --nights 3
    python tools/compare_warehouses.py compare BEFORE AFTER

`dump` makes a fresh warehouse in OUT, lets nights pass over the inbox (of several, each has one
part of the files more, so that units are computed again), and writes each table and view of dw,
mart and ops as text, columns in the order of their names, rows sorted. Where the code under test
keeps something elsewhere, `--instead NAME=QUERY` dumps a query under an old name. `compare` names
each table that differs, and each that one side has alone; exit code 1 if any.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

FIRST_NIGHT = datetime.fromisoformat("2026-02-20T22:30:00+07:00")
ROOMS = ("read_and_normalise", "check", "load", "aggregate", "publish")
COLUMNS = """
    select table_schema || '.' || table_name, string_agg(quote_ident(column_name), ', '
        order by column_name collate "C")
    from information_schema.columns
    where table_schema in ('dw', 'mart', 'ops') and table_name not in ('audit', 'fetched')
    group by 1 order by 1
"""


def main() -> int:
    """Dump a warehouse of the code on the path, or compare two dumps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(required=True, dest="command")
    one = commands.add_parser("dump")
    one.add_argument("out", type=Path)
    one.add_argument("--inbox", type=Path, required=True)
    one.add_argument("--nights", type=int, default=1)
    one.add_argument("--instead", action="append", default=[], metavar="NAME=QUERY")
    two = commands.add_parser("compare")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    given = parser.parse_args()
    if given.command == "compare":
        return compare(given.before, given.after)
    instead = dict(pair.split("=", 1) for pair in given.instead)
    dump(given.out.resolve(), given.inbox, given.nights, instead)
    return 0


def dump(out: Path, inbox: Path, nights: int, instead: dict[str, str]) -> None:
    """Fill a warehouse in `out` by nights over the inbox and write its tables beside it."""
    from etl.ground import database, server
    from etl.ground.config import Settings
    from etl.setup.migrate import migrate

    shutil.rmtree(out, ignore_errors=True)
    seen = out / "inbox"
    seen.mkdir(parents=True)
    settings = Settings(home=out / "home", inbox=str(seen))
    migrate(settings)
    try:
        files = sorted(path for path in inbox.iterdir() if path.is_file())
        for night in range(nights):
            for path in files[night::nights]:
                shutil.copy2(path, seen)
            pass_night(settings, seen, FIRST_NIGHT + timedelta(days=night))
        with database.engine(settings).connect() as connection:
            write(connection, out / "tables", instead)
    finally:
        server.stop(settings.pgdata)
        shutil.rmtree(settings.home)


def pass_night(settings: object, inbox: Path, now: datetime) -> None:
    """One whole night of the code on the path; says how long its rooms took."""
    from etl.night import chain

    chain.receive(settings, inbox, now)
    for room in ROOMS:
        started = datetime.now()
        changed = getattr(chain, room)(settings)
        print(f"{now:%d/%m} {room} {datetime.now() - started} {changed}", flush=True)


def write(connection: Connection, folder: Path, instead: dict[str, str]) -> None:
    """One file per table: a line of column names, then its rows as text, sorted."""
    folder.mkdir()
    for name, columns in connection.execute(text(COLUMNS)).all():
        source = f"({instead[name]}) as instead" if name in instead else name
        query = f'select row({columns})::text collate "C" from {source} order by 1'
        rows = connection.execute(text(query)).scalars()
        lines = "\n".join([columns, *rows])
        (folder / name).write_text(lines + "\n", encoding="utf-8")


def compare(before: Path, after: Path) -> int:
    """Print what differs between two dumps, and how much was the same."""
    old, new = ({p.name: p for p in (side / "tables").iterdir()} for side in (before, after))
    different = [name for name in old if name in new and _text(old[name]) != _text(new[name])]
    for name in different:
        gone, come = (set(_text(side[name]).splitlines()) for side in (old, new))
        print(f"differs: {name}: {len(gone - come)} rows before, {len(come - gone)} after")
        for mark, rows in (("-", gone - come), ("+", come - gone)):
            print("".join(f"  {mark} {row}\n" for row in sorted(rows)[:5]), end="")
    for name in sorted(old.keys() ^ new.keys()):
        print(f"only {'before' if name in old else 'after'}: {name}")
    same = [name for name in old if name in new and name not in different]
    rows = sum(_text(old[name]).count("\n") - 1 for name in same)
    print(f"equal: {len(same)} tables and views, {rows} rows")
    return 1 if different or old.keys() - new.keys() else 0


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
