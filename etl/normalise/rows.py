"""From a recognised table to figures: one per cell that the form gives a meaning to."""

from __future__ import annotations

from etl.ground.measures import fits, units_in, word_for
from etl.ground.records import Figure, Finding, State
from etl.ground.slots import Slot
from etl.ground.text import suggest
from etl.ground.units import Unit
from etl.normalise.cells import coded, is_figure, is_numbering, offered, parse, shown, written
from etl.normalise.dated import Dated
from etl.normalise.extracted import LETTERS, Extracted, Reading, Unnamed, address
from etl.normalise.identity import years_in
from etl.normalise.labels import Meaning, Parent, Seen, missing
from etl.normalise.layout import header_key, repeated_key
from etl.normalise.plans import Places, TablePlan
from etl.normalise.sums import Sums


def read_rows(plan: TablePlan, reading: Reading, parent: Parent) -> Extracted:
    """All figures below the header of one table."""
    return _Rows(plan, reading, parent).all()


class _Rows:
    """One pass over one sheet."""

    def __init__(self, plan: TablePlan, reading: Reading, parent: Parent) -> None:
        self.plan, self.table, self.labels = plan, plan.table, plan.labels
        self.filing_id, self.sheet, self.years, self.shows_percent = reading
        self.parent = parent
        self.out = Extracted()
        self.seen: Seen = {}
        self.sums = Sums()
        self.data_rows: list[int] = []
        self.district: str | None = None
        self.block: str | None = None
        self.name, self.name_row = "", 0
        self.other_year: tuple[int, int] | None = None
        self.below_header = True

    def all(self) -> Extracted:
        r, rows = self.plan.first_row, self.sheet.rows
        while r < len(rows):
            label = self._label(r, rows[r])
            if label and header_key(label) in self.plan.key_headers:
                if (changed := self._changed_header(r)) is not None:
                    self._find("header-changed", address(r, changed), str(rows[r][changed]))
                    break
                r += len(self.plan.layout.block)
                self.below_header = True
                continue
            if label and not (self.below_header and is_numbering(rows[r])):
                self._row(r, rows[r], label)
            elif not label:
                self._nameless(r, rows[r])
            r += 1
        else:
            for rule, cell, params in missing(self.table, self.parent, self.seen):
                self._find(rule, cell, "", **params)
        self.sums.settle(self.out.figures, self.data_rows, self.plan.as_group)
        return self.out

    def _changed_header(self, r: int) -> int | None:
        """The first column in which the header, repeated as on a new page, is another one."""
        block = self.plan.layout.block
        for row, wanted in zip(self.sheet.rows[r : r + len(block)], block, strict=False):
            for place, text in enumerate(wanted):
                if repeated_key(row[place] if place < len(row) else "") != text:
                    return place
        return None

    def _label(self, r: int, row: list[object]) -> str:
        """Text of the key column; of the ordinal column where only that says "Tổng cộng"; of
        the unit above where this is a further line of it."""
        place = self.plan.key_place
        label = str(row[place]).strip() if place < len(row) else ""
        ordinal = self.plan.ordinal_place
        if not label and ordinal is not None and ordinal < len(row):
            first = str(row[ordinal]).strip()
            label = first if self.labels.is_sum(first) else ""
        if label:
            self.name_row = r
            return label
        return self.name if self._line_text(row) else ""

    def _nameless(self, r: int, row: list[object]) -> None:
        """A row without a name must hold no figure; it may be a heading."""
        place = self._first_figure(row)
        if place is None:
            self._heading(r, row)
            return
        seen = shown(row[place], None)
        cell = address(r, place)
        self.out.unnamed.append(Unnamed(self.filing_id, r, self.plan.key_place, cell, seen))

    def _heading(self, r: int, row: list[object]) -> None:
        """A line among the rows that names another year: what follows it is not of this one."""
        for place, cell in enumerate(row):
            if type(cell) is str and not years_in(cell) <= set(self.years):
                self.other_year = (r, place)

    def _line_text(self, row: list[object]) -> str:
        place = self.plan.line_place
        return str(row[place]).strip() if place is not None and place < len(row) else ""

    def _first_figure(self, row: list[object]) -> int | None:
        """The first column in which this row holds, or was meant to hold, a figure."""
        for place in self.plan.figure_places:
            filled = place < len(row) and str(row[place]).strip()
            if filled and is_figure(row[place]):
                return place
        return None

    def _row(self, r: int, row: list[object], label: str) -> None:
        goes_on = self.plan.line_place is not None and label == self.name
        self.name = label
        known = self.labels.meaning(label, self._line_text(row), self.parent, self.district)
        if known is None:
            known = self._at_another_date(r, row, label)
        if known is None or not self._is_stated(row, label):
            self._unknown(r, row, label, known)
            return
        self.below_header = False
        self._enter(known)
        if self._is_repeated(r, label, self._identity(known)):
            return
        if known.kind == "row":
            self.data_rows.append(r + 1)
            self._check_row(r, row, label, known)
        first = len(self.out.figures)
        kind = known.kind if known.kind in ("row", "total") else "group"
        self._figures(r, row, self.plan.places_of.get((kind, known.item), []), known.subject)
        if known.kind != "row" and self.table.rows == "units":
            figures = range(first, len(self.out.figures))
            self.sums.add(known.kind, r + 1, figures, goes_on=goes_on)

    def _is_stated(self, row: list[object], label: str) -> bool:
        """Whether a row of statements states something: a footer's words below them do not."""
        if self.table.rows != "statements" or self._first_figure(row) is not None:
            return True
        texts = {name: written(row[at]) for name, at in self.plan.places.items() if at < len(row)}
        columns = self.table.columns
        coding = (
            name for name in texts
            if columns[name].codes or (columns[name].values and not columns[name].open)
        )  # fmt: skip
        return any(texts[name] and coded(columns[name], texts[name]) for name in coding)

    def _enter(self, known: Meaning) -> None:
        """A district or block heading holds for the rows below it."""
        if known.kind == "district":
            self.district, self.block = known.subject, None
        elif known.kind == "block":
            self.block = known.subject

    def _identity(self, known: Meaning) -> tuple[str | None, ...] | None:
        """What may stand only once; None for statements and for sums of units."""
        if known.kind == "block":
            return ("block", self.district, known.subject, known.item)
        if known.kind == "district" and known.subject is None:
            return None
        if known.kind == "total" and self.table.rows == "items":
            return ("total",)
        if known.kind in ("total", "segment") or (known.item is None and known.subject is None):
            return None
        return (known.kind, known.subject, known.item)

    def _check_row(self, r: int, row: list[object], label: str, known: Meaning) -> None:
        """A row stands under the right heading, and counts what the form counts."""
        if self.other_year:
            at, place = self.other_year
            self._find("row-other-year", address(at, place), str(self.sheet.rows[at][place]))
            self.other_year = None
        group = self.table.groups.get(self.block or "")
        types = {kind for each in self.table.groups.values() for kind in each.types}
        if group and known.unit and known.unit.unit_type in types.difference(group.types):
            at_label = address(r, self.plan.key_place)
            self._find("unit-in-wrong-group", at_label, label, group=group.labels[0])
        at_measure = self.plan.measure_place
        if at_measure is not None and (stated := str(row[at_measure]).strip()):
            units = {slot.unit for _at, slot in self.plan.places_of.get(("row", known.item), [])}
            counted = units - {"pct", "pp", None}
            said = units_in(stated)
            if counted and not (said and all(fits(unit, said) for unit in counted)):
                wanted = ", ".join(map(word_for, sorted(map(str, counted))))
                self._find("measure-differs", address(r, at_measure), stated, wanted=wanted)

    def _figures(self, r: int, row: list[object], places: Places, subject: str | None) -> None:
        figures, row_no, name = self.out.figures, r + 1, self.sheet.name
        indicator = self._indicator(row) if self.table.by_code else None
        for place, slot in places:
            raw = row[place] if place < len(row) else ""
            cell = f"{LETTERS[place]}{row_no}"
            if slot.kind == "attribute":
                figure = self._attribute(slot, cell, row_no, written(raw))
                doubtful = figure.state == State.BLANK
            else:
                state, value, rule, params = parse(raw, slot.unit)
                text = shown(raw, value)
                if rule:
                    self._find(rule, cell, text, **dict(params))
                figure = Figure(
                    self.filing_id, slot.slot_id, row_no, name, cell, subject,
                    state, value, indicator if slot.kind == "indicator" else None, text,
                )  # fmt: skip
                doubtful = raw == "" or (self.shows_percent and type(raw) is float)
            if doubtful:
                self.out.doubtful.append((len(figures), r, place))
            figures.append(figure)

    def _indicator(self, row: list[object]) -> str | None:
        """The code that the row names; None for one that is no indicator."""
        return coded(self.table.columns[self.table.key_column], written(row[self.plan.key_place]))

    def _is_repeated(self, r: int, label: str, identity: tuple[str | None, ...] | None) -> bool:
        """A second row of one unit or item: a finding, and not read."""
        if identity is None:
            return False
        cell = address(self.name_row, self.plan.key_place)
        first_row, first = self.seen.setdefault(identity, (r, cell))
        if first_row == r:
            return False
        rule = "unit-repeated" if self.table.rows == "units" else "item-repeated"
        here = address(r, self.plan.key_place)
        self._find(rule, here, label, first=first, label=label)
        return True

    def _unknown(self, r: int, row: list[object], label: str, known: Meaning | None) -> None:
        """A row under a label that names nothing known here: a finding if it holds figures."""
        if known is not None or self._first_figure(row) is None:
            self._heading(r, row)
            return
        cell = address(r, self.plan.key_place)
        if self.labels.is_of_which(label, self.parent, self.district):
            self._find("row-of-which", cell, label)
        elif self.table.rows == "items":
            names = [spec.labels[-1] for spec in self.table.items.values()]
            self._find("item-unknown", cell, label, suggestions="; ".join(suggest(label, names)))
        elif found := self.parent.find(label, self.district):
            self._unclear(r, row, label, found)
        elif (dated := self._dated(row, label)) and dated.unit is None:
            self._find(f"unit-{dated.rule}", cell, label, **dated.params)
        else:
            names = [unit.full_name for unit in self.parent.units]
            self._find("unit-unknown", cell, label, suggestions="; ".join(suggest(label, names)))

    def _at_another_date(self, r: int, row: list[object], label: str) -> Meaning | None:
        """The meaning of a unit's name that is not in force, where its history leaves no choice."""
        dated = self._dated(row, label)
        if dated is None or dated.unit is None:
            return None
        name = dated.unit.full_name
        known = self.labels.meaning(name, self._line_text(row), self.parent, self.district)
        if known is not None:
            cell = address(r, self.plan.key_place)
            self._find("unit-renamed", cell, label, **dated.params)
        return known

    def _dated(self, row: list[object], label: str) -> Dated | None:
        """What the name of a row with figures means at other dates; None where it means nothing."""
        is_unit = self.table.rows == "units" and self._first_figure(row) is not None
        if not is_unit or self.parent.find(label, self.district):
            return None
        return self.parent.find_dated(label, self.district)

    def _unclear(self, r: int, row: list[object], label: str, found: list[Unit]) -> None:
        """A label that names several units, or one unit whose line is not known."""
        if len(found) > 1:
            units = "; ".join(unit.full_name for unit in found)
            self._find("unit-ambiguous", address(r, self.plan.key_place), label, units=units)
            return
        lines = "; ".join(spec.labels[0] for spec in self.table.items.values())
        self._find(
            "line-unknown", address(r, self.plan.line_place or 0), self._line_text(row), lines=lines
        )

    def _attribute(self, slot: Slot, cell: str, row_no: int, text: str) -> Figure:
        """A text cell: its code where the form lists the words, else the text itself."""
        column = self.table.columns[slot.column]
        code = coded(column, text) if text else None
        if text and code is None:
            self._find("value-unknown", cell, text, allowed="; ".join(offered(column, text)))
        state = State.VALUE if text else State.BLANK
        return Figure(
            self.filing_id, slot.slot_id, row_no, self.sheet.name, cell, None,
            state, None, code, text,
        )  # fmt: skip

    def _find(self, rule: str, cell: str, seen: str, **params: str) -> None:
        listed = (("seen", seen), *params.items())
        self.out.findings.append(
            Finding(self.filing_id, rule, self.sheet.name, cell, seen, params=listed)
        )
