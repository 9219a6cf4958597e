"""The second look: cells of which the first reading does not show enough.

An empty cell may hold an error or a formula that was never computed, a number may be shown as a
percentage, and a row without a name may have lost it to an error.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from etl.ground.forms import Column
from etl.ground.records import Figure, Finding, SecondLook, Sheet, State, Workbook
from etl.ground.slots import Slot, slots
from etl.normalise.cells import SHARES
from etl.normalise.extracted import Extracted, Unnamed, address

_PERCENT = frozenset({"pct", "pp", "pp_per_year"})


def look_closer(
    workbook: Workbook, sheet: Sheet, extracted: Extracted, columns: dict[str, Column]
) -> None:
    """Mend the doubtful figures of one table, and add what is wrong with them, in place."""
    places = [(r, c) for _index, r, c in extracted.doubtful]
    places += [(each.row, each.key_place) for each in extracted.unnamed]
    looks = workbook.look_again(sheet.name, places) if workbook.look_again and places else {}
    found: list[Finding] = []
    for index, r, c in extracted.doubtful:
        if (look := looks.get((r, c))) is not None:
            figure, findings = _looked(extracted.figures[index], look)
            extracted.figures[index] = figure
            found.extend(findings)
    cells = {finding.cell for finding in found}  # what they really hold, not what it seemed
    extracted.findings = [f for f in extracted.findings if f.cell not in cells] + found
    for each in extracted.unnamed:
        extracted.findings.append(_nameless(each, sheet, looks.get((each.row, each.key_place))))
    extracted.findings.extend(_required_blank(extracted, columns))
    extracted.findings.extend(_shares_of_counts(extracted.figures))


def _looked(figure: Figure, look: SecondLook) -> tuple[Figure, list[Finding]]:
    if look.kind in ("error", "formula"):
        return figure._replace(state=State.UNREADABLE, text=look.text), [
            _finding(figure, f"cell-{look.kind}", look.text)
        ]
    if look.kind == "number" and "%" in look.number_format and figure.text:
        number = Decimal(figure.value or figure.text.replace(",", "."))
        percent = format((number * 100).normalize(), "f")
        text = f"{percent.replace('.', ',')}%"
        if _slots()[figure.slot_id].unit in SHARES:
            return (figure._replace(value=percent, text=text) if figure.value else figure), []
        unreadable = figure._replace(state=State.UNREADABLE, value=None, text=text)
        return unreadable, [_finding(figure, "number-percent", text)]
    return figure, []


def _nameless(each: Unnamed, sheet: Sheet, look: SecondLook | None) -> Finding:
    """A row with figures and no name, or with a name that its own formula lost."""
    if look is not None and look.kind in ("error", "formula"):
        cell = address(each.row, each.key_place)
        params = (("seen", look.text),)
        return Finding(
            each.filing_id, f"cell-{look.kind}", sheet.name, cell, look.text, params=params
        )
    params = (("seen", each.seen),)
    return Finding(each.filing_id, "row-unnamed", sheet.name, each.cell, each.seen, params=params)


def _finding(figure: Figure, rule: str, seen: str) -> Finding:
    params = (("seen", seen),)
    return Finding(figure.filing_id, rule, figure.sheet, figure.cell, seen, params=params)


@lru_cache(maxsize=1)
def _slots() -> dict[int, Slot]:
    return {slot.slot_id: slot for slot in slots()}


def _required_blank(extracted: Extracted, columns: dict[str, Column]) -> list[Finding]:
    """A cell that must be filled and is blank; zero and "-" are answers, a blank is not. Other
    cells of the row may excuse it."""
    doubtful = (extracted.figures[index] for index, _r, _c in extracted.doubtful)
    blank = [f for f in doubtful if f.state == State.BLANK and _slots()[f.slot_id].required]
    if not blank:
        return []
    coded = {(f.row_no, _slots()[f.slot_id].column, f.code) for f in extracted.figures if f.code}
    unless = {f.cell: columns[_slots()[f.slot_id].column].unless.items() for f in blank}
    return [
        Finding(f.filing_id, "required-blank", f.sheet, f.cell, params=(("cell", f.cell),))
        for f in blank
        if not any((f.row_no, *excuse) in coded for excuse in unless[f.cell])
    ]


def _shares_of_counts(figures: list[Figure]) -> list[Finding]:
    """A statement's value written as a percentage although its own unit is none."""
    counted = {
        (f.sheet, f.row_no) for f in figures
        if f.code and f.code not in _PERCENT and _slots()[f.slot_id].column == "unit"
    }  # fmt: skip
    return [
        _finding(f, "number-percent", f.text)
        for f in figures
        if f.text.endswith("%")
        and _slots()[f.slot_id].unit == "number"
        and (f.sheet, f.row_no) in counted
    ]
