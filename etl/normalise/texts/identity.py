"""For which year and period it was filed: read from the title block above the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from etl.catalogue.forms import Form
from etl.catalogue.periods import periods, since_start
from etl.ground.records import Finding
from etl.ground.text import has_words, key
from etl.normalise.texts.periods import is_own, period_params, periods_in, untils_in
from etl.normalise.texts.title_parts import ANY_YEAR, NAME, as_written, strange_words, timed
from etl.normalise.texts.word_lists import TITLE_PARTS
from etl.units.index import Unit
from etl.units.version import A_TYPE_IN_PROSE

_YEAR_PLACE = re.compile(r"\s*(?:giai đoạn |năm )?\{year\}(?:-\{last_year\})?")
_YEAR_LINE = re.compile(r"^(?:\(|6 tháng|sáu tháng|cả năm|năm|giai đoạn)")
# behind a stroke a number of a document, but in "6T/2025", "6 tháng/2025"
_YEAR = re.compile(r"(?:(?<![\d/.])|(?<=\dt/)|(?<=tháng/))(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(
    r"(?<![\d/.])((?:19|20)\d\d)\s*(?:[-–—]|đến)\s*(?:hết )?(?:năm )?((?:19|20)\d\d)(?!\d)"
)
# of a signature: "ngày 5 tháng 6 năm 2025", "Na Rì, tháng 6 năm 2025"; a title may name a month
_DATED = re.compile(r"(?:^|,\s*|\bngày\b[^,;]{0,12})\btháng\s+\d{1,2}\s+năm\s+\d{4}")
_UNIT = re.compile(
    rf"\b{A_TYPE_IN_PROSE}"
    r" [^\W\d_]\w*(?: [^\W\d_]\w*){0,4}?"
    r"(?=[,;()]| (?:năm|tỉnh|huyện|[-–]) |$)"
)
_LONGEST, _YEARS = 300, range(2000, 2100)
_ASKS = re.compile(r"\bnăm(?: báo cáo)?\W*$")


class IdentityError(Exception):
    """What the title block does not say, as the finding's rule and params."""

    def __init__(self, rule: str, named: Iterable[Unit] = (), /, **params: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.named = " ".join(sorted(unit.code for unit in named))  # units that may have filed it
        self.params = tuple(params.items())

    def finding(self, filing_id: int, sheet: str) -> Finding:
        """The finding for this filing."""
        return Finding(filing_id, self.rule, sheet, seen=dict(self.params).get("seen", ""),
                       params=self.params,
                       about=(("named", self.named),) if self.named else ())  # fmt: skip


def title_lines(rows: Iterable[Iterable[object]]) -> list[str]:
    """All texts of the title block, in reading order; a year may be typed as a number behind "năm":
    other numbers are codes of units, or figures."""
    said: list[str] = []
    for cell in (cell for row in rows for cell in row if cell):
        if type(cell) is str and cell.strip():
            said.append(cell)
        elif type(cell) is float and cell in _YEARS and said and _ASKS.search(key(said[-1])):
            said.append(f"{cell:g}")
    return said


@lru_cache(maxsize=64)
def _title_patterns(form: Form) -> tuple[re.Pattern[str], ...]:
    """The titles, whose year may be forgotten: that is said, not taken for another form."""
    year = r"(?:\s*(?:giai đoạn\s*)?(?:năm\s*)?(?:19|20)\d\d)?"
    titles = (*form.titles, *filter(None, [form.span]))
    patterns = (_YEAR_PLACE.sub(lambda _found: year, key(title)) for title in titles)
    return tuple(map(re.compile, patterns))


@lru_cache(maxsize=65536)
def _is_title(form: Form, line: str) -> bool:
    return any(p.search(key(line)) for p in _title_patterns(form))


def titles(form: Form, lines: list[str]) -> list[str]:
    """The lines with the form's title, each with the lines below if only those name the year; where
    none is a title, two or three lines that are one together. Empty where a line says `unless`, or
    none what the form `needs`, what it cites apart."""
    if _says(form.unless, lines) or (form.needs and not _says(form.needs, map(uncited, lines))):
        return []
    found = [_with_year(form, lines[n:]) for n, line in enumerate(lines) if _is_title(form, line)]
    return found or list(_broken_titles(form, lines))


def uncited(line: str) -> str:
    """The key of a line without what it cites: "(Kèm theo Quyết định …)"."""
    return TITLE_PARTS.pattern("citations").sub(" ", key(line))


def _says(patterns: tuple[str, ...], said: Iterable[str]) -> bool:
    lines = [*said]
    return any(re.search(key(pattern), key(line)) for pattern in patterns for line in lines)


def _with_year(form: Form, lines: list[str]) -> str:
    """A title, the first of the lines, with those below it up to the one that names the year."""
    for count in (1, 2, 3):
        if count > len(lines) or (count > 1 and not _goes_on(form, lines[count - 1])):
            break
        if years_in(" ".join(lines[:count])):
            return " ".join(lines[:count])
    return lines[0]


@lru_cache(maxsize=65536)
def _goes_on(form: Form, line: str) -> bool:
    """Whether a line may be the rest of a title: it names a year, or is of known words only; what
    another document is called is none."""
    plain = _UNIT.sub(NAME, key(line))
    rest = TITLE_PARTS.pattern("references").sub(" ", plain).strip()
    named = years_in(rest)
    if rest != plain and not named:
        return False
    is_known = bool(named) or not strange_words(form, rest, ANY_YEAR)
    return bool(_YEAR_LINE.match(rest)) or (":" not in rest and is_known)


def _broken_titles(form: Form, lines: list[str]) -> Iterator[str]:
    """Titles that are broken within their words, with the year on their last line."""
    together = key(" ".join(lines))
    if not any(pattern.search(together) for pattern in _title_patterns(form)):
        return
    for count in (2, 3):
        for n in range(len(lines) - count + 1):
            first, last = " ".join(lines[n : n + count - 1]), " ".join(lines[n + 1 : n + count])
            whole = f"{lines[n]} {last}"
            is_whole = len(whole) < _LONGEST and not years_in(first) and _is_title(form, whole)
            if is_whole and not _is_title(form, first) and not _is_title(form, last):
                yield _with_year(form, [whole, *lines[n + count :]])


@lru_cache(maxsize=65536)
def years_in(text: str) -> frozenset[int]:
    """All years that a text names; the date of a signature is none ("ngày 1 tháng 3 năm 2025"),
    nor is the number of a document ("29/2025")."""
    return frozenset(int(year) for year in _YEAR.findall(_DATED.sub(" ", key(text))))


def titled_years(titles: list[str]) -> set[int]:
    """All years that the titles name as those of the figures."""
    return {year for title in titles for year in years_in(timed(title))}


def find_years(form: Form, titles: list[str], header_years: frozenset[int]) -> range:
    """Reporting year of the titles, or the years first to last where the form may span several;
    the header's years must not contradict them.

    Raises IdentityError: year-missing, years-differ, year-outside, period-not-on-form.
    """
    named = titled_years(titles)
    if not named:
        _own_period(form, titles)
        raise IdentityError("year-missing", wanted=form.titles[0].replace("{year}", "…"))
    years = range(min(named), max(named) + 1)
    is_one_time = len(named) == 1 or (form.span and all(_spans(t, years) for t in titles))
    if not is_one_time or not header_years <= set(years):
        seen = ", ".join(str(y) for y in sorted(named | header_years))
        raise IdentityError("years-differ", seen=seen)
    for year in (years[0], years[-1]):
        if year not in form.years:
            limits = {"first": str(form.valid.from_), "last": str(form.valid.to)}
            raise IdentityError("year-outside", seen=str(year), year=str(year), **limits)
    return years


def _spans(title: str, years: range) -> bool:
    """Whether a title names no other years than "2021 - 2025" or "2021 đến năm 2025"."""
    spans = {(int(first), int(last)) for first, last in _SPAN.findall(timed(title))}
    return spans == {(years[0], years[-1])} and len(years_in(timed(title))) == 2


def span(years: range) -> str:
    """Years in words: "2025", "2021-2025"."""
    return "-".join(str(year) for year in dict.fromkeys((years[0], years[-1])))


def find_period(form: Form, titles: list[str]) -> str:
    """Period code of the titles; one that names only its year is about all of it, and a form with
    one period needs no words for it.

    Raises IdentityError: period-missing, period-not-on-form.
    """
    if len(form.periods) == 1:
        return next(iter(form.periods))
    found = _own_period(form, titles) | {p for p, _words in _by_words(form, titles)}
    if not found and "Y" in form.periods:
        return "Y"
    # "tháng 3 và 3 tháng đầu năm": the month, and what is counted since 1 January
    found -= {since_start(code) for code in found if since_start(code) != code}
    if len(found) != 1:
        named = period_params(form, next(iter(form.periods)))
        raise IdentityError("period-missing", seen="; ".join(titles[:1]), **named)
    return next(iter(found))


def _by_words(form: Form, titles: list[str]) -> Iterator[tuple[str, str]]:
    """The form's periods by words of its own that stand in titles."""
    said = [timed(title) for title in titles]
    for period, words in form.periods.items():
        own = map(key, words)
        yield from ((period, word) for word in own if any(has_words(s, word) for s in said))


def _own_period(form: Form, titles: list[str]) -> set[str]:
    """The form's periods that titles name.

    Raises IdentityError: period-not-on-form.
    """
    said = [(title, *each) for title in titles for each in periods_in(timed(title))]
    named = {code for _title, code, _words in said} & set(form.periods)
    own = " ".join(words for _period, words in _by_words(form, titles))
    for title, code, words in said:
        if not (code in form.periods or words in own or any(is_own(code, p) for p in named)):
            raise _not_on_form(form, title, words)
    ends = {periods()[code].last for code in form.periods}
    for title in titles:
        for until in untils_in(timed(title)):
            if len(form.periods) > 1 and until.month not in ends:
                raise _not_on_form(form, title, until.words)
    return named


def _not_on_form(form: Form, title: str, words: str) -> IdentityError:
    named = period_params(form, *form.periods)
    return IdentityError("period-not-on-form", seen=title, words=as_written(title, words), **named)
