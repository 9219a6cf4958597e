"""What each column of an unknown table is: which names the rows, which holds figures, which of
these follow from others.

Nothing is decided that the sheet does not show: a sum or a rate is one where every row says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from etl.authoring.guess import Guess
from etl.authoring.lines import Answers, answers_in, line_column
from etl.authoring.seen import Line, Seen
from etl.authoring.times import sense_of, set_times
from etl.authoring.titles import Title
from etl.authoring.units import Rows, units_in
from etl.authoring.words import first_of, pattern, slug
from etl.catalogue.forms import YES_NO, Ratio
from etl.catalogue.header_words import header_key, stated_units
from etl.catalogue.measures import units_in as measures_in
from etl.catalogue.units_of_measure import form_units
from etl.ground.text import key
from etl.normalise.header.headings import Heading
from etl.normalise.texts.cells import is_figure, parse

_TOLERANCE = Decimal("0.01")
_FEWEST = 2  # rows that must show how a column follows from others
_PARTS = 40
_IN_BRACKETS = re.compile(r"\(([^()]*[^\W\d][^()]*)\)")
_REF = re.compile(r"=\s*(.+)")
_QUOTIENT = re.compile(r"\(?(?:\w+|\(\w+([+-])\w+\))[/:]\w+\)?")  # of a reference without spaces
_SIGNS = {"+": "plus", "-": "minus"}


@dataclass
class Columns:
    """The columns of a table in order, the one that says what a row is, its units if any, and the
    labels of the lines that each of these has ("Hộ", "Khẩu"), if several."""

    all: list[Guess]
    key: Guess
    units: Rows | None
    lines: tuple[str, ...] = ()

    @property
    def figures(self) -> list[Guess]:
        """The columns of figures."""
        return [guess for guess in self.all if guess.kind == "figure"]

    def of(self, kind: str) -> Guess | None:
        """The column of units of measure, of numbers of rows (`ordinal`), or of what tells the
        lines of a unit apart (`line`)."""
        return next((guess for guess in self.all if guess.kind == kind), None)


def columns_of(seen: Seen, title: Title) -> Columns | None:
    """The columns of a table below a title. None: no column names its rows."""
    kinds = {head: _kind(head) for head in seen.heads}
    key_head, units = _key(seen, kinds, title.year)
    if key_head is None:
        return None
    line_head, lines = line_column(seen, key_head, kinds) if units else (None, ())
    codes: set[str] = set()
    guesses = []
    for head, kind in kinds.items():
        answers: Answers | None = None
        if head is key_head:
            kind = "unit" if units else "item"
        elif head is line_head:
            kind = "line"
        elif not kind:
            answers = answers_in(seen.lines, head)
            is_figure = answers is not None or _is_of_figures(seen.lines, head)
            kind = "figure" if is_figure else "note"
        guess = Guess(head, kind, _code(head, kind, codes))
        codes.add(guess.code)
        if kind == "figure":
            (guess.unit, guess.word), guess.sense = _unit(head, title.unit), sense_of(head.path)
            if answers is not None:
                guess.unit, guess.word, guess.answers = YES_NO, "", answers
        guesses.append(guess)
    set_times([guess for guess in guesses if guess.kind == "figure"], title)
    key_guess = next(guess for guess in guesses if guess.head is key_head)
    return Columns(guesses, key_guess, units, lines)


def _kind(head: Heading) -> str:
    text = header_key(head.text) or key(head.text)
    named = ("ordinal", "measure", "note")
    return next((kind for kind in named if pattern("columns", kind).fullmatch(text)), "")


def _code(head: Heading, kind: str, used: set[str]) -> str:
    if kind in ("ordinal", "unit", "item", "line"):
        return kind
    code = {"note": "note", "measure": "measure"}.get(kind) or slug(head.text) or "column"
    above = [slug(text) for text in reversed(head.path[:-1])]
    while code in used and above:
        code = f"{above.pop(0)}_{code}"
    number = 2
    plain = code
    while code in used:
        code, number = f"{plain}_{number}", number + 1
    return code


def _key(
    seen: Seen, kinds: dict[Heading, str], year: int | None
) -> tuple[Heading | None, Rows | None]:
    """The column that names units, else the first one of words that its header says names rows,
    else the first one of words."""
    free = [head for head, kind in kinds.items() if not kind]
    worded = [head for head in free if not _is_of_figures(seen.lines, head) or not seen.lines]
    for head in worded:
        labels = [line.text(head.place) for line in seen.lines if line.text(head.place)]
        labels = [text for text in labels if not pattern("totals").match(key(text))]
        if labels and (units := units_in(labels, year)):
            return head, units
    said = [head for head in worded if pattern("keys").match(header_key(head.text))]
    return next(iter([*said, *worded]), None), None


def _is_of_figures(lines: list[Line], head: Heading) -> bool:
    """Whether what stands in a column is figures; an empty column is for some."""
    filled = [cell for line in lines if (cell := line.cell(head.place)) != ""]
    return sum(map(is_figure, filled)) * 2 >= len(filled)


def _unit(head: Heading, of_all: str) -> tuple[str, str]:
    """The unit that a header states in brackets or is itself ("Hộ" below others), else by its
    words, else that of all figures; and the word in brackets where it is no unit of forms."""
    known = form_units()
    for text in reversed(head.path):
        if stated := stated_units(text):
            unit = next(iter(stated)) if len(stated) == 1 else ""
            return (unit if unit in known else "number"), ""
    if len(head.path) > 1 and len(head.text.split()) < 3 and (own := measures_in(head.text)):
        return next((unit for unit in own if unit in known), "number"), ""
    words = [w for text in reversed(head.path) for w in _IN_BRACKETS.findall(text)]
    told = first_of("units", head.text) or first_of("units", " ".join(head.path))
    if told and not (told == "household" and of_all) and not words:
        return told, ""
    return (of_all if of_all in known and not words else "number"), next(iter(words), "")


def number(line: Line, place: int) -> Decimal | None:
    """The figure in a cell; None where there is none."""
    value = parse(line.cell(place), None).value
    return Decimal(value) if value is not None else None


def relate(columns: Columns, lines: list[Line], numbering: dict[int, str]) -> None:
    """Find which columns are sums or rates of others, from the row of their numbers ("3=1+2") or
    from the figures, and which have a figure in every row."""
    figures = columns.figures
    for guess in figures:
        texts = [line.text(guess.head.place) for line in lines]
        is_filled = all(number(line, guess.head.place) is not None for line in lines)
        guess.required = bool(lines) and (all(texts) if guess.unit == YES_NO else is_filled)
    for _once in range(2):  # a sum of sums is seen once these are known
        for at, guess in enumerate(figures):
            if guess.is_derived or _by_numbering(guess, figures, numbering):
                continue
            if guess.unit == "pct":
                guess.ratio = next(_rates(guess, figures, lines), None)
            elif guess.unit != YES_NO:
                guess.parts = next(_sums(at, figures, lines), [])
                if guess.parts and guess.unit == "number":  # "Cộng" says no unit of its own
                    guess.unit = next(g.unit for g in figures if g.code == guess.parts[0])


def _by_numbering(guess: Guess, figures: list[Guess], numbering: dict[int, str]) -> bool:
    """ "3=1+2", "6=5/4*100": how the row of numbers says that a column follows from others."""
    said = _REF.search(numbering.get(guess.head.place, ""))
    if not said:
        return False
    numbers = {re.split(r"[=\s]", numbering.get(f.head.place, ""))[0]: f.code for f in figures}
    plain = re.split(r"[*x×]", said[1])[0].replace(" ", "")
    names = [numbers.get(term.strip("()")) for term in re.split(r"[-+/:]", plain)]
    found = [name for name in names if name]
    if len(found) != len(names) or guess.code in found:
        return False
    if quotient := _QUOTIENT.fullmatch(plain):
        second = {_SIGNS[quotient[1]]: found[1]} if quotient[1] else {}
        named = {"numerator": found[0], "denominator": found[-1], **second}
        guess.ratio = Ratio.model_validate(named)
    elif not re.search("[-/:]", plain):
        guess.parts = found
    return guess.is_derived


def _rates(guess: Guess, figures: list[Guess], lines: list[Line]) -> Iterator[Ratio]:
    """The quotients of columns that the column is in every row: of one by another, then of two that
    stand together, added up or one less the other, by another."""
    others = [f for f in figures if f is not guess and f.unit != "pct"]
    alone: list[tuple[Guess, ...]] = [(f,) for f in reversed(others)]
    pairs = list(pairwise(others))
    for word, sign, heads in (("plus", 1, [*alone, *pairs]), ("minus", -1, pairs)):
        for above in heads:
            for below in others:
                if below is not above[-1] and _holds_rate(guess, above, sign, below, lines):
                    second = {word: above[1].code} if above[1:] else {}
                    named = {"numerator": above[0].code, "denominator": below.code, **second}
                    yield Ratio.model_validate(named)


def _holds_rate(
    guess: Guess, above: tuple[Guess, ...], sign: int, below: Guess, lines: list[Line]
) -> bool:
    shown = 0
    for line in lines:
        rate, whole = (number(line, g.head.place) for g in (guess, below))
        first, second = ([number(line, g.head.place) for g in above] + [Decimal(0)])[:2]
        if rate is None or first is None or second is None or not whole:
            continue
        if abs(100 * (first + sign * second) / whole - rate) > _TOLERANCE:
            return False
        shown += rate != 0
    return shown >= _FEWEST


def _sums(at: int, figures: list[Guess], lines: list[Line]) -> Iterator[list[str]]:
    """The runs of columns after or before a column whose sum it is in every row."""
    own = figures[at]
    for run in _runs(at, figures):
        unit = run[0].unit if own.unit == "number" else own.unit
        names = [g for g in run if g.unit == unit and not set(g.parts) & {o.code for o in run}]
        is_free = len(names) > 1 and not any(own.code in g.parts for g in names)
        if is_free and _holds_sum(own, names, lines):
            yield [g.code for g in names]


def _runs(at: int, figures: list[Guess]) -> Iterator[list[Guess]]:
    """Two or more columns next to a column, fewest first; those that others sum up are left out."""
    for count in range(2, _PARTS + 1):
        if at + count < len(figures):
            yield figures[at + 1 : at + 1 + count]
        if at - count >= 0:
            yield figures[at - count : at]


def _holds_sum(own: Guess, parts: list[Guess], lines: list[Line]) -> bool:
    shown = 0
    for line in lines:
        whole = number(line, own.head.place)
        values = [number(line, part.head.place) for part in parts]
        if whole is None or None in values:
            continue
        if abs(whole - sum(v for v in values if v is not None)) > _TOLERANCE:
            return False
        shown += whole != 0 and sum(v != 0 for v in values) > 1
    return shown >= _FEWEST
