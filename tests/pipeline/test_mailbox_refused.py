"""A mail server that does not do what it is asked about one message stops no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.ground.config import Settings
from etl.night import chain
from etl.receive import Mailbox
from etl.receive.imap import MailServerRefused
from tests.helpers.mail_server import mail, mail_server
from tests.night import NOW, SAMPLES, Night

BOX = Mailbox("baocao", done_folder="Đã nhận")
KIM_HY: Path = SAMPLES / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
DUONG_SON: Path = SAMPLES / "inbox" / "bao_cao_6_thang_2025_duong_son.xlsx"


class NoRoom:
    """A client whose server takes nothing into another folder."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def uid(self, command: str, *args: str) -> Any:
        if command in ("MOVE", "COPY"):
            return "NO", [b"[OVERQUOTA] no room"]
        return self._client.uid(command, *args)


def test_where_the_folder_of_the_done_takes_nothing_what_is_new_is_still_taken(
    fresh_warehouse: Settings,
) -> None:
    night = Night(fresh_warehouse)
    with mail_server() as server:
        for sender, file in (("kimhy@example.org", KIM_HY), ("duongson@example.org", DUONG_SON)):
            server.put(mail(sender, file))
            with server.client() as client, pytest.raises(MailServerRefused, match="no room"):
                chain.collect_mail(night.settings, NoRoom(client), BOX, NOW)
    assert night.rows("select from_address, state from ops.message order by 1") == [
        ("duongson@example.org", "taken"),
        ("kimhy@example.org", "taken"),
    ]
