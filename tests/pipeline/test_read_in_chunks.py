"""Reading shared out to tasks leaves the warehouse of one that reads all by itself, however it is
cut, and whatever becomes of a chunk."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl import load as load_room
from etl.ground import config, database
from etl.ground.config import Settings
from etl.ground.database import copy_lines
from etl.ground.errors import FormsChanged
from etl.ground.records import Block, Corrected, Finding, FurtherFiling, Recognised
from etl.load import staging
from etl.night import chain, shared_out
from etl.night.told import book as books
from etl.night.told import steps
from etl.publish import return_path
from tests.night import NOW, Night
from tests.pipeline.test_corrections import ROW

PATTERNS = ("na_ri_*_2025.xlsx", "bao_cao_6_thang_2025_[kv]*.xlsx")
KIM_HY = "bao_cao_6_thang_2025_kim_hy.xlsx"
STATE = "select state from raw.filing where original_name = :name and part = 1"
BLOCKS = "select count(*) from stg.block"
LATER = ("check", "load", "aggregate", "publish")
Dump = dict[str, list[str]]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks of several forms, among them one that is returned, and one that is none."""
    inbox = tmp_path_factory.mktemp("inbox")
    for pattern in PATTERNS:
        for path in Night.inbox.glob(pattern):
            shutil.copy2(path, inbox)
    (inbox / "hong.xlsx").write_bytes(b"PK nothing")
    return inbox


@pytest.fixture(scope="module")
def undisturbed(inbox: Path, make_warehouse: Any) -> tuple[Dump, set[str]]:
    """Every row and return workbook of a night that reads all in one step."""
    with make_warehouse() as settings:
        night = Night(settings, inbox)
        night.go()
        return night.dump(), returned(settings)


@pytest.fixture
def night(fresh_warehouse: Settings, inbox: Path, tmp_path: Path) -> Night:
    file = tmp_path / "corrections.yaml"
    file.write_text("[]", encoding="utf-8")
    night = Night(replace(fresh_warehouse, chunk_filings=7, corrections=str(file)), inbox)
    chain.receive(night.settings, inbox, NOW)
    return night


def returned(settings: Settings) -> set[str]:
    return {path.name for path in settings.returns_dir.rglob("*") if path.is_file()}


def read(night: Night, chunks: list[str]) -> None:
    """As several machines would: in no order."""
    for chunk in reversed(chunks):
        shared_out.read_chunk(night.settings, chunk)


def rest(night: Night) -> None:
    for step in LATER:
        getattr(chain, step)(night.settings)


def killed(does: Callable[[], object], patched: object, name: str, at: int) -> None:
    """Do it in a process that dies, as after kill -9, at the so-manieth call of a function."""

    def go() -> None:
        whole, calls = getattr(patched, name), []

        def dying(*args: Any, **more: Any) -> Any:
            calls.append(name)
            if len(calls) == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*args, **more)

        setattr(patched, name, dying)
        does()

    process = get_context("fork").Process(target=go)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"it never came to {name}"


@pytest.mark.parametrize(("size", "chunks"), [(1, 12), (7, 2), (250, 1)])
def test_however_it_is_cut(
    night: Night, undisturbed: tuple[Dump, set[str]], size: int, chunks: int
) -> None:
    night.settings = replace(night.settings, chunk_filings=size)
    cut = shared_out.open_again(night.settings)
    assert len(cut) == chunks == -(-len(list(night.inbox.iterdir())) // size)
    read(night, cut)
    assert shared_out.stage(night.settings, cut) == {"read": len(list(night.inbox.iterdir()))}
    rest(night)
    assert night.dump() == undisturbed[0]
    assert returned(night.settings) == undisturbed[1]
    assert night.rows(BLOCKS) == [(0,)]
    again = shared_out.open_again(night.settings)
    assert len(again) == 1, "of none Airflow would skip check, load, aggregate, publish, answer"
    read(night, again)
    assert shared_out.stage(night.settings, again) == {"read": 0}


def test_killed_anywhere_and_run_again(night: Night, undisturbed: tuple[Dump, set[str]]) -> None:
    settings, stage = night.settings, lambda: shared_out.stage(night.settings, chunks)
    killed(lambda: shared_out.open_again(settings), database, "analyze", 1)
    chunks = shared_out.open_again(settings)
    killed(lambda: read(night, chunks), database, "copy_in", 2)
    assert night.rows("select distinct chunk from stg.block") == [(chunks[-1],)]
    read(night, chunks)
    killed(stage, database, "copy_in", 3)
    killed(stage, staging, "set_state", 1)  # after all was written
    assert night.rows(BLOCKS) == [(len(list(night.inbox.iterdir())),)], "nobody has staged them"
    assert stage() == {"read": 12}
    assert stage() == {"read": 0}, "nothing is staged twice"
    rest(night)
    assert night.dump() == undisturbed[0]


def test_what_a_killed_night_read_is_swept_by_the_next(
    night: Night, undisturbed: tuple[Dump, set[str]]
) -> None:
    read(night, shared_out.open_again(night.settings))
    chunks = shared_out.open_again(night.settings)
    assert night.rows(BLOCKS) == [(0,)]
    read(night, chunks[:1])
    assert chain.read_and_normalise(night.settings) == {"read": 12}, "a night without Airflow"
    assert shared_out.stage(night.settings, chunks) == {"read": 0}
    shared_out.read_chunk(night.settings, chunks[0])  # nothing waits any more
    rest(night)
    shared_out.open_again(night.settings)
    assert night.dump() == undisturbed[0]


def test_what_a_lost_chunk_had_waits_and_is_named(
    night: Night, undisturbed: tuple[Dump, set[str]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "etl.night.told")
    settings = night.settings = replace(night.settings, chunk_filings=1)
    chunks = steps.take(settings, "waiting", NOW)
    [(number,)] = night.rows(f"select filing_id from raw.filing where original_name = '{KIM_HY}'")
    (lost,) = (chunk for chunk in chunks if chunk.startswith(f"{number:016x}"))
    others = [chunk for chunk in chunks if chunk != lost]
    read(night, others)
    late = list(load_room.kept(settings, others[:1]))
    assert steps.take(settings, "stage", NOW, of=chunks) == {"read": 11, "left": 1}
    for step in LATER:
        steps.take(settings, step, NOW)
    with pytest.raises(steps.NotRead, match=KIM_HY):
        steps.take(settings, "answer", NOW)
    assert f"Còn 1 tệp chưa đọc được, vẫn chờ lượt sau: {KIM_HY}." in caplog.text
    assert night.rows(STATE, name=KIM_HY) == [("received",)]
    assert night.rows("select count(*) from raw.filing where state = 'received'") == [(1,)]

    load_room.keep(settings, others[0], late)  # by a task that was thought to be dead
    shared_out.read_chunk(settings, lost)
    assert steps.take(settings, "stage", NOW, of=chunks) == {"read": 1}, "cleared, it goes on"
    for step in (*LATER, "answer"):
        steps.take(settings, step, NOW)
    assert books.book_of(settings, NOW).steps["read_and_normalise"]["seconds"] > 0
    assert {
        name: rows for name, rows in night.dump().items() if rows != undisturbed[0][name]
    }.keys() == {"ops.outbox", "ops.told"}, "mails, which the other night was not asked for"


def test_what_comes_after_the_reading_waits_and_is_not_missed(night: Night, tmp_path: Path) -> None:
    night.settings = replace(night.settings, chunk_filings=1)
    chunks = shared_out.open_again(night.settings)
    read(night, chunks[1:])
    came = "bao_cao_6_thang_2025_cuong_loi.xlsx"  # by day, of a number between those of the chunks
    (tmp_path / "by_day").mkdir()
    shutil.copy2(Night.inbox / came, tmp_path / "by_day")
    chain.receive(night.settings, tmp_path / "by_day", NOW)
    [(new,)] = night.rows("select filing_id from raw.filing where original_name = :n", n=came)
    assert int(chunks[0][17:33], 16) < new < int(chunks[-1][:16], 16)
    assert shared_out.stage(night.settings, chunks) == {"read": 11, "left": 1}
    read(night, chunks[:1])
    assert shared_out.stage(night.settings, chunks) == {"read": 1}
    assert night.rows(STATE, name=came) == [("received",)]
    assert chain.read_and_normalise(night.settings) == {"read": 1}


def test_what_others_have_read_since_is_told_as_waiting_no_more(night: Night) -> None:
    settings = night.settings
    chunks = steps.take(settings, "waiting", NOW)
    assert steps.take(settings, "stage", NOW, of=chunks) == {"read": 0, "left": 12}
    assert chain.read_and_normalise(settings) == {"read": 12}  # by day
    assert steps.take(settings, "stage", NOW, of=chunks) == {"read": 0}
    told = books.book_of(settings, NOW).steps["read_and_normalise"]["lines"]
    assert [vi for vi, _en in told] == ["Không có tệp nào phải đọc."]


def test_what_is_accepted_stands_until_it_has_been_read_again(night: Night) -> None:
    night.go()
    before = night.rows("select * from mart.indicator_by_unit order by 1, 2, 3, 4, 5, 6, 7, 8, 9")
    file = Path(night.settings.corrections)
    seen = night.rows("select text_as_filed from mart.figure_trace where cell = 'E13' and"
                      f" file = '{KIM_HY}'")  # fmt: skip
    file.write_text(yaml.safe_dump([ROW | {"guard": seen[0][0]}]), encoding="utf-8")
    [(number,)] = night.rows(f"select filing_id from raw.filing where original_name = '{KIM_HY}'")
    given_back = return_path(night.settings.returns_dir, number, KIM_HY)
    given_back.write_bytes(b"what it was told before")
    later = NOW + timedelta(days=1)
    read(night, shared_out.open_again(night.settings))
    assert given_back.exists(), "nothing is staged yet"
    chunks = shared_out.open_again(night.settings)
    assert len(chunks) == 1
    assert shared_out.stage(night.settings, chunks) == {"read": 0, "left": 1}
    rest(night)
    assert night.rows(STATE, name=KIM_HY) == [("accepted",)]
    after = night.rows("select * from mart.indicator_by_unit order by 1, 2, 3, 4, 5, 6, 7, 8, 9")
    assert after == before
    night.go(later)
    assert night.rows("select state from ref.correction") == [("applied",)]
    assert night.rows("select count(*) from stg.reopened") == [(0,)]


def test_what_others_read_is_never_taken(
    night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = night.settings
    old = shared_out.open_again(settings)
    read(night, old)
    forms = tmp_path / "forms"
    shutil.copytree(config.FORMS_DIR, forms)
    with (forms / "commune_report.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    monkeypatch.setattr(config, "FORMS_DIR", forms)
    for does in (lambda: shared_out.stage(settings, old), lambda: read(night, old)):
        with pytest.raises(FormsChanged):
            does()
    assert night.rows("select distinct state from raw.filing") == [("received",)]
    new = shared_out.open_again(settings)
    assert {chunk.split(".")[0] for chunk in new} == {chunk.split(".")[0] for chunk in old}
    assert set(new).isdisjoint(old)
    assert shared_out.stage(settings, new) == {"read": 0, "left": 12}, (
        "what others read is not taken"
    )


def test_a_block_is_kept_as_it_was_read(night: Night) -> None:
    cells = (("a\tb\\n\0", 'x"y'),)
    full = Block(
        copy_lines([(1, None, "a\tb\\\n")]), 1,
        [Recognised(1, "f", "2025", "commune", "02146", 2025, "H1", date(2025, 1, 1), 2026, "số")],
        [Finding(1, "r", "Biểu\r1", "A1", params=cells, about=cells)],
        [2**63 - 1], [FurtherFiling(2, 1, 2)], [Corrected(1, "s", "A1", "applied", "\u2028")],
    )  # fmt: skip
    half = full._replace(findings=[Finding(1, "r", seen="\ud800")])  # half of a character
    damaged = Block("", 0, [], [], [], [], [], ("ab",))
    load_room.keep(night.settings, "c", [damaged])
    load_room.keep(night.settings, "c", [full, half, damaged])
    found = list(load_room.kept(night.settings, ["lost", "c"]))
    seen = half._replace(findings=[Finding(1, "r", seen="\ufffd")])
    assert found == [full, seen, damaged]


def test_a_machine_that_does_not_share_the_raw_files_reads_nothing(
    night: Night, tmp_path: Path
) -> None:
    chunks = shared_out.open_again(night.settings)
    with pytest.raises(FileNotFoundError, match="raw"):
        shared_out.read_chunk(replace(night.settings, home=tmp_path / "other"), chunks[0])


def test_at_most_a_thousand_chunks(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_out, "_MOST", 4)
    settings = replace(night.settings, chunk_filings=1)
    assert len(shared_out.open_again(settings)) == 4  # of 12 files
