"""Vietnamese text as keys: two spellings of one label give one key, two labels never do.

Nothing here drops a tone or an accent: Ba Tơ and Ba Tô stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import process
from vi_textmatch import normalize

_SPACE_AROUND = re.compile(r"\s*([(),;:/.])\s*")


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Comparison key of a label: NFC, one tone placement, lower case, single spaces.

    "Tổng số  hộ nghèo (hộ)", "TỔNG SỐ HỘ NGHÈO(hộ):" and their NFD forms share one key.
    """
    folded = normalize(text.replace("\n", " ").replace("\xad", ""))
    return _SPACE_AROUND.sub(r"\1", folded).strip(" :;.,-*")


def suggest(text: str, known: list[str], limit: int = 3) -> list[str]:
    """The nearest of `known`, best first. Only ever to suggest: nothing is accepted by it."""
    found = process.extract(text, known, limit=limit, score_cutoff=60, processor=key)
    return [name for name, _score, _index in found]
