"""What communes mail is filed, once, and only for whom the sender may file: a real IMAP server."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain
from etl.receive import Mailbox
from tests.helpers.mail_server import MailServer, mail
from tests.night import NOW, SAMPLES, Night

BOX = Mailbox("baocao")
KIM_HY = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
DUONG_SON = SAMPLES / "inbox" / "bao_cao_6_thang_2025_duong_son.xlsx"
ALSO = "insert into ref.sender values ('xa.kimhy@example.net', '02146')"
FILINGS = "select original_name, state from raw.filing order by 1"
MESSAGES = "select from_address, state, rule from ops.message order by received_at"


@pytest.fixture
def server(mailbox_server: MailServer) -> MailServer:
    return mailbox_server


@pytest.fixture
def night(fresh_warehouse: Settings) -> Night:
    return Night(fresh_warehouse)


def collect(night: Night, server: MailServer, box: Mailbox = BOX) -> dict[str, int]:
    with server.client() as client:
        return chain.collect_mail(night.settings, client, box, NOW)


def test_a_mailed_workbook_is_a_filing(night: Night, server: MailServer) -> None:
    server.put(mail("Xã Kim Hỷ <kimhy@example.org>", KIM_HY))
    assert collect(night, server) == {"messages": 1}
    assert server.flags() == ["\\Seen"]
    night.decide()
    assert night.rows(FILINGS) == [(KIM_HY.name, "accepted")]
    assert night.rows(MESSAGES) == [("kimhy@example.org", "taken", None)]
    (at,) = night.rows("select ref.local_time(received_at)::text from raw.filing")
    assert at[0].startswith("2025-06-16 08:")
    assert night.rows("select a.name, f.state from ops.attachment a join raw.filing f using"
                      " (filing_id)") == [(KIM_HY.name, "accepted")]  # fmt: skip


def test_another_units_figures_are_stopped(night: Night, server: MailServer) -> None:
    server.put(mail("duongson@example.org", KIM_HY))
    collect(night, server)
    night.decide()
    assert night.rows(FILINGS) == [(KIM_HY.name, "rejected")]
    assert night.rows("select rule, message_vi from ops.finding where severity = 'fail'") == [
        (
            "mail-not-theirs",
            "Tệp là báo cáo của Xã Kim Hỷ, nhưng địa chỉ duongson@example.org không được gửi báo"
            " cáo cho đơn vị đó.",
        )
    ]
    assert night.rows("select rule from ops.attachment") == [("mail-not-theirs",)]
    # the unit's own address files the same content: it counts, and the stranger hears nothing
    server.put(mail("kimhy@example.org", KIM_HY))
    collect(night, server)
    night.decide()
    assert night.rows(FILINGS) == [(KIM_HY.name, "accepted")]
    assert night.rows("select a.rule from ops.attachment as a join ops.message using (message_key)"
                      " order by received_at") == [("mail-not-theirs",), (None,)]  # fmt: skip


def test_another_units_sheets_beside_ones_own_are_stopped(
    night: Night, server: MailServer, tmp_path: Path
) -> None:
    book = load_workbook(KIM_HY)
    for sheet in load_workbook(DUONG_SON).worksheets:
        copied = book.create_sheet(f"{sheet.title} (2)")
        for row in sheet.iter_rows():
            for cell in row:
                copied[cell.coordinate].value = cell.value
        for merged in sheet.merged_cells.ranges:
            copied.merge_cells(merged.coord)
    path = tmp_path / "hai_xa.xlsx"
    book.save(path)
    server.put(mail("kimhy@example.org", path))
    collect(night, server)
    night.decide()
    assert night.rows("select filer_code, state from raw.filing order by part") == [
        ("02146", "accepted"), ("02188", "rejected"),
    ]  # fmt: skip
    stopped = "select rule, seen from ops.finding where severity = 'fail'"
    assert night.rows(stopped) == [("mail-not-theirs", "")]


def test_a_district_files_for_its_communes(night: Night, server: MailServer) -> None:
    server.put(mail("vanthu@nari.example.org", KIM_HY))
    server.put(mail("ldtbxh.lapvo@example.org", DUONG_SON))  # another district
    collect(night, server)
    night.decide()
    assert night.rows(FILINGS) == [(DUONG_SON.name, "rejected"), (KIM_HY.name, "accepted")]


def test_the_mailbox_is_looked_at_again_and_nothing_is_twice(
    night: Night, server: MailServer
) -> None:
    message = mail("kimhy@example.org", KIM_HY)
    server.put(message)
    collect(night, server)
    before = night.dump()
    assert collect(night, server) == {"messages": 0}
    assert night.dump() == before
    server.start_anew()  # numbered anew, with the same message and a copy of it
    server.put(message)
    server.put(b"Received: from a by b\n" + message.as_bytes())
    assert collect(night, server) == {"messages": 0}
    assert night.rows("select count(*) from ops.message") == [(1,)]
    assert night.rows("select count(*) from ops.mailbox_place") == [(2,)]


def test_a_superseded_version_mailed_again_is_the_newest(night: Night, server: MailServer) -> None:
    again = io.BytesIO()
    load_workbook(KIM_HY).save(again)  # the same figures in other bytes
    second = ("lan 2.xlsx", again.getvalue())
    counts = ("select original_name, arrival from raw.filing"
              " where state = 'accepted' and superseded_by is null")  # fmt: skip
    for number, (file, wanted) in enumerate(
        [(KIM_HY, (KIM_HY.name, 1)), (KIM_HY, (KIM_HY.name, 1)), (second, ("lan 2.xlsx", 1)),
         (KIM_HY, (KIM_HY.name, 2))]
    ):  # fmt: skip
        server.put(mail("kimhy@example.org", file, Message_ID=f"<{number}@example.org>"))
        collect(night, server)
        night.decide()
        assert night.rows(counts) == [wanted]
    assert night.rows("select count(*), count(distinct filing_id) from ops.attachment") == [(4, 3)]


def test_a_stranger_waits_until_the_province_knows_the_address(
    night: Night, server: MailServer
) -> None:
    server.put(mail("xa.kimhy@example.net", KIM_HY))
    assert collect(night, server) == {"messages": 0}
    assert server.flags() == [""], "it stays unread"
    assert night.rows(MESSAGES) == [("xa.kimhy@example.net", "quarantined", "mail-sender-unknown")]
    assert night.rows(FILINGS) == []
    assert list(night.settings.raw_dir.rglob("*")) == []
    (kept,) = night.settings.quarantine_dir.iterdir()
    with database.night(night.settings) as connection:
        connection.exec_driver_sql(ALSO)
    assert collect(night, server) == {"messages": 1}
    assert not kept.exists()
    night.decide()
    assert night.rows(FILINGS) == [(KIM_HY.name, "accepted")]


def test_what_the_province_removes_from_quarantine_is_left_alone(
    night: Night, server: MailServer
) -> None:
    server.put(mail("x@example.net", KIM_HY))
    collect(night, server)
    for path in night.settings.quarantine_dir.iterdir():
        path.unlink()
    collect(night, server)
    collect(night, server)
    assert night.rows(MESSAGES) == [("x@example.net", "ignored", "mail-removed")]


def test_taken_messages_are_moved_where_the_province_wants(
    night: Night, server: MailServer
) -> None:
    server.put(mail("kimhy@example.org", KIM_HY))
    server.put(mail("x@example.net", KIM_HY))
    collect(night, server, Mailbox("baocao", done_folder="Đã nhận"))
    assert server.flags() == [""]
    assert server.flags('"&ARAA4w- nh&Hq0-n"') == ["\\Seen"]
    assert collect(night, server, Mailbox("baocao", done_folder="Đã nhận")) == {"messages": 0}


def test_a_later_day_is_later(night: Night, server: MailServer) -> None:
    server.put(mail("kimhy@example.org", KIM_HY), at=NOW - timedelta(days=3))
    collect(night, server)
    assert night.rows("select (received_at at time zone 'Asia/Ho_Chi_Minh')::date::text"
                      " from raw.filing") == [("2025-06-17",)]  # fmt: skip
