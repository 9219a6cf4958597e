"""The characters of a figure as a person sees them.

What looks like a plain digit is one (１２, mathematical digits), what nobody sees is not there, and
every space is a space. What looks otherwise stays as it is: "8²" is not 82, "Ⅷ" is not 8, and a
mark that turns the direction of writing round shows 12 for 21.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from etl.ground.text import INVISIBLE

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_IS_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉]")
_AS_SEEN = {
    **dict.fromkeys(map(ord, INVISIBLE), None),
    **dict.fromkeys(range(0xFE00, 0xFE10), None),  # how a character is drawn
    **dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys(map(ord, "\u2212\u2010\u2011\uff0d\ufe63"), "-"),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    **{0x1D7CE + number: str(number % 10) for number in range(50)},
    **dict(zip(map(ord, "，．％（）＋"), ",.%()+", strict=True)),
}
_TURNED = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# A mark of right-to-left writing moves signs and spaces to the other side, and groups of digits on
# either side of it (Unicode Standard Annex #9): harmless only around a number without them.
_RIGHT_TO_LEFT = "\u200f"
_UNMOVED = re.compile(r"\u200f*\d+(?:[.,]\d+)*%?\u200f*", re.ASCII)
_DRAWN_OVER = re.compile(r"\d([\u0300-\u036f\u20d0-\u20ff])", re.ASCII)


class Seen(NamedTuple):
    """A text in plain characters.

    `foreign`: characters that make it no plain number, by name ("U+0663 ARABIC-INDIC DIGIT
    THREE"); "" without. `raised`: the text without its small raised or lowered digits and the text
    with them as digits, where it has some.
    """

    plain: str
    foreign: str = ""
    raised: tuple[str, str] | None = None


@lru_cache(maxsize=1 << 16)
def seen(text: str) -> Seen:
    """A text as a person sees it, stripped."""
    if text.isascii():
        return Seen(text.strip())
    composed = unicodedata.normalize("NFC", text)
    plain = composed.translate(_AS_SEEN).strip()
    turned = sorted(_TURNED & set(composed))
    if _RIGHT_TO_LEFT in composed and any(map(str.isdigit, plain)):
        turned += [] if _UNMOVED.fullmatch(composed.strip()) else [_RIGHT_TO_LEFT]
    if turned:
        return Seen(plain, _names(turned))
    if any(map(str.isalpha, plain)):
        return Seen(plain)
    if _IS_RAISED.search(plain):
        both = _IS_RAISED.sub("", plain).strip(), plain.translate(_RAISED)
        if both[0].isascii() and any(map(str.isdigit, both[0])):
            return Seen(plain, raised=both)
    numbers = [c for c in plain if not c.isascii() and unicodedata.category(c)[0] == "N"]
    return Seen(plain, _names([*numbers, *_DRAWN_OVER.findall(plain)]))


def _names(characters: list[str]) -> str:
    names = (f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in characters)
    return "; ".join(dict.fromkeys(names))
