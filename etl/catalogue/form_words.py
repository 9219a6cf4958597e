"""What the names and words of a form must be: codes that tables are made by, words that something
can be known by, a title that no other sheet has as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import isfinite

from etl.catalogue.form_clashes import Said
from etl.catalogue.forms import Form, Table
from etl.ground.faults import unknown
from etl.ground.text import key
from etl.ground.yaml_file import Place, sentence

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")
_PLACES = ("{year}", "{last_year}")
_BRACES = re.compile(r"\{[^{}]*\}")
_COUNT = re.compile(r"\{\d*,?\d*\}")  # of a pattern: a{2}


def word_faults(form: Form) -> Said:
    """Every fault of a form's own names and words; the places are inside the form."""
    if not _CODE.fullmatch(form.form):
        yield ("form",), sentence(__file__, "no_code", code=form.form)
    for period in set(form.heading) - set(form.periods):
        yield (
            ("heading", period),
            unknown("kỳ của biểu", "period of the form", period, form.periods),
        )
    for name, texts in (("titles", form.titles), ("unless", form.unless), ("needs", form.needs)):
        yield from _empty((name,), texts)
    for number, title in enumerate(form.titles):
        yield from ((("titles", number), why) for why in _title(title))
    for name, table in form.tables.items():
        yield from ((("tables", name, *place), why) for place, why in _table(name, table))


def _title(title: str) -> Iterator[str]:
    for place in _BRACES.findall(title):
        if place not in _PLACES and not _COUNT.fullmatch(place):
            yield unknown("chỗ điền", "place", place, _PLACES)
    if key(title) and len(re.findall(r"[^\W\d_]+", _BRACES.sub(" ", title))) < 2:
        yield sentence(__file__, "title_too_short")


def _table(name: str, table: Table) -> Said:
    parts = (("columns", table.columns), ("items", table.items), ("groups", table.groups))
    codes: list[Place] = [(), *((part, code) for part, named in parts for code in list(named))]
    for place in codes:
        code = place[-1] if place else name
        if not _CODE.fullmatch(str(code)):
            yield place, sentence(__file__, "no_code", code=code)
    yield from _empty(("total_labels",), table.total_labels)
    yield from _empty(("above",), table.above)
    for code, column in table.columns.items():
        for key_, texts in (("header", column.header), ("under", column.under),
                            ("path", column.path)):  # fmt: skip
            yield from _empty(("columns", code, key_), texts)
        if column.ratio and not (isfinite(column.ratio.tolerance) and column.ratio.tolerance >= 0):
            yield ("columns", code, "ratio", "tolerance"), sentence(__file__, "tolerance")
    for part, named in (("items", table.items), ("groups", table.groups)):
        for code, each in named.items():
            yield from _empty((part, code, "labels"), each.labels)


def _empty(place: Place, texts: Iterable[str]) -> Said:
    return (
        ((*place, number), sentence(__file__, "no_word"))
        for number, text in enumerate(texts)
        if not key(text)
    )
