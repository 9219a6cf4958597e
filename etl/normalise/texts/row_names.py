"""Names of rows in other ordinary words than the lists have: looked at only where the listed ones
say nothing. What is left of a name must be a listed name itself; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from etl.ground.lists import list_words
from etl.ground.text import key
from etl.normalise.texts.cells import without_ordinal
from etl.units.index import Unit

_COUNTING = re.compile(r"^(?:tổng số|số|tổng) ")
_APART = re.compile(r"[,;()/]|\s[-–]\s")
_CODE = re.compile(r"(?:mã(?: số| đơn vị| xã)?)?[:\s]*(\d{5})")
_SHORT = re.compile(r"\b(t?da)\s?(\d)\b")
_LONG = {"da": "dự án", "tda": "tiểu dự án"}
_NUMBER_OF = re.compile(r"\b(dự án)(?: thành phần)?(?: số| thứ)? (\d)\b")
_MARKS = re.compile(r"[\s:;,.()/–+-]+")
_PART_FIRST = re.compile(r"(tiểu dự án \d) (?:(?:của|thuộc) )?(dự án \d)\b")
_PROJECT = re.compile(r"^dự án \d ")
_NUMBERS = re.compile(r"^(?:dự án \d )?(?:tiểu dự án \d )?")


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], frozenset[str]]:
    """The offices of units, as a pattern over the beginning of a key, and words beside names."""
    listed = list_words("unit_words")
    before = sorted(map(key, listed["before"]), key=len, reverse=True)
    offices = re.compile(rf"^(?:{'|'.join(map(re.escape, before))})[\s:,–-]+")
    return offices, frozenset(key(word) for word in listed["beside"])


def units_spelled(
    label: str, named: Callable[[str], list[Unit]], lies_in: Callable[[Unit, str], bool]
) -> list[Unit]:
    """The units of "UBND xã Kim Hỷ", "Xã Kim Hỷ, huyện Na Rì", "Kim Hỷ (xã)", "02152 - Kim Hỷ":
    all that stands beside the name must be true of the unit. `lies_in`: whether a text names a
    unit that another lies in."""
    offices, known = _words()
    pieces = _APART.split(without_ordinal(key(label)))
    texts = [text for piece in pieces if (text := key(offices.sub("", piece.strip())))]
    for name in texts[:2]:
        beside = [text for text in texts if text is not name and text not in known]
        found = [u for u in named(name) if all(_is_true(u, text, lies_in) for text in beside)]
        if found:
            return found
    return []


def _is_true(unit: Unit, text: str, lies_in: Callable[[Unit, str], bool]) -> bool:
    code = _CODE.fullmatch(text)
    return code[1] == unit.code if code else text == unit.unit_type or lies_in(unit, text)


@lru_cache(maxsize=4096)
def _plain(label_key: str) -> str:
    """A project's name with its numbers in one spelling: "TDA1 thuộc DA 3: Hỗ trợ …" is "dự án 3
    tiểu dự án 1 hỗ trợ …"."""
    text = _SHORT.sub(lambda found: f"{_LONG[found[1]]} {found[2]}", without_ordinal(label_key))
    text = _NUMBER_OF.sub(r"\1 \2", _MARKS.sub(" ", text)).strip()
    return _PART_FIRST.sub(r"\2 \1", text)


def item_spelled(
    label_key: str, items: Mapping[str, str], heading: str = "", own: Iterable[str] = ()
) -> str | None:
    """The item that a label names, which stands below the heading of a block (`heading`: its key,
    "" without one; `own`: its items): "Tiểu dự án 1: …" is that of the heading's project, and a
    name without its number the one item of that name. `items`: by the keys of their labels."""
    plain, inside = _plain(label_key), set(own)
    said = {_plain(known): item for known, item in items.items()}
    if found := said.get(plain):
        return found
    if heading and (found := said.get(f"{_plain(heading)} {plain}")) in inside:
        return found
    if _NUMBERS.fullmatch(f"{plain} "):
        return None
    # a project's name without its project's number, and without any
    named = {item for known, item in said.items()
             if plain in (_PROJECT.sub("", known), _NUMBERS.sub("", known))}  # fmt: skip
    return named.pop() if len(named) == 1 and (not heading or named <= inside) else None


def uncounted(plain: str) -> str:
    """A name without the words for counting before it: "số hộ nghèo" is "hộ nghèo"."""
    return _COUNTING.sub("", plain)
