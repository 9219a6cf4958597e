"""A chunk that two tasks read at once; what a lost one leaves to a question about a past day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from etl import load as load_room
from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain, shared_out
from etl.night.as_of import as_of
from tests.night import NOW, SAMPLES, Night
from tests.pipeline.test_as_of import EARLY, LOG, MARTS, OTHER, tables, told
from tests.pipeline.test_corrections import ROW, file_report

CHECKED, LATE = "bao_cao_6_thang_2025_duong_son.xlsx", "bao_cao_6_thang_2025_cu_le.xlsx"


def test_two_tasks_that_read_a_chunk_at_once_end_green_and_leave_it_once(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (OTHER, LATE):
        shutil.copy(SAMPLES / "inbox" / name, tmp_path / name)
    chain.receive(fresh_warehouse, tmp_path, NOW)
    (chunk,) = shared_out.open_again(fresh_warehouse)
    shared_out.read_chunk(fresh_warehouse, chunk)
    blocks = list(load_room.kept(fresh_warehouse, [chunk]))
    shared_out.open_again(fresh_warehouse)  # which sweeps them
    copy, written, waited = database.copy_in, Event(), Event()

    def slowly(*args: Any) -> int:
        copied = copy(*args)
        if not written.is_set():
            written.set()
            assert waited.wait(120)
        return copied

    monkeypatch.setattr(database, "copy_in", slowly)
    night = Night(fresh_warehouse, tmp_path)
    with ThreadPoolExecutor() as tasks:
        first = tasks.submit(load_room.keep, fresh_warehouse, chunk, blocks)
        assert written.wait(120)
        second = tasks.submit(load_room.keep, fresh_warehouse, chunk, blocks)
        while not second.done() and not night.rows("select from pg_locks where not granted"):
            sleep(0.1)
        waited.set()
        first.result()
        second.result()
    assert list(load_room.kept(fresh_warehouse, [chunk])) == blocks
    assert shared_out.stage(fresh_warehouse, [chunk]) == {"read": 2}


def test_a_first_night_has_nothing_to_read_and_no_folder(fresh_warehouse: Settings) -> None:
    assert not fresh_warehouse.raw_dir.exists()
    (chunk,) = shared_out.open_again(fresh_warehouse)
    shared_out.read_chunk(fresh_warehouse, chunk)
    assert shared_out.stage(fresh_warehouse, [chunk]) == {"read": 0}


def test_what_a_lost_chunk_should_have_read_is_not_read_for_a_past_day(
    make_warehouse: Callable, tmp_path: Path
) -> None:
    """On the 18th two reports were there; a correction of the 19th is undone. Of the files of the
    chunk one came on the 5th, and the other is to be read again by a correction of the 30th of May
    that was told since; one of the 4th was read and checked by a night that came no further."""
    inbox, day = tmp_path / "inbox", date(2025, 6, 18)
    inbox.mkdir()
    book = load_workbook(SAMPLES / "inbox" / OTHER)
    book["Chỉ tiêu"]["D17"] = 0
    book.save(inbox / OTHER)
    report = file_report(inbox, E13="1,647")
    days = {OTHER: 2, report.name: 3, CHECKED: 4, LATE: 5}
    lines = [f"{name},2025-06-0{at}T09:05:00+07:00" for name, at in days.items()]
    (inbox / LOG).write_text("\n".join(("Tên tệp,Ngày giờ nhận", *lines)), encoding="utf-8")
    marts = [name for name in MARTS if name != "mart.filing_status"]
    with told(make_warehouse, inbox, [ROW]) as night:
        with as_of(night.settings, day) as then:
            before = tables(then, night, *marts)
        shutil.copy(SAMPLES / "inbox" / CHECKED, inbox / CHECKED)
        for step in (
            partial(chain.receive, inbox=inbox, now=NOW),
            chain.read_and_normalise,
            chain.check,
        ):
            step(night.settings)
        Path(night.settings.corrections).write_text(yaml.safe_dump([EARLY, ROW]), encoding="utf-8")
        shutil.copy(SAMPLES / "inbox" / LATE, inbox / LATE)
        chain.receive(night.settings, inbox, NOW)
        chunks = shared_out.open_again(replace(night.settings, chunk_filings=250))
        assert shared_out.stage(night.settings, chunks) == {"read": 0, "left": 2}
        with as_of(night.settings, day) as then:
            after = tables(then, night, *marts)
    differs = {name for name in before if before[name] != after[name]}
    assert not differs & {*MARTS, "dw.fact_indicator"}, (
        "no figure of a file that nobody has decided"
    )
