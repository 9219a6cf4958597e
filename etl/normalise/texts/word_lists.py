"""Lists of words (etl/forms/lists/*.yaml), and their entries as patterns over the keys of texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from etl.ground.lists import list_words


@dataclass(frozen=True)
class WordList:
    """A list by the name of its file, which is read when it is first asked for."""

    name: str

    def __getitem__(self, entry: str) -> Any:
        return _read(self.name)[entry]

    def pattern(self, *path: str) -> re.Pattern[str]:
        """The pattern for whole words of an entry, or of any of its lines."""
        return _pattern(self.name, path)


ROW_WORDS = WordList("row_words")
TITLE_PARTS = WordList("title_parts")
TITLE_WORDS = WordList("title_words")
MEASURE_WORDS = WordList("measure_words")
PERSON_WORDS = WordList("person_words")


def whole(words: str) -> str:
    """A pattern for whole words; what ends in a sign may stand before anything."""
    return rf"(?<![^\W_])(?:{words})(?:(?<=[^\w])|(?![^\W_]))"


@lru_cache(maxsize=8)
def _read(name: str) -> dict[str, Any]:
    return list_words(name)


@lru_cache(maxsize=128)
def _pattern(name: str, path: tuple[str, ...]) -> re.Pattern[str]:
    found: Any = _read(name)
    for entry in path:
        found = found[entry]
    words = [found] if isinstance(found, str) else found
    return re.compile("|".join(map(whole, words)))
