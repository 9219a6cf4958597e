"""Files are shared out evenly, so that no worker reads the last ones alone."""

from __future__ import annotations

import pytest

from etl.night import reading


@pytest.mark.parametrize(
    ("workers", "files", "chunk"),
    [
        (2, 76, 512),  # one worker: few are not worth a second one
        (2, 256, 512),
        (2, 257, 129),  # 129 and 128
        (2, 600, 300),  # previously 512 and 88
        (2, 1024, 512),
        (2, 1065, 267),  # four of at most 267
        (2, 10726, 488),  # 22 of at most 488; previously 20 of 512, and 486 alone
        (1, 600, 300),  # two, one after the other
        (8, 10726, 447),  # 24 of at most 447
    ],
)
def test_all_workers_end_together(
    monkeypatch: pytest.MonkeyPatch, workers: int, files: int, chunk: int
) -> None:
    monkeypatch.setattr(reading, "WORKERS", workers)
    assert reading.even(files) == chunk
