"""The codes that a column may hold instead of words of its own: of indicators, of projects, of
sources of funds, which may be written by name too, and of agencies, which are written by name
(sql/seeds/agency.csv, agency_alias.csv)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl.catalogue.indicators import indicator_names
from etl.ground.lists import list_words
from etl.ground.seeds import seed
from etl.ground.text import key, suggest

WHOLE_PROGRAMME = "whole_programme"  # what a column of projects may say instead of one
_LEVELS = {"district": "huyện", "province": "tỉnh"}
_DASH = re.compile(r"\s*[-–—]\s*")
_OF_UNIT = re.compile(r"( (?:huyện|tỉnh)) .*")  # "… huyện Na Rì" is "… huyện"


@lru_cache(maxsize=8)
def listed(kind: str) -> tuple[tuple[str, ...], ...]:
    """What a column of these codes offers: a code with its name, or of an agency the name."""
    if kind == "agency":
        return tuple((row["name_vi"],) for row in seed("agency"))
    if kind == "project":
        return (*_names("project", "project_code").items(), (_whole()[0],))
    return tuple((_names("source", "source") if kind == "source" else indicator_names()).items())


def code_of(kind: str, text: str) -> str | None:
    """The code that a text is, or of an agency the one that it names; None for any other."""
    if kind == "agency":
        name = _name_key(text)
        return _agencies().get(name) or _agencies().get(_OF_UNIT.sub(r"\1", name))
    if kind == "project" and key(text) in map(key, _whole()):
        return WHOLE_PROGRAMME
    if kind == "source":
        return _sources().get(key(text))
    codes = indicator_names() if kind == "indicator" else _names("project", "project_code")
    return text if text in codes else None


def is_code(kind: str, code: str) -> bool:
    """Whether it is one of the known codes of agencies, indicators, projects or sources."""
    if kind == "agency":
        return code in _agencies().values()
    return code_of(kind, code) is not None


def nearest(kind: str, text: str) -> list[str]:
    """What may be meant instead, nearest first."""
    return suggest(text, sorted(first for first, *_rest in listed(kind)))


@lru_cache(maxsize=2)
def _names(table: str, code: str) -> dict[str, str]:
    return {row[code]: row["name_vi"] for row in seed(table)}


@cache
def _sources() -> dict[str, str]:
    """Codes by the keys of sources' codes and names."""
    named = _names("source", "source").items()
    return {key(word): code for code, name in named for word in (name, code)}


@cache
def _whole() -> tuple[str, ...]:
    return tuple(list_words("whole_programme")[WHOLE_PROGRAMME])


@cache
def _agencies() -> dict[str, str]:
    """Codes by the keys of names and of other names, with and without the word for the level."""
    named = {row["agency_code"]: row for row in seed("agency")}
    names = [(row["name_vi"], code) for code, row in named.items()]
    names += [(row["alias"], row["agency_code"]) for row in seed("agency_alias")]
    found = {_name_key(f"{name} {_LEVELS.get(named[code]['level'], '')}"): code
             for name, code in names}  # fmt: skip
    return found | {_name_key(name): code for name, code in names}


def _name_key(name: str) -> str:
    """The key of a name with each dash as a hyphen: "Lao động – TB&XH" is "lao động-tb&xh"."""
    return _DASH.sub("-", key(name))
