"""What the words of a header cell say: its key in one spelling, without what says nothing of its
own there, and the units and years that it states."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from etl.catalogue.forms import Form
from etl.catalogue.measures import units_in
from etl.ground.config import FORMS_DIR
from etl.ground.text import key, without_accents
from etl.ground.yaml_file import read_yaml

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_BARE_PERCENT = re.compile(r"(?<![\w(])(?:điểm )?%(?![^(]*\))", re.IGNORECASE)
# A column's number, how it is reckoned, the mark of a footnote.
_NUMBER = re.compile(r"[A-ZĐ]|\d{1,2}|\d{1,2}\s*=.*|[*]+|[ivx]+|[IVX]+")
_MARKS = re.compile(r"[\s():,;–—-]+")
_OF_YEAR = re.compile(
    r"(?<!đầu )(?<!cuối )(?<!trước )(?:^|(?<=\s))(?:của |trong )?(?:năm )?\{year\}$"
)
_AT_END = re.compile(
    r"\b(?:tính |có |hiện có )?(?:(?:đến|tại) )?(?:(?:hết|thời điểm|ngày) )*"
    r"(?:cuối năm|31/12)(?:[ /]?(?:năm )?\{year\})?$"
)


class Heading(NamedTuple):
    """One header cell as filed: its row and column (0-based, the first of a merged range), the
    texts above it and its own with where each stands, the years in all of them.
    """

    row: int
    place: int
    path: tuple[str, ...]
    years: frozenset[int]
    spots: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """Its own text."""
        return self.path[-1] if self.path else ""

    @property
    def cell(self) -> str:
        """Its address."""
        return f"{get_column_letter(self.place + 1)}{self.row + 1}"

    @property
    def keys(self) -> tuple[str, ...]:
        """What it says from top to bottom, as keys, without units and repeats."""
        return tuple(dict.fromkeys(filter(None, map(header_key, self.path))))

    @property
    def units(self) -> frozenset[str]:
        """The units that it states."""
        return frozenset(unit for text in self.path for unit in stated_units(text))


def years_of(text: str) -> list[int]:
    """The years that a header cell names."""
    return [int(year) for year in _YEAR.findall(text)]


@lru_cache(maxsize=65536)
def header_key(text: str) -> str:
    """Key of a header cell: no year, no unit "(hộ)" or "%", no number of the column, no brackets
    or other marks, abbreviations in full: "Ngân sách TW (NSTW)" is "ngân sách trung ương"."""
    if "%" in text:
        text = _BARE_PERCENT.sub(" ", text)
    plain = key(_YEAR.sub("{year}", _BRACKETS.sub(_bracket, text) if "(" in text else text))
    words = _MARKS.sub(" ", plain).strip().split(" ")
    return " ".join(_in_full().get(word, word) for word in words)


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


@lru_cache(maxsize=1)
def _in_full() -> dict[str, str]:
    listed = read_yaml(FORMS_DIR / "lists" / "abbreviations.yaml")
    return {key(short): key(words) for short, words in listed.items()}


@lru_cache(maxsize=4096)
def timeless(header: str, form: Form) -> str:
    """The key of a header without the words that only say the form's own time: "năm {year}" and, in
    a report of a whole year, "cuối năm {year}". A form of several periods keeps them."""
    if len(form.periods) > 1 or form.span:
        return header
    if form.units_on == "end" and (end := _AT_END.search(header)):
        return header[: end.start()].strip()
    return _OF_YEAR.sub("", header).strip()
