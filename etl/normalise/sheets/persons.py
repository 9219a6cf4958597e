"""Lists of persons, which are refused at the door: khoxa never needs a name or an identity number.

They are known by any usual header, on any sheet, and without one by a column of identity numbers or
of Vietnamese personal names. A signature, a telephone number or an amount is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from etl.ground.addresses import address
from etl.ground.records import Finding, Sheet
from etl.ground.text import key, without_accents
from etl.normalise.texts.long_cells import long_cells
from etl.normalise.texts.word_lists import PERSON_WORDS
from etl.units.index import load_units

SEVERAL = 3  # different numbers or names in one column are a list
_LONGEST = 60
_MOST_TEXTS = 1 << 16
_BEYOND = 97e9  # identity numbers as number cells
_SIGNS = re.compile(r"[^\w]+|_|(?<!\w)v[aà](?!\w)")
_TWELVE = re.compile(r"^\d{3}[\s.\-]?\d{3}[\s.\-]?\d{3}[\s.\-]?\d{3}$")
_NINE = re.compile(r"^\d{9}$")
_ORDINALS = frozenset({"stt", "tt", "số tt", "số thứ tự"})
_DIGITS = re.compile(r"^[\d\s.,\-]+$")
_BEFORE_NAME = re.compile(r"^\s*(?:\d{1,3}[.)]\s*)?(?:(?:Ông|Bà|Anh|Chị|ÔNG|BÀ)\s+)?")
_NAME_WORD = re.compile(r"^[^\W\d_]+['’]?[^\W\d_]*$")
_WORDS_OF_SIGNING = frozenset({"họ tên", "họ", "tên", "họ đệm", "họ tên đệm", "ông bà"})
_PARTS = frozenset(
    {"họ", "đệm", "tên", "tên đệm", "họ đệm", "ho", "dem", "ten", "ten dem", "ho dem"}
)
_NUMBER, _BESIDE, _NAME, _PERSON, _IDENTITY = "number", "beside", "name", "person", "identity"


class _At(NamedTuple):
    row: int
    place: int
    text: str


def persons_listed(filing_id: int, sheets: list[Sheet]) -> Finding | None:
    """The finding personal-data on the first list of persons in these sheets; None: there is none.

    A clean sheet costs one look at each of its different texts, which is remembered.
    """
    for sheet in sheets:
        kinds: dict[object, str] = {}
        for cell in long_cells(sheet) - _harmless():
            if type(cell) is float:
                kinds[cell] = _kind_of_number(cell)
            elif type(cell) is str and (len(cell) > 8 or not cell[:1].isdecimal()):
                kinds[cell] = _kind(cell)
        kinds = {cell: kind for cell, kind in kinds.items() if kind}
        if kinds and (found := _list_in(sheet, kinds)):
            at, params = address(found.row, found.place), (("header", found.text),)
            return Finding(filing_id, "personal-data", sheet.name, at, found.text, params=params)
    return None


@lru_cache(maxsize=32)
def _set(name: str, bare: bool = False) -> frozenset[str]:
    """The words of a list, `bare`: without accents."""
    words = PERSON_WORDS[name]
    listed = words.split() if isinstance(words, str) else map(_plain, words)
    return frozenset(map(without_accents, listed) if bare else listed)


def _plain(text: str) -> str:
    """The key of a header without signs and without "và": "họ tên chủ hộ"."""
    return " ".join(_SIGNS.sub(" ", key(text)).split())


@lru_cache(maxsize=2)
def _number_header(bare: bool) -> re.Pattern[str]:
    """Headers of identity numbers: "Số căn cước công dân của chủ hộ"."""
    lists = ("before_number", "numbers", "after_number")
    before, numbers, after = (_any_of(name, bare) for name in lists)
    one = f"(?:(?:{before}) )*(?:{numbers})"
    return re.compile(f"{one}(?: (?:hoặc )?{one})*(?: (?:{after}))*")


@lru_cache(maxsize=2)
def _name_header(bare: bool) -> re.Pattern[str]:
    names, beginnings = _any_of("names", bare), _any_of("name_beginnings", bare)
    return re.compile(f"(?:{names})|(?:{beginnings}) .*")


def _any_of(name: str, bare: bool) -> str:
    return "|".join(sorted(_set(name, bare), key=len, reverse=True))


@lru_cache(maxsize=1)
def _harmless() -> set[object]:
    """Texts that were looked at, and are nothing in a list of persons, as the labels of a form."""
    return set()


def _kind(text: str) -> str:
    """What a text may be of a list of persons; "" for nearly all."""
    kind = _looked_at(text)
    if not kind and len(_harmless()) < _MOST_TEXTS:
        _harmless().add(text)
    return kind


def _looked_at(text: str) -> str:
    if len(text) >= _LONGEST or not text:
        return ""
    if text[0].isdecimal() and _DIGITS.match(text):
        return _IDENTITY if _TWELVE.match(text.strip()) or _NINE.match(text.strip()) else ""
    plain, bare = _plain(text), text.isascii()
    if _number_header(bare).fullmatch(plain):
        return _NUMBER
    if _name_header(bare).fullmatch(plain):
        return _NAME
    if plain in _set("beside", bare):
        return _BESIDE
    return _PERSON if _is_person(_BEFORE_NAME.sub("", text), bare) else ""


def _is_person(text: str, bare: bool) -> bool:
    """Whether a text is a Vietnamese personal name: a family name and one to four more words, all
    with capitals, and no unit's name. `bare`: it has no accents."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(map(_NAME_WORD.match, words)):
        return False
    plain = key(text)
    is_name = all(word[0].isupper() for word in words) and plain.split()[0] in _set(
        "surnames", bare
    )
    return is_name and plain not in _unit_names(bare)


@lru_cache(maxsize=2)
def _unit_names(bare: bool) -> frozenset[str]:
    names = (key(unit.name) for unit in load_units().units)
    return frozenset(map(without_accents, names) if bare else names)


def _kind_of_number(cell: float) -> str:
    """Whether a number may be one of twelve digits that lost the zeros before it: province 001 to
    096, sex and century 0 to 3 (NĐ 137/2015). No round one: that is an amount of money."""
    if cell >= _BEYOND or cell % 1000 == 0 or cell % 1:
        return ""
    return _IDENTITY if f"{cell:012.0f}"[3] in "0123" else ""


def _list_in(sheet: Sheet, kinds: dict[object, str]) -> _At | None:
    """The header or the first cell of a list of persons."""
    found: dict[str, list[_At]] = {}
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            if kind := kinds.get(cell):
                found.setdefault(kind, []).append(_At(r, c, str(cell)))
    if _NUMBER in found:
        return found[_NUMBER][0]
    heads = found.get(_NAME, []) + found.get(_BESIDE, [])
    for at in found.get(_NAME, []):
        if _heads_a_list(sheet, at, heads):
            return at
    return next(_columns(sheet, found), None)


def _heads_a_list(sheet: Sheet, at: _At, heads: list[_At]) -> bool:
    """Whether a list goes on below "Họ và tên": its row numbers the persons or asks more of them,
    or several names stand below it. Where somebody signs, one name does."""
    near = [each for each in heads if abs(each.row - at.row) <= 1 and each.place != at.place]
    asks_more = any(_kind(each.text) == _BESIDE for each in near)
    numbered = any(
        type(cell) is str and key(cell) in _ORDINALS
        for row in sheet.rows[max(at.row - 1, 0) : at.row + 2]
        for cell in row
    )
    below = [row[at.place] for row in sheet.rows[at.row + 1 : at.row + 30]]
    texts = {cell for cell in below if type(cell) is str and cell.strip()}
    named = sum(_kind(str(text)) == _PERSON for text in texts)
    plain = _plain(at.text)
    if plain in _PARTS:  # names in several columns, or "Tên" of anything
        in_parts = any(_plain(each.text) in _PARTS - {plain} for each in near)
        return named >= SEVERAL or (in_parts and bool(texts))
    is_of_persons = plain not in _WORDS_OF_SIGNING or asks_more or numbered
    return named >= SEVERAL or (bool(texts) and is_of_persons)


def _columns(sheet: Sheet, found: dict[str, list[_At]]) -> Iterator[_At]:
    """Columns that hold several identity numbers, or several names of persons and little else."""
    for kind in (_IDENTITY, _PERSON):
        by_place: dict[int, list[_At]] = {}
        for at in found.get(kind, []):
            by_place.setdefault(at.place, []).append(at)
        for place, listed in by_place.items():
            several = {at.text for at in listed if kind == _IDENTITY or len(at.text.split()) > 2}
            if len(several) < SEVERAL or _is_official(sheet, place, listed[0]):
                continue
            if kind == _IDENTITY or _mostly(sheet, place, listed):
                yield listed[0]._replace(text=_head_of(sheet, place, listed[0].row))


def _mostly(sheet: Sheet, place: int, listed: list[_At]) -> bool:
    """Whether names of persons are most of the words among the rows where they stand."""
    rows = sheet.rows[listed[0].row : listed[-1].row + 1]
    texts = [row[place] for row in rows if type(row[place]) is str and str(row[place]).strip()]
    return len(listed) * 10 >= len(texts) * 7


def _is_official(sheet: Sheet, place: int, first: _At) -> bool:
    """Whether the column's header names officials, telephones or accounts."""
    above = (row[place] for row in sheet.rows[max(first.row - 5, 0) : first.row])
    heads = (_plain(cell) for cell in above if type(cell) is str)
    return any(
        head == word or head.startswith(f"{word} ") or head.endswith(f" {word}")
        for head in heads for word in _set("official")
    )  # fmt: skip


def _head_of(sheet: Sheet, place: int, row: int) -> str:
    """The nearest text above a cell in its column, else "": what the finding may quote. The cell
    itself is not quoted: findings are kept, and lists of persons are not."""
    above = (r[place] for r in sheet.rows[max(row - 5, 0) : row][::-1])
    return next((str(t).strip() for t in above if type(t) is str and t.strip()), "")
