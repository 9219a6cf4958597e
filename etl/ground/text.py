"""Vietnamese text as keys: two spellings of one label give one key, two labels never do.

Nothing here drops a tone or an accent: Ba Tơ and Ba Tô stay apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import process
from vi_textmatch import normalize

_SPACE_AROUND = re.compile(r"\s*([(),;:/.])\s*")
_PARTS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")  # numbers, words, signs
# Zero width spaces and joiners, marks of direction, the word joiner, a byte order mark, the soft
# hyphen: nobody sees them. Overrides of direction are none: they change what is seen.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
_WIDE = dict(zip("：；，．（）／％－", ":;,.()/%-", strict=True))
_AS_SEEN = str.maketrans(dict.fromkeys(INVISIBLE, "") | dict.fromkeys("ÐƉ", "Đ")
                         | dict.fromkeys("ðɖ", "đ") | _WIDE | {"\n": " "})  # fmt: skip
_SEEN_OTHERWISE = re.compile(f"[{re.escape(''.join(map(chr, _AS_SEEN)))}]")


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """Comparison key of a label: NFC, one tone placement, lower case, single spaces.

    "Tổng số  hộ nghèo (hộ)", "TỔNG SỐ HỘ NGHÈO(hộ):" and their NFD forms share one key; so do
    texts that differ in characters nobody sees, in the Icelandic Ð or the African Ɖ for Đ, or in
    signs as wide as Chinese ones.
    """
    is_seen_so = text.isascii() or not _SEEN_OTHERWISE.search(text)
    folded = normalize(text if is_seen_so else text.translate(_AS_SEEN))
    return "".join(_SPACE_AROUND.split(folded)).strip(" :;.,-*")


def has_words(plain: str, words: str) -> bool:
    """Whether a key has another one as whole words: "quý i" is none of "quý ii", and "6 tháng" none
    of "16 tháng"; a number may stand close to a word ("năm2025")."""
    text, said = (" ".join(_PARTS.findall(each)) for each in (plain, words))
    return f" {said} " in f" {text} "


def spelt(word: str) -> str:
    """The same of a word that may be a sign alone ("%"), which has no key."""
    return key(word) or word


def suggest(text: str, known: list[str], limit: int = 3) -> list[str]:
    """The nearest of `known`, best first. Only ever to suggest: nothing is accepted by it."""
    found = process.extract(text, known, limit=limit, score_cutoff=60, processor=key)
    return [name for name, _score, _index in found]


def without_accents(text: str) -> str:
    """A text in small letters without its accents and tones, as some type: "ho va ten"."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
