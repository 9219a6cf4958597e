"""What grows when nights follow each other and communes file again:
`python -m benchmarks.nights [--nights 30] [--workbooks 200] [--again 20] [--keep]`.

All nights in one process, as none is run for real: what a task forgets to give back adds up. After
each, what the process holds, and the sizes of the warehouse and of the folders. Exit code 1 where
something grew that neither facts nor filings explain (GROWTH).
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import psutil

from benchmarks import inbox, warehouse
from etl.ground.config import Settings
from etl.night.told import steps
from etl.night.told.lines import STEPS
from tools.samples.report import CommuneReport, draw_commune_report

FIRST = datetime.fromisoformat("2025-06-20T22:30:00+07:00")
SETTLED = 5  # nights after which caches are warm and PostgreSQL's files have their size
FLAT = {"memory MB": 1.15, "descriptors": 1.0, "temporary files": 1.0, "catalogue MB": 1.25,
        "WAL MB": 2.0, "logs MB": 2.0}  # fmt: skip
GROWTH = 1.3  # of the bytes of a fact or of a filing
SIZES = """
    select
        sum(pg_relation_size(c.oid)) filter (where n.nspname in ('raw', 'dw', 'ops')) / 1e6,
        sum(pg_relation_size(c.oid)) filter (where n.nspname in ('stg', 'ref')) / 1e6,
        sum(pg_relation_size(c.oid)) filter (where n.nspname in ('pg_catalog', 'pg_toast')) / 1e6,
        pg_database_size(current_database()) / 1e6
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'i', 't', 'm')
"""
ROWS = """
    select (select count(*) from raw.filing),
        (select count(*) from dw.fact_indicator) + (select count(*) from dw.fact_fund)
"""
Row = dict[str, float]


def main() -> int:
    """Run the nights, print a line for each, then what grew."""
    given = _arguments()
    home = Settings.from_env().home / "bench"
    rows: list[Row] = []
    with warehouse.fresh(home / "run-nights", home / "run-nights-inbox", given.keep) as settings:
        folder = Path(settings.inbox)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        reports = dict(inbox.reports(given.workbooks))
        for night in range(given.nights):
            file_again(folder, reports, night, given.again)
            _go(settings, FIRST + timedelta(days=night))
            rows.append(_seen(settings))
            if not night:
                print(" | ".join(rows[0]))
            print(" | ".join(f"{value:.6g}" for value in rows[-1].values()), flush=True)
        shutil.rmtree(folder)
    wrong = list(faults(rows))
    print("\n".join(wrong) or "flat but for the facts")
    return int(bool(wrong))


def file_again(folder: Path, reports: dict[str, CommuneReport], night: int, number: int) -> None:
    """All reports in the first night; then `number` of them in turn, with one person less than
    before."""
    names = list(reports)
    if not night:
        for name, report in reports.items():
            draw_commune_report(folder / name, report)
        return
    for at in range((night - 1) * number, night * number):
        name = names[at % len(names)]
        counts = list(reports[name].counts)
        row = inbox.CHANGED_ROW
        counts[row] = replace(counts[row], reached=counts[row].reached - 1)
        reports[name] = replace(reports[name], counts=tuple(counts))
        draw_commune_report(folder / "fresh.part", reports[name])
        (folder / "fresh.part").replace(folder / name)


def faults(rows: list[Row]) -> list[str]:
    """What grew from the night SETTLED to the last beyond what it may."""
    if len(rows) <= SETTLED:
        return []
    first, last = rows[SETTLED - 1], rows[-1]
    grown = [
        f"{name}: {first[name]:.6g} -> {last[name]:.6g}, more than {most} times"
        for name, most in FLAT.items()
        if last[name] > most * first[name] and last[name] - first[name] > 1
    ]
    for name, by in (("facts MB", "facts"), ("raw MB", "filings"), ("returns MB", "filings")):
        if last[name] / last[by] > GROWTH * first[name] / first[by] and last[name] > 1:
            grown.append(f"{name} grew faster than {by}")
    return grown


def _go(settings: Settings, night: datetime) -> None:
    for step in (*STEPS, "record"):
        if step == "receive":
            steps.receive(settings, Path(settings.inbox), night, night)
        else:
            steps.take(settings, step, night)


def _seen(settings: Settings) -> Row:
    gc.collect()
    own = psutil.Process()
    facts, staging, catalogue, whole = warehouse.rows(settings, SIZES)[0]
    filings, fact_rows = warehouse.rows(settings, ROWS)[0]
    home, pgdata = settings.home, settings.pgdata
    return {
        "filings": filings, "facts": fact_rows, "facts MB": float(facts),
        "staging MB": float(staging), "catalogue MB": float(catalogue), "database MB": float(whole),
        "WAL MB": _size(pgdata / "pg_wal"),
        "memory MB": own.memory_info().rss / 1e6, "descriptors": own.num_fds(),
        "temporary files": len(_temporary(pgdata)),
        "raw MB": _size(home / "raw"), "returns MB": _size(home / "returns"),
        "pages MB": _size(home / "data_docs") + _size(home / "summaries"),
        "logs MB": (pgdata / "log").stat().st_size / 1e6,
    }  # fmt: skip


def _temporary(pgdata: Path) -> list[Path]:
    """What PostgreSQL keeps of sorts, what this process left among temporary files, and what a
    night writes beside a file and did not put in its place."""
    own = Path(tempfile.gettempdir()).glob(f"*{os.getpid()}*")
    parts = pgdata.parent.rglob("*.part*")
    return [*own, *parts, *(p for p in pgdata.rglob("pgsql_tmp*") if p.is_file())]


def _size(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nights", description=__doc__)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--workbooks", type=int, default=200)
    parser.add_argument("--again", type=int, default=20, help="filed again each night")
    parser.add_argument("--keep", action="store_true", help="keep the warehouse under bench/")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
