"""Units of measure as sheets write them, from etl/forms/lists: units_of_measure.yaml has whole
units, measure_words.yaml what amounts of money and the lines that state units are made of."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from etl.catalogue.units_of_measure import OTHER, of_kind, units_of_measure
from etl.ground.lists import list_words
from etl.ground.text import key, spelt

_MILLION = 10**6
_APART = re.compile(r"[,;/&+]|\bvà\b|\s[-–]\s")
_NUMBER = re.compile(r"(?<!\w)10\s?\^?\s?([369])(?!\d)|(?<!\w)10([³⁶⁹])|\d+(?:[.,\s]\d{3})*")
_INITIALS = re.compile(r"[đdvt]{2,4}$")
_RAISED = str.maketrans("³⁶⁹", "369")
_ALSO = {"pp": {"pct"}, "number": {"pct", "pp"}}  # a change in % is one in points


@cache
def money() -> frozenset[str]:
    """The codes of money, and what stands for amounts of another size."""
    return of_kind("money") | {OTHER}


@cache
def _words() -> dict[str, str]:
    """The codes by their words; a word that two units have is that of the first."""
    found: dict[str, str] = {}
    for code, unit in units_of_measure().items():
        for word in filter(None, (unit.vi, *unit.words)):
            found.setdefault(spelt(word), code)
    return found


@cache
def _parts() -> dict[str, Any]:
    return list_words("measure_words")


@cache
def _scales() -> dict[str, int]:
    return {key(word): factor for factor, words in _parts()["scales"].items() for word in words}


def _alternatives(words: list[str]) -> str:
    """A pattern for any of the words, the longest first; dots may stand between initials."""
    texts = sorted(map(key, words), key=len, reverse=True)
    return "|".join(
        r"\.?\s?".join(text) if _INITIALS.match(text) else re.escape(text) for text in texts
    )


@lru_cache(maxsize=2)
def label(*, shared: bool) -> re.Pattern[str]:
    """What stands before a unit in a line that states it, in the key of a text; with `shared` also
    words that name other things ("Đơn vị: Xã Kim Hỷ"). Group 1: a colon, bracket or "là"."""
    words = [*_parts()["labels"], *(_parts()["shared_labels"] if shared else ())]
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)\s*((?:là\b|[:(=\-–])*)\s*")


@cache
def _hints() -> re.Pattern[str]:
    """Any of the words that a statement of units has at least one of, also inside other words."""
    parts = _parts()
    words = [*parts["labels"], *parts["shared_labels"], *parts["money"]]
    plain = {key(word) for word in words if len(word) > 1} | set(_scales()) - {"tr"}
    plain |= {word for word, unit in _words().items() if unit in money()}
    shorter = {word for word in plain if not any(o in word for o in plain if o != word)}
    return re.compile("|".join([*map(re.escape, sorted(shorter)), r"[\d.,\s]đ\b|₫|đ\.?\s?v"]))


def may_state(plain: str) -> bool:
    """Whether the key of a text may say anything of money, of large numbers or of units: a quick
    look that spares most texts a closer one."""
    return bool(_hints().search(plain))


@lru_cache(maxsize=4096)
def units_in(text: str) -> frozenset[str]:
    """The units that a text lists ("hộ, %", "ĐVT: triệu đồng"); empty unless every word of it is a
    unit.

    `other` stands for a unit that no column uses ("nghìn đồng", "1.000 đ", "nghìn người").
    """
    plain = key(text)
    if (stated := label(shared=False).match(plain)) and stated.end() < len(plain):
        plain = plain[stated.end() :]
    whole = _unit(plain or text.strip())
    if whole:
        return frozenset({whole})
    units = [_unit(word.strip()) for word in _APART.split(plain)]
    is_per = "/" in plain and units[0] in money()  # "triệu đồng/hộ" is one unit, and none of ours
    return frozenset() if None in units or is_per else frozenset(u for u in units if u)


def _unit(word: str) -> str | None:
    """The unit that one word names, or an amount of money, or a multiple of a unit."""
    return _words().get(spelt(word)) or _scaled(word)


def _scaled(word: str) -> str | None:
    """ "1.000 đ", "trăm nghìn đồng", "triệu VND": million_vnd where it comes to one million."""
    factor, rest = 1, word
    if number := _NUMBER.match(rest):
        power = (number[1] or number[2] or "").translate(_RAISED)
        factor = 10 ** int(power) if power else int(re.sub(r"\D", "", number[0]))
        rest = rest[number.end() :].strip(" .")
        if factor < 1000 or str(factor).strip("0") != "1":
            return None
    while (name := re.split(r"[\s.]", rest, maxsplit=1)[0]) in _scales():
        factor *= _scales()[name]
        rest = rest[len(name) :].strip(" .")
    is_money = rest in map(key, _parts()["money"])
    is_said = factor >= 1000 and not rest and word not in ("tr",)
    if not is_money and not is_said and not (factor > 1 and rest in _words()):
        return None
    return "million_vnd" if factor == _MILLION and (is_money or is_said) else OTHER


def fits(column_unit: str | None, stated: frozenset[str]) -> bool:
    """Whether a column of that unit may say so: a change in % is one in percentage points."""
    return stated <= {column_unit, *_ALSO.get(column_unit or "", ())}


@lru_cache(maxsize=4096)
def factor_of(unit: str | None, text: str) -> Decimal | None:
    """How many of a unit one of the unit is that a text names ("tỷ đồng": 1000 million VND); None
    where the text names that unit itself, or one that is not converted."""
    plain = spelt(text)
    factors = units_of_measure()[unit].factors if unit in units_of_measure() else ()
    return next((factor for word, factor in factors if spelt(word) == plain), None)


def word_for(unit: str | None) -> str:
    """The word that a unit is shown by: "hộ"; "" where it has none."""
    return units_of_measure()[unit].vi if unit in units_of_measure() else ""
