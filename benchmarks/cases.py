"""What is measured, each case in a process of its own: floor, pipeline, usual script.

`python -m benchmarks.cases CASE SPEC RESULT` reads the case's arguments from a JSON file and
leaves its seconds in another. Imports are timed apart from the work.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks import cpu

STEPS = ("receive", "read_and_normalise", "check", "load", "aggregate", "publish")
NIGHTS = ("2025-06-20T22:30:00+07:00", "2025-06-21T22:30:00+07:00")
FACT_COLUMNS = (  # those of dw.fact_indicator and dw.fact_fund, which have equally many
    "filing_id bigint, key smallint, level text, commune_key integer, district_key integer,"
    " province_key integer, year smallint, period text, measure text, value numeric,"
    " state text, sheet text, cell text, text_as_filed text"
)
Spec = dict[str, Any]


def floor(spec: Spec) -> Spec:
    """Open every workbook and every sheet in one process, then one COPY of the fact rows."""
    started = time.perf_counter()
    import psycopg2
    from python_calamine import CalamineWorkbook

    imported, before = time.perf_counter(), cpu.now(Path(spec["pgdata"]))
    cells = 0
    for path in spec["files"]:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            cells += sum(map(len, book.get_sheet_by_name(name).to_python()))
    opened = time.perf_counter()
    lines = io.StringIO("".join(map(_fact_line, range(spec["facts"]))))
    made = time.perf_counter()
    connection = psycopg2.connect(spec["dsn"])
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create table floor ({FACT_COLUMNS})")
        cursor.copy_expert("copy floor from stdin", lines)
        rows = cursor.rowcount
    connection.close()
    parts = {"open": opened - imported, "COPY": time.perf_counter() - made}
    used = cpu.now(Path(spec["pgdata"])).since(before)
    return {
        "imports": imported - started,
        "parts": parts,
        "cpu": used,
        "cells": cells,
        "rows": rows,
    }


def _fact_line(number: int) -> str:
    """One row in COPY's text format, of a fact row's usual length."""
    return (
        f"{3_141_592_653_589_793_238 + number // 60}\t{number % 40}\tcommune\t{number // 60}"
        f"\t{number // 900}\t26\t2025\tH1\tactual\t{number % 5000}.25\tvalue\tChỉ tiêu"
        f"\tE{number % 60 + 10}\t{number % 5000},25\n"
    )


def reading(spec: Spec) -> Spec:
    """Each workbook in turn: opened by python-calamine, read by the read room, normalised."""
    started = time.perf_counter()
    from python_calamine import CalamineWorkbook

    from etl.ground.records import ReceivedFile
    from etl.normalise import normalise, warm_up
    from etl.read import read

    warm_up()
    imported, before = time.perf_counter(), cpu.now(Path(spec["pgdata"]))
    parts = dict.fromkeys(("python-calamine alone", "read", "normalise"), 0.0)
    for number, path in enumerate(spec["files"]):
        at = time.perf_counter()
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        opened = time.perf_counter()
        workbook = read(ReceivedFile(number, Path(path).name, path))
        read_at = time.perf_counter()
        normalise(workbook)
        spent = (opened - at, read_at - opened, time.perf_counter() - read_at)
        parts = {part: parts[part] + s for part, s in zip(parts, spent, strict=True)}
    used = cpu.now(Path(spec["pgdata"])).since(before)
    return {"imports": imported - started, "parts": parts, "cpu": used}


def usual(spec: Spec) -> Spec:
    """The usual script on the given files."""
    started = time.perf_counter()
    import openpyxl  # noqa: F401 -- pandas would import it with the first file

    from benchmarks import usual_script

    imported, before = time.perf_counter(), cpu.now(Path(spec["pgdata"]))
    parts = usual_script.main([Path(path) for path in spec["files"]], spec["url"])
    used = cpu.now(Path(spec["pgdata"])).since(before)
    return {"imports": imported - started, "parts": parts, "cpu": used}


def pipeline(spec: Spec) -> Spec:
    """A full night on a fresh warehouse, then a night with one changed file, in one process."""
    started = time.perf_counter()
    from etl.ground.config import Settings
    from etl.night import chain

    imports = {"etl.night.chain": time.perf_counter() - started}
    from benchmarks.parts import Parts

    parts, inbox = Parts(), Path(spec["inbox"])
    settings = Settings(home=Path(spec["home"]), inbox=str(inbox))

    def night(number: int) -> list[Spec]:
        now = datetime.fromisoformat(NIGHTS[number])
        steps = []
        for name in STEPS:
            if name == "check" and "great_expectations" not in imports:
                imports["great_expectations"] = _import_great_expectations(parts)
            args = (settings, inbox, now) if name == "receive" else (settings,)
            parts.step = f"{number} {name}"
            steps.append({"name": name, **_timed(getattr(chain, name), args, settings.pgdata)})
            steps[-1]["parts"] = parts.of(parts.step)
        return steps

    parts.watch_before_check()
    nights = [night(0)]
    if spec.get("changed"):
        shutil.copyfile(spec["changed"], inbox / "fresh.part")
        (inbox / "fresh.part").replace(inbox / spec["replaces"])
        nights.append(night(1))
    return {"imports": imports, "nights": nights}


def _import_great_expectations(parts: Any) -> float:
    started = time.perf_counter()
    from etl.check.lean import import_engine

    import_engine()
    import etl.check.docs
    import etl.check.suites  # noqa: F401

    spent = time.perf_counter() - started
    parts.watch_check()
    return spent


def _timed(function: Callable[..., Any], args: tuple[Any, ...], pgdata: Path) -> Spec:
    """Call it: when it began, wall and processor seconds, what it says it changed."""
    before, at, started = cpu.now(pgdata), time.time(), time.perf_counter()
    changed = function(*args)
    seconds = time.perf_counter() - started
    used = cpu.now(pgdata).since(before)
    return {"at": at, "seconds": seconds, "cpu": used, "changed": changed}


if __name__ == "__main__":
    case, spec_path, result_path = sys.argv[1:]
    chosen = {"floor": floor, "reading": reading, "usual": usual, "pipeline": pipeline}[case]
    result = chosen(json.loads(Path(spec_path).read_text(encoding="utf-8")))
    Path(result_path).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
