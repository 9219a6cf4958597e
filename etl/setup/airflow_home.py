"""Airflow's settings for a machine without a server: its state under KHOXA_HOME, its metadata
in a database of the embedded PostgreSQL. On a server, docker-compose.yml sets the same names.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import urllib.request
from pathlib import Path

from etl.ground import database
from etl.ground.config import ROOT, TIMEZONE, Settings
from etl.ground.errors import AirflowDown
from etl.ground.whole_file import closed_folder
from etl.ground.yaml_file import read_yaml
from etl.setup.background import Background, claim_port

METADATA = "airflow"
PORT = int(os.environ.get("AIRFLOW__API__PORT", "8080"))
UI = f"http://127.0.0.1:{PORT}"
_PATIENCE_S = 240


def environment(settings: Settings) -> dict[str, str]:
    """AIRFLOW__* variables (all of them may be overridden from outside); makes the database."""
    home = settings.home / "airflow"
    closed_folder(home)
    wanted: dict[str, str] = {
        **read_yaml(Path(__file__).with_name("airflow.yaml")),
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": TIMEZONE,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{UI}/execution/",
        "KHOXA_HOME": str(settings.home),
        "KHOXA_INBOX": settings.inbox,
        **({"KHOXA_LOCAL": str(settings.local_folder)} if settings.local_folder else {}),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": str(ROOT),
    }
    if "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in os.environ:
        wanted["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = database.beside(settings, METADATA)
    always = ("PATH", "KHOXA_HOME", "KHOXA_INBOX", "KHOXA_LOCAL")
    return {k: v for k, v in wanted.items() if k in always or k not in os.environ}


def executable() -> str:
    """Airflow's command of this Python environment."""
    return shutil.which("airflow", path=str(Path(sys.executable).parent)) or "airflow"


def run(settings: Settings, words: list[str]) -> None:
    """Airflow's command, in this process: what Airflow shares with khoxa is imported once."""
    os.environ.update(environment(settings))
    sys.argv = [executable(), *words]
    gc.set_threshold(50_000)  # nothing that is imported is garbage; looking for it took a seventh
    from airflow.__main__ import main

    main()  # type: ignore[no-untyped-call]


def up(settings: Settings) -> str:
    """Start Airflow (scheduler, DAG processor, triggerer, UI) in the background.

    Returns where the UI is and who may log in. Raises AirflowDown if it is not healthy in time,
    KhoxaError if the port of the UI is taken.
    """
    airflow = Background(settings.home, "airflow")
    env = {**os.environ, **environment(settings)}  # its database is up, also where Airflow was
    if airflow.running() is None:
        claim_port(PORT, "AIRFLOW__API__PORT")
        Path(settings.inbox).mkdir(parents=True, exist_ok=True)
        _passwords(settings).touch(mode=0o600)
        airflow.start([sys.executable, "-m", "etl.setup.keeper", executable(), str(PORT)], env)
    if not airflow.healthy(_PATIENCE_S, _healthy):
        raise AirflowDown(airflow.log)
    return f"Airflow: {UI}\n{_logins(settings)}"


def down(settings: Settings) -> bool:
    """Stop what `up` started, all of it; False if nothing ran."""
    return Background(settings.home, "airflow").stop()


def _passwords(settings: Settings) -> Path:
    return settings.home / "airflow" / "simple_auth_manager_passwords.json.generated"


def _healthy() -> bool:
    """Whether the scheduler, the metadata database and the DAG processor all say so."""
    try:
        with urllib.request.urlopen(f"{UI}/api/v2/monitor/health", timeout=3) as answer:  # noqa: S310
            health = json.load(answer)
    except (OSError, ValueError):
        return False
    wanted = ("metadatabase", "scheduler", "dag_processor")
    return all(health[name]["status"] == "healthy" for name in wanted)


def _logins(settings: Settings) -> str:
    """The generated login of Airflow's simple auth manager; no password is fixed anywhere."""
    logins = json.loads(_passwords(settings).read_text(encoding="utf-8") or "{}")
    return "\n".join(f"đăng nhập / login: {name} / {word}" for name, word in logins.items())
