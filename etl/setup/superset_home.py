"""Superset for a machine without a server: its state under KHOXA_HOME, its metadata in a database
of the embedded PostgreSQL, its Python environment in .venv-bi, for it cannot share ours.

What it shows is bi/superset/bundle. On a server, docker-compose.yml sets the same names.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import urllib.request
from pathlib import Path

from etl.ground import database
from etl.ground.config import ROOT, Settings
from etl.ground.errors import KhoxaError
from etl.ground.whole_file import closed_folder
from etl.setup.background import Background, claim_port

BI_DIR = ROOT / "bi" / "superset"
PORT = int(os.environ.get("KHOXA_SUPERSET_PORT", "8088"))
UI = f"http://127.0.0.1:{PORT}"
_BIN = ROOT / ".venv-bi" / "bin"
_PATIENCE_S = 120
SERVER = ("--worker-class=gthread", "--workers=1", "--threads=8", "--timeout=120")


def environment(settings: Settings) -> dict[str, str]:
    """What Superset is told by its environment; makes the database, the key and the passwords."""
    kept = _kept(settings)
    return {
        **os.environ,
        "SUPERSET_HOME": str(_home(settings)),
        "SUPERSET_CONFIG_PATH": str(BI_DIR / "superset_config.py"),
        "SUPERSET_METADATA_URL": database.beside(settings, "superset"),
        "SUPERSET_SECRET_KEY": kept["secret_key"],
        "SUPERSET_ADMIN_PASSWORD": kept["admin"],
        "SUPERSET_VIEWER_PASSWORD": kept["xem"],
        "KHOXA_READER_URL": database.warehouse_url(settings, "bi_reader"),
    }


def up(settings: Settings) -> str:
    """Put the dashboards in place and start Superset in the background.

    Returns where it is and who may log in. Raises KhoxaError if its environment is not there, its
    port is taken, the dashboards cannot be put in place, or it is not healthy in time.
    """
    if not (_BIN / "superset").exists():
        raise KhoxaError("chưa cài Superset, chạy `make bi` / not installed, run `make bi`")
    env = environment(settings)
    _put_dashboards(settings, env)
    superset = Background(settings.home, "superset")
    if superset.running() is None:
        claim_port(PORT, "KHOXA_SUPERSET_PORT")
        bind = f"--bind=127.0.0.1:{PORT}"
        superset.start([_BIN / "gunicorn", *SERVER, bind, "superset.app:create_app()"], env)
    if not superset.healthy(_PATIENCE_S, _healthy):
        raise KhoxaError(f"Superset is not healthy; see {superset.log}")
    return f"Superset: {UI}\n{_logins(settings)}"


def down(settings: Settings) -> bool:
    """Stop what `up` started; False if nothing ran."""
    return Background(settings.home, "superset").stop()


def _put_dashboards(settings: Settings, env: dict[str, str]) -> None:
    log = settings.home / "superset-setup.log"
    with log.open("wb") as said:
        done = subprocess.run(
            [_BIN / "python", BI_DIR / "set_up.py"], env=env, stdout=said, stderr=said
        )
    if done.returncode:
        raise KhoxaError(f"the dashboards could not be put into Superset; see {log}")


def _kept(settings: Settings) -> dict[str, str]:
    """The key that signs sessions and the first passwords: made once, for their owner's eyes."""
    file = _home(settings) / "secrets.json"
    if not file.exists():
        made = {"secret_key": secrets.token_urlsafe(48)}
        made |= {name: secrets.token_urlsafe(12) for name in ("admin", "xem")}
        file.touch(mode=0o600)
        file.write_text(json.dumps(made), encoding="ascii")
    kept: dict[str, str] = json.loads(file.read_text(encoding="ascii"))
    return kept


def _home(settings: Settings) -> Path:
    home = settings.home / "superset"
    closed_folder(home)
    return home


def _healthy() -> bool:
    try:
        with urllib.request.urlopen(f"{UI}/health", timeout=3) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def _logins(settings: Settings) -> str:
    """The passwords as they were made; who changed one in Superset knows it."""
    kept = _kept(settings)
    uses = {"admin": "sửa / edits", "xem": "chỉ xem / looks on"}
    return "\n".join(
        f"đăng nhập / login: {name} / {kept[name]} ({use})" for name, use in uses.items()
    )
