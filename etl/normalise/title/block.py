"""Every word of a title block belongs to a known part, or the filing stops naming the words.

The title and what stands between it and the header: every word. Above the title stand offices and
stamps: words there, and at the head and foot of the printed page, stop a filing where they narrow
its figures or name a body that is no unit. The line that names the filer names nothing else: a
village's or a school's report is not its commune's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from etl.catalogue.forms import Form
from etl.catalogue.measures import label, units_in
from etl.ground.records import Finding, Recognised
from etl.ground.text import key
from etl.normalise.header.faults import Found
from etl.normalise.texts.filer import REPORTER, may_name, names_in
from etl.normalise.texts.identity import span, years_in
from etl.normalise.texts.title_parts import ANY_YEAR, NAME, as_written, strange_words
from etl.normalise.texts.word_lists import TITLE_PARTS
from etl.normalise.title.said import line_by_key, line_of
from etl.normalise.title.words import own_words, said_in
from etl.units.index import load_units
from etl.units.version import Unit, split_type

_YEARS = re.compile(r"(?:(?:giai đoạn|cuối năm|năm) )?20\d\d(?: ?[-–—] ?20\d\d)?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LEVELS = ("commune", "district", "province")
# the last months of a year, in which what is asked of the next is written, and its end
_END = re.compile(r"\b1[0-2]\D{1,5}20\d\d\b|\b(?:cuối|đến|hết|ban hành)\b")
_MOST_LINES = 4  # that a title may be broken over


def word_faults(
    filing_id: int, found: list[Found], filer: Unit, filed: Recognised
) -> Iterator[Finding]:
    """The findings on the title blocks of a form's tables, filed for these years and by this
    unit."""
    years = range(filed.year, filed.last_year + 1)
    for table in found:
        named = tuple(filter(may_name, table.title))
        form, own = table.layout.form, _lines_of(table)
        names = [*_names(form.filer, named, filed.units_on), *map(key, form.periods[filed.period])]
        first = min(own, default=0)
        texts = dict.fromkeys(table.titles, "title")
        for n, line in enumerate(table.title):
            if n not in own and not (n and _is_label(table.title[n - 1]) and units_in(line)):
                texts.setdefault(line, "above" if n < first else "below")
        for text in (table.sheet.name, *table.sheet.printed):
            texts.setdefault(text, "page")
        for text, where in texts.items():
            if (strange := _strange(table, text, names, years)) and (
                fault := _fault(form, text, where, strange, years)
                or (where == "page" and _other_unit(text, filer, names))
            ):
                yield _find(filing_id, table, text, filer, filed, *fault)


def _is_label(text: str) -> bool:
    """Whether a text only says that a unit of measure stands beside it."""
    line = line_of(text)
    return line is not None and line.kind == "label"


def _lines_of(table: Found) -> set[int]:
    """The lines of the title block that are, alone or together, one of the titles."""
    lines = table.title
    return {
        at
        for title in table.titles
        for n, line in enumerate(lines)
        if title.startswith(line)
        for count in range(1, _MOST_LINES)
        if title == " ".join(lines[n : n + count])
        for at in range(n, n + count)
    }


def _strange(table: Found, text: str, names: list[str], years: range) -> tuple[str, ...]:
    """The words of a text that are of no known part; `names`: of units, and the form's own words
    for the period."""
    is_title = text in table.titles
    is_page = text in (table.sheet.name, *table.sheet.printed)
    plain = _unmeasured(table.layout.form, text, is_title)
    named = tuple([name for name in names if name in plain])
    known = ANY_YEAR if is_title else frozenset(years)
    # "Năm 2024" as a tab of 2025 says another year, "20/12/2024" when that was prepared
    if table.layout.form.units_on == "start" and not (is_page and _is_of_before(plain, years)):
        known |= {years[0] - 1}
    return _left(table.layout.form, plain, named, known)


@lru_cache(maxsize=16384)
def _unmeasured(form: Form, text: str, is_title: bool) -> str:
    """The key of a text without units of measure and what is understood; "" where it says a state
    of its figures, of which a finding of its own tells."""
    said = said_in(text, is_title)
    if any(words not in own_words(form) for status, words in said.statuses if status != "plan"):
        return ""
    plain = _without_units(key(text))
    for _status, words in (
        *said.understood,
        *(each for each in said.statuses if each[0] == "plan"),
    ):
        plain = plain.replace(words, NAME)
    return plain


@lru_cache(maxsize=16384)
def _left(form: Form, plain: str, names: tuple[str, ...], known: frozenset[int]) -> tuple[str, ...]:
    """The words that are of no known part, none of these names of units, no year that is known."""
    strange = strange_words(form, _unnamed(plain, names), known)
    # a commune is called Cộng Hòa, as the republic is
    return strange if strange and strange_words(form, plain, known) else ()


def _is_of_before(plain: str, years: range) -> bool:
    """Whether a text names the year before these without them and not as its end."""
    return years_in(plain).isdisjoint(years) and not _END.search(plain)


def _unnamed(plain: str, names: Iterable[str]) -> str:
    """The key of a text with NAME in place of these names of units, as whole words."""
    for name in names:
        done, *rest = plain.split(name)
        for part in rest:
            is_whole = not (done[-1:].isalnum() or part[:1].isalnum())
            done += (NAME if is_whole else name) + part
        plain = done
    return plain


@lru_cache(maxsize=65536)
def _without_units(plain: str) -> str:
    """The key of a text without the units of measure that it states."""
    line = line_by_key(plain)
    if line is None or line.kind == "within":
        return _BRACKETS.sub(lambda m: " " if _is_unit(m[1]) else m[0], plain)
    found = label(shared=True).search(plain)
    before, value = (plain[: found.start()], plain[found.end() :]) if found else ("", plain)
    if units_in(value.strip(" ()")) or not value:
        return before
    first, *others = re.split(r"[.;,()]", value)
    return ";".join([before, *([] if units_in(first) else [first]), *others])


def _is_unit(text: str) -> bool:
    """Whether a text is units of measure; "(nhân khẩu)" rather says who is counted."""
    return bool(units_in(text)) and "person" not in units_in(text)


@lru_cache(maxsize=256)  # of one workbook: its sheets name the same
def _names(filers: tuple[str, ...], lines: tuple[str, ...], on: date) -> list[str]:
    """The names in lines of units that may file a form or lie above, which find_filer judges, with
    their types and without."""
    full = sorted(names_in(load_units(), lines, filers, on), key=len, reverse=True)
    bare = (split_type(name)[1] for name in full)
    return [*full, *(name for name in bare if " " in name)]


def _fault(
    form: Form, text: str, where: str, strange: tuple[str, ...], years: range
) -> tuple[str, str] | None:
    """The rule that strange words of a text break, and the words; None where they are harmless."""
    if where == "page":  # a tab or a page header may say the title in short
        strange = tuple(each for each in strange if each not in own_words(form))
    words = ", ".join(as_written(text, each) for each in strange)
    is_body = any(TITLE_PARTS.pattern("bodies").search(each) for each in strange)
    if where == "page":
        is_narrow = any(_narrows(form, each) for each in strange)
        has_year = any(map(_YEARS.search, strange))  # which is none of the filing's
        return ("page-words", words) if is_body or is_narrow or has_year else None
    if REPORTER.match(key(text)) or (is_body and names_in(load_units(), [text])):
        return "filer-part", words
    if where == "above" and not (
        is_body or any(map(TITLE_PARTS.pattern("narrowing").search, strange))
    ):
        return None
    if where != "title" and all(map(_YEARS.fullmatch, strange)):
        named = {int(year) for each in strange for year in re.findall(r"\d{4}", each)}
        return "years-differ", ", ".join(str(y) for y in sorted(named | set(years)))
    return "title-words", words


@lru_cache(maxsize=4096)
def _named_below(text: str, level: str) -> tuple[str, ...]:
    """The names in a text of units of a level and those below."""
    above = _LEVELS[_LEVELS.index(level) + 1 :]
    over = names_in(load_units(), [text], above) if above else []
    return tuple(name for name in names_in(load_units(), [text]) if name not in over)


def _other_unit(text: str, filer: Unit, names: list[str]) -> tuple[str, str] | None:
    """The fault that a text of the page names another unit than the title block does."""
    others = [name for name in _named_below(text, filer.level) if name not in names]
    return ("page-words", as_written(text, others[0])) if others else None


def _narrows(form: Form, words: str) -> bool:
    """Whether words of a page name a part of the figures that the form's title does not."""
    return any(
        found[0] not in own_words(form)
        for found in TITLE_PARTS.pattern("narrowing").finditer(words)
    )


def _find(
    filing_id: int, table: Found, text: str, filer: Unit, filed: Recognised, rule: str, words: str
) -> Finding:
    form = table.layout.form
    years = span(range(filed.year, filed.last_year + 1))
    wanted = form.heading.get(filed.period, form.title.vi).replace("{year}", years)
    seen = words if rule == "years-differ" else text.strip()
    params = {"seen": seen, "words": words, "wanted": wanted, "unit": filer.full_name}
    return Finding(filing_id, rule, table.sheet.name, table.cell_of(text), text.strip(),
                   params=(*params.items(),))  # fmt: skip
