"""An hour after a file was put there it is known to lie as it did: nothing comes of it that would
not have come where it was read again, and the register is not asked about it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import etl.receive
from etl.receive import inbox as inbox_module
from tests.pipeline import test_refiling as again
from tests.pipeline.test_refiling import Office, books, office

__all__ = ["books", "office"]
SCENARIOS = (
    again.test_what_keeps_lying_there_is_never_entered_again,
    again.test_again_under_another_name,
    again.test_put_there_again_as_it_was,
    again.test_a_later_line_of_the_receiving_log,
)


@pytest.fixture(autouse=True)
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = inbox_module.now
    monkeypatch.setattr(inbox_module, "now", lambda: now() + timedelta(hours=1))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda found: found.__name__)
def test_nothing_else_comes_of_it(
    scenario: Callable[[Office, dict[str, bytes]], None], office: Office, books: dict[str, bytes]
) -> None:
    scenario(office, books)


def test_the_register_is_asked_about_what_changed_alone(
    office: Office, books: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    read_register = etl.receive.read_register

    def noted(connection: object, place: str, names: list[str], digests: list[str]) -> object:
        asked.append(names)
        return read_register(connection, place, names, digests)

    monkeypatch.setattr(etl.receive, "read_register", noted)
    again.superseded(office, books)
    office.put("ghi_chep.txt", b"1")
    office.go()
    rewritten: Path = office.folder / "ghi_chep.txt"
    before = rewritten.stat()
    rewritten.write_bytes(b"2")  # in its place, and the times of folder and file as they were
    os.utime(rewritten, ns=(before.st_atime_ns, before.st_mtime_ns))
    office.go()
    office.go()
    assert asked == [
        ["bao_cao.xlsx"], ["bao_cao_2.xlsx"], ["ghi_chep.txt"], ["ghi_chep.txt"], [],
    ]  # fmt: skip
