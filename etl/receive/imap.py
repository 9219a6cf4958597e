"""What is asked of an IMAP server (RFC 3501, 6851), over a client like imaplib's that is logged in.

A message is fetched with BODY.PEEK, so that looking changes nothing, and marked at the very end.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from etl.ground.errors import KhoxaError

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_AT_ONCE = 200  # a command line has a limit


class MailServerRefused(KhoxaError):
    """The mail server did not do what it was asked."""

    def __init__(self, command: str, answer: object) -> None:
        said = f"máy chủ thư từ chối {command} / the mail server refused {command}"
        super().__init__(f"{said}: {answer!r}")


class Waiting(NamedTuple):
    """A message in a folder, not fetched yet: its number, its size, when the server got it."""

    uid: int
    size: int
    received_at: datetime


class Folder:
    """An open folder of a mailbox."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._ask("SELECT", *client.select(_quoted(name)))
        _kind, answer = client.response("UIDVALIDITY")
        self.uid_validity = int(answer[0]) if answer and answer[0] else 0

    def search(self, *criteria: str) -> list[int]:
        """The numbers of the messages that fit."""
        found = self._ask("SEARCH", *self._client.uid("SEARCH", *criteria))
        return [int(number) for line in found if line for number in line.split()]

    def waiting(self, uids: list[int]) -> list[Waiting]:
        """Sizes and times of messages, in the order they came. A time has whole seconds; of two in
        one second the later has the higher number, which its microseconds keep."""
        found = []
        for start in range(0, len(uids), _AT_ONCE):
            for line in self._fetch(uids[start : start + _AT_ONCE], "(RFC822.SIZE INTERNALDATE)"):
                uid, size, date = (pattern.search(line) for pattern in (_UID, _SIZE, _DATE))
                if uid and size and date:
                    number = int(uid[1])
                    at = _time(date[1].decode("ascii", "replace"))
                    at = at.replace(microsecond=number % 1_000_000)
                    found.append(Waiting(number, int(size[1]), at))
        return sorted(found, key=lambda each: (each.received_at, each.uid))

    def fetch(self, uid: int, *, header: bool = False) -> bytes:
        """A message as it lies there, or its header; b"" where it is gone."""
        what = "(BODY.PEEK[HEADER])" if header else "(BODY.PEEK[])"
        answer = self._ask("FETCH", *self._client.uid("FETCH", str(uid), what))
        parts = [part[1] for part in answer if isinstance(part, tuple)]
        return parts[0] if parts else b""

    def settle(self, uid: int, folder: str) -> None:
        """Mark a message as seen; where a folder is named, move it there, by COPY where the server
        cannot MOVE."""
        number = str(uid)
        self._ask("STORE", *self._client.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
        if not folder:
            return
        answer = self._ask("CAPABILITY", *self._client.capability())
        capabilities = b" ".join(answer).upper().split()
        if b"MOVE" in capabilities:
            self._ask("MOVE", *self._client.uid("MOVE", number, _quoted(folder)))
            return
        self._ask("COPY", *self._client.uid("COPY", number, _quoted(folder)))
        self._ask("STORE", *self._client.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"))
        if b"UIDPLUS" in capabilities:  # a plain EXPUNGE would remove what others deleted
            self._ask("EXPUNGE", *self._client.uid("EXPUNGE", number))

    def make(self, folder: str) -> None:
        """Make a folder, if it is not there; a server says no where it is."""
        self._client.create(_quoted(folder))

    def _fetch(self, uids: Iterable[int], what: str) -> list[bytes]:
        numbers = ",".join(map(str, uids))
        answer = self._ask("FETCH", *self._client.uid("FETCH", numbers, what))
        return [part if isinstance(part, bytes) else part[0] for part in answer if part]

    def _ask(self, command: str, kind: str, answer: list[Any]) -> list[Any]:
        if kind != "OK":
            raise MailServerRefused(command, answer)
        return answer


def _time(said: str) -> datetime:
    """An INTERNALDATE; a server that writes none that can be read gives no time at all."""
    return datetime.strptime(said.strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)


def _quoted(name: str) -> str:
    """A folder's name in the modified UTF-7 of RFC 3501, quoted."""
    out, run = [], ""
    for character in [*name, ""]:
        if character and not " " <= character <= "~":
            run += character
            continue
        if run:
            coded = base64.b64encode(run.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
            out.append("&" + coded.decode() + "-")
            run = ""
        out.append("&-" if character == "&" else character)
    return '"' + "".join(out).replace("\\", "\\\\").replace('"', '\\"') + '"'
