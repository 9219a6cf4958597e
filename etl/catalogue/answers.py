"""The words of cells that are answered yes or no: a column's own, or lists/yes_no.yaml."""

from __future__ import annotations

from functools import lru_cache

from etl.catalogue.forms import Column
from etl.ground.config import FORMS_DIR
from etl.ground.text import key
from etl.ground.yaml_file import read_yaml

_VALUES = {"yes": "1", "no": "0"}
Words = dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _listed() -> Words:
    return dict(read_yaml(FORMS_DIR / "lists" / "yes_no.yaml"))


def answers(column: Column) -> Words:
    """The words for `yes` and for `no`, as they are written."""
    return column.values or _listed()


def answer(column: Column, text: str) -> str | None:
    """1 or 0 by the words of a cell; None for other words."""
    plain = key(text) or text
    for code, words in answers(column).items():
        if any(plain == (key(word) or word) for word in words):
            return _VALUES[code]
    return None
