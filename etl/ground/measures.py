"""Units of measure as sheets write them, from etl/forms/lists/units_of_measure.yaml."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.ground.config import FORMS_DIR
from etl.ground.text import key
from etl.ground.yaml_file import read_yaml

_APART = re.compile(r"[,;/&+]|\bvà\b")
_ALSO = {"pp": {"pct"}, "number": {"pct", "pp"}}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    path = FORMS_DIR / "lists" / "units_of_measure.yaml"
    listed = read_yaml(path)
    return {key(word) or word: unit for unit, words in listed.items() for word in words}


@lru_cache(maxsize=4096)
def units_in(text: str) -> frozenset[str]:
    """The units that a text lists ("hộ, %"); empty unless every word of it is a unit.

    `other` stands for a unit that no column uses ("nghìn đồng").
    """
    whole = _words().get(key(text) or text.strip())
    if whole:
        return frozenset({whole})
    words = [word.strip() for word in _APART.split(text)]
    units = [_words().get(key(word) or word) for word in words]
    return frozenset() if None in units else frozenset(u for u in units if u)


def fits(column_unit: str | None, stated: frozenset[str]) -> bool:
    """Whether a column of that unit may say so: a change in % is one in percentage points."""
    return stated <= {column_unit, *_ALSO.get(column_unit or "", ())}


def word_for(unit: str | None) -> str:
    """The first word for a unit: "hộ"; "" where it has none."""
    return next((word for word, of in _words().items() if of == unit), "")
