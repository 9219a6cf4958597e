"""Messages as a mailbox has them, read."""

from __future__ import annotations

from etl.receive.message import Letter, opened

XLSX = b"PK\x03\x04 [Content_Types].xml"
HEAD = b"From: xa@example.org\r\nMessage-ID: <1@x>\r\n"


def letter(content: bytes, authserv_id: str = "") -> Letter:
    return opened(content, "baocao", authserv_id)
