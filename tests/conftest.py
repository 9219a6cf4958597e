"""A migrated warehouse for tests: one embedded server a worker, one database where it is used."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from etl.ground import database, server
from etl.ground.config import Settings
from etl.migrate import migrate

# no events of somebody's own installation
os.environ["KHOXA_UNITS"] = str(Path(__file__).parent / "no_units")
MakeWarehouse = Callable[[], AbstractContextManager[Settings]]


@pytest.fixture(scope="session")
def warehouse() -> Iterator[Settings]:
    """A migrated, empty warehouse that tests only ask; Unix sockets need its home to be short."""
    home = Path(tempfile.mkdtemp(prefix="khoxa-"))
    home.chmod(0o755)  # started by root, the server runs as another user
    settings = Settings(home=home, inbox=str(home / "inbox"))
    try:
        migrate(settings)
        yield settings
    finally:
        server.stop(settings.pgdata)
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def make_warehouse(warehouse: Settings, tmp_path_factory: pytest.TempPathFactory) -> MakeWarehouse:
    """`with make_warehouse() as settings`: a copy of `warehouse` to change, dropped at the end."""
    numbers = count(1)

    @contextmanager
    def make() -> Iterator[Settings]:
        name = f"khoxa_{next(numbers)}"
        home = tmp_path_factory.mktemp(name)
        socket_dir = server.start(warehouse.pgdata)
        _administer(
            socket_dir,
            f"create database {name} template {database.DATABASE} owner khoxa_owner",
        )
        try:
            yield Settings(
                home=home,
                inbox=str(home / "inbox"),
                warehouse_url=server.url(socket_dir, "khoxa_loader", name),
                owner_url=server.url(socket_dir, "khoxa_owner", name),
                reader_url=server.url(socket_dir, "bi_reader", name),
            )
        finally:
            _administer(socket_dir, f"drop database {name} with (force)")

    return make


@pytest.fixture
def fresh_warehouse(make_warehouse: MakeWarehouse) -> Iterator[Settings]:
    """An empty migrated warehouse of this test alone."""
    with make_warehouse() as settings:
        yield settings


def _administer(socket_dir: str, sentence: str) -> None:
    engine = database.administrator(socket_dir)
    with engine.connect() as connection:
        connection.exec_driver_sql(sentence)
