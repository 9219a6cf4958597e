"""A real IMAP server on loopback (pymap), in a thread of its own, and messages to put there."""

from __future__ import annotations

import asyncio
import imaplib
import socket
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from pymap.backend.dict import DictBackend
from pymap.imap import IMAPService
from pysasl.hashing import BuiltinHash

USER, PASSWORD = "hopthu", "mat-khau"
FIRST = datetime.fromisoformat("2025-06-16T08:00:00+07:00")
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class MailServer:
    """Its port, and what a test does to its mailbox."""

    def __init__(self, port: int, extra: dict[str, Any]) -> None:
        self.port = port
        self._extra = extra
        self._put = 0

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, message: EmailMessage | bytes, at: datetime | None = None) -> None:
        """A message comes in, a minute after the one before it."""
        self._put += 1
        at = at or FIRST + timedelta(minutes=self._put)
        content = message if isinstance(message, bytes) else message.as_bytes()
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        with self.client() as client:
            kind, said = client.append("INBOX", "", imaplib.Time2Internaldate(at), content)
            assert kind == "OK", said

    def flags(self, folder: str = "INBOX") -> list[str]:
        """The flags of every message of a folder, in order."""
        with self.client() as client:
            client.select(folder, readonly=True)
            _kind, numbers = client.search(None, "ALL")
            if not numbers[0]:
                return []
            _kind, lines = client.fetch(numbers[0].replace(b" ", b","), "(FLAGS)")
            return [" ".join(f.decode() for f in imaplib.ParseFlags(line)) for line in lines]

    def start_anew(self) -> None:
        """An empty mailbox with another UIDVALIDITY, as after a server was restored."""
        self._extra["backend"].config.set_cache.clear()


@contextmanager
def mail_server(host: str = "127.0.0.1", port: int = 0) -> Iterator[MailServer]:
    """A server with one user, until the end of the block."""
    with socket.socket() as free:
        free.bind((host, port))
        port = free.getsockname()[1]
    arguments = Namespace(
        debug=False, tls=False, host=[host], port=str(port), cert=None, key=None,
        proxy_protocol=None, inherited_sockets=None, passlib_cfg=None, skip_services=[],
        demo_data=False, demo_user=USER, demo_password=PASSWORD,
    )  # fmt: skip
    extra: dict[str, Any] = {}
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def serve() -> None:
        quick = BuiltinHash(rounds=1)  # its own takes an eighth of a second at every login
        backend, config = await DictBackend.init(arguments, max_append_len=None, hash_context=quick)
        config.apply_context()
        extra["backend"] = backend
        async with AsyncExitStack() as stack:
            await backend.start(stack)
            await IMAPService(backend, config).start(stack)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield MailServer(port, extra)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def mail(sender: str, *files: Path | tuple[str, bytes], **headers: str) -> EmailMessage:
    """A message with files attached, each a path or a name and a content."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "baocao@example.org"
    message["Subject"] = headers.pop("Subject", "Báo cáo giảm nghèo")
    if number := headers.pop("Message_ID", f"<{hash((sender, files))}@example.org>"):
        message["Message-ID"] = number
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Kính gửi Sở, xã gửi báo cáo.")
    for file in files:
        name, content = (file.name, file.read_bytes()) if isinstance(file, Path) else file
        message.add_attachment(content, maintype=XLSX[0], subtype=XLSX[1], filename=name)
    return message
