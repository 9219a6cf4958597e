"""Folders of other machines, real servers: only what is new or changed is fetched, and no night
waits for it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any

import boto3
import paramiko
import pytest
from sqlalchemy import text

from etl.ground import database
from etl.ground.config import ROOT, Settings
from etl.night import chain
from etl.receive import SftpPath
from tests.helpers import file_servers
from tests.khoxa import variables
from tests.night import NOW, SAMPLES

REPORTS = sorted((SAMPLES / "inbox").glob("bao_cao_6_thang_2025_*.xlsx"))[:3]
NAMES = [path.name for path in REPORTS]
LONG_AGO = 1_700_000_000


def put(folder: Path, report: Path, at: int = LONG_AGO) -> Path:
    copied = Path(shutil.copy(report, folder))
    os.utime(copied, (at, at))
    return copied


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[tuple[Path, list[str], Any]]:
    """The folder of a server, the files that were opened there, and a client."""
    folder = tmp_path / "nop"
    folder.mkdir()
    opened: list[str] = []
    with (
        file_servers.sftp_server(folder, opened) as port,
        paramiko.Transport(("127.0.0.1", port)) as transport,
    ):
        transport.connect(username=file_servers.USER, password=file_servers.PASSWORD)
        client = paramiko.SFTPClient.from_transport(transport)
        yield folder, opened, client


def received(settings: Settings, inbox: Any, way: str, day: int = 0) -> int:
    return chain.receive(settings, inbox, NOW + timedelta(days=day), way)["received"]


def test_sftp_fetches_what_is_new_or_changed(
    fresh_warehouse: Settings, sftp: tuple[Path, list[str], Any]
) -> None:
    folder, opened, client = sftp
    inbox = SftpPath(client, PurePosixPath("/"))
    for report in REPORTS[:2]:
        put(folder, report)
    assert received(fresh_warehouse, inbox, "sftp") == 2
    assert sorted(opened) == NAMES[:2]
    opened.clear()
    assert received(fresh_warehouse, inbox, "sftp") == 0
    assert opened == []
    put(folder, REPORTS[2])
    changed = folder / NAMES[0]
    changed.write_bytes(changed.read_bytes() + b"\0")  # one byte more, at the same time
    os.utime(changed, (LONG_AGO, LONG_AGO))
    assert received(fresh_warehouse, inbox, "sftp", 1) == 2
    assert sorted(opened) == [NAMES[0], NAMES[2]]


def test_what_was_just_written_is_looked_at_again(
    fresh_warehouse: Settings, sftp: tuple[Path, list[str], Any]
) -> None:
    """In one second a file may be changed twice, to as many bytes."""
    folder, opened, client = sftp
    shutil.copyfile(REPORTS[0], folder / NAMES[0])
    for _ in range(2):
        received(fresh_warehouse, SftpPath(client, PurePosixPath("/")), "sftp")
    assert opened == [NAMES[0]] * 2


def test_no_night_waits_while_files_are_fetched(
    fresh_warehouse: Settings, sftp: tuple[Path, list[str], Any]
) -> None:
    folder, _opened, client = sftp
    put(folder, REPORTS[0])
    free: list[bool] = []

    class Watched(SftpPath):
        def iterdir(self) -> Iterator[SftpPath]:
            return (Watched(each.client, each.path, each.listed) for each in super().iterdir())

        def read_bytes(self) -> bytes:
            with database.engine(fresh_warehouse).begin() as connection:
                connection.execute(text("lock table ops.night in exclusive mode nowait"))
            free.append(True)
            return super().read_bytes()

    assert received(fresh_warehouse, Watched(client, PurePosixPath("/")), "sftp") == 1
    assert free == [True]


LOOK = """
import sys
from datetime import datetime
from airflow.sdk import ObjectStoragePath
from etl.ground.config import ROOT, Settings
from etl.night import chain
for line in sys.stdin:
    bucket = ObjectStoragePath("s3://khoxa_s3@nop-bao-cao/nam_2025")
    bucket.fs.invalidate_cache()
    done = chain.receive(Settings.from_env(), bucket, datetime.fromisoformat(line.strip()), "s3")
    print("DONE", done["received"], flush=True)
"""


def test_s3_fetches_what_is_new_or_changed(
    fresh_warehouse: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.INFO, "werkzeug")
    with file_servers.s3_server("nop-bao-cao", "nam_2025/", *REPORTS[:2]) as url:
        login = {"login": file_servers.USER, "password": file_servers.PASSWORD}
        extra = {"endpoint_url": url, "region_name": "us-east-1"}
        env = {
            **os.environ, **variables(fresh_warehouse), "PYTHONPATH": str(ROOT),
            "AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONN_KHOXA_S3":
            json.dumps({"conn_type": "aws", **login, "extra": extra}),
        }  # fmt: skip
        store = boto3.client(
            "s3", endpoint_url=url, region_name="us-east-1",
            aws_access_key_id=file_servers.USER, aws_secret_access_key=file_servers.PASSWORD,
        )  # fmt: skip
        with subprocess.Popen(
            [sys.executable, "-c", LOOK], env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as looking:  # fmt: skip
            assert looking.stdin and looking.stdout

            def looked(day: int = 0) -> tuple[int, list[str]]:
                assert looking.stdin and looking.stdout
                caplog.clear()
                looking.stdin.write(f"{(NOW + timedelta(days=day)).isoformat()}\n")
                looking.stdin.flush()
                said = next(line for line in looking.stdout if line.startswith("DONE"))
                return int(said.split()[1]), [name for name in NAMES if was_fetched(caplog, name)]

            assert looked() == (2, NAMES[:2])
            assert looked() == (0, [])
            store.put_object(
                Bucket="nop-bao-cao", Key=f"nam_2025/{NAMES[2]}", Body=REPORTS[2].read_bytes()
            )
            changed = bytearray(REPORTS[0].read_bytes())
            changed[-1] ^= 1  # as many bytes
            store.put_object(Bucket="nop-bao-cao", Key=f"nam_2025/{NAMES[0]}", Body=bytes(changed))
            assert looked(1) == (2, [NAMES[0], NAMES[2]])
            looking.stdin.close()


def was_fetched(caplog: pytest.LogCaptureFixture, name: str) -> bool:
    said = (record.getMessage() for record in caplog.records if record.name == "werkzeug")
    return any("GET " in line and name in line for line in said)
