"""A night on an inbox that holds more than files: what can be taken is, the rest is said."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from etl.ground.config import Settings
from etl.night import chain
from etl.receive import inbox
from tests.khoxa import khoxa, variables
from tests.night import NOW, SAMPLES, Night

GOOD = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
NOT_TAKEN = "select name, rule from ops.not_taken order by 1"


@pytest.fixture
def night(fresh_warehouse: Settings, tmp_path: Path) -> Night:
    """An inbox with one good report, a folder, a link, a pipe, and a file named with markup."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(GOOD, inbox / "good.xlsx")
    (inbox / "folder").mkdir()
    (inbox / "other [b].xlsx").symlink_to(GOOD)
    os.mkfifo(inbox / "pipe.xlsx")
    return Night(fresh_warehouse, inbox)


def test_the_night_goes_on_and_says_what_it_did_not_take(night: Night) -> None:
    assert night.go()["load"]["raw.filing"] == 1
    assert night.rows("select original_name, state from raw.filing") == [("good.xlsx", "accepted")]
    assert night.rows(NOT_TAKEN) == [
        ("folder", "inbox-folder"),
        ("other [b].xlsx", "inbox-link"),
        ("pipe.xlsx", "inbox-special"),
    ]
    done = khoxa("status", **variables(night.settings))
    assert done.returncode == 0, done.stderr
    for said in ("Trong hộp nhận", "other [b].xlsx", "là một thư mục", "Chép các tệp bảng tính"):
        assert said in done.stdout


def test_what_is_mended_is_taken_and_said_no_more(night: Night) -> None:
    night.go()
    (night.inbox / "folder").rmdir()
    (night.inbox / "pipe.xlsx").unlink()
    link = night.inbox / "other [b].xlsx"
    link.unlink()
    shutil.copy(SAMPLES / "inbox" / "bao_cao_6_thang_2025_duong_son.xlsx", link)
    assert night.go(NOW + timedelta(days=1))["receive"] == {"received": 1}
    assert night.rows(NOT_TAKEN) == []


def test_a_file_is_entered_at_its_time_once_the_log_has_it(night: Night) -> None:
    log = night.inbox / "so_van_den.csv"
    log.write_text("Tên tệp,Ngày giờ nhận\ngood.xlsx,hôm qua\n", encoding="utf-8")
    assert chain.receive(night.settings, night.inbox, NOW) == {"received": 0}
    assert ("good.xlsx", "inbox-log-time") in night.rows(NOT_TAKEN)
    log.write_text("Tên tệp,Ngày giờ nhận\ngood.xlsx,2025-06-03T14:15:00\n", encoding="utf-8")
    assert chain.receive(night.settings, night.inbox, NOW) == {"received": 1}
    assert night.rows("select ref.local_time(received_at)::text from raw.filing") == [
        ("2025-06-03 14:15:00",)
    ]


def test_a_copy_under_another_name_is_said_while_it_lies_there(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "_SETTLED_HERE", timedelta(0))  # else a file of three seconds ago
    night.go()
    copy = night.inbox / "ban_sao.xlsx"
    shutil.copy(GOOD, copy)
    assert night.go(NOW + timedelta(days=1))["receive"] == {"received": 0}
    night.go(NOW + timedelta(days=2))
    said = " ".join(khoxa("status", **variables(night.settings)).stdout.split())
    assert "ban_sao.xlsx" in said and "Giống hệt tệp “good.xlsx” đã nhận ngày" in said
    copy.unlink()
    night.go(NOW + timedelta(days=3))
    assert "ban_sao.xlsx" not in khoxa("status", **variables(night.settings)).stdout


def test_a_moved_inbox_is_told_in_one_line(
    fresh_warehouse: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, moved = tmp_path / "first", tmp_path / "moved"
    first.mkdir()
    for number in range(1, 9):
        (first / f"bieu_{number}.xlsx").write_bytes(b"%d" % number)
    chain.receive(fresh_warehouse, first, NOW)
    shutil.copytree(first, moved)
    (moved / "bieu_1.xlsx").rename(moved / "ban_1.xlsx")
    caplog.clear()
    chain.receive(fresh_warehouse, moved, NOW)
    (line,) = [record.getMessage() for record in caplog.records if "không nhận lại" in record.msg]
    assert line == (
        "8 tệp có nội dung đã được nhận, không nhận lại / files with a content that was already"
        " filed, not filed again: ban_1.xlsx (= bieu_1.xlsx),"
        " bieu_2.xlsx, bieu_3.xlsx, bieu_4.xlsx, bieu_5.xlsx, …"
    )
