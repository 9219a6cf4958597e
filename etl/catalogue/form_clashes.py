"""What two things of a form, or two forms, must not share: words by which a sheet would be both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from etl.catalogue.forms import Column, Form, Table
from etl.catalogue.periods import periods, since_start
from etl.ground.text import has_words, key
from etl.ground.yaml_file import Place, sentence

Said = Iterator[tuple[Place, str]]


def clashes(form: Form, other: Form, named: str) -> Said:
    """What a form has that another one has too, which stands in the file `named`: a filing would
    be of both."""
    if (form.form, form.version) == (other.form, other.version):
        yield ("version",), sentence(__file__, "same_form", named=named)
        return
    years = set(form.years) & set(other.years)
    if form.form == other.form and years:
        why = sentence(__file__, "code_of_years", form=form.form, year=min(years), named=named)
        yield ("valid",), why
    is_apart = form.needs != other.needs or (
        bool(form.unless and other.unless) and form.unless != other.unless
    )
    if not years or not set(form.filer) & set(other.filer) or is_apart:
        return
    for number, title in enumerate(form.titles):
        if title in other.titles:
            yield ("titles", number), f"tiêu đề đã có trong {named} / also the title of {named}"


def same_periods(form: Form) -> Said:
    """Words of a period that stand within another's, whose titles would be of both; not those of
    what that one counts since 1 January ("năm" within "tháng 12 năm"): such a title is the month's.
    """
    known = [(code, word) for code in form.periods if code in periods()
             for word in form.periods[code]]  # fmt: skip
    for (period, word), (other, longer) in permutations(known, 2):
        if period not in (other, since_start(other)) and has_words(key(longer), key(word)):
            about = {"period": period, "word": word, "other": other, "longer": longer}
            yield ("periods", period), sentence(__file__, "period_of_two", **about)


def same_words(table: Table) -> Said:
    """Columns that one header would fit, whatever stands above it; rows that one label names."""
    for name, other, header in _headers(table):
        yield ("columns", name), sentence(__file__, "header_of_two", header=header, other=other)
    for kind, labels in (
        ("items", {name: item.labels for name, item in table.items.items()}),
        ("groups", {name: group.labels for name, group in table.groups.items()}),
    ):
        for name, other, label in _twice(labels):
            yield (kind, name), f"tên “{label}” cũng là của “{other}” / also a label of “{other}”"


def _headers(table: Table) -> Iterator[tuple[str, str, str]]:
    above = {key(word) for word in table.above}
    seen: dict[str, list[tuple[str, Column]]] = {}
    for name, column in table.columns.items():
        for header in dict.fromkeys(map(key, column.header)):
            for other, before in seen.setdefault(header, []):
                # "năm {year}" over last year's and this year's: the year tells them apart
                is_apart = "{year}" in header and column.years_on != before.years_on
                if not is_apart and _may_share(column, before, above):
                    yield name, other, header
            seen[header].append((name, column))


def _may_share(one: Column, other: Column, above: set[str]) -> bool:
    """Whether a heading may stand above two columns of one header."""
    path, others = (tuple(map(key, each.path)) for each in (one, other))
    if path and others:
        return path == others
    under, over = ({key(word) for word in each.under} for each in (one, other))
    if said := path or others:
        words = over if path else under
        return set(said) <= words | above and (not words or not words.isdisjoint(said))
    shared = (under | above) & (over | above)
    return bool((not under or under & shared) and (not over or over & shared))


def _twice(labels: dict[str, tuple[str, ...]]) -> Iterable[tuple[str, str, str]]:
    first: dict[str, str] = {}
    for name, words in labels.items():
        for word in words:
            if (other := first.setdefault(key(word), name)) != name:
                yield name, other, word
