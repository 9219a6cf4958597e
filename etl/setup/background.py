"""A program that goes on in the background after `khoxa` has ended, and is found again later.

Used for Airflow and for Superset on a machine without a server; there, containers do this.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.ground.errors import KhoxaError


@dataclass(frozen=True)
class Background:
    """What runs, or ran, under `name`: its log and its process number lie in `home`."""

    home: Path
    name: str

    @property
    def log(self) -> Path:
        """What the program printed since it was started last."""
        return self.home / f"{self.name}.log"

    @property
    def _pid_file(self) -> Path:
        return self.home / f"{self.name}.pid"

    def start(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """Start `command` as the leader of a process group of its own."""
        self.log.touch(mode=0o600)  # passwords may be printed to it
        with self.log.open("wb") as log:
            fcntl.flock(log, fcntl.LOCK_EX)  # held by the program, which inherits it, while it runs
            process = subprocess.Popen(
                command,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._pid_file.touch(mode=0o600)
        self._pid_file.write_text(str(process.pid), encoding="ascii")

    def running(self) -> int | None:
        """The process that `start` started, if it still holds its log.

        A process number alone would not do: after a restart of the machine another has it.
        """
        if not self.log.exists():
            return None
        with self.log.open("rb") as log:
            try:
                fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(self._pid_file.read_text(encoding="ascii"))
        return None

    def healthy(self, patience_s: float, is_healthy: Callable[[], bool]) -> bool:
        """Wait until it says that it is; False where it ends, or does not within `patience_s`.
        Who stops waiting (Ctrl-C) stops it, if this very process started it."""
        deadline = time.monotonic() + patience_s
        try:
            while not is_healthy():
                if time.monotonic() > deadline or self.running() is None:
                    return False
                time.sleep(0.5)
        except KeyboardInterrupt:
            with suppress(ChildProcessError):
                os.waitid(os.P_PID, self.running() or 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
                self.stop()
            raise
        return True

    def stop(self) -> bool:
        """Stop what `start` started, all of it; False if nothing ran."""
        pid = self.running()
        if pid is None:
            return False
        deadline = time.monotonic() + 30
        with suppress(ProcessLookupError):  # once the last process of the group is gone
            os.killpg(pid, signal.SIGTERM)
            while time.monotonic() < deadline:
                time.sleep(0.2)
                with suppress(ChildProcessError):  # where this very process started it
                    os.waitpid(pid, os.WNOHANG)
                os.killpg(pid, 0)
            os.killpg(pid, signal.SIGKILL)
        self._pid_file.unlink()
        return True


def claim_port(port: int, variable: str) -> None:
    """Whoever answers on our port is not ours: its health would be taken for ours.

    Raises KhoxaError that names the variable to set.
    """
    if answers(port):
        raise KhoxaError(
            f"cổng {port} đã có chương trình khác dùng, đặt {variable}"
            f" / port {port} is taken, set {variable}"
        )


def answers(port: int) -> bool:
    """Whether anybody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
