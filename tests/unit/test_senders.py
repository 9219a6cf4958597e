"""Who may file for whom (senders.csv of a province's own folder): checked like the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.ground.config import ROOT
from tests.khoxa import khoxa

HEADER = "address,unit_code\n"
ROWS = {
    "xa@example.org,02146": "in order",
    "XA.Kim-Hy+1@mail.example.org,02146": "in order",
    "@example.org,066": "in order",
    "xa@example.org,066\nxa@example.org,02146": "in order",
    "xa@gmail.com,066": "in order",
    "xa@example.org,9x9": "senders.csv:2",
    "xa.example.org,066": "an address, or @ and a domain",
    "xa@ex\u0430mple.org,066": "an address, or @ and a domain",
    "Xã Kim Hỷ <xa@example.org>,066": "an address, or @ and a domain",
    "@gmail.com,066": "an address, or @ and a domain",
    "@yahoo.com.vn,066": "an address, or @ and a domain",
    "xa@example.org,": "unit_code",
    "xa@example.org,066\nxa@example.org,066": "senders.csv:3",
}


@pytest.mark.parametrize("rows", ROWS)
def test_senders_are_checked(tmp_path: Path, rows: str) -> None:
    (tmp_path / "senders.csv").write_text(HEADER + rows + "\n", encoding="utf-8")
    done = khoxa("forms", "lint", KHOXA_LOCAL=str(tmp_path))
    assert ROWS[rows] in done.stdout + done.stderr


def test_the_sample_is_fictitious() -> None:
    lines = (ROOT / "samples" / "local" / "senders.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 17
    assert all(line.partition(",")[0].endswith("example.org") for line in lines[1:])
