"""A mailbox that several files of tests use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.mail_server import MailServer, mail_server


@pytest.fixture(scope="session")
def running_mailbox() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def mailbox_server(running_mailbox: MailServer) -> MailServer:
    """An empty mailbox."""
    running_mailbox.start_anew()
    return running_mailbox
