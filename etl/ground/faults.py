"""What is wrong with the data files of the house (forms, lists, rules, seeds), said so that whoever
keeps them can mend it: file, line, what is wrong, the nearest known word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from etl.ground.text import suggest


class Fault(NamedTuple):
    """One thing wrong with a data file of the house, in Vietnamese and English."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


def unknown(vi: str, en: str, word: object, known: Iterable[str]) -> str:
    """Words for a name that is not known, with the nearest one that is."""
    near = suggest(str(word), sorted(known), limit=1)
    hint = (f"; gần nhất: “{near[0]}”", f"; nearest: “{near[0]}”") if near else ("", "")
    return f"không có {vi} “{word}”{hint[0]} / no {en} “{word}”{hint[1]}"
