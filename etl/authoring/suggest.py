"""Which known indicator a figure may be: only ever a comment in the proposal."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz, process

from etl.catalogue.indicators import indicator_names, indicator_units
from etl.ground.text import key

_LEAST = 60


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {code: key(name) for code, name in indicator_names().items()}


def suggestion(text: str, unit: str) -> str:
    """ "poor_households (Số hộ nghèo, 95%)", the likest indicator of a unit of measure; "" where
    none is like the text."""
    known = {code: name for code, name in _names().items()
             if unit in ("number", "", indicator_units()[code])}  # fmt: skip
    found = process.extractOne(key(text), known, scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST)
    if found is None:
        return ""
    _name, score, code = found
    return f"{code} ({indicator_names()[code]}, {score:.0f}%)"
