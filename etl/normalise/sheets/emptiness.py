"""Whether a filing says anything: a table without figures, a form that nobody filled in.

What khoxa itself writes into a blank form is nothing that its filer said: labels, numbers of
rows, the opening figures of the year (last year's closing ones), and the rates and sums of these.
"-" and 0 are answers.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from etl.catalogue.forms import Form
from etl.catalogue.slots import TOTAL_KINDS, Slot, by_id, slots
from etl.ground.records import State
from etl.normalise.header.extracted import Extracted

_OF_BLANKS = frozenset({"required-blank", "item-missing", "line-missing", "unit-missing"})


def settle_emptiness(form: Form, tables: dict[str, list[Extracted]]) -> None:
    """Findings on tables without anything that the filer gave, added to their first page; where
    that is all of them one finding for the form, instead of one for each blank cell."""
    empty = [name for name, pages in tables.items() if not _is_filled(form, pages)]
    summed = [name for name in empty if _is_only_summed(form.tables[name].title, tables[name])]
    empty = [name for name in empty if name not in summed]
    if len(empty) < len(tables):
        for name in empty:
            title = form.tables[name].title
            tables[name][0].find("table-empty", "", "", table=title)
        return
    for pages in tables.values():
        for out in pages:
            out.findings = [f for f in out.findings if f.rule not in _OF_BLANKS]
    first = next(iter(tables.values()))[0]
    first.find("form-unfilled", "", "", form=form.title.vi, form_en=form.title.en)


def _is_only_summed(title: str, pages: list[Extracted]) -> bool:
    """Whether only rows of sums are filled in, as in a province's table by districts where a form
    asks for communes: that is said instead of what its rows lack, and no sum is judged."""
    figures = [(by_id()[f.slot_id], f, out) for out in pages for f in out.figures]
    rows = ((slot, f) for slot, f, _out in figures if slot.kind not in TOTAL_KINDS)
    given = {slot.column for slot, figure in rows if figure.state != State.BLANK}
    sums = [
        (figure, out)
        for slot, figure, out in figures
        if slot.kind in TOTAL_KINDS and slot.column not in given and Decimal(figure.value or 0)
    ]
    if not sums:
        return False
    for out in pages:
        out.findings = [f for f in out.findings if f.rule not in _OF_BLANKS]
    first, on = sums[0]
    on.find("rows-only-sums", first.cell, first.text, table=title)
    for figure, out in sums:
        at = out.figures.index(figure)
        out.figures[at] = figure._replace(state=State.UNREADABLE, value=None)
    return True


def _is_filled(form: Form, pages: list[Extracted]) -> bool:
    """Whether a table holds anything that only its filer could give, read or refused."""
    given = _given(form)
    return any(
        out.refused or any(f.slot_id in given and f.state != State.BLANK for f in out.figures)
        for out in pages
    )


@lru_cache(maxsize=64)
def _given(form: Form) -> frozenset[int]:
    """The slots that are blank until the filer fills them in."""
    own = (s for s in slots() if (s.form, s.form_version) == (form.form, form.version))
    return frozenset(slot.slot_id for slot in own if _is_given(form, slot))


def _is_given(form: Form, slot: Slot) -> bool:
    column = form.tables[slot.table].columns[slot.column]
    is_computed = slot.kind in TOTAL_KINDS or slot.repeat or column.ratio is not None
    return not (slot.is_opening or is_computed or column.is_ == "ordinal")
