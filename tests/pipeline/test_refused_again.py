"""What an older khoxa refused is read again once, by the first night of another, which says what
became of it, and nobody is mailed the same refusal twice."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

import etl.read
from etl.ground import database
from etl.ground.config import Settings
from etl.night.told import steps
from etl.read.refusal import Refused
from tests.helpers.mail_office import Office
from tests.night import NOW, SAMPLES, Night

KIM_HY = "bao_cao_6_thang_2025_kim_hy.xlsx"
VAN_LANG = "bao_cao_6_thang_2025_van_lang_lan_2.xlsx"  # its figures are at fault
MENDED = "bao_cao_6_thang_2025_van_lang.xlsx"
READ = "read_and_normalise"
STATES = "select original_name, state from raw.filing order by 1"


def a_night(settings: Settings, inbox: Path, day: int) -> int:
    """One night with its mails; returns how many files it read."""
    started = NOW + timedelta(days=day)
    steps.receive(settings, inbox, started, started)
    read = steps.take(settings, READ, started)["read"]
    for step in ("check", "load", "aggregate", "publish", "answer"):
        steps.take(settings, step, started)
    return int(read)


def another_khoxa(settings: Settings) -> None:
    with database.engine(settings).begin() as connection:
        older = "update ops.declared set digest = 'of an older one' where kind = 'reading'"
        assert connection.exec_driver_sql(older).rowcount == 1


def second_filing(settings: Settings) -> None:
    """The file held another filing when it was read before, and holds it no more."""
    with database.engine(settings).begin() as connection:
        connection.exec_driver_sql(
            "insert into raw.filing (filing_id, content_sha256, arrival, part, original_name,"
            " received_at, state) select filing_id + 1, content_sha256, arrival, 2, original_name,"
            " received_at, state from raw.filing"
        )


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    (tmp_path / "inbox").mkdir()
    return Office.at(fresh_warehouse, tmp_path)


def test_a_sound_workbook_that_was_called_damaged_is_accepted_by_the_next_khoxa(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = office.folder / "inbox"
    for name in (KIM_HY, VAN_LANG):
        shutil.copy2(SAMPLES / "inbox" / name, inbox)
    steps.receive(office.settings, inbox, NOW, NOW)
    senders = {KIM_HY: "kimhy@example.org", VAN_LANG: "vanlang@example.org"}
    for number, name in office.do("select filing_id, original_name from raw.filing"):
        office.numbers[name] = number
        office.message(name, number, of=senders[name], at=NOW)
    reading = etl.read._read_into

    def older(book: etl.read.Workbook) -> str:
        if book.received.name == KIM_HY:
            raise Refused("file-damaged")
        return reading(book)

    monkeypatch.setattr(etl.read, "_read_into", older)
    assert a_night(office.settings, inbox, 0) == 2
    monkeypatch.undo()
    assert office.do(STATES) == [(KIM_HY, "rejected"), (VAN_LANG, "rejected")]
    assert len(office.letters()) == 2
    assert a_night(office.settings, inbox, 1) == 0, "it is the same khoxa"

    another_khoxa(office.settings)
    caplog.set_level(logging.INFO, "etl.night.told")
    assert a_night(office.settings, inbox, 2) == 2
    assert office.do(STATES) == [(KIM_HY, "accepted"), (VAN_LANG, "rejected")]
    assert "đọc lại 2 tệp từng bị trả lại: 1 tệp nay được nhận, 1 tệp vẫn phải sửa" in caplog.text
    *first, changed = office.letters()
    assert len(first) == 2 and changed["To"] == "kimhy@example.org"
    assert changed["Subject"].startswith("Kết quả mới: ")
    caplog.clear()
    another_khoxa(office.settings)
    assert a_night(office.settings, inbox, 3) == 1
    assert "đọc lại 1 tệp từng bị trả lại: 0 tệp nay được nhận, 1 tệp vẫn phải sửa" in caplog.text
    caplog.clear()
    assert a_night(office.settings, inbox, 4) == 0
    assert "từng bị trả lại" not in caplog.text


def test_what_its_filer_has_mended_since_is_not_read_again(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    (tmp_path / "inbox").mkdir()
    night = Night(fresh_warehouse, tmp_path / "inbox")
    for day, name in enumerate((VAN_LANG, MENDED)):
        shutil.copy2(SAMPLES / "inbox" / name, night.inbox)
        night.go(NOW + timedelta(days=day))
    assert night.rows(STATES) == [(MENDED, "accepted"), (VAN_LANG, "rejected")]
    another_khoxa(fresh_warehouse)
    assert night.go(NOW + timedelta(days=2))[READ] == {"read": 0}


def test_a_list_of_persons_that_was_several_filings_is_not_asked_for(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    """Of the file no copy is kept, so that none of its filings can be read again."""
    (tmp_path / "inbox").mkdir()
    book = load_workbook(SAMPLES / "inbox" / KIM_HY)
    book["Chỉ tiêu"]["G8"], book["Chỉ tiêu"]["G10"] = "Số CCCD", "000000000000"
    book.save(tmp_path / "inbox" / KIM_HY)
    night = Night(fresh_warehouse, tmp_path / "inbox")
    night.go()
    second_filing(fresh_warehouse)
    another_khoxa(fresh_warehouse)
    assert night.go(NOW + timedelta(days=1))[READ] == {"read": 0}
    assert night.rows("select * from ops.damaged_copy") == []


def test_a_filing_that_its_file_holds_no_more_is_none_that_is_refused(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def older(book: etl.read.Workbook) -> str:
        raise Refused("file-damaged")

    (tmp_path / "inbox").mkdir()
    shutil.copy2(SAMPLES / "inbox" / KIM_HY, tmp_path / "inbox")
    night = Night(fresh_warehouse, tmp_path / "inbox")
    with monkeypatch.context() as patch:
        patch.setattr(etl.read, "_read_into", older)
        night.go()
    second_filing(fresh_warehouse)
    another_khoxa(fresh_warehouse)
    done = night.go(NOW + timedelta(days=1))
    assert done["load"]["again.files"] == done["load"]["again.accepted"] == 1
    another_khoxa(fresh_warehouse)
    assert night.go(NOW + timedelta(days=2))[READ] == {"read": 0}
