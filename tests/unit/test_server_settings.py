"""What one-shot services say of wrong settings: a sentence, and no password in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from etl.ground.config import ROOT, Settings
from etl.ground.errors import KhoxaError
from etl.setup.background import claim_port
from etl.setup.probe import NotAllowed, WrongKey, WrongLogin, airflow, folders

KEY = "b" * 43 + "="
NOBODY = "postgresql+psycopg2://airflow@127.0.0.1:1/airflow"


@pytest.mark.parametrize("word", ["p@ss", "a:b/c?d#e", "100%", "mật khẩu", "a+b c"])
def test_a_password_of_any_letters_stands_apart_from_its_url(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHOXA_WAREHOUSE_URL", "postgresql+psycopg2://khoxa_loader@db:5432/khoxa")
    monkeypatch.setenv("KHOXA_LOADER_PASSWORD", word)
    url = urlsplit(Settings.from_env().warehouse_url)
    assert (url.username, url.hostname, url.port) == ("khoxa_loader", "db", 5432)
    assert unquote(url.password or "") == word


@pytest.mark.parametrize("url", ["postgresql://khoxa_loader:own@db/khoxa", "nonsense", ""])
def test_another_url_stays_as_it_is(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHOXA_WAREHOUSE_URL", url)
    monkeypatch.setenv("KHOXA_LOADER_PASSWORD", "other")
    assert (Settings.from_env().warehouse_url or "") == url


def test_the_queue_takes_a_password_of_any_letters() -> None:
    done = subprocess.run(
        [sys.executable, "-S", ROOT / "docker" / "redis_url.py", "1"],
        env={**os.environ, "REDIS_PASSWORD": "p@:/ß"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "redis://:p%40%3A%2F%C3%9F@redis:6379/1\n"


def test_folders_that_may_not_be_used_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) == tmp_path and mode & os.W_OK)
    inbox, backups = tmp_path / "inbox", tmp_path / "backups"
    inbox.mkdir(), backups.mkdir()
    settings = replace(Settings.from_env(), home=tmp_path, inbox=str(inbox), backup_to=backups)
    with pytest.raises(NotAllowed) as refused:
        folders(settings)
    said = str(refused.value)
    assert f"KHOXA_INBOX ({inbox})" in said and "không đọc được" in said
    assert f"KHOXA_BACKUP_TO ({backups})" in said and "không ghi được" in said
    assert "KHOXA_HOME" not in said and "chown -R" in said and "chmod -R o+rX" in said


def test_folders_that_are_not_there_are_no_fault(tmp_path: Path) -> None:
    folders(replace(Settings.from_env(), home=tmp_path, inbox=str(tmp_path / "none")))
    folders(replace(Settings.from_env(), home=tmp_path, inbox="s3://filings/inbox"))


@pytest.mark.parametrize("key", ["no-key", "b" * 43 + "!", "khóa", ""])
def test_a_key_that_is_none_is_refused_and_not_said(key: str) -> None:
    environment = {"AIRFLOW__CORE__FERNET_KEY": key, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": NOBODY}
    with pytest.raises(WrongKey, match="AIRFLOW_FERNET_KEY") as refused:
        airflow(environment)
    assert not key or key not in str(refused.value)


def test_a_database_that_does_not_let_airflow_in_is_a_sentence() -> None:
    environment = {"AIRFLOW__CORE__FERNET_KEY": KEY, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": NOBODY}
    with pytest.raises(WrongLogin, match="AIRFLOW_DB_PASSWORD"):
        airflow(environment)


def test_a_port_that_is_taken_names_its_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(KhoxaError, match=f"{port}.*AIRFLOW__API__PORT"):
            claim_port(port, "AIRFLOW__API__PORT")
    claim_port(port, "AIRFLOW__API__PORT")
