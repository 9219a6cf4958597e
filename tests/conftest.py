"""Warehouses for tests: one embedded server a run, a database where it is used.

Every worker shares the server and what `made_once` made; a test that changes a warehouse has a
copy of its own.
"""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import hypothesis
import pytest

# the sample districts' own data, as `make run` has it; read when khoxa is imported
os.environ["KHOXA_LOCAL"] = str(Path(__file__).parents[1] / "samples" / "local")

from etl.ground import database, server
from etl.ground.config import Settings
from etl.setup.migrate import migrate
from tests import long
from tests.night import Night

os.environ.pop("COLUMNS", None)  # pytest-xdist's own: commands are as wide as in a pipe
os.sync = lambda: None  # a test's files need not outlive a power cut
# no events of somebody's own installation
os.environ["KHOXA_UNITS"] = str(Path(__file__).parent / "no_units")
# no example is timed: on a busy machine any may take long
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")
EMPTY, SAMPLES = "khoxa_empty", "khoxa_samples"  # databases to copy, that nobody connects to
# A server of small data, which need not outlive a power cut. Joins run in the order that they are
# written in: to think out a better one takes ten times as long as the join of a few rows.
SMALL = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "64MB",
         "max_wal_size": "256MB", "join_collapse_limit": "3",
         "from_collapse_limit": "3"}  # fmt: skip
MakeWarehouse = Callable[..., AbstractContextManager[Settings]]
LEFT_OUT = "KHOXA_LEFT_OUT"  # where the parent of the workers tells them what it leaves out
TRIED = pytest.StashKey[dict[str, str]]()  # what long tests rest on, as they begin to run


def pytest_configure(config: pytest.Config) -> None:
    """The process that the workers are children of makes their home; short, for Unix sockets."""
    # modules are most of what a worker holds, and none of them is garbage: look through them rarely
    gc.set_threshold(100_000, 50, 50)
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix=f"khoxa-{os.getpid()}-", dir=_memory()))
        home.chmod(0o755)  # started by root, the server runs as another user
        os.environ["KHOXA_TESTS"] = str(home)
        os.environ[LEFT_OUT] = " ".join(_left_out(config))
        if long.is_whole(config.invocation_params.args):
            config.stash[TRIED] = long.digests()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes go by the name of their argument: zips carry the clock, and every worker draws its own.

    Workers whose tests have other names than each other's run nothing at all.
    """
    return argname if isinstance(val, bytes) else None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the long tests (see tests/long.py), unless they or all are asked for."""
    name = os.path.relpath(collection_path, long.ROOT)
    return True if long.is_of(name, os.environ[LEFT_OUT].split()) else None


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep that all long tests passed, with the files that they began with."""
    if exitstatus == pytest.ExitCode.OK and TRIED in session.config.stash:
        long.keep(session.config.stash[TRIED])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    if left := os.environ[LEFT_OUT].split():
        terminalreporter.write_line(
            f"{', '.join(left)}: not run, they passed with these very files (tests/long.passed);"
            " `make test-long` runs them"
        )


def _left_out(config: pytest.Config) -> list[str]:
    """The long tests whose group passed already and that nobody asks for."""
    if os.environ.get("KHOXA_LONG"):
        return []
    asked = [os.path.relpath(str(each).partition("::")[0], long.ROOT) for each in config.args]
    return [test for tests in long.passed().values()
            if not any(long.is_of(each, tests) for each in asked) for test in tests]  # fmt: skip


def _memory() -> str | None:
    """A folder in memory, if there is one with room: a night makes and drops hundreds of files.

    What a run that was killed left there goes; its server ends when it finds its folder gone.
    """
    shm = Path("/dev/shm")
    for left in shm.glob("khoxa-*-*"):
        if not Path(f"/proc/{left.name.split('-')[1]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    return str(shm) if shm.is_dir() and shutil.disk_usage(shm).free > 4 << 30 else None


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        home = Path(os.environ.pop("KHOXA_TESTS"))
        server.stop(home / "postgres")
        shutil.rmtree(home)


def made_once(name: str, make: Callable[[], object]) -> None:
    """Call `make` in the first worker that comes here; the others wait until it is done."""
    done = Path(os.environ["KHOXA_TESTS"]) / f"{name}.made"
    with done.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()


@pytest.fixture(scope="session")
def warehouse() -> Settings:
    """A migrated, empty warehouse that tests only ask."""
    home = Path(os.environ["KHOXA_TESTS"])
    settings = Settings(home=home, inbox=str(home / "inbox"))

    def make() -> None:
        for name, value in SMALL.items():
            _administer(settings, f"alter system set {name} = '{value}'")
        server.stop(settings.pgdata)
        migrate(settings)
        _copy(settings, database.DATABASE, EMPTY)

    made_once(EMPTY, make)
    return settings


@pytest.fixture(scope="session")
def make_warehouse(
    warehouse: Settings, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> MakeWarehouse:
    """`with make_warehouse() as settings`: an empty warehouse to change, dropped at the end."""
    numbers = count(1)

    @contextmanager
    def make(template: str = EMPTY) -> Iterator[Settings]:
        name = f"khoxa_{worker_id}_{next(numbers)}"
        settings = _settings(warehouse, name, tmp_path_factory.mktemp(name))
        _copy(warehouse, template, name)
        try:
            yield settings
        finally:
            _administer(warehouse, f"drop database {name} with (force)")

    return make


@pytest.fixture
def fresh_warehouse(make_warehouse: MakeWarehouse) -> Iterator[Settings]:
    """An empty migrated warehouse of this test alone."""
    with make_warehouse() as settings:
        yield settings


@pytest.fixture(scope="session")
def after_samples(warehouse: Settings, make_warehouse: MakeWarehouse) -> MakeWarehouse:
    """`with after_samples() as settings`: as `make_warehouse`, after one night on the samples."""
    kept = warehouse.home / "samples"

    def go() -> None:
        kept.mkdir()
        _copy(warehouse, EMPTY, SAMPLES)
        Night(_settings(warehouse, SAMPLES, kept)).go()

    @contextmanager
    def make() -> Iterator[Settings]:
        made_once(SAMPLES, go)
        with make_warehouse(SAMPLES) as settings:
            shutil.copytree(kept, settings.home, dirs_exist_ok=True)
            yield settings

    return make


@pytest.fixture(scope="session")
def warehouse_with_samples(after_samples: MakeWarehouse) -> Iterator[Night]:
    """A warehouse after one night on samples/inbox; nobody may change it."""
    with after_samples() as settings:
        yield Night(settings)


def _settings(warehouse: Settings, name: str, home: Path) -> Settings:
    """A home of its own, and a database of the shared server for each role."""
    socket_dir = server.start(warehouse.pgdata)
    return Settings(
        home=home,
        inbox=str(home / "inbox"),
        warehouse_url=server.url(socket_dir, "khoxa_loader", name),
        owner_url=server.url(socket_dir, "khoxa_owner", name),
        reader_url=server.url(socket_dir, "bi_reader", name),
    )


def _copy(warehouse: Settings, template: str, name: str) -> None:
    """A copy of a database, by files: a quarter of the work where nothing waits for the disk."""
    _administer(
        warehouse,
        f"create database {name} template {template} strategy file_copy owner khoxa_owner",
    )


def _administer(warehouse: Settings, *sentences: str) -> None:
    with database.administrator(server.start(warehouse.pgdata)).connect() as connection:
        for sentence in sentences:
            connection.exec_driver_sql(sentence)
