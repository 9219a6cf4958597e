"""A server of its own on this machine's Docker engine: its settings, folders, containers, answers.

Nothing of an installed server is touched: the project has its own name, volumes, ports and folder.
Files in the server's folders belong to user 10001; they are handled inside a container, so that
whoever may talk to the engine needs no other right.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROJECT = os.environ.get("REHEARSE_PROJECT", "khoxa-rehearsal")
IMAGE = "khoxa:0.1"
PATIENCE = int(os.environ.get("REHEARSE_PATIENCE_S", "3000"))
ODD = "p@:/?#%+ß"  # what breaks an address that a password is part of


class Failed(Exception):
    """Something that was to be shown, and was not."""


def until(what: str, asked: Callable[[], Any], patience: int = PATIENCE, every: int = 3) -> Any:
    """The first answer that is not empty. Raises Failed."""
    deadline = time.monotonic() + patience
    while not (answer := asked()):
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {patience} s")
        time.sleep(every)
    return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One installation below a folder, of the checkout `source`."""

    def __init__(self, folder: Path, source: Path = ROOT, *, plain: bool = False) -> None:
        self.folder, self.source = folder, source
        self.profiles: list[str] = []
        self.files: list[str] = []  # beside docker-compose.yml
        self.more: dict[str, str] = {}  # more lines of .env
        self.env_file = folder / ".env"
        made, kept = self._values("" if plain else ODD), self._kept()
        # its folders are below this one, whatever a part that failed had in their place
        kept = {name: value for name, value in kept.items() if not name.endswith("_DIR")}
        self.values = {name: kept.get(name, value) for name, value in made.items()}
        self._write_settings()
        self.log = folder / "rehearse.log"

    def _write_settings(self) -> None:
        lines = [f"{name}='{value}'\n" for name, value in (self.values | self.more).items()]
        self.env_file.touch(mode=0o600)
        self.env_file.write_text("".join(lines), encoding="utf-8")

    def _kept(self) -> dict[str, str]:
        """The settings of a server that an earlier rehearsal left in the folder."""
        text = self.env_file.read_text(encoding="utf-8") if self.env_file.exists() else ""
        return dict(re.findall(r"^(\w+)='(.*)'$", text, re.MULTILINE))

    def _values(self, odd: str) -> dict[str, str]:
        """What somebody who follows .env.example has in .env."""
        example = (self.source / ".env.example").read_text(encoding="utf-8")
        values = {}
        for command, name in re.findall(r"^# (.*)\n([A-Z_]+)=$", example, re.MULTILINE):
            values[name] = secrets.token_hex(24)
            if name.endswith("_PASSWORD"):
                values[name] = odd + values[name]
            if "base64" in command:
                values[name] = urlsafe_b64encode(secrets.token_bytes(32)).decode()
        ports = {f"KHOXA_{name}_PORT": str(_free_port()) for name in ("UI", "BI", "SUPERSET")}
        places = {"DATA": "kho", "INBOX": "hop-nhan", "BACKUP": "sao-luu"}
        folders = {f"KHOXA_{k}_DIR": str(self.folder / name) for k, name in places.items()}
        return values | ports | folders

    def compose(self, *words: str, check: bool = True, typed: str = "", **more: str) -> str:
        """`docker compose …`; what it says, also in the log. Raises Failed where it fails."""
        self._write_settings()
        files = [f"-f{name}" for name in ("docker-compose.yml", *self.files)]
        profiles = [f"--profile={name}" for name in self.profiles]
        settings = f"--env-file={self.env_file}"
        command = ["docker", "compose", "-p", PROJECT, settings, *files, *profiles, *words]
        return self._run(command, check, typed, **more)

    def _run(self, command: list[str], check: bool = True, typed: str = "", **more: str) -> str:
        done = subprocess.run(
            command, cwd=self.source, capture_output=True, text=True, input=typed,
            env={**os.environ, **more},
        )  # fmt: skip
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}\n")
        if check and done.returncode:
            raise Failed(f"{' '.join(command[5:])}: {(done.stderr or done.stdout)[-2000:]}")
        return done.stdout if check else done.stdout + done.stderr

    def docker(self, *words: str) -> str:
        """`docker …`."""
        return self._run(["docker", *words]).strip()

    def inside(self, commands: str) -> str:
        """Shell commands as root where the server's folder is /f and the checkout /source."""
        mounts = [f"-v{self.folder}:/f", f"-v{self.source}:/source:ro"]
        if other := self.more.get("KHOXA_DATA_DIR"):
            mounts.append(f"-v{other}:/f/kho")
        words = ["run", "--rm", "--user=0", *mounts, "--entrypoint=sh", IMAGE]
        return self.docker(*words, "-euc", commands)

    def make_folders(self) -> None:
        """As docs/server.md says: empty ones."""
        self.inside(
            "rm -rf /f/kho /f/hop-nhan /f/sao-luu; install -d /f/hop-nhan;"
            " install -d -o 10001 -g 10001 /f/kho; install -d -m 700 -o 10001 -g 10001 /f/sao-luu"
        )

    def up(self, *words: str) -> float:
        """Start; seconds until all is healthy."""
        started = time.monotonic()
        self.compose("up", "-d", "--wait", *words)
        return time.monotonic() - started

    def down(self) -> None:
        """Stop, and forget all but the folders."""
        self.profiles = ["celery", "bi", "tools"]
        self.compose("down", "-v", "--remove-orphans", "--timeout=20")
        self.profiles, self.files, self.more = [], [], {}

    def khoxa(self, *words: str) -> str:
        """`docker compose run --rm khoxa …`."""
        return self.compose("run", "--rm", "-T", "khoxa", *words)

    def sql(self, database: str, script: str) -> list[str]:
        """Lines that psql answers to a script of PostgreSQL's administrator."""
        psql = "psql -XqAt -v ON_ERROR_STOP=1 -U postgres"
        words = ("exec", "-T", "postgres", *psql.split(), "-d", database, "-c", script)
        return self.compose(*words).splitlines()

    def api(self, path: str, body: object = None, method: str | None = None) -> Any:
        """An answer of Airflow's API, as its admin; None where it does not answer."""
        port = self.values["KHOXA_UI_PORT"]
        login = {"username": "admin", "password": self.values["AIRFLOW_ADMIN_PASSWORD"]}
        try:
            token = ask(f"http://127.0.0.1:{port}/auth/token", login)["access_token"]
            return ask(f"http://127.0.0.1:{port}/api/v2{path}", body, token, method)
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise Failed(f"{path}: {error} {error.read()[:500]!r}") from error
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        return None

    def containers(self, service: str) -> list[str]:
        """Ids of a service's containers."""
        return self.compose("ps", "-aq", "--no-trunc", service).split()

    def kill(self, services: str, moment: Callable[[], str] = str) -> None:
        """kill -9 of the first process of a service, or of several at once (their names with spaces
        between), from outside, as when memory runs out: the engine does not count it as stopped by
        hand. All is made ready, `moment` waits, and says on which host where a service alone has
        several containers. Returns when what was killed runs again by itself."""
        about = "{{.State.Pid}} {{.State.StartedAt}} {{.State.Status}}"

        def state(name: str) -> list[str]:
            return self.docker("inspect", "-f", about, name).split()

        found = {name: state(name) for each in services.split() for name in self.containers(each)}
        words = ("run", "--rm", "--detach", "--pid=host", "--user=0", IMAGE, "sleep", "3600")
        killer = self.docker(*words)
        try:
            host = moment()
            if " " not in services:
                name = next((each for each in found if each[:12] in host), next(iter(found)))
                found = {name: found[name]}
            pids = " ".join(pid for pid, _, _ in found.values())
            self.docker("exec", killer, "sh", "-c", f"kill -9 {pids}")
        finally:
            self.docker("rm", "--force", killer)

        def again() -> bool:
            now = {name: state(name) for name in found}
            return all(
                now[name][1] != found[name][1] and now[name][2] == "running" for name in found
            )

        until(f"{services} starts again by itself", again, 600)


def ask(url: str, body: object = None, token: str = "", method: str | None = None) -> Any:
    """What a server on this machine answers to a JSON body."""
    headers = {"Content-Type": "application/json"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=180) as answer:
        return json.load(answer)
