"""What is kept is on the disk before anybody relies on it."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from etl.ground.config import Settings
from etl.ground.records import ReceivedFile
from etl.night import chain
from etl.publish import mark
from etl.read import read
from etl.receive import Mailbox
from tests.helpers.mail_server import MailServer, mail
from tests.night import NOW, Night

NAME = "bao_cao_6_thang_2025_kim_hy.xlsx"


def test_the_copy_is_written_through_before_the_register_has_it(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy2(Night.inbox / NAME, tmp_path)
    night = Night(fresh_warehouse, tmp_path)
    seen: list[tuple[int, int]] = []

    def sync() -> None:
        copies = [path for path in fresh_warehouse.raw_dir.rglob("*") if path.is_file()]
        ((known,),) = night.rows("select count(*) from raw.filing")
        seen.append((len(copies), known))

    monkeypatch.setattr(os, "sync", sync)
    for _ in range(2):  # the second night finds nothing new
        chain.receive(fresh_warehouse, tmp_path, NOW)
    assert seen == [(1, 0)]
    assert night.rows("select count(*) from raw.filing") == [(1,)]


def test_a_copy_that_a_power_cut_left_empty_is_written_again(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    content = (Night.inbox / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(content)
    copy = fresh_warehouse.raw_path(hashlib.sha256(content).hexdigest())
    copy.parent.mkdir(parents=True)
    copy.touch()
    chain.receive(fresh_warehouse, tmp_path, NOW)
    assert copy.read_bytes() == content


def test_a_strangers_message_is_written_through_before_it_is_known(
    fresh_warehouse: Settings, mailbox_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    night, seen = Night(fresh_warehouse), []

    def sync() -> None:
        kept = [path.stat().st_size > 0 for path in fresh_warehouse.quarantine_dir.iterdir()]
        seen.append((kept, night.rows("select state from ops.message")))

    monkeypatch.setattr(os, "sync", sync)
    mailbox_server.put(mail("xa.kimhy@example.net", Night.inbox / NAME))
    with mailbox_server.client() as client:
        chain.collect_mail(fresh_warehouse, client, Mailbox("baocao"), NOW)
    assert seen == [([True], [])]
    assert night.rows("select state from ops.message") == [("quarantined",)]


def test_a_return_workbook_is_written_through_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has it is not written again."""
    path, sizes = tmp_path / "returns" / "kim_hy.xlsx", []

    def fsync(descriptor: int) -> None:
        assert not path.exists()
        sizes.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", fsync)
    mark(ReceivedFile(1, NAME, str(Night.inbox / NAME), ""), [], path, read)
    assert sizes == [path.stat().st_size]


def test_return_workbooks_are_on_the_disk_before_their_step_is_done(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hong.xlsx").write_bytes(b"PK nothing")
    chain.receive(fresh_warehouse, tmp_path, NOW)
    Night(fresh_warehouse).decide()
    seen: list[int] = []
    monkeypatch.setattr(
        os, "sync", lambda: seen.append(len(list(fresh_warehouse.returns_dir.iterdir())))
    )
    assert chain.publish(fresh_warehouse) == {"returned": 1}
    assert seen == [1]
