"""The words of a header cell as a key: one spelling, without what says nothing of its own there;
and the units that it states."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl.catalogue.measures import units_in
from etl.ground.lists import list_words
from etl.ground.text import key, without_accents

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BARE_PERCENT = re.compile(r"(?<![\w(])(?:điểm )?%(?![^(]*\))", re.IGNORECASE)
# A column's number, how it is reckoned, the mark of a footnote.
_NUMBER = re.compile(r"[A-ZĐ]|\d{1,2}|\d{1,2}\s*=.*|[*]+|[ivx]+|[IVX]+")
_MARKS = re.compile(r"(?:[\s():,;–—-]|(?<=[^\W\d_])/(?=[^\W\d_]))+")
# "hộ¹", "Tỷ lệ (3)=(2)/(1)*100"
_BEHIND = re.compile(r"(?:[¹²³⁴-⁹]+|\s\(?\d{1,2}\)?\s*=[\s\d()+*/:x×%.–-]+)$")


@lru_cache(maxsize=65536)
def header_key(text: str) -> str:
    """Key of a header cell: no year, no unit "(hộ)" or "%", no number of the column, no brackets
    or other marks, abbreviations in full: "Ngân sách TW (NSTW)" is "ngân sách trung ương"."""
    text = _BEHIND.sub("", text)
    if "%" in text:
        text = _BARE_PERCENT.sub(" ", text)
    plain = key(_YEAR.sub("{year}", _BRACKETS.sub(_bracket, text)))
    words = _MARKS.sub(" ", plain).strip().split(" ")
    return " ".join(_in_full().get(word, word) for word in words)


@lru_cache(maxsize=1024)
def header_keys(texts: tuple[str, ...]) -> frozenset[str]:
    """The keys of several header texts."""
    return frozenset(map(header_key, texts))


@lru_cache(maxsize=4096)
def stated_units(text: str) -> frozenset[str]:
    """The units that a header cell states, in brackets or as a bare per cent."""
    said = [*_BRACKETS.findall(text), *_BARE_PERCENT.findall(text)]
    return frozenset(unit for each in said for unit in units_in(each))


def _bracket(bracket: re.Match[str]) -> str:
    """What a bracket leaves of itself: nothing where it holds a unit, a number of the column or an
    abbreviation of the words before it."""
    inside, before = bracket[1].strip(), bracket.string[: bracket.start()]
    says_nothing = units_in(inside) or _NUMBER.fullmatch(inside)
    return " " if says_nothing or _abbreviates(inside, before) else bracket[0]


def _abbreviates(short: str, words: str) -> bool:
    """Whether a text is the initials of the words before it, or these are its own."""
    initials = [_plain(word[:1]) for word in re.findall(r"\w+", words)]
    letters = _plain(re.sub(r"[\s.]", "", short))
    if len(letters) > 1 and short.isupper() and "".join(initials).endswith(letters):
        return True
    last = words.split()[-1:]
    own = "".join(_plain(word[:1]) for word in re.findall(r"\w+", short))
    return bool(last) and last[0].isupper() and len(own) > 1 and _plain(last[0]) == own


def _plain(letters: str) -> str:
    """Letters without their marks; W stands for Ư in abbreviations."""
    return without_accents(letters).upper().replace("W", "U")


@cache
def _in_full() -> dict[str, str]:
    listed = list_words("abbreviations")
    return {key(short): key(words) for short, words in listed.items()}
