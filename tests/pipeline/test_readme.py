"""What the two READMEs tell a person to ask is the same, is answered, and mixes nothing."""

from __future__ import annotations

import re

import pytest

from etl.cli.ask import ask
from etl.ground.config import ROOT
from tests.night import Night

QUERIES = {
    name: re.findall(r'`khoxa sql "(.*?)"`', (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    for name in ("README.md", "README.vi.md")
}


def test_both_ask_the_same() -> None:
    assert QUERIES["README.md"] == QUERIES["README.vi.md"] != []


@pytest.mark.parametrize("query", QUERIES["README.md"])
def test_it_is_answered(query: str, warehouse_with_samples: Night) -> None:
    assert ask(warehouse_with_samples.settings, query)[1]


def test_who_has_not_filed_is_of_one_year(warehouse_with_samples: Night) -> None:
    (query,) = QUERIES["README.md"]
    columns, rows = ask(warehouse_with_samples.settings, query)
    assert columns[0] == "unit_code"  # `khoxa form --unit` takes it
    assert {row[columns.index("due_on")].year for row in rows} <= {2025, 2026}
    # a unit, form and period stands once: years that are not named would repeat it
    keys = [tuple(row[:4]) for row in rows]
    assert len(keys) == len(set(keys)) == 17  # the communes of Na Rì: their plans of 2025
