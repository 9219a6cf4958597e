"""docs/faults.md: what holds each row is there."""

from __future__ import annotations

import re

import pytest

from etl.ground.config import ROOT

PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
HELD = [row[-1] for row in ROWS if "held by" not in row[-1] and "---" not in row[-1]]
PARTS = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "tools" / "rehearse").glob("*.py")
)


@pytest.mark.parametrize("held", HELD)
def test_what_a_row_names_is_there(held: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", held)
    parts = re.findall(r"`make rehearse`: `(\w+)`", held)
    assert len(named) + len(parts) == held.count("`make rehearse`") + held.count("`tests/") > 0
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (file, test)
    assert all(f"def {part}(server" in PARTS for part in parts)
