"""Units of measure, as data: etl/forms/lists/units_of_measure.yaml says what each is, and the
province's own file of the same name adds some."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from etl.ground.faults import unknown
from etl.ground.lists import list_words
from etl.ground.text import spelt

Kind = Literal["count", "money", "share", "average", "any"]
OTHER = "other"  # a unit that no column is in
_KINDS = frozenset(get_args(Kind))
_FACTOR = re.compile(r"[1-9]\d*|0\.0*[1-9]\d*|[1-9]\d*\.\d+")


class UnitOfMeasure(NamedTuple):
    """One unit.

    `vi` and `en` are how it is shown; `decimals` those of a figure of it, 0 where only whole
    numbers are; `words` how a sheet writes it, `listed` how a column of units does. `factors`:
    other units that a row or cell may be in, by the words for them: how many of this one each is.
    """

    vi: str
    en: str
    decimals: int
    kind: Kind
    words: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    factors: tuple[tuple[str, Decimal], ...] = ()


@cache
def units_of_measure() -> dict[str, UnitOfMeasure]:
    """All units by their codes, in the order of the list, but for those that are not in order."""
    listed = list_words("units_of_measure")
    return {code: _unit(said) for code, said in listed.items()
            if not unit_fault(said, is_known=False)}  # fmt: skip


def unit_fault(said: object, *, is_known: bool) -> str:
    """What is wrong with an entry of the list of units of measure, "" if nothing; one that is known
    gets further words."""
    fields = UnitOfMeasure._fields
    if not isinstance(said, dict):
        return "phải có các mục / must have entries: " + ", ".join(fields)
    if strange := set(said) - set(fields):
        return unknown("mục", "key", min(map(str, strange)), fields)
    lacking = [name for name in ("vi", "en", "decimals", "kind") if name not in said]
    if lacking and not is_known:
        return f"thiếu mục “{lacking[0]}” / “{lacking[0]}” is missing"
    if "kind" in said and str(said["kind"]) not in _KINDS:
        return unknown("loại", "kind", said["kind"], _KINDS)
    if "decimals" in said and (said["decimals"] is True or said["decimals"] not in range(7)):
        return "số chữ số thập phân từ 0 đến 6 / decimals are 0 to 6"
    for name in {"vi", "en"} & set(said):
        if not isinstance(said[name], str):
            return f"“{name}” phải là chữ / “{name}” must be words"
    for name in ("words", "listed"):
        words = said.get(name, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            return f"“{name}” phải là danh sách các từ / must be a list of words"
    factors = said.get("factors", {})
    if not isinstance(factors, dict) or not all(map(_FACTOR.fullmatch, map(str, factors.values()))):
        return "“factors” phải ghi từ và hệ số / must give words and their factors"
    return ""


def unit_words(said: object) -> set[str]:
    """The words, in one spelling, by which sheets name a unit that is in order."""
    if unit_fault(said, is_known=True) or not isinstance(said, dict):
        return set()
    words = (*said.get("words", ()), *([said["vi"]] if said.get("vi") else ()))
    return set(map(spelt, words))


def _unit(said: dict[str, Any]) -> UnitOfMeasure:
    words, listed = said.get("words", ()), listed_words(said)
    factors = tuple((word, Decimal(str(by))) for word, by in said.get("factors", {}).items())
    own = {"words": tuple(words), "listed": tuple(listed), "factors": factors}
    return UnitOfMeasure(**{**said, **own})


def listed_words(said: dict[str, Any]) -> list[str]:
    """How a column of units writes a unit: its own words for it, else those of any sheet."""
    return list(said.get("listed", said.get("words", ())))


@cache
def form_units() -> frozenset[str]:
    """The codes of the units that a column of a form may be in."""
    return frozenset(units_of_measure()) - {OTHER}


@lru_cache(maxsize=8)
def of_kind(*kinds: Kind) -> frozenset[str]:
    """The codes of the units of some kinds."""
    return frozenset(code for code, unit in units_of_measure().items() if unit.kind in kinds)


@cache
def whole_units() -> frozenset[str]:
    """The codes of the units whose figures are whole numbers."""
    return frozenset(code for code, unit in units_of_measure().items() if not unit.decimals)
