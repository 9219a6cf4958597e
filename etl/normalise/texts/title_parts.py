"""Of what parts a text of a title block is made: each word belongs to one, or is strange.

The parts are data (etl/forms/lists/title_parts.yaml): the form's own title, periods and days, other
documents, offices, units, words that say nothing else. What a `.*` of a title's pattern stands for
is of known parts like all the rest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from etl.catalogue.forms import Form
from etl.ground.text import key
from etl.normalise.texts.periods import time_words
from etl.normalise.texts.word_lists import TITLE_PARTS, whole

NAME = "¤"
ANY_YEAR = frozenset(range(1900, 2100))
_GONE = "\0"
_PLACES = re.compile(r"\s*(?:giai đoạn |năm )?\{year\}(?:-\{last_year\})?")
_YEARS = re.compile(r"(?:(?:giai đoạn|năm|cuối năm|từ năm) )?(?<!\d)((?:19|20)\d\d)(?!\d)")
_CHUNK = re.compile(r"[^\0¤,;()\s](?:[^\0¤,;()]*[^\0¤,;()\s])?")
_LETTER = re.compile(r"[^\W_]")


@lru_cache(maxsize=64)
def _fillers(form: Form) -> re.Pattern[str]:
    """Words that say nothing else than a form's title does, and the names of its tables."""
    words, kind = TITLE_PARTS["words"], "plan" if form.units_on == "start" else "report"
    listed = [*words["any"], *words[kind], *TITLE_PARTS["forms"].get(form.form, [])]
    listed += [re.escape(key(f"biểu: {table.title}")) for table in form.tables.values()]
    return re.compile(whole("|".join(sorted(listed, key=len, reverse=True))))


@lru_cache(maxsize=65536)
def timed(text: str) -> str:
    """The key of a text without what names years or a period that are not the figures': the years
    of the poverty standard, those of the programme or plan and what a report is to do next, each
    beside the year of the figures, or alone in its line."""
    plain = TITLE_PARTS.pattern("asides").sub(" ", key(text))
    for name, instead in (("programme", r"\1"), ("outlook", " ")):
        without = re.sub(TITLE_PARTS[name], instead, plain)
        if without != plain and (_YEARS.search(without) or not _LETTER.search(without)):
            plain = without
    if plan := re.search(TITLE_PARTS["plan"], plain):
        without = plan[1].join((plain[: plan.start()], plain[plan.end() :]))
        years = _YEARS.findall(without)
        plain = without if years and plan[2] <= min(years) and max(years) <= plan[3] else plain
    return plain


@lru_cache(maxsize=65536)
def strange_words(form: Form, text: str, years: frozenset[int]) -> tuple[str, ...]:
    """The words of a text that belong to no known part, each run of them once; names of units are
    `NAME` in it, and `years` are the filing's own."""
    return min((_left(form, own, years) for own in _without_title(form, text)), key=len)


def _left(form: Form, plain: str, years: frozenset[int]) -> tuple[str, ...]:
    for found in (
        TITLE_PARTS.pattern("asides"),
        re.compile(TITLE_PARTS["outlook"]),
        TITLE_PARTS.pattern("references"),
    ):
        plain = found.sub(_gone, plain)
    for found in time_words():
        plain = found.sub(_gone, plain)
    plain = _YEARS.sub(lambda m: _gone(m) if int(m[1]) in years else m[0], plain)
    for found in (TITLE_PARTS.pattern("offices"), _fillers(form)):
        plain = found.sub(_gone, plain)
    return tuple(words for words in _CHUNK.findall(plain) if _LETTER.search(words))


def _gone(match: re.Match[str]) -> str:
    return _GONE * len(match[0])


def _without_title(form: Form, text: str) -> list[str]:
    """The key of a text without the words of the form's title, by each pattern that it matches."""
    found = [text]
    for parts in _titles(form):
        at, left = 0, text
        for part in parts:
            if (start := text.find(part, at)) < 0:
                break
            at = start + len(part)
            left = left[:start] + _GONE * len(part) + left[at:]
        else:
            found.append(left)
    return found[1:] or found


@lru_cache(maxsize=64)
def _titles(form: Form) -> tuple[tuple[str, ...], ...]:
    """The words of the form's titles, between their `.*`."""
    patterns = (_PLACES.sub("", key(t)) for t in (*form.titles, *filter(None, [form.span])))
    return tuple(tuple(filter(None, map(str.strip, p.split(".*")))) for p in patterns)


@lru_cache(maxsize=4096)
def as_written(text: str, words: str) -> str:
    """Words of the key of a text as they stand in the text; as they are where they do not."""
    plain = unicodedata.normalize("NFC", text)
    found = re.search(r"[\W_]+".join(map(re.escape, re.findall(r"\w+", words))), plain, re.I)
    return found[0] if found else words
