"""The key that puts Vietnamese names in alphabetical order under every collation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Tones in the order of the alphabet (no mark, huyền, hỏi, ngã, sắc, nặng), and the marks that
# make another letter (breve, circumflex, horn).
_TONES = {mark: str(rank) for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_LETTER_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}
_SILENT = "'’"
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=1024)
def sort_key(name: str) -> str:
    """An ASCII key, digits and a-z only: letters decide first, then the tones word by word.

    Every letter is two characters ("đ" is d1, "ơ" o3), a gap between words "01", the end of the
    letters "00", so that a shorter name comes first. Whole numbers count by value.
    Raises ValueError: a character that is neither letter, digit, hyphen nor apostrophe.
    """
    words = name.lower().replace("-", " ").replace("–", " ").split()
    keys = [_word_key(word) for word in words]
    return "01".join(letters for letters, _ in keys) + "00" + "".join(tones for _, tones in keys)


def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", _NUMBER.sub(lambda n: n[0].zfill(3), word)):
        if char in _TONES:
            tones.append(_TONES[char])
        elif char in _LETTER_MARKS and letters:
            letters[-1] = letters[-1][0] + _LETTER_MARKS[char]
        elif char == "đ":
            letters.append("d1")
        elif char.isascii() and char.isalnum():
            letters.append("1" + char if char.isdecimal() else char + "0")
        elif char not in _SILENT:
            raise ValueError(f"{word!r}: no place in the alphabet for {char!r}")
    return "".join(letters), "".join(tones) or "0"
