"""What a title block says of the period and the state of its figures beside the form's own title.

"(Số liệu 9 tháng)", "Ước thực hiện", "Dự thảo", "ĐIỀU CHỈNH, BỔ SUNG …", "tính đến 30/9/2025": the
form has that period or state, or the filing is refused with the words. What a text says of another
document ("Kèm theo Quyết định số …") is that document's, and at most a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import contains
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.ground.addresses import address
from etl.ground.records import Finding
from etl.ground.text import key
from etl.normalise.header.faults import Found
from etl.normalise.texts.periods import (
    Until,
    figures_of,
    is_before,
    is_of_period,
    is_own,
    period_params,
    periods_in,
    untils_in,
)
from etl.normalise.texts.title_parts import as_written, timed
from etl.normalise.texts.word_lists import TITLE_WORDS
from etl.units.index import load_units

_NOTE = re.compile(r"^(?:ghi chú|lưu ý|chú thích|chú ý|\(?[*]+\)?)")
_LEFT_OUT = re.compile(r"\b(?:không|chưa)(?: bao)? gồm[^,;.]*")
_AND_RESULTS = re.compile(
    r"(?:, ?| và )(?:kết quả|(?:số |số liệu )?(?:thực hiện|đạt được|giải ngân))\b"
)
_PLANNED = frozenset({"need", "plan", "allocated", "target", "plan_next"})
_CHANGES = frozenset({"change", "cumulative"})
_LANGUAGES = ("vi", "en")


class Said(NamedTuple):
    """What one text says: statuses by the words that say so, statuses that are understood, periods
    (code, words), the last days that its figures are of, and what it quotes of other documents."""

    statuses: tuple[tuple[str, str], ...]
    understood: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    untils: tuple[Until, ...]
    quoted: tuple[str, ...]


_NOTHING = Said((), (), (), (), ())


@lru_cache(maxsize=64)
def _pattern(status: str, words: str) -> re.Pattern[str]:
    return _any_of(TITLE_WORDS["statuses"][status].get(words, ()))


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    return _any_of(TITLE_WORDS["references"])


@lru_cache(maxsize=1)
def _hints() -> re.Pattern[str]:
    """Any word of a status, a period or a day: most texts have none."""
    statuses = TITLE_WORDS["statuses"].values()
    words = [word.removeprefix("^") for spec in statuses for word in spec["words"]]
    return re.compile("|".join([*words, "tháng", "qu[ýí]", "nửa", "bán niên", r"\d ?t\b", "cả năm",
                                "đến", "tới", "tại", "thời điểm"]))  # fmt: skip


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """The names of units that hold a word of a status ("Xã Tân Ước"): with their type, or alone
    at the start of a line that names a place and a day."""
    listed = [_pattern(status, "words") for status in TITLE_WORDS["statuses"]]
    units = {(unit.unit_type, key(unit.name)) for unit in load_units().units}
    own = [(kind, re.escape(name)) for kind, name in sorted(units)
           if any(pattern.search(name) for pattern in listed)]  # fmt: skip
    named = [rf"{kind} {name}(?![^\W_])|^{name}(?=,)" for kind, name in own]
    return re.compile("|".join(named) or r"(?!)")


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that any of the words, whole ones, matches; nothing, where there are none."""
    ends = (r"(?![^\W_])" if word[-1].isalpha() else "" for word in words)
    each = (rf"(?<![^\W_]){word}{end}" for word, end in zip(words, ends, strict=True))
    return re.compile("|".join(each) or r"(?!)")


def title_faults(filing_id: int, found: list[Found], year: int, period: str) -> Iterator[Finding]:
    """All that the title blocks of a form's tables, their tabs, their pages' heads and feet and the
    notes below them say which the form, filed for this year and period, does not mean."""
    for table in found:
        told: set[tuple[str, str]] = set()
        for text, cell, is_title in _texts(table):
            for fault in text_faults(filing_id, table, (text, cell), (year, period), is_title):
                if (fault.rule, what := dict(fault.params)["words"]) not in told:
                    told.add((fault.rule, what))
                    yield fault


def _texts(table: Found) -> Iterator[tuple[str, str, bool]]:
    """The texts to look into, their cells, and whether each is the form's title."""
    first = table.layout.first_row
    own = {text: any(map(contains, table.titles, repeat(text))) for text in table.title}
    told = {text for text, is_title in own.items() if said_in(text, is_title) is not _NOTHING}
    for r, row in enumerate(table.sheet.rows[:first] if told else ()):
        for c, cell in enumerate(row):
            if type(cell) is str and cell in told:
                yield cell, address(r, c), own[cell]
    for text in (table.sheet.name, *table.sheet.printed):
        yield text, "", False
    for r, row in enumerate(table.sheet.rows[first:], start=first):
        if row.count("") == len(row) - 1:  # one text, alone in its row
            c = next(c for c, cell in enumerate(row) if cell != "")
            if type(row[c]) is str and _is_note(str(row[c])):
                yield str(row[c]), address(r, c), False


@lru_cache(maxsize=65536)
def _is_note(text: str) -> bool:
    """Whether it is a note below a table that says something of its period or state."""
    if not _NOTE.match(key(text)):
        return False
    said = said_in(text, False)
    return any(status not in _CHANGES for status, _words in said.statuses) or bool(said.periods)


@lru_cache(maxsize=16384)
def said_in(text: str, is_title: bool) -> Said:
    """What a text says; `is_title`: what its title says of a document is said of the table."""
    plain = timed(text)
    if not _hints().search(plain):
        return _NOTHING
    plain = _names().sub(" ", plain)
    own, quoted = [], []
    for chunk in filter(None, re.split(r"[()]", plain)):
        start = _reference().search(chunk)
        own.append(_LEFT_OUT.sub(" ", chunk[: start.start()] if start else chunk))
        if start:
            quoted.append(chunk[start.start() :])
    statuses, understood = [], []
    for status in TITLE_WORDS["statuses"]:
        for chunk in own:
            sure, plain = _pattern(status, "understood"), chunk.strip(" ,;.:-–")
            understood += [(status, match[0]) for match in sure.finditer(plain)]
            if match := _pattern(status, "words").search(sure.sub(" ", plain)):
                statuses.append((status, match[0]))
    spoken = [plain] if is_title else own
    said = Said(
        tuple({each[0]: each for each in statuses[::-1]}.values())[::-1],
        tuple(understood),
        tuple(p for chunk in spoken for p in periods_in(chunk)),
        tuple(u for chunk in spoken for u in untils_in(chunk)),
        tuple(words for chunk in quoted for words in _in_document(chunk, is_title)),
    )  # fmt: skip
    return said if any(said) else _NOTHING


def _in_document(chunk: str, is_title: bool) -> Iterator[str]:
    """What the quoted title of a document says that would stop a filing if the table said it."""
    for status in TITLE_WORDS["statuses"]:
        if match := _pattern(status, "words").search(chunk):
            yield match[0]
    if not is_title:
        yield from (words for _code, words in periods_in(chunk))


def text_faults(
    filing_id: int, table: Found, at: tuple[str, str], filed: tuple[int, str],
    is_title: bool = False,
) -> Iterator[Finding]:  # fmt: skip
    """The same of one text and its cell."""
    form, (year, period), said = table.layout.form, filed, said_in(at[0], is_title)
    for status, words in said.statuses:
        is_meant = words in own_words(form) or (
            status == "plan" and (form.units_on == "start" or _goes_on_to_results(table, at[0]))
        )
        if not is_meant:
            yield _status(filing_id, table, at, (status, words), "title-status")
    for status, words in said.understood:
        if status == "change":
            yield _status(filing_id, table, at, (status, words), "title-changed")
    for code, words in said.periods:
        if not is_own(code, period, figures_of(form)):
            rule = "periods-differ" if code in form.periods else "period-not-on-form"
            yield _find(filing_id, rule, table, at, words=words, **period_params(form, period))
    for until in said.untils:
        is_start = "đầu năm" in key(at[0]) and is_before(until, year)
        if not is_start and not is_of_period(form, until, year, period):
            named = period_params(form, period)
            yield _find(filing_id, "period-not-on-form", table, at, words=until.words, **named)
    for words in said.quoted:
        if words not in own_words(form) and period not in [c for c, _w in periods_in(words)]:
            if _pattern("draft", "words").search(words):  # a draft's table is one too
                yield _status(filing_id, table, at, ("draft", words), "title-status")
            else:
                yield _find(filing_id, "title-reference", table, at, words=words, **_takes(form))


def _goes_on_to_results(table: Found, text: str) -> bool:
    """Whether a text names what was reached beside the plan, above columns of both."""
    form = table.layout.form
    columns = [table.layout.table.columns[name] for name, _heading in table.layout.columns]
    has_plan = any(c.stage in _PLANNED or c.measure in _PLANNED for c in columns)
    has_results = any(
        c.stage == "disbursed"
        or (c.fact == "indicator" and (c.measure or form.measure) == "actual")
        for c in columns
    )
    return has_plan and has_results and bool(_AND_RESULTS.search(key(text)))


@lru_cache(maxsize=64)
def own_words(form: Form) -> str:
    """The words of the form's own titles, none of which is a state that it does not mean."""
    tabs = (table.title for table in form.tables.values())
    return " ".join(map(key, (*form.titles, *form.heading.values(), form.title.vi, *tabs)))


def _takes(form: Form) -> dict[str, str]:
    """What the form takes, in both languages."""
    kind = "plan" if form.units_on == "start" else "report"
    if form.measure == "preliminary":
        kind = "preliminary"
    return {f"takes_{words}": TITLE_WORDS["takes"][kind][words] for words in _LANGUAGES}


def _status(
    filing_id: int, table: Found, at: tuple[str, str], said: tuple[str, str], rule: str
) -> Finding:
    spec = TITLE_WORDS["statuses"][said[0]]
    meaning = {f"meaning_{words}": spec[words] for words in _LANGUAGES}
    return _find(filing_id, rule, table, at, words=said[1], **meaning, **_takes(table.layout.form))


def _find(filing_id: int, rule: str, table: Found, at: tuple[str, str], **params: str) -> Finding:
    text, cell = at
    params["words"] = as_written(text, params["words"])
    listed = (("seen", text.strip()), *params.items())
    return Finding(filing_id, rule, table.sheet.name, cell, text.strip(), params=listed)
