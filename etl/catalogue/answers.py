"""The words of cells that are answered yes or no: a column's own, or lists/yes_no.yaml."""

from __future__ import annotations

from functools import cache

from etl.catalogue.forms import Column
from etl.ground.config import FORMS_DIR
from etl.ground.lists import list_words
from etl.ground.text import spelt
from etl.ground.yaml_file import read_yaml

_VALUES = {"yes": "1", "no": "0"}
Words = dict[str, tuple[str, ...]]


@cache
def _listed() -> Words:
    """What ships and, behind it, what a province adds, but for words that mean the other."""
    shipped = read_yaml(FORMS_DIR / "lists" / "yes_no.yaml")
    listed = {code: tuple(list_words("yes_no").get(code, ())) for code in _VALUES}
    amiss = set(contradictions(listed))
    return {code: tuple(w for w in words if w in shipped[code] or spelt(w) not in amiss)
            for code, words in listed.items()}  # fmt: skip


def contradictions(listed: Words) -> list[str]:
    """The words that are both a yes and a no, in one spelling."""
    said = [{spelt(word) for word in listed.get(code, ())} for code in _VALUES]
    return sorted(set.intersection(*said))


def answers(column: Column) -> Words:
    """The words for `yes` and for `no`, as they are written."""
    return column.values or _listed()


def answer(column: Column, text: str) -> str | None:
    """1 or 0 by the words of a cell; None for other words."""
    plain = spelt(text)
    for code, words in answers(column).items():
        if any(plain == spelt(word) for word in words):
            return _VALUES[code]
    return None
