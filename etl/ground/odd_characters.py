"""Characters that nobody sees or that look like another one, shown by name in what is quoted.

"Xã Кim Hỷ" with a Cyrillic К and "Xã Kim Hỷ" are two texts and one picture: a sentence that quotes
both must say where they differ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from etl.ground.text import INVISIBLE
from etl.ground.yaml_file import words_beside

_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = frozenset(INVISIBLE + _DIRECTIONS)
_NOT_D = "ÐðƉɖ"
# Letters and digits beyond those of Vietnamese and its neighbours in Latin script.
_SUSPECT = re.compile(f"[{INVISIBLE}{_DIRECTIONS}{_NOT_D}]|[^\\W_\u0000-\u024f\u1e00-\u1eff]")
_MOST = 3  # names in one text: more say nothing more


@lru_cache(maxsize=4096)
def by_name(text: str, language: Literal["vi", "en"]) -> str:
    """The text with its first odd characters named: `Xã К[chữ Kirin К, U+041A]im Hỷ`. A character
    that nobody sees is replaced by its name; one of each kind is named, at most three."""
    if text.isascii():
        return text
    named: set[str] = set()

    def name(found: re.Match[str]) -> str:
        char = found[0]
        if not _is_odd(char) or char in named or len(named) >= _MOST:
            return "" if char in _UNSEEN else char
        named.add(char)
        return _named(char, language)

    return _SUSPECT.sub(name, text)


def _is_odd(char: str) -> bool:
    """Whether it is unseen, or a letter or digit that is not of the Latin script."""
    if char in _UNSEEN or char in _NOT_D:
        return True
    return unicodedata.category(char) in ("Lu", "Ll", "Lo", "Nd") and not unicodedata.name(
        char, ""
    ).startswith("LATIN ")


def _named(char: str, language: Literal["vi", "en"]) -> str:
    code = f"U+{ord(char):04X}"
    words = words_beside(__file__)["characters"]
    if char in _UNSEEN:
        return f"[{words['unseen'][language]} {code}]"
    if char in _NOT_D:
        return f"{char}[{words['not_d'][language]}, {code}]"
    script = words.get(unicodedata.name(char, "").partition(" ")[0], words["foreign"])
    return f"{char}[{script[language]} {char}, {code}]"
