"""Units of measure, as data: etl/forms/lists/units_of_measure.yaml says what each is, and the
province's own file of the same name adds some."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

from etl.ground.lists import list_words

Kind = Literal["count", "money", "share", "average", "any"]
OTHER = "other"  # a unit that no column is in
KINDS = frozenset(get_args(Kind))


class UnitOfMeasure(NamedTuple):
    """One unit.

    `vi` and `en` are how it is shown; `decimals` those of a figure of it, 0 where only whole
    numbers are; `words` how a sheet writes it, `listed` how a column of units does.
    """

    vi: str
    en: str
    decimals: int
    kind: Kind
    words: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether a sum of its figures means anything."""
        return self.kind in ("count", "money")


FIELDS = UnitOfMeasure._fields


@lru_cache(maxsize=1)
def units_of_measure() -> dict[str, UnitOfMeasure]:
    """All units by their codes, in the order of the list."""
    return {code: _unit(said) for code, said in list_words("units_of_measure").items()}


def _unit(said: dict[str, Any]) -> UnitOfMeasure:
    words, listed = said.get("words", ()), listed_words(said)
    return UnitOfMeasure(**{**said, "words": tuple(words), "listed": tuple(listed)})


def listed_words(said: dict[str, Any]) -> list[str]:
    """How a column of units writes a unit: its own words for it, else those of any sheet."""
    return list(said.get("listed", said.get("words", ())))


@lru_cache(maxsize=1)
def form_units() -> frozenset[str]:
    """The codes of the units that a column of a form may be in."""
    return frozenset(units_of_measure()) - {OTHER}


@lru_cache(maxsize=8)
def of_kind(*kinds: Kind) -> frozenset[str]:
    """The codes of the units of some kinds."""
    return frozenset(code for code, unit in units_of_measure().items() if unit.kind in kinds)


@lru_cache(maxsize=1)
def whole_units() -> frozenset[str]:
    """The codes of the units whose figures are whole numbers."""
    return frozenset(code for code, unit in units_of_measure().items() if not unit.decimals)
