"""The words that a proposal is guessed by: etl/forms/lists/authoring_words.yaml."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.ground.lists import list_words
from etl.ground.text import key, without_accents

_LONGEST = 40


@lru_cache(maxsize=64)
def pattern(name: str, of: str = "") -> re.Pattern[str]:
    """The pattern of that name, or of one name inside another."""
    listed = list_words("authoring_words")[name]
    return re.compile(listed[of] if of else listed)


def first_of(name: str, text: str) -> str | None:
    """The first name inside `name` whose pattern is found in the key of a text."""
    listed = list_words("authoring_words")[name]
    return next((each for each in listed if pattern(name, each).search(key(text))), None)


def slug(text: str) -> str:
    """A code for a text: "Tổng số hộ (hộ)" is "tong_so_ho"; "" where it has no letter or digit."""
    plain = re.sub(r"\([^()]*\)|\{[^{}]*\}|\b(?:19|20)\d\d\b", " ", key(text))
    words = re.findall(r"[a-z0-9]+", without_accents(plain))
    code = ""
    for word in words:
        if len(code) + len(word) >= _LONGEST:
            break
        code = f"{code}_{word}" if code else word
    return f"n{code}" if code[:1].isdigit() else code


def without_number(text: str) -> str:
    """A header on one line, without the number before it: "1. Quy hoạch" is "Quy hoạch"."""
    return re.sub(r"^(?:\d{1,2}|[ivxIVX]+)[.)]\s*", "", re.sub(r"\s+", " ", text).strip())
