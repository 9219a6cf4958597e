"""One night on the samples, shared by the tests that only ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.night import Night


@pytest.fixture(scope="session")
def warehouse_with_samples(make_warehouse) -> Iterator[Night]:
    """A warehouse after one night on samples/inbox; nobody may change it."""
    with make_warehouse() as settings:
        night = Night(settings)
        night.go()
        yield night
