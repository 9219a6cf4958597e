"""The night's page as a mail, once; and what the tasks of `receive_filings` say."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from etl.ground import audit, clock, database
from etl.ground.config import Settings
from etl.night import chain
from etl.night.told import book as books
from etl.night.told import by_day, facts, page, steps
from etl.receive import Mailbox
from tests.helpers.mail_office import FILE, Office, Server, body, free_port, mail_server
from tests.helpers.mail_server import MailServer, mail
from tests.night import NOW, SAMPLES

KIM_HY = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
VAN_LANG = SAMPLES / "inbox" / "bao_cao_6_thang_2025_van_lang_lan_2.xlsx"
TEAM = "nightly: [to@tinh.example]\n"


def a_night(settings: Settings, inbox: Path) -> None:
    steps.receive(settings, inbox, NOW, NOW)
    for step in ("read_and_normalise", "check", "load", "aggregate", "publish", "record"):
        steps.take(settings, step, NOW)


def test_the_page_of_a_night_is_mailed_once(fresh_warehouse: Settings, tmp_path: Path) -> None:
    office = Office.at(fresh_warehouse, tmp_path, TEAM)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(KIM_HY, inbox)
    a_night(office.settings, inbox)
    steps.close(office.settings, NOW)  # the task is cleared and runs again
    (letter,) = office.letters()
    assert letter["To"] == "to@tinh.example"
    assert letter["Subject"].startswith("khoxa ") and "được nhận 1, trả lại 0" in letter["Subject"]
    assert "Nhận 1 tệp mới: bao_cao_6_thang_2025_kim_hy.xlsx." in body(letter)
    (sheet,) = letter.iter_attachments()
    assert sheet.get_content_type() == "text/html"
    assert sheet.get_filename() == f"{books.book_of(office.settings, NOW).day:%Y-%m-%d}.html"


def test_a_night_that_failed_is_mailed_again_when_it_is_mended(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path, TEAM)
    inbox = tmp_path / "inbox"
    with pytest.raises(FileNotFoundError) as raised:
        steps.receive(office.settings, inbox, NOW, NOW)
    steps.failed(office.settings, "receive", NOW, raised.value)
    for _cleared_in_vain in range(2):
        steps.close(office.settings, NOW)
    assert ["có tác vụ không xong" in each["Subject"] for each in office.letters()] == [True]
    assert json.loads(office.settings.last_run.read_text())["failed"] == ["receive"]
    steps.failed(office.settings, "record", NOW, None)  # killed, and cleared with the others
    inbox.mkdir()
    shutil.copy(KIM_HY, inbox)
    for _cleared in range(2):
        a_night(office.settings, inbox)
    _failure, mended = office.letters()
    assert "được nhận 1, trả lại 0" in mended["Subject"] and mended["To"] == "to@tinh.example"
    assert "không xong" not in body(mended)
    assert json.loads(office.settings.last_run.read_text())["failed"] == []


def test_a_mail_server_that_takes_nothing_is_on_the_page_until_it_does(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    office.sender("xa1@xa.example", "02146")
    office.message("m1", office.filing("bao_cao_1.xlsx", unit="02146"), of="xa1@xa.example")
    dead = Server(port=free_port())
    steps.take(office.settings, "answer", NOW, send=dead.mailer())
    steps.close(office.settings, NOW, dead.mailer())
    book = books.book_of(office.settings, NOW)
    said = page.text(book, [])
    assert "Không có thư nào phải gửi" not in said
    assert said.count("Máy chủ thư không nhận thư nào, 1 thư chờ từ ") == 2  # to mend, and the step
    assert "ConnectionRefusedError" in said and "AIRFLOW_CONN_KHOXA_SMTP" in said
    assert "1 việc cần người xem" in page.headline(book)
    with database.asking(office.settings) as connection:
        ((named,),) = database.ask(connection, "status/mail_faults")
    assert "xa1@xa.example: chờ từ" in named and "ConnectionRefusedError" in named
    without = replace(office.settings, local_folder=tmp_path / "none")
    steps.close(without, NOW)
    assert page.human(books.book_of(without, NOW)) == [], "where no mails are written any more"
    with mail_server() as server:
        steps.take(office.settings, "answer", NOW, send=server.mailer())
    steps.close(office.settings, NOW)
    assert "Máy chủ thư" not in page.text(books.book_of(office.settings, NOW), [])


def test_a_backup_that_is_not_made_is_on_the_page(
    fresh_warehouse: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, today = replace(fresh_warehouse, backup_to=tmp_path), clock.now()

    def said(hours: int, of: Settings = settings) -> str:
        monkeypatch.setattr(facts, "now", lambda: today + timedelta(hours=hours))
        steps.close(of, NOW)
        found = books.book_of(of, NOW)
        return next((what for what, _do in page.human(found) if "sao lưu" in what), "")

    owner = database.engine(settings, "khoxa_owner")
    with owner.begin() as connection:  # the warehouse was made a month ago
        trigger = "alter table ops.audit {} trigger audit_as_it_is"
        database.script(connection, trigger.format("disable"))
        database.script(connection, "update ops.audit set done_at = done_at - interval '30 days'")
        database.script(connection, trigger.format("enable"))
    assert said(0) == f"Không có bản sao lưu mới từ {today - timedelta(days=30):%d/%m/%Y}"
    assert said(0, fresh_warehouse) == "", "where none are made by themselves"
    with database.engine(settings).begin() as connection:
        audit.note(connection, "backed_up", str(tmp_path))
    assert said(47) == ""
    assert said(49) == f"Không có bản sao lưu mới từ {today:%d/%m/%Y}"
    with owner.begin() as connection:  # made while the machine's clock was years ahead
        database.script(connection, "alter table ops.audit disable trigger audit_as_it_is")
        database.script(
            connection,
            "update ops.audit set done_at = '2090-01-01' where action = 'backed_up'",
        )
    assert said(0) == f"Không có bản sao lưu mới từ {today - timedelta(days=30):%d/%m/%Y}"


def test_filings_of_a_clock_that_was_ahead_are_on_the_page(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()

    def said(content: bytes, started: datetime, at: datetime | None) -> list[tuple[str, str]]:
        (inbox / f"{content.decode()}.xlsx").write_bytes(content)
        steps.receive(fresh_warehouse, inbox, started, at)
        steps.close(fresh_warehouse, started)
        asked = page.human(books.book_of(fresh_warehouse, started))
        return [(what, do) for what, do in asked if "tương lai" in what]

    assert said(b"a", NOW, clock.now()) == []
    ((what, do),) = said(b"b", NOW.replace(year=2090), None)
    assert what == "1 hồ sơ có ngày nhận ở tương lai (đến 20/06/2090)"
    assert "đồng hồ máy đã chạy sai" in do
    ((what, do),) = said(b"c", NOW, NOW.replace(year=2091))
    assert what == "2 hồ sơ có ngày nhận ở tương lai (đến 20/06/2091)"
    assert "kho để thử" in do and "đồng hồ" not in do


def test_nobody_is_mailed_where_nobody_is_named(fresh_warehouse: Settings, tmp_path: Path) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    steps.close(office.settings, NOW)
    assert office.outbox() == []


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    said = [record.getMessage().partition(" / ")[0] for record in caplog.records
            if record.name.startswith("etl.night.told")]  # fmt: skip
    caplog.clear()
    return said


def test_each_task_of_the_day_says_in_words_what_it_did(
    fresh_warehouse: Settings, mailbox_server: MailServer, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO, "etl.night.told")
    settings = replace(fresh_warehouse, local_folder=tmp_path)
    mail_yaml = FILE.replace("2025-01-01", "2025-01-01\nanswer_folder: true")
    (tmp_path / "mail.yaml").write_text(mail_yaml, encoding="utf-8")
    inbox = tmp_path / "inbox"
    (inbox / "thư mục").mkdir(parents=True)
    shutil.copy(VAN_LANG, inbox)
    mailbox_server.put(mail("kimhy@example.org", KIM_HY))
    mailbox_server.put(mail("la@ai.example", KIM_HY, Subject="Gửi báo cáo"))

    by_day.collect(settings, "inbox", lambda: chain.receive(settings, inbox, NOW))
    said = lines(caplog)
    assert said[0] == "Nhận 1 tệp mới qua hộp nhận tệp."
    assert said[1].startswith("Không nhận được “thư mục”: ")
    with mailbox_server.client() as client:
        by_day.collect(
            settings, "imap",
            lambda: chain.collect_mail(settings, client, Mailbox("baocao"), NOW),
        )  # fmt: skip
    assert lines(caplog) == [
        "Nhận 1 thư có hồ sơ qua hộp thư.",
        "Thư chờ tỉnh xem xét, chưa mở tệp nào: la@ai.example, “Gửi báo cáo”.",
    ]
    by_day.take(settings, "read_and_normalise")
    assert lines(caplog)[0].startswith("Đọc 2 tệp, 2 hồ sơ: Báo cáo kết quả")
    by_day.take(settings, "check")
    said = lines(caplog)
    assert said[0].startswith("Kiểm tra 2 hồ sơ: 3 lỗi phải sửa")
    assert any("của Xã Văn Lang" in line for line in said)
    by_day.take(settings, "publish")
    assert lines(caplog)[0].startswith("Viết 1 tệp trả lại vào ")
    by_day.take(settings, "answer")
    assert lines(caplog)[0].startswith("Thư trả lời: gửi 0, viết thành tệp ")
    assert list(settings.summaries_dir.glob("*")) == [], "a day keeps no book"
