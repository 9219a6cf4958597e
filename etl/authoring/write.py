"""The proposed form as a YAML file that its author reads and edits, and rows for new indicators."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import Template

from etl.authoring.guess import OTHER_YEAR, Guess
from etl.authoring.money import UNSPLIT, Funds, Line
from etl.authoring.proposal import Proposal, Proposed
from etl.authoring.rows import sums_up, types_of
from etl.authoring.times import is_of_period
from etl.authoring.titles import without_times
from etl.catalogue.codes import WHOLE_PROGRAMME
from etl.catalogue.periods import periods
from etl.ground.templates import environment
from etl.ground.text import key
from etl.ground.yaml_file import words_beside
from etl.normalise.header.headings import years_of

_LAST = 2030
_NONE = Line("", "", "")
_WIDTH = 100


def form_text(proposal: Proposal, book: str, indicators: str) -> str:
    """The form's YAML. `book` and `indicators`: names of the workbook and of the csv file."""
    title = proposal.title
    year = title.year or _LAST
    return _template().render(
        form=proposal, book=book, indicators=indicators, year=year, last=max(year, _LAST),
        name=without_times(title.printed), names_programme="chương trình" in key(title.printed),
        filer=_filer(proposal), is_at_start=_is_at_start(proposal),
        titles=[table.title.pattern for table in proposal.tables],
        kind=periods()[title.period].kind,
    )  # fmt: skip


@cache
def _template() -> Template:
    made = environment(__file__)
    made.filters.update(text=_text, texts=_list)
    made.globals.update(column=_column, types_of=types_of)
    return made.get_template("form.yaml")


def _filer(proposal: Proposal) -> str:
    level = proposal.filer.level if proposal.filer else "commune"
    has_units = any(table.columns.units for table in proposal.tables)
    if has_units and level == "commune":
        level = "district"
    return "[district, province]" if level == "district" and has_units else level


def _is_at_start(proposal: Proposal) -> bool:
    rows = proposal.tables[0].columns.units
    return bool(rows and proposal.title.year and (rows.on.month, rows.on.day) == (1, 1))


def _column(table: Proposed, guess: Guess) -> list[str]:
    said = [f"is: {guess.kind}", f"header: [{_text(_header(table, guess, guess.head.text))}]"]
    if guess.kind in ("ordinal", "measure", "note"):
        said.append("optional: true")
    above = [_header(table, guess, text) for text in guess.head.path[:-1]]
    if above:
        said.append(f"{'under' if len(above) == 1 else 'path'}: {_list(above)}")
    hint = ""
    if guess.kind == "figure":
        said += _figure(table, guess)
        hints = words_beside(__file__)["hints"]
        hint = hints["derived"] if guess.is_derived else table.hints.get(guess.code, "")
        hint = hints["other_year"] if guess.sense == OTHER_YEAR else hint
        if table.funds and table.funds.lines.get(guess.code, _NONE).source == UNSPLIT:
            hint = hints["unsplit"]
    return _wrapped(guess.code, said, hint)


def _figure(table: Proposed, guess: Guess) -> Iterator[str]:
    if not table.columns.lines:
        yield f"unit: {guess.unit}"
    if guess.answers:
        said = ", ".join(f'"{word}": {_list(texts)}' for word, texts in guess.answers.items())
        yield f"values: {{{said}}}"
    if guess.required:
        yield "required: true"
    total = "sum" if sums_up(table.rows, guess) else ""
    if guess.parts:
        yield f"parts: [{', '.join(guess.parts)}]"
    elif guess.ratio:
        named = guess.ratio.model_dump(exclude_defaults=True)
        yield f"ratio: {{{', '.join(f'{word}: {name}' for word, name in named.items())}}}"
        total = "ratio" if table.rows.totals else ""
    elif table.funds and guess.code in table.funds.lines:
        yield from _fund(table.funds, guess)
    elif guess.sense == OTHER_YEAR and abs(guess.offset) == 1:
        yield f"year_offset: {guess.offset}"
    elif guess.is_fact:
        own = table.indicators.get(guess.code)
        senses = words_beside(__file__)["senses"]
        meaning = senses.get(guess.sense, senses[""])
        yield from meaning.format(f"indicator: {own}, " if own else "").split(", ")
        if guess.period and "period" not in meaning:
            yield f"period: {guess.period}"
            if is_of_period(guess.period):
                yield "figures: of_period"
        if guess.offset and guess.sense != "plan_next":
            yield f"year_offset: {guess.offset}"
    if total:
        yield f"total: {total}"


def _fund(funds: Funds, guess: Guess) -> Iterator[str]:
    line = funds.lines[guess.code]
    yield "fact: fund"
    yield f"stage: {line.stage}"
    if line.source:
        yield f"source: {line.source}"
    if line.nature:
        yield f"nature: {line.nature}"
    if funds.sources:
        yield f"project: {WHOLE_PROGRAMME}"
    if guess.period:
        yield f"period: {guess.period}"
        if is_of_period(guess.period):
            yield "figures: of_period"


def _header(table: Proposed, guess: Guess, text: str) -> str:
    """A header as printed, on one line, with {year} for the year that the column is about."""
    plain = re.sub(r"\s+", " ", text).strip()
    offset = guess.offset if abs(guess.offset) == 1 else 0
    year = table.title.year and table.title.year + offset
    return plain.replace(str(year), "{year}") if year in years_of(plain) else plain


def _wrapped(name: str, said: list[str], hint: str) -> list[str]:
    """One entry in braces, on one line or on several, its hint above it."""
    lines = [f"# ? {hint}"] if hint else []
    whole = f"{name}: {{{', '.join(said)}}}"
    if len(whole) + 8 <= _WIDTH:
        return [*lines, whole]
    lines.append(f"{name}:")
    row = "  {"
    for number, each in enumerate(said):
        end = "}" if number == len(said) - 1 else ","
        if len(row) + len(each) + 10 > _WIDTH and row.strip() != "{":
            lines.append(row.rstrip())
            row = "   "
        row += f"{each}{end} "
    return [*lines, row.rstrip()]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
