"""The numbers that Word puts before paragraphs by itself (ECMA-376 part 1, 17.9): no text holds
them, and the column of row numbers is often made of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from etl.read.docx.xml import child, children, value

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9


class _Level(NamedTuple):
    start: int
    style: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    counted: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The lists of a numbering part; none where there is no such part."""
        found = cls()
        for each in children(root, "abstractNum"):
            own = {int(value(level, default="0", name="ilvl")): _level(level)
                   for level in children(each, "lvl")}  # fmt: skip
            found.levels[value(each, name="abstractNumId")] = own
        for each in children(root, "num"):
            abstract = value(child(each, "abstractNumId"))
            starts = {}
            for override in children(each, "lvlOverride"):
                start = child(override, "startOverride")
                if start is not None:
                    level = int(value(override, default="0", name="ilvl"))
                    starts[level] = int(value(start, default="1"))
            found.lists[value(each, name="numId")] = (abstract, starts)
        return found

    def next(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list at a level: "1.", "b)", "-"; "" for none."""
        if number not in self.lists:
            return ""
        abstract, starts = self.lists[number]
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counted.setdefault(abstract, [None] * _LEVELS)
        if number not in self.begun:
            self.begun.add(number)
            for at, start in starts.items():
                counts[at] = start - 1
        for at in range(level + 1):
            if counts[at] is None:
                start = levels[at].start if at in levels else 1
                counts[at] = start - 1 if at == level else start
        counts[level] = (counts[level] or 0) + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        own = levels[level]
        if own.style == "bullet":
            return "-"
        text = own.text
        for at in range(level + 1):
            style = levels[at].style if at in levels else "decimal"
            text = text.replace(f"%{at + 1}", _written(counts[at] or 0, style))
        return text.strip()


def _level(level: Element) -> _Level:
    start, style = value(child(level, "start"), "1"), value(child(level, "numFmt"), "decimal")
    return _Level(int(start), style, value(child(level, "lvlText")))


def _written(number: int, style: str) -> str:
    if style in ("upperRoman", "lowerRoman"):
        letters = ""
        for size, sign in _ROMAN:
            letters += sign * (number // size)
            number %= size
        return letters.upper() if style == "upperRoman" else letters
    if style in ("upperLetter", "lowerLetter") and number > 0:
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style == "none":
        return ""
    return f"{number:02d}" if style == "decimalZero" else str(number)
