"""A mailbox, and printed annexes, that several files of tests use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.reports import annexes
from tests.conftest import made_once
from tests.helpers.mail_server import MailServer, mail_server
from tests.night import Night

Files = dict[str, Path]
Printed = Callable[..., Files]


@pytest.fixture(scope="session")
def running_mailbox() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def mailbox_server(running_mailbox: MailServer) -> MailServer:
    """An empty mailbox."""
    running_mailbox.start_anew()
    return running_mailbox


@pytest.fixture(scope="session")
def printed(warehouse_with_samples: Night) -> Printed:
    """`printed("066", 2025)`: annexes and page of the samples by name, printed once for all tests,
    which only read them."""

    def files(unit: str, year: int, unit_map: str | None = None) -> Files:
        name = f"printed-{unit}-{year}-{unit_map}"
        folder = Path(os.environ["KHOXA_TESTS"]) / name
        settings = warehouse_with_samples.settings
        made_once(name, lambda: annexes(settings, unit, year, unit_map, folder))
        return {path.name: path for path in folder.iterdir()}

    return files
