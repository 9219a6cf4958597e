"""What was read before changes nothing: each workbook reads as it does in a process of its own.

Labels, titles, headers and parts that workbooks share are remembered while a worker lives.
"""

from __future__ import annotations

from etl.ground.config import ROOT
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Normalised, ReceivedFile
from etl.normalise import normalise, warm_up
from etl.read import read
from etl.units.index import load_units

_EACH = 8  # every eighth of the sample inbox


def _normalised(received: ReceivedFile) -> list[Normalised]:
    return normalise(read(received))


def _raise(received: ReceivedFile, failure: Failure) -> list[Normalised]:
    raise AssertionError(f"{received.name}: {failure}")


def _all(files: list[ReceivedFile], together: int) -> list[list[Normalised]]:
    groups = guarded_map(
        _normalised, files, chunk=together, workers=2, timeout_s=60, memory_mb=400,
        on_failure=_raise,
    )  # fmt: skip
    return [done for group in groups for done in group]


def test_each_reads_as_it_does_alone() -> None:
    paths = sorted((ROOT / "samples" / "inbox").glob("*.xlsx"))[::_EACH]
    files = [ReceivedFile(number, each.name, str(each)) for number, each in enumerate(paths)]
    warm_up()
    alone = _all(files, 1)
    assert sum(len(filing.figures) for done in alone for filing in done) > len(files)
    assert _all(files, len(files)) == alone
    assert _all(files[::-1], len(files)) == alone[::-1]


def test_what_units_came_from_is_not_read_where_nothing_asks_for_it() -> None:
    """Each worker would read it anew, and it takes as long as twenty workbooks."""
    path = ROOT / "samples" / "inbox" / "bao_cao_6_thang_2025_kim_hy.xlsx"
    load_units.cache_clear()
    (filing,) = normalise(read(ReceivedFile(7, path.name, str(path))))
    assert filing.figures and not filing.findings
    assert "_links" not in vars(load_units().history)
