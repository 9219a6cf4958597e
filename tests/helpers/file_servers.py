"""A real SFTP server and a real S3 server on loopback, in threads of their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import asyncssh
import boto3
from moto.server import ThreadedMotoServer

USER, PASSWORD = "hopnhan", "mat-khau"


class _Door(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class _Counting(asyncssh.SFTPServer):
    """Notes the name of every file that is opened."""

    def __init__(self, channel: asyncssh.SSHServerChannel, folder: Path, opened: list[str]) -> None:
        super().__init__(channel, chroot=str(folder).encode())
        self._opened = opened

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        self._opened.append(Path(path.decode()).name)
        return super().open(path, pflags, attrs)


@contextmanager
def sftp_server(folder: Path, opened: list[str] | None = None) -> Iterator[int]:
    """A server whose only folder is this one; its port. `opened` gets the name of every file that
    is opened there."""
    told = [] if opened is None else opened
    loop = asyncio.new_event_loop()
    ready, port = threading.Event(), [0]
    stop = asyncio.Event()

    async def serve() -> None:
        server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Door,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            sftp_factory=lambda channel: _Counting(channel, folder, told),
        )  # fmt: skip
        port[0] = server.get_port()
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield port[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


@contextmanager
def s3_server(
    bucket: str, folder: str, *files: Path, host: str = "127.0.0.1", port: int = 0
) -> Iterator[str]:
    """A server with one bucket that holds these files, in a folder as S3's console makes it; its
    URL."""
    server = ThreadedMotoServer(ip_address=host, port=port)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    # all servers of a process have one state
    urlopen(Request(f"{url}/moto-api/reset", method="POST")).close()
    store = boto3.client(
        "s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id=USER,
        aws_secret_access_key=PASSWORD,
    )  # fmt: skip
    store.create_bucket(Bucket=bucket)
    store.put_object(Bucket=bucket, Key=folder, Body=b"")
    for file in files:
        store.put_object(Bucket=bucket, Key=folder + file.name, Body=file.read_bytes())
    try:
        yield url
    finally:
        server.stop()
