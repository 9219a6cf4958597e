"""The words of etl/forms/lists/row_words.yaml, as patterns over the keys of texts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from etl.ground.config import FORMS_DIR
from etl.ground.yaml_file import read_yaml

_END = r"(?![^\W_])"


@lru_cache(maxsize=1)
def row_words() -> dict[str, Any]:
    """The file as it stands."""
    return dict(read_yaml(FORMS_DIR / "lists" / "row_words.yaml"))


def whole(words: str) -> str:
    """A pattern for whole words; one that ends in a sign may stand before anything."""
    return rf"(?<![^\W_])(?:{words}){_END}"


@lru_cache(maxsize=64)
def pattern(*path: str) -> re.Pattern[str]:
    """The pattern for an entry of the file, or for any of a list: `pattern("notes", "stop")`."""
    found: Any = row_words()
    for name in path:
        found = found[name]
    listed = [found] if isinstance(found, str) else list(found)
    return re.compile("|".join(whole(words) for words in listed))
