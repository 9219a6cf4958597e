"""`returned`: what a filer gets back; `opened`: what the read room makes of some bytes."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from etl.catalogue.rules import RenderedFinding
from etl.ground.records import ReceivedFile, Workbook
from etl.publish import mark
from etl.read import read
from tests.helpers.publish_books import Return, check_sound


@pytest.fixture
def returned(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Return:
    """`mark` on some bytes; what comes back is a sound package, the own one unless `copied`."""
    caplog.set_level("INFO")

    def give_back(
        data: bytes, findings: Iterable[RenderedFinding], copied: bool = False, **options
    ) -> bytes:
        (tmp_path / "stored").write_bytes(data)
        received = ReceivedFile(7, "bieu.xlsx", str(tmp_path / "stored"))
        mark(
            received,
            findings,
            tmp_path / "out" / "marked.xlsx",
            options.pop("read", read),
            **options,
        )
        (path,) = (tmp_path / "out").iterdir()
        check_sound(path.read_bytes())
        assert bool(caplog.records) == copied
        return path.read_bytes()

    return give_back


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[str, bytes], Workbook]:
    """`read` on some bytes under a name."""

    def open_bytes(name: str, data: bytes) -> Workbook:
        path = tmp_path / "stored"
        path.write_bytes(data)
        return read(ReceivedFile(7, name, str(path)))

    return open_bytes
