"""What a server's settings must be fit for before anything starts: asked by the one-shot services
of docker-compose.yml, answered in a line.

`python -m etl.setup.probe` asks about Airflow's key and its login.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from etl.ground.config import Settings
from etl.ground.errors import KhoxaError

_KEY = "AIRFLOW__CORE__FERNET_KEY"
_URL = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"


class NotAllowed(KhoxaError):
    """Folders that the user of this process may not use as is needed."""


class WrongKey(KhoxaError):
    """A key of Airflow's that encrypts nothing; it is not said again."""

    sentence = (
        "AIRFLOW_FERNET_KEY trong .env không phải khoá Fernet; tạo bằng / is no Fernet key;"
        " make one by: openssl rand -base64 32 | tr '+/' '-_'"
    )


class WrongLogin(KhoxaError):
    """A database of Airflow's that does not let Airflow in, raised with the server's own words."""

    sentence = (
        "không vào được cơ sở dữ liệu airflow: {}\nxem AIRFLOW_DB_PASSWORD trong .env:"
        " mật khẩu của máy chủ PostgreSQL là mật khẩu lúc tạo nó, sửa .env không đổi theo"
        " / the database airflow cannot be entered; see AIRFLOW_DB_PASSWORD in .env: the server"
        " keeps the password it was made with, .env alone does not change it (docs/server.md, 4)"
    )


def folders(settings: Settings) -> None:
    """Whether the folders of the settings that are there may be used. Raises NotAllowed."""
    if faults := list(_faults(settings)):
        raise NotAllowed("; ".join(faults))


def _faults(settings: Settings) -> Iterator[str]:
    user = os.geteuid()
    asked = [("KHOXA_HOME", settings.home, True), ("KHOXA_INBOX", Path(settings.inbox), False)]
    asked += [("KHOXA_BACKUP_TO", settings.backup_to, True)] if settings.backup_to else []
    asked += [("KHOXA_LOCAL", settings.local_folder, False)] if settings.local_folder else []
    for name, folder, is_written in asked:
        wanted = os.R_OK | os.X_OK | (os.W_OK if is_written else 0)
        if folder.is_dir() and not os.access(folder, wanted):
            vi, en = ("ghi", "write to") if is_written else ("đọc", "read")
            command = f"chown -R {user}:{os.getegid()}" if is_written else "chmod -R o+rX"
            yield (
                f"{name} ({folder}): người dùng {user} không {vi} được; trên máy chủ gõ"
                f" / user {user} cannot {en} it; on the server type: sudo {command} THƯ_MỤC/FOLDER"
            )


def airflow(environment: dict[str, str]) -> None:
    """Whether Airflow's key is one and its database lets it in. Raises WrongKey, WrongLogin."""
    from cryptography.fernet import Fernet

    try:
        Fernet(environment[_KEY])
    except ValueError as error:
        raise WrongKey from error
    try:
        create_engine(environment[_URL], poolclass=NullPool).connect().close()
    except DBAPIError as error:
        raise WrongLogin(str(error.orig).strip()) from error


if __name__ == "__main__":
    try:
        airflow(dict(os.environ))
    except KhoxaError as error:
        sys.exit(f"khoxa: {error}")
