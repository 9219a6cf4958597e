"""The cells of a row that has a meaning, as figures."""

from __future__ import annotations

from etl.catalogue.forms import DATE, TEXT, YES_NO
from etl.catalogue.measures import factor_of, word_for
from etl.catalogue.slots import TEXT_KINDS, Slot
from etl.ground.addresses import address, column_letters
from etl.ground.numerals import in_full
from etl.ground.records import Figure, Finding, State
from etl.normalise.header.extracted import Extracted, Page, Reading
from etl.normalise.header.plans import RowKind
from etl.normalise.texts.cells import answered, coded, offered, parse, parsed_as, shown, written
from etl.normalise.texts.days import parse_day
from etl.normalise.texts.numbers import BLANK, Number, parse_float, parse_text

_BLANK = State.BLANK
_SAYS_NOTHING = (_BLANK, State.NOT_APPLICABLE)
_made = tuple.__new__  # a country has millions of figures: half of what naming their fields costs


def converted_finding(figure: Figure, slot: Slot) -> Finding:
    """What is said of a figure that was converted from another unit of measure."""
    words, wanted = figure.unit_as_filed or "", word_for(slot.unit_of_measure)
    factor = factor_of(slot.unit_of_measure, words)
    said = "" if factor is None else in_full(factor)
    params = (("seen", figure.text), ("unit", words), ("wanted", wanted), ("factor", said))
    return Finding(figure.filing_id, "measure-converted", figure.sheet, figure.cell, figure.text,
                   params=params)  # fmt: skip


def read_in(
    slot: Slot, measure: str, state: State, rule: str | None, params: tuple[tuple[str, str], ...]
) -> str | None:
    """The other unit that a figure was converted from; that of its row where it has no value, as a
    correction is read in it."""
    if state == State.VALUE:
        return params[0][1] if params and not rule else None
    return measure if measure and factor_of(slot.unit_of_measure, measure) else None


def parsed_bare(raw: object, unit: str | None, counted: str) -> Number:
    """A cell as a figure, also with what its row counts in behind it: "75 người" is 75 there."""
    if type(raw) is str and not counted:
        return parse_text(raw, unit) if raw else BLANK
    said = parse(raw, unit)
    if not (said.rule and counted and isinstance(raw, str)):
        return said
    bare = raw.strip().removesuffix(counted)
    return parse(bare, unit) if bare else said


class RowFigures:
    """Makes figures of the rows of one page."""

    def __init__(self, page: Page, reading: Reading, out: Extracted) -> None:
        self._plan, self._sheet, self._offset = page
        self._reading, self._out = reading, out

    def add(self, r: int, row: list[object], kind: RowKind, subject: str | None) -> None:
        """The figures of a row (0-based) of a kind, about a unit or the rows that it sums."""
        out, plan, is_plain = self._out, self._plan, self._reading.is_plain
        filing_id, figures, sheet_row, width = out.filing_id, out.figures, str(r + 1), len(row)
        number, name, measure = self._offset + r + 1, out.sheet.name, self._measure(row)
        indicator, counted = self._by_code(row) if plan.by_code else (None, "")
        out.rows.append(r)
        for place, slot in plan.places_of.get(kind, ()):
            raw, cell = (row[place] if place < width else ""), column_letters(place) + sheet_row
            if slot.kind in TEXT_KINDS:
                figure = self._text(slot, cell, number, subject, raw)
            else:
                unit = slot.unit_of_measure
                is_other = bool(measure) and factor_of(unit, measure) is not None
                if unit == YES_NO:
                    said = answered(raw, plan.table.columns[slot.column])
                elif is_other:
                    said = parsed_as(raw, unit, measure)
                elif type(raw) is float:
                    said = parse_float(raw, unit)
                else:
                    said = parsed_bare(raw, unit, counted)
                state, value, rule, params = said
                text = raw if type(raw) is str else shown(raw, None if params else value)
                if rule:
                    out.find(rule, cell, text, **dict(params))
                is_other = is_other or bool(params)
                as_filed = read_in(slot, measure, state, rule, params) if is_other else None
                figure = _made(Figure, (
                    filing_id, slot.slot_id, number, name, cell, subject, state, value,
                    indicator if slot.kind == "indicator" else None, text, as_filed,
                ))  # fmt: skip
                if as_filed and value is not None:
                    self._converted(r, figure, slot, measure)
            out.filled += raw != ""
            if figure.state is _BLANK or not is_plain:
                out.doubtful.append((len(figures), r, place))
            figures.append(figure)
        if kind in plan.unasked_of:
            self._closed_cells(r, row, plan.unasked_of[kind])

    def _converted(self, r: int, figure: Figure, slot: Slot, measure: str) -> None:
        """Say that a figure was converted: once for the row where the row states the unit."""
        place = self._plan.measure_place
        if place is None or figure.unit_as_filed != measure:
            self._out.findings.append(converted_finding(figure, slot))
            return
        said = converted_finding(figure._replace(cell=address(r, place), text=measure), slot)
        if said not in self._out.findings[-1:]:
            self._out.findings.append(said)

    def _measure(self, row: list[object]) -> str:
        """The unit of measure that the row states, "" where it states none."""
        place = self._plan.measure_place
        raw = row[place] if place is not None and place < len(row) else ""
        return raw.strip() if type(raw) is str else written(raw)

    def _closed_cells(self, r: int, row: list[object], places: list[int]) -> None:
        """Cells that the form leaves closed in this row: said where they hold a figure."""
        self._out.set_aside(r, row, places)
        for place in places:
            raw = row[place] if place < len(row) else ""
            text = shown(raw, None)
            if type(raw) is not str or parse_text(raw, None).state not in _SAYS_NOTHING:
                self._out.find("cell-unasked", address(r, place), text)

    def _by_code(self, row: list[object]) -> tuple[str | None, str]:
        """The code that the row names, None for one that is no indicator; and what the row counts
        in its own words: "75 người" stands for 75 beside "người"."""
        plan, place = self._plan, self._plan.places.get("unit")
        column = plan.table.columns[plan.table.key_column]
        counted = written(row[place]) if place is not None and place < len(row) else ""
        return coded(column, written(row[plan.key_place])), counted

    def _text(self, slot: Slot, cell: str, number: int, subject: str | None, raw: object) -> Figure:
        """A cell that holds words or a day."""
        about = subject if slot.kind == TEXT else None
        if slot.unit_of_measure == DATE:
            return self._day(slot, cell, number, about, raw)
        return self._attribute(slot, cell, number, about, written(raw))

    def _day(self, slot: Slot, cell: str, number: int, subject: str | None, raw: object) -> Figure:
        """A cell that holds a day; its code is the day as "2025-03-04"."""
        state, day, rule, params = parse_day(raw)
        text = written(raw)
        if rule:
            self._out.find(rule, cell, text, **dict(params))
        return Figure(
            self._out.filing_id, slot.slot_id, number, self._out.sheet.name, cell, subject,
            state, None, day, text,
        )  # fmt: skip

    def _attribute(
        self, slot: Slot, cell: str, number: int, subject: str | None, text: str
    ) -> Figure:
        """A text cell: its code where the form lists the words, else the text itself."""
        column = self._plan.table.columns[slot.column]
        code = coded(column, text) if text else None
        if text and code is None:
            self._out.find("value-unknown", cell, text, allowed="; ".join(offered(column, text)))
        elif column.codes == "agency" and text and code == text:
            nearest = "; ".join(offered(column, text))
            self._out.find("agency-unlisted", cell, text, nearest=nearest)
        state = State.VALUE if text else State.BLANK
        return Figure(
            self._out.filing_id, slot.slot_id, number, self._out.sheet.name, cell, subject,
            state, None, code, text,
        )  # fmt: skip
