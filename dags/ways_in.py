"""The ways in whose servers and logins Airflow's connections know, and nobody else.

`khoxa_imap`: its extra may name what etl.receive.Mailbox has beside its name.
`khoxa_sftp`, `khoxa_s3`: `folder` is the folder, or the bucket and prefix, that is looked into.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from airflow.sdk import ObjectStoragePath, get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from etl.ground.config import Settings
from etl.night import chain
from etl.receive import Mailbox


@dataclass(frozen=True)
class SftpPath:
    """A file or folder of an SFTP server, as etl.receive looks into it; links are not followed."""

    client: Any
    path: PurePosixPath

    @property
    def name(self) -> str:
        return self.path.name

    def iterdir(self) -> Iterator[SftpPath]:
        names = self.client.listdir(str(self.path))
        return (SftpPath(self.client, self.path / name) for name in names)

    def is_dir(self) -> bool:
        return stat.S_ISDIR(self.stat().st_mode)

    def read_bytes(self) -> bytes:
        with self.client.open(str(self.path), "rb") as file:
            file.prefetch()
            return file.read()

    def stat(self) -> Any:
        return self.client.lstat(str(self.path))

    def __str__(self) -> str:
        return f"sftp://khoxa_sftp{self.path}"


def collect(way: str, now: datetime) -> dict[str, int]:
    """What came by one way; skipped where its connection is not there."""
    settings = Settings.from_env()
    if way == "inbox":
        inbox = ObjectStoragePath(os.environ.get("KHOXA_INBOX") or settings.inbox)
        return chain.receive(settings, inbox, now)
    connection = get_current_context()["conn"].get(f"khoxa_{way}")
    if connection is None:
        raise AirflowSkipException(f"khoxa_{way}: không có kết nối / no such connection")
    extra = connection.extra_dejson
    if way == "s3":
        bucket = ObjectStoragePath(f"s3://khoxa_s3@{extra['folder']}")
        return chain.receive(settings, bucket, now, way)
    if way == "sftp":
        from airflow.providers.sftp.hooks.sftp import SFTPHook

        with SFTPHook("khoxa_sftp").get_managed_conn() as client:
            folder = SftpPath(client, PurePosixPath("/", extra.get("folder", "")))
            return chain.receive(settings, folder, now, way)
    from airflow.providers.imap.hooks.imap import ImapHook

    mailbox = Mailbox.of("khoxa_imap", extra)
    with ImapHook("khoxa_imap") as hook:
        return chain.collect_mail(settings, hook.mail_client, mailbox, now)
