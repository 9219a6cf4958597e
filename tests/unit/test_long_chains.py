"""Formulas that each need the one above: a long chain of them is no circle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from etl.ground.records import SecondLook, Sheet
from etl.read.xlsx.fresh import Recomputed

_ROWS = 400  # more than can be worked out at once from the last


def _doubts(deeper: int) -> Iterator[str]:
    """What is said of a column 1, 2, 3 … of which each is the one above and 1, the last first;
    from so many calls deeper, since where it gives up depends on that."""
    if deeper:
        yield from _doubts(deeper - 1)
        return
    rows: list[list[object]] = [[float(n)] for n in range(1, _ROWS + 1)]
    formulas: dict[tuple[int, int], str | None] = {(r, 0): f"A{r}+1" for r in range(1, _ROWS)}
    done = Recomputed([Sheet("Biểu 1", True, rows, None)], lambda _name: formulas, True)
    for r in reversed(range(1, _ROWS)):
        look = done.look("Biểu 1", (r, 0), SecondLook("number", str(r + 1)))
        yield from (doubt.rule for doubt in look.doubts)


@pytest.mark.parametrize("deeper", range(10))
def test_a_long_chain_is_no_circle(deeper: int) -> None:
    assert list(_doubts(deeper)) == []
