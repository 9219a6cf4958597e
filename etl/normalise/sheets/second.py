"""The second look: cells of which the first reading does not show enough.

An empty cell may hold an error or a formula that was never computed, a number may be shown as
another one, a figure may be struck through, raised or not to be seen, and a row without a name may
have lost it to an error. Seen = read: where the two differ, the cell is named with both readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from openpyxl.utils.cell import coordinate_to_tuple

from etl.catalogue.forms import DATE, TEXT, Column
from etl.catalogue.measures import factor_of, fits, units_in
from etl.catalogue.slots import TEXT_KINDS, Slot, by_id
from etl.catalogue.units_of_measure import of_kind
from etl.ground.addresses import address
from etl.ground.records import Figure, Finding, SecondLook, State, Workbook
from etl.ground.text import key
from etl.normalise.header.extracted import Extracted
from etl.normalise.header.layout import Layout

_ZERO, _STRUCK, _RAISED, _DATE = "zero-hidden", "cell-struck", "cell-raised", "date-shown"
_WORDING = "label"  # the column beside a code, which says what the code means
_LISTED = (_ZERO, "cell-faint")  # warned of, all cells of a table at once
_OF_FIGURES = (*_LISTED, _RAISED, _DATE)  # what changes no name and no unit
_LOST = ("error", "formula")
_MOST_NAMED = 20  # cells listed in one finding


def look_closer(workbook: Workbook, extracted: Extracted, layout: Layout) -> None:
    """Mend the doubtful figures of one table, and add what is wrong with them, in place."""
    columns = layout.table.columns
    key_place = dict(layout.columns)[layout.table.key_column].place
    named = {key_place, *(h.place for name, h in layout.columns if name == _WORDING)}
    labels = set() if workbook.is_plain else {(r, c) for r in extracted.rows for c in named}
    measures = _measures(extracted, layout, is_plain=workbook.is_plain)
    places = [(r, c) for _index, r, c in extracted.doubtful]
    places += [(each.row, each.key_place) for each in extracted.unnamed]
    wanted = {*places, *labels, *measures}
    name = extracted.sheet.name
    looks = workbook.look_again(name, wanted) if workbook.look_again and wanted else {}
    found: list[Finding] = []
    # what the rows say that they are counted in, by their number
    figures = extracted.figures if any(look.affix for look in looks.values()) else ()
    counted = {f.row_no: f.text for f in figures if by_id()[f.slot_id].column == "unit"}
    for index, r, c in extracted.doubtful if looks else ():
        if (look := looks.get((r, c))) is not None:
            found.extend(_looked(extracted, index, look, columns, counted))
    of_names = {
        at: looks[at] for at in labels & looks.keys()
        if at[1] == key_place or any(d.rule == _STRUCK for d in looks[at].doubts)
    }  # fmt: skip
    found = _by_row(extracted, found, of_names)
    for at in sorted(measures & looks.keys()):
        found.extend(_measure_looked(extracted, looks[at], address(*at)))
    # what they really hold, not what it seemed
    cells = {f.cell for f in found if f.rule not in _LISTED}
    extracted.findings = [f for f in extracted.findings if f.cell not in cells] + found
    for each in extracted.unnamed:
        look = looks.get((each.row, each.key_place))
        if look is not None and look.kind in _LOST:  # a name that its own formula lost
            extracted.find(f"cell-{look.kind}", address(each.row, each.key_place), look.text)
        else:
            extracted.find("row-unnamed", each.cell, each.seen)
    extracted.findings.extend(_required_blank(extracted, columns))
    extracted.findings.extend(_shares_of_counts(extracted))


def _measures(extracted: Extracted, layout: Layout, *, is_plain: bool) -> set[tuple[int, int]]:
    """The cells of a column of units of measure that may not say what they seem to: all where the
    workbook has looks of its own, else the empty ones."""
    places = [h.place for name, h in layout.columns if layout.table.columns[name].is_ == "measure"]
    rows = extracted.sheet.rows
    return {(r, c) for r in extracted.rows for c in places
            if c < len(rows[r]) and (not is_plain or rows[r][c] == "")}  # fmt: skip


def _measure_looked(extracted: Extracted, look: SecondLook, cell: str) -> Iterator[Finding]:
    """What is wrong with a unit of measure that is no text, or not to be seen as it is held."""
    said = [(f"cell-{look.kind}", ())] if look.kind in _LOST else look.doubts
    for rule, params in said:
        if rule not in _OF_FIGURES:
            yield extracted.finding(rule, cell, look.text, cell=cell, **dict(params))


def _looked(
    out: Extracted, index: int, look: SecondLook, columns: dict[str, Column],
    counted: dict[int, str],
) -> Iterator[Finding]:  # fmt: skip
    """Mend a figure by the closer look; what is to be said of it. `counted`: what the rows say that
    they are counted in."""
    figure = out.figures[index]
    slot = by_id()[figure.slot_id]
    if look.kind in _LOST:
        out.figures[index] = _unread(figure, look.text)
        yield out.finding(f"cell-{look.kind}", figure.cell, look.text)
        return
    doubts = [d for d in look.doubts if _matters(d.rule, slot, columns)]
    yield from (out.finding(d.rule, figure.cell, figure.text, **dict(d.params)) for d in doubts)
    if any(d.rule not in _LISTED for d in doubts):
        out.figures[index] = _unread(figure, figure.text)
    elif slot.kind == TEXT and look.shown and not columns[slot.column].values:
        out.figures[index] = figure._replace(text=look.shown, code=look.shown)
    elif look.kind in ("number", "text") and figure.text:
        yield from _shown(out, index, look, counted)


def _shown(
    out: Extracted, index: int, look: SecondLook, counted: dict[int, str]
) -> Iterator[Finding]:
    """The same of a figure that nothing hides, but its format may show it as another."""
    figure = out.figures[index]
    if look.power == 2:
        stored = figure.text.replace(",", ".") if figure.unit_as_filed else figure.value
        number = Decimal(stored or figure.text.replace(",", "."))
        percent = format((number * 100).normalize(), "f")
        text = f"{percent.replace('.', ',')}%"
        if by_id()[figure.slot_id].unit_of_measure not in of_kind("share", "any"):
            out.figures[index] = _unread(figure, text)
            yield out.finding("number-percent", figure.cell, text)
        elif figure.value:
            out.figures[index] = figure._replace(value=percent, text=text)
        return
    says_unit = _says_measure(figure, look.affix, counted.get(figure.row_no, ""))
    if look.power or (look.affix and not says_unit):
        text = look.shown or f"{figure.text} {look.affix}".strip()
        rule = "number-percent" if look.affix == "%" else "number-shown"
        out.figures[index] = _unread(figure, text)
        yield out.finding(rule, figure.cell, text, stored=figure.text, shown=text)


def _matters(rule: str, slot: Slot, columns: dict[str, Column]) -> bool:
    """Whether a doubt is one about what the cell means: a small raised sign changes nothing in a
    text of any words, nor the order of day and month in words that are no fact."""
    column = columns[slot.column]
    if rule == _DATE:
        return slot.unit_of_measure == DATE or slot.kind == TEXT
    if rule != _RAISED:
        return True
    return slot.kind not in TEXT_KINDS or bool(column.values or column.codes)


def _says_measure(figure: Figure, affix: str, counted: str) -> bool:
    """Whether the words that a format puts beside a number are the unit that it was read in."""
    unit = by_id()[figure.slot_id].unit_of_measure
    if figure.unit_as_filed is None:
        return _says_unit(unit, affix, counted)
    factor = factor_of(unit, affix)
    return factor is not None and factor == factor_of(unit, figure.unit_as_filed)


def _says_unit(unit: str | None, affix: str, counted: str) -> bool:
    """Whether the words that a format puts beside a number are the unit that it is counted in."""
    said = units_in(affix)
    if unit == "number":  # the row says its unit itself
        of_row = units_in(counted)
        is_other = "other" in said or (
            bool(of_row) and not any(fits(each, said) for each in of_row)
        )
        return key(affix) == key(counted) or (bool(said) and not is_other)
    return bool(said) and fits(unit, said)


def _unread(figure: Figure, text: str) -> Figure:
    return figure._replace(state=State.UNREADABLE, value=None, text=text)


def _by_row(
    out: Extracted, found: list[Finding], labels: dict[tuple[int, int], SecondLook]
) -> list[Finding]:
    """The findings with those that are about whole rows told once, and warnings in one list."""
    struck = set()
    for (row, place), look in sorted(labels.items()):
        cell = address(row, place)
        if look.kind in _LOST:
            found.append(out.finding(f"cell-{look.kind}", cell, look.text))
        for rule, params in look.doubts:
            if rule == _STRUCK:
                struck.add(row + 1)
            if rule not in _OF_FIGURES:
                told = "row-struck" if rule == _STRUCK else rule
                about = {"row": str(row + 1), **dict(params)}
                found.append(out.finding(told, cell, look.text, **about))
    found = [f for f in found if f.rule != _STRUCK or coordinate_to_tuple(f.cell)[0] not in struck]
    listed = [_in_one([f for f in found if f.rule == rule]) for rule in _LISTED]
    return [*(f for f in found if f.rule not in _LISTED), *chain.from_iterable(listed)]


def _in_one(found: list[Finding]) -> Iterator[Finding]:
    """One finding for all cells of a table of which the same is warned."""
    if found:
        listed = ", ".join(finding.cell for finding in found[:_MOST_NAMED])
        more = "…" if len(found) > _MOST_NAMED else ""
        yield replace(found[0], params=(("cells", listed + more),))


def _required_blank(extracted: Extracted, columns: dict[str, Column]) -> list[Finding]:
    """A cell that must be filled and is blank; zero and "-" are answers, a blank is not. Other
    cells of the row may excuse it."""
    named = by_id()
    doubtful = [extracted.figures[index] for index, _r, _c in extracted.doubtful]
    blank = [f for f in doubtful if f.state is State.BLANK and named[f.slot_id].required]
    if not blank:
        return []
    coded = {(f.row_no, named[f.slot_id].column, f.code) for f in extracted.figures if f.code}
    unless = {f.cell: columns[named[f.slot_id].column].unless.items() for f in blank}
    return [
        Finding(f.filing_id, "required-blank", f.sheet, f.cell, params=(("cell", f.cell),))
        for f in blank
        if not any((f.row_no, *excuse) in coded for excuse in unless[f.cell])
    ]


def _shares_of_counts(out: Extracted) -> list[Finding]:
    """A statement's value written as a percentage although its own unit is none."""
    counted = {
        (f.sheet, f.row_no) for f in out.figures
        if f.code and f.code not in of_kind("share") and by_id()[f.slot_id].column == "unit"
    }  # fmt: skip
    return [
        out.finding("number-percent", f.cell, f.text)
        for f in (out.figures if counted else ())
        if f.text.endswith("%")
        and by_id()[f.slot_id].unit_of_measure == "number"
        and (f.sheet, f.row_no) in counted
    ]
