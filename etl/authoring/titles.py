"""What the lines above a table say: its title as a pattern, the year, the unit of measure."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.authoring.words import pattern
from etl.ground.text import key
from etl.normalise.header.headings import years_of
from etl.normalise.texts.periods import periods_in, time_words
from etl.normalise.title.said import line_of
from etl.units.version import A_TYPE_IN_PROSE

_DOTS = re.compile(r"\bnăm\s*(?:20)?(?:[.…_]{2,}|…|(?=\)|$))")
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IN_YEAR = re.compile(r"(?:\bnăm )?\{year\}")
_UNIT = re.compile(
    rf"(?:\b(?:của|trên địa bàn|tại|ở) )?\b{A_TYPE_IN_PROSE}"
    r" (?!nghèo|năm|trên|đạt|và|được)[^\W\d_]\w*"
    r"(?: (?!năm|giai|tháng|quý|6|sáu)[^\W\d_]\w*){0,3}"
)
_GAPS = re.compile(r"\s*(?:\.\*\s*)+")


class Title(NamedTuple):
    """The title as printed with {year} for the year, as a pattern, its year (None: it has none)
    and its last one, the code of its period, and the unit that all figures are in ("")."""

    printed: str
    pattern: str
    year: int | None
    last: int | None
    period: str
    unit: str


def title_of(lines: list[str]) -> Title:
    """The title of a table, from the lines above it."""
    texts = [line for line in lines if not pattern("offices").match(key(line))]
    ranked = sorted(texts, key=_rank, reverse=True)
    printed = pattern("numbers").sub("", key(ranked[0]), count=1).strip() if ranked else ""
    years = [year for text in (*ranked[:1], *texts) for year in years_of(text)]
    is_said = bool(_YEAR.search(printed) or _DOTS.search(printed))
    span = _SPAN.search(" ".join(ranked[:1]))
    last = int(span[2]) if span else None
    printed = _SPAN.sub("{year}-{last_year}", printed) if span else _YEAR.sub("{year}", printed)
    printed = _DOTS.sub("năm {year}", printed)
    if not is_said:
        printed = f"{printed} năm {{year}}".strip()
    found = [code for text in texts[:6] for code, _words in periods_in(key(text))]
    stated = [said for line in lines if (said := line_of(line))]
    units = {unit for said in stated for unit in said.units}
    shown = re.sub(r"\s+", " ", _UNIT.sub("", printed)).strip()
    shown = re.sub(r",(?=[^\W\d])", ", ", shown)
    return Title(
        shown[:1].upper() + shown[1:], _as_pattern(printed), years[0] if years else None, last,
        found[0] if found else "Y", next(iter(units)) if len(units) == 1 else "",
    )  # fmt: skip


def without_times(printed: str) -> str:
    """A title without its period and year."""
    text = re.sub(r"(?:giai đoạn |năm )?\{year\}(?:-\{last_year\})?", " ", printed)
    for each in time_words():
        text = each.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" ,-–:")


def _rank(line: str) -> tuple[int, int]:
    """How much a line looks like a title."""
    plain = key(line)
    points = 3 * bool(years_of(line) or _DOTS.search(plain)) + (len(plain.split()) > 3)
    points += 2 * bool(pattern("titles").search(plain)) + line.isupper()
    return points, len(plain)


def _as_pattern(printed: str) -> str:
    """The title without what changes from one filing to the next: period, units, signs."""
    text = printed
    for each in time_words():
        text = each.sub(".*", text)
    text = _UNIT.sub(".*", text)
    text = re.sub(r"[^\w\s.*{},%-]", ".*", text)
    text = _GAPS.sub(".*", text).strip()
    while text.startswith(".*"):
        text = text[2:].strip()
    if "{year}" not in text:
        text += ".*năm {year}"
    end = [found.end() for found in _IN_YEAR.finditer(text)][-1]
    return text[: end + len("-{last_year}") * text[end:].startswith("-{last_year}")]
