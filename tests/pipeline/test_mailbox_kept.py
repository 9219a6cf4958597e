"""Mail cannot be lost or doubled by a kill, nor fill a disk, nor reach another unit's figures."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from unittest.mock import patch

import pytest
from sqlalchemy.exc import ProgrammingError

from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain, reading
from etl.night.as_of import as_of
from etl.receive import Mailbox, imap, mailbox
from tests.dying import _dying
from tests.helpers.mail_server import MailServer, mail
from tests.khoxa import khoxa, variables
from tests.night import NOW, SAMPLES, Night

BOX = Mailbox("baocao")
KIM_HY = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
DUONG_SON = SAMPLES / "inbox" / "bao_cao_6_thang_2025_duong_son.xlsx"
MESSAGES = "select from_address, state, rule from ops.message order by received_at"
KILLS = ("fetch", "mail/message", "raw.filing", "mail/attachment", "mail/place", "settle")


@pytest.fixture
def server(mailbox_server: MailServer) -> MailServer:
    return mailbox_server


@pytest.fixture
def night(fresh_warehouse: Settings) -> Night:
    return Night(fresh_warehouse)


def collect(night: Night, server: MailServer, box: Mailbox = BOX, days: int = 0) -> int:
    with server.client() as client:
        at = NOW + timedelta(days=days)
        return chain.collect_mail(night.settings, client, box, at)["messages"]


def killed(night: Night, server: MailServer, dies_at: str) -> None:
    """Collect in a fork that dies before the write, the mark or the fetch of this name."""

    def go() -> None:
        for name in ("run", "copy_in"):
            setattr(database, name, _dying(getattr(database, name), dies_at))
        for name in ("settle", "fetch"):
            if name == dies_at:
                setattr(imap.Folder, name, _die)
        collect(night, server)

    process = get_context("fork").Process(target=go)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"never came to {dies_at}"


def _die(*_words: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def rows(night: Night) -> dict[str, list[str]]:
    """All that mail brought; where a message lies in the server is told by new numbers."""
    kept = ("raw.filing", "raw.arrival", "ops.message", "ops.attachment", "ops.mailbox_place")
    return {name: lines for name, lines in night.dump().items() if name in kept}


def test_killed_anywhere_and_run_again_equals_undisturbed(
    make_warehouse: Callable, server: MailServer
) -> None:
    for message in (
        mail("kimhy@example.org", KIM_HY, DUONG_SON),
        mail("x@example.net", KIM_HY),
        mail("duongson@example.org", DUONG_SON),
    ):
        server.put(message)
    found = {}
    for write in ("", *KILLS):
        with make_warehouse() as settings:
            night = Night(settings)
            with server.client() as client:
                client.select("INBOX")
                client.store("1:*", "-FLAGS", r"(\Seen)")
            if write:
                killed(night, server, write)
            collect(night, server)
            assert server.flags() == ["\\Seen", "", "\\Seen"]
            found[write] = rows(night)
            assert len(list(settings.quarantine_dir.glob("*.eml"))) == 1
    assert len(found[""]["ops.message"]) == 3 and len(found[""]["raw.filing"]) == 2
    for write, left in found.items():
        assert left == found[""], write
    with make_warehouse() as settings, patch.object(reading, "WORKERS", 1):
        night = Night(settings)
        collect(night, server)
        before = rows(night)
        assert collect(night, server) == 0
        assert rows(night) == before


def test_a_sender_has_so_much_a_day_and_the_rest_comes_tomorrow(
    night: Night, server: MailServer
) -> None:
    for number in range(3):
        server.put(mail("kimhy@example.org", (f"{number}.csv", b"x" * 9000)))
    with patch.object(mailbox, "MAX_SENDER_MB", 30_000 / 2**20):
        assert collect(night, server) == 2
        (waits,) = night.rows("select way, name, rule, message_vi from ops.not_taken")
        assert waits[:3] == ("imap", "kimhy@example.org: Báo cáo giảm nghèo", "mail-waits")
        assert waits[1] in waits[3]
        assert collect(night, server) == 0
        assert collect(night, server, days=1) == 1
    assert night.rows("select count(*) from ops.not_taken") == [(0,)]


def test_strangers_fill_the_quarantine_only_so_far(night: Night, server: MailServer) -> None:
    for number in range(3):
        server.put(mail(f"x{number}@example.net", (f"{number}.csv", b"x" * 9000)))
    with patch.object(mailbox, "MAX_QUARANTINE_MB", 30_000 / 2**20):
        collect(night, server)
        collect(night, server, days=1)
    assert len(list(night.settings.quarantine_dir.iterdir())) == 2
    assert night.rows("select rule from ops.not_taken") == [("mail-waits",)]


def test_a_message_that_is_too_large_is_never_fetched(night: Night, server: MailServer) -> None:
    server.put(mail("kimhy@example.org", ("a.csv", b"x" * 5000), Subject="Quá lớn"))
    with patch.object(mailbox, "MAX_MESSAGE_MB", 4000 / 2**20):
        assert collect(night, server) == 0
    assert night.rows(MESSAGES) == [("kimhy@example.org", "ignored", "mail-too-large")]
    assert server.flags() == [""]
    assert collect(night, server) == 0, "decided once"


def test_a_server_without_move_copies(night: Night, server: MailServer) -> None:
    server.put(mail("kimhy@example.org", KIM_HY))
    less = property(lambda _config: [b"CHILDREN"])
    with patch("pymap.backend.dict.Config.login_capability", less):
        collect(night, server, Mailbox("baocao", done_folder="Nhan"))
    assert server.flags("Nhan") == ["\\Seen"]
    assert "\\Deleted" in server.flags()[0], "without UIDPLUS it is not ours to expunge"
    assert collect(night, server, Mailbox("baocao", done_folder="Nhan")) == 0
    assert server.flags("Nhan") == ["\\Seen"], "not copied again"


def test_only_what_came_since_a_day_is_looked_at(night: Night, server: MailServer) -> None:
    server.put(mail("kimhy@example.org", KIM_HY), at=NOW - timedelta(days=30))
    server.put(mail("duongson@example.org", DUONG_SON), at=NOW - timedelta(days=1))
    assert (
        collect(night, server, Mailbox.of("baocao", {"since": "2025-06-10", "use_ssl": True})) == 1
    )
    assert night.rows(MESSAGES) == [("duongson@example.org", "taken", None)]


def test_the_province_is_told_of_strangers_in_words(night: Night, server: MailServer) -> None:
    server.put(mail("x@example.net", KIM_HY, Subject="[red]Báo cáo[/red]\x1b[2J"))
    collect(night, server)
    said = khoxa("status", COLUMNS="300", **variables(night.settings)).stdout
    assert "Thư chưa nhận" in said and "x@example.net" in said and "\x1b[2J" not in said
    assert "Địa chỉ gửi" in said and "senders.csv" in said, said[:3000]


def test_who_may_no_longer_undoes_nothing(night: Night, server: MailServer) -> None:
    server.put(mail("kimhy@example.org", KIM_HY))
    collect(night, server)
    with database.night(night.settings) as connection:
        connection.exec_driver_sql("delete from ref.sender")
    with patch("etl.load.synchronise"):
        night.decide()
    assert night.rows("select state from raw.filing") == [("accepted",)]


def test_a_stranger_to_a_unit_is_told_so_of_a_filing_that_counts(
    night: Night, server: MailServer
) -> None:
    server.put(mail("kimhy@example.org", KIM_HY))
    collect(night, server)
    night.decide()
    server.put(mail("duongson@example.org", KIM_HY))
    collect(night, server)
    assert night.rows("select a.rule, f.state from ops.attachment as a"
                      " join ops.message as m using (message_key) join raw.filing as f"
                      " using (filing_id) order by m.received_at") == [
        (None, "accepted"), ("mail-not-theirs", "accepted")]  # fmt: skip


def test_a_past_day_knows_nothing_of_a_later_mail(night: Night, server: MailServer) -> None:
    server.put(mail("kimhy@example.org", KIM_HY), at=NOW - timedelta(days=5))
    server.put(mail("duongson@example.org", DUONG_SON), at=NOW - timedelta(days=1))
    collect(night, server)
    night.decide()
    day = (NOW - timedelta(days=3)).date()
    with as_of(night.settings, day) as then, database.asking(then) as connection:
        known = connection.exec_driver_sql("select original_name from raw.filing").scalars().all()
    assert known == [KIM_HY.name]
    assert night.rows("select count(filing_id) from ops.attachment") == [(2,)]


@pytest.mark.parametrize("name", [
    "ref.sender", "ref.unit_address", "ops.message", "ops.attachment", "ops.mailed_only",
])  # fmt: skip
def test_bi_sees_no_address(warehouse: Settings, name: str) -> None:
    with (
        database.engine(warehouse, "bi_reader").connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.exec_driver_sql(f"select * from {name}")
