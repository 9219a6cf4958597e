"""What a header cell and those above it say: where they stand, their keys, units and years."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.catalogue.header_words import header_key, stated_units
from etl.ground.addresses import address

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OF_YEAR = re.compile(
    r"(?<!đầu )(?<!cuối )(?<!trước )(?:^|(?<=\s))(?:của |trong )?(?:năm )?\{year\}$"
)
_AT_END = re.compile(
    r"\b(?:tính |có |hiện có )?(?:(?:đến|tại) )?(?:(?:hết|thời điểm|ngày) )*"
    r"(?:cuối năm|31/12)(?:[ /]?(?:năm )?\{year\})?$"
)


class Heading(NamedTuple):
    """One header cell as filed: its row and column (0-based, the first of a merged range), the
    texts above it and its own with where each stands, the years in all of them.
    """

    row: int
    place: int
    path: tuple[str, ...]
    years: frozenset[int]
    spots: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """Its own text."""
        return self.path[-1] if self.path else ""

    @property
    def key(self) -> str:
        """What its own text says, as a key; "" without one."""
        return self.keys[-1] if self.keys else ""

    @property
    def cell(self) -> str:
        """Its address."""
        return address(self.row, self.place)

    @property
    def keys(self) -> tuple[str, ...]:
        """What it says from top to bottom, as keys, without units and repeats."""
        return tuple(dict.fromkeys(filter(None, map(header_key, self.path))))

    @property
    def units(self) -> frozenset[str]:
        """The units that it states."""
        return frozenset(unit for text in self.path for unit in stated_units(text))


def years_of(text: str) -> list[int]:
    """The years that a header cell names."""
    return [int(year) for year in _YEAR.findall(text)]


@lru_cache(maxsize=4096)
def timeless(header: str, form: Form) -> str:
    """The key of a header without the words that only say the form's own time: "năm {year}" and, in
    a report of a whole year, "cuối năm {year}". A form of several periods keeps them."""
    if len(form.periods) > 1 or form.span:
        return header
    if form.units_on == "end" and (end := _AT_END.search(header)):
        return header[: end.start()].strip()
    return _OF_YEAR.sub("", header).strip()
