"""Rows for COPY, many at once, are what each is by itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from etl.ground.database import copy_line, copy_lines

CELLS = st.none() | st.integers() | st.text("ab\\N\t\n\r\0\u00a0\u2028ố", max_size=4)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS)))
@example([("\\", None, "a"), (None, "b", "c")])
@example([("\\N", "a", "b")])
def test_together_as_one_by_one(rows: list[tuple[object, ...]]) -> None:
    assert copy_lines(rows) == "\n".join(map(copy_line, rows))


def test_null_and_text_stay_apart() -> None:
    assert copy_lines([(1, None, "\\N"), (2, "a", None)]) == "1\t\\N\t\\\\N\n2\ta\t\\N"


def test_what_copy_would_take_for_its_own_and_what_no_text_has() -> None:
    field = "a\\tb\tc\nd\re\0f\ud800g"
    assert copy_line((field, 1)) == "a\\\\tb\\tc\\nd\\ref\ufffdg\t1"
