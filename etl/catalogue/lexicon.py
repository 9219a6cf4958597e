"""The Vietnamese syllables khoxa knows: they confirm that a text was decoded rightly.

All come from the units and the forms, so a filed form is known almost to the last syllable
(running prose: two syllables in three), and the same text decoded wrongly: one in eight.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, TypeVar

from etl.catalogue.definitions import load_forms
from etl.ground.text import key
from etl.units.index import load_units

Name = TypeVar("Name")
ENOUGH = 5  # different syllables; with fewer, nothing can be told
CLEAR = 0.6
_LEAD = 0.3
# What stands for a letter in an old encoding need not be one ("·", the soft hyphen).
_SYLLABLE = re.compile(r"[A-Za-z\u00a1-\u1eff]+")


class Reading(NamedTuple):
    """How a text reads: its different syllables beyond ASCII, and how many of them are known."""

    known: int
    marked: int

    @property
    def rate(self) -> float:
        """Share of known syllables, 0 to 1; 0 where there is none to know."""
        return self.known / self.marked if self.marked else 0.0


def read(texts: Iterable[str]) -> Reading:
    """How these texts read, taken together. ASCII says nothing of an encoding and is left out."""
    marked = set(_marked(texts))
    return Reading(len(marked & _syllables()), len(marked))


def clearest(readings: Mapping[Name, Iterable[str]]) -> Name | None:
    """The reading that is clearly Vietnamese, and clearly more so than every other; or None."""
    found = {name: read(texts) for name, texts in readings.items()}
    rates = sorted((reading.rate for reading in found.values()), reverse=True)
    for name, reading in found.items():
        if reading.known >= ENOUGH and reading.rate == rates[0] >= CLEAR:
            return name if len(rates) == 1 or rates[0] - rates[1] >= _LEAD else None
    return None


def _marked(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for syllable in _SYLLABLE.findall(unicodedata.normalize("NFC", text)):
            if not syllable.isascii():
                yield key(syllable)


@cache
def _syllables() -> frozenset[str]:
    units = (text for unit in load_units().units for text in (unit.name, unit.unit_type))
    forms = (text for form in load_forms().values() for text in _strings(form.model_dump()))
    return frozenset([*_marked(units), *_marked(forms)])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _strings(each)
