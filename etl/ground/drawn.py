"""What is drawn over the cells of a sheet."""

from __future__ import annotations

from typing import NamedTuple


class Drawn(NamedTuple):
    """A text box, shape or picture: the first and last row and column that it lies over, 0-based,
    and its text, "" where it has none; texts are among those printed on the page too."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
