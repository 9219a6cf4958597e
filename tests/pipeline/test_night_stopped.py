"""`khoxa run` that is stopped half-way, or whose reader has gone: what its page says."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from etl.cli.night import night
from etl.cli.terminal import Terminal
from etl.ground.config import Settings
from etl.night import chain
from etl.night.told import book as books
from etl.night.told import page, steps
from tests.khoxa import khoxa, variables
from tests.night import NOW, SAMPLES, Night

KIM_HY = "bao_cao_6_thang_2025_kim_hy.xlsx"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Path]:
    # whoever runs the tests may ignore some of them
    before = {number: signal.signal(number, signal.SIG_DFL) for number in STOPS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = tmp_path / "inbox"
    folder.mkdir()
    shutil.copy(SAMPLES / "inbox" / KIM_HY, folder)
    yield folder
    for number, handler in before.items():
        signal.signal(number, handler)


def said(settings: Settings) -> str:
    """The night on one page, as `khoxa summary` prints it."""
    return page.text(books.read(books.books(settings)[0]), [])


@pytest.mark.parametrize("sent", STOPS)
def test_it_is_told_and_the_next_night_goes_on(
    fresh_warehouse: Settings, inbox: Path, monkeypatch, sent: signal.Signals
) -> None:
    take = steps.take

    def stopped(settings: Settings, step: str, *rest: object) -> object:
        if step == "load":
            assert "chưa xong" in said(settings).splitlines()[0], "it is not closed yet"
            os.kill(os.getpid(), sent)
        return take(settings, step, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "take", stopped)
    then: list[str] = []
    with pytest.raises((KeyboardInterrupt, SystemExit)) as end:
        night(fresh_warehouse, inbox, NOW, Terminal(), lambda: then.append("status"))
    assert getattr(end.value, "code", 128 + signal.SIGINT) == 128 + sent
    first, second = said(fresh_warehouse).splitlines()[0:3:2]
    assert "có tác vụ không xong (load)" in first and "bị dừng giữa chừng" in second
    assert not then
    monkeypatch.setattr(steps, "take", take)
    night(fresh_warehouse, inbox, NOW, Terminal(), lambda: then.append("status"))
    assert then == ["status"]
    assert Night(fresh_warehouse).rows("select state from raw.filing") == [("accepted",)]


def test_who_reads_no_longer_stops_no_night(
    fresh_warehouse: Settings, inbox: Path, monkeypatch
) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed, monkeypatch.context() as piped:
        piped.setattr("sys.stdout", closed)
        night(fresh_warehouse, inbox, NOW, Terminal(), lambda: None)
    assert "được nhận 1, trả lại 0" in said(fresh_warehouse).splitlines()[0]


@pytest.mark.parametrize("at", ["receive", "load"])
def test_a_night_that_was_killed_is_the_latest_that_did_not_end(
    fresh_warehouse: Settings, inbox: Path, monkeypatch, at: str
) -> None:
    night(fresh_warehouse, inbox, NOW, Terminal(), lambda: None)
    ended = khoxa("status", **variables(fresh_warehouse)).stdout
    assert "Lần chạy gần nhất / latest run (" in ended and "chưa xong" not in ended

    def killed(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(chain, at, killed)
    process = get_context("fork").Process(
        target=night, args=(fresh_warehouse, inbox, NOW, Terminal(), lambda: None)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    began = books.read(books.books(fresh_warehouse)[0]).day
    told = khoxa("status", **variables(fresh_warehouse)).stdout
    assert f"Lần chạy gần nhất bắt đầu lúc {began:%H:%M %d/%m/%Y}, chưa xong" in told
    monkeypatch.undo()
    night(fresh_warehouse, inbox, NOW, Terminal(), lambda: None)
    assert "chưa xong" not in khoxa("status", **variables(fresh_warehouse)).stdout
