"""What is wrong with the data files of the house (forms, lists, rules, seeds), said so that whoever
keeps them can mend it: file, line, what is wrong, the nearest known word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from etl.ground.text import suggest
from etl.ground.yaml_file import words_beside

_FEW = 10


class Fault(NamedTuple):
    """One thing wrong with a data file of the house, in Vietnamese and English."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


def unknown(vi: str, en: str, word: object, known: Iterable[str]) -> str:
    """Words for a name that is not known, with the nearest one that is, or all of a few; and with
    the letter that only looks like one of ours."""
    listed = sorted(known)
    near = suggest(str(word), listed, limit=1)
    hint = (f"; gần nhất: “{near[0]}”", f"; nearest: “{near[0]}”") if near else ("", "")
    if not near and 0 < len(listed) <= _FEW:
        every = ", ".join(listed)
        hint = f"; có: {every}", f"; there are: {every}"
    odd = next((c for c in str(word) if not c.isascii() and _is_odd(c)), "")
    if odd:
        name = unicodedata.name(odd, f"U+{ord(odd):04X}")
        hint = f"{hint[0]} (có ký tự lạ: {name})", f"{hint[1]} (with the strange letter {name})"
    return f"không có {vi} “{word}”{hint[0]} / no {en} “{word}”{hint[1]}"


def _is_odd(letter: str) -> bool:
    """Whether it is invisible or of another alphabet."""
    said = unicodedata.name(letter, "")
    return unicodedata.category(letter)[0] in "CZ" or (
        letter.isalpha() and not said.startswith(("LATIN", "COMBINING"))
    )


def wrong_type(error: Any) -> str:
    """What pydantic says of a value, in words for the file's author."""
    kind, seen = error["type"], f"({error['input']!r:.60})"
    limit = error.get("ctx", {})
    if kind == "missing":
        return "thiếu mục này / it is missing"
    if kind == "extra_forbidden":
        return "không có mục này / there is no such key"
    if kind == "string_pattern_mismatch":
        return f"không đúng dạng / is not of the pattern {limit['pattern']} {seen}"
    if kind == "string_too_short":
        return "còn trống / it is empty"
    if kind == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if kind in ("greater_than_equal", "less_than_equal"):
        least = limit.get("ge", limit.get("le"))
        vi, en = ("từ", "at least") if "ge" in limit else ("đến", "at most")
        return f"số phải {vi} {least} / must be {en} {least} {seen}"
    for start, needed in words_beside(__file__)["types"].items():
        if kind.startswith(start):
            return f"không đúng kiểu: {needed['vi']} / wrong type: {needed['en']} {seen}"
    return f"không đúng / wrong: {error['msg']} {seen}"


def departure(error: Any) -> str:
    """The same, behind the name of the entry."""
    place = ".".join(map(str, error["loc"]))
    return f"{place}: {wrong_type(error)}" if place else wrong_type(error)
