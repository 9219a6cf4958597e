"""The ways in whose servers and logins Airflow's connections know, and nobody else.

`khoxa_imap`: its extra may name what etl.receive.Mailbox has beside its name.
`khoxa_sftp`, `khoxa_s3`: `folder` is the folder, or the bucket and prefix, that is looked into.
"""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from airflow.sdk import ObjectStoragePath, get_current_context
from airflow.sdk.exceptions import AirflowSkipException

from etl.ground import clock
from etl.ground.config import Settings
from etl.night import chain
from etl.night.told import by_day
from etl.receive import Mailbox, SftpPath


def collect(way: str, now: datetime) -> dict[str, int]:
    """What came by one way; skipped where its connection is not there."""
    settings = Settings.from_env()
    return by_day.collect(settings, way, partial(_collect, settings, way, now))


def _collect(settings: Settings, way: str, now: datetime) -> dict[str, int]:
    receive = partial(chain.receive, settings, now=now, until=clock.now())
    if way == "inbox":
        inbox = ObjectStoragePath(os.environ.get("KHOXA_INBOX") or settings.inbox)
        return receive(inbox)
    connection = get_current_context()["conn"].get(f"khoxa_{way}")
    if connection is None:
        raise AirflowSkipException(f"khoxa_{way}: không có kết nối / no such connection")
    extra = connection.extra_dejson
    if way == "s3":
        bucket = ObjectStoragePath(f"s3://khoxa_s3@{extra['folder']}")
        bucket.fs.invalidate_cache()  # a listing of an earlier run
        return receive(bucket, way=way)
    if way == "sftp":
        from airflow.providers.sftp.hooks.sftp import SFTPHook

        with SFTPHook("khoxa_sftp").get_managed_conn() as client:
            folder = SftpPath(client, PurePosixPath("/", extra.get("folder", "")))
            return receive(folder, way=way)
    from airflow.providers.imap.hooks.imap import ImapHook

    mailbox = Mailbox.of("khoxa_imap", extra)
    with ImapHook("khoxa_imap") as hook:
        return chain.collect_mail(settings, hook.mail_client, mailbox, now)
