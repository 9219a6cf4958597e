"""A form proposed from one workbook: its tables and the indicators that it needs and nobody has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, count
from typing import NamedTuple

from rapidfuzz import fuzz, process

from etl.authoring.columns import Columns, columns_of, relate
from etl.authoring.guess import Guess
from etl.authoring.money import Funds, funds_in, programme_in
from etl.authoring.rows import RowsSeen, rows_of
from etl.authoring.seen import Seen, table_of
from etl.authoring.times import is_of_period, is_time
from etl.authoring.titles import Title, title_of
from etl.authoring.units import filer_of
from etl.authoring.words import first_of, slug, without_number
from etl.catalogue.header_words import header_key
from etl.catalogue.indicators import indicator_names, indicator_units
from etl.catalogue.measures import units_in
from etl.catalogue.units_of_measure import form_units
from etl.ground.errors import KhoxaError
from etl.ground.records import Sheet
from etl.ground.text import key
from etl.units.index import Unit as AdminUnit

_LEAST = 60


class Stub(NamedTuple):
    """An indicator that the form names and no list has: a row for the author to complete. `unit`
    as in a form, `word` as in the workbook where forms have no such unit. `is_flow`: it is counted
    in a month or quarter."""

    code: str
    name: str
    unit: str
    word: str = ""
    is_flow: bool = False


@dataclass
class Cell:
    """A figure of a fixed row: column, indicator, its unit where the column has none."""

    column: str
    indicator: str
    unit: str
    hint: str = ""


@dataclass
class Proposed:
    """One table of the form: what was seen, and per column or item which indicator; what funds it
    holds, and per item of which source these are."""

    name: str
    seen: Seen
    columns: Columns
    rows: RowsSeen
    title: Title
    indicators: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    items: dict[str, tuple[str, list[Cell]]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    funds: Funds | None = None
    source_of: dict[str, str] = field(default_factory=dict)

    @property
    def loaded(self) -> list[Guess]:
        """The columns of figures that are of indicators and do not follow from others."""
        fund = self.funds.lines if self.funds else {}
        return [guess for guess in self.columns.figures if guess.is_fact and guess.code not in fund]


@dataclass
class Proposal:
    """A form: its code, its tables, who files it, its new indicators."""

    code: str
    tables: list[Proposed]
    filer: AdminUnit | None
    stubs: dict[str, Stub]
    programme: str = ""

    @property
    def title(self) -> Title:
        """The title of its first table."""
        return self.tables[0].title


def propose(code: str, sheets: list[Sheet]) -> Proposal:
    """The form of a workbook's visible sheets. Raises KhoxaError: no sheet has a table."""
    stubs: dict[str, Stub] = {}
    tables: list[Proposed] = []
    for sheet in sheets:
        seen = table_of(sheet) if sheet.visible else None
        if seen and (table := _table(code, seen, len(tables), stubs)):
            tables.append(table)
    if not tables:
        raise KhoxaError(
            "không thấy bảng nào: cần một hàng tiêu đề cột (STT, Tên đơn vị hoặc Nội dung, …) và ít"
            " nhất một cột số liệu / no table found: a row of column headers is needed (TT, unit or"
            " item, …) and at least one column of figures"
        )
    rows = tables[0].columns.units
    filer = filer_of(tables[0].seen.title, tables[0].title.year, rows)
    return Proposal(code, tables, filer, stubs, programme_in(tables[0].seen.title))


def _table(code: str, seen: Seen, number: int, stubs: dict[str, Stub]) -> Proposed | None:
    title = title_of(seen.title)
    columns = columns_of(seen, title)
    if columns is None or not columns.figures:
        return None
    rows = rows_of(seen, columns)
    relate(columns, [member.line for member in rows.members], seen.numbering)
    name = slug(seen.sheet.name) or f"table_{number + 1}"
    table = Proposed(name, seen, columns, rows, title)
    table.funds = funds_in(seen, columns, rows, title.printed)
    if columns.lines:
        _name_lines(code, table, stubs)
    elif columns.units:
        _name_columns(code, table, stubs)
    else:
        _name_items(code, table, stubs)
    return table


def _meaning(guess: Guess, columns: Columns) -> str:
    """What a column counts: its header without a number before it, below those above it where
    another column has the same one, without the words that only say when or in what sense."""
    own = without_number(guess.head.text)
    alike = [g for g in columns.figures if header_key(g.head.text) == header_key(guess.head.text)]
    above = [text for text in guess.head.path[:-1] if not _is_sense(text)]
    if _is_sense(own):
        return " – ".join(above) or guess.head.path[0] * (not is_time(guess.head.path[0])) or own
    return " – ".join([*above, own]) if len(alike) > 1 else own


def _is_sense(text: str) -> bool:
    """Whether a header says only when, or in what sense, the figures below it are meant."""
    plain = re.sub(r"\b(?:năm )?(?:19|20)\d\d\b", " ", key(text))
    is_short = first_of("measures", text) is not None and len(plain.split()) <= 4
    return is_short or is_time(text)


def _when(guess: Guess) -> tuple[str, str, int]:
    """What tells the figures of one indicator in one row apart."""
    return guess.sense, guess.period, guess.offset


def _new(code: str, stub: Stub, stubs: dict[str, Stub], taken: set[str]) -> str:
    """The code of a new indicator like `stub`, one that is not `taken`."""
    plain = f"{code}_{slug(stub.name)}"
    codes = (plain if n == 1 else f"{plain}_{n}" for n in count(1))
    known = indicator_names()
    found = next(each for each in codes if each not in taken and each not in known
                 and stubs.get(each, stub)[1:4] == stub[1:4])  # fmt: skip
    is_flow = stub.is_flow or (found in stubs and stubs[found].is_flow)
    stubs[found] = stub._replace(code=found, is_flow=is_flow)
    taken.add(found)
    return found


def _name_columns(code: str, table: Proposed, stubs: dict[str, Stub]) -> None:
    """An indicator for every column of figures that does not follow from others."""
    used: dict[tuple[str, str, int], set[str]] = {}
    for guess in table.loaded:
        name = _meaning(guess, table.columns)
        taken = used.setdefault(_when(guess), set())
        stub = Stub("", name, guess.unit, guess.word, is_of_period(guess.period))
        table.indicators[guess.code] = _new(code, stub, stubs, taken)
        if list(table.indicators.values()).count(table.indicators[guess.code]) == 1:
            table.hints[guess.code] = suggestion(name, guess.unit)


def _name_lines(code: str, table: Proposed, stubs: dict[str, Stub]) -> None:
    """An indicator for every line of a unit and every column that does not follow from others."""
    for label in table.columns.lines:
        unit, word = _row_unit(label)
        unit = first_of("units", label) or unit if unit == "number" else unit
        used: dict[tuple[str, str, int], set[str]] = {}
        cells = []
        for guess in table.loaded:
            name = f"{_meaning(guess, table.columns)} – {label}"
            stub = Stub("", name, unit, word, is_of_period(guess.period))
            own = _new(code, stub, stubs, used.setdefault(_when(guess), set()))
            cells.append(Cell(guess.code, own, unit, suggestion(name, unit)))
        table.items[slug(label)] = (label, cells)


def _name_items(code: str, table: Proposed, stubs: dict[str, Stub]) -> None:
    """An indicator for every cell of a fixed row and a column that does not follow from others."""
    columns = table.loaded
    senses = [_when(guess) for guess in columns]
    measure = table.columns.of("measure")
    codes: dict[int, str] = {}  # by row
    for member in table.rows.members:
        is_twice = [m.label for m in table.rows.members].count(member.label) > 1
        label = f"{member.group} - {member.label}" if is_twice and member.group else member.label
        item = slug(label) or "item"
        if table.funds:
            item = table.funds.projects.get(member.line.number, item)
            table.source_of[item] = table.funds.sources.get(member.line.number, "")
        further = (f"{item}_{n}" for n in count(2))
        item = next(each for each in chain([item], further) if each not in table.items)
        codes[member.line.number] = item
        said = member.line.text(measure.head.place) if measure else ""
        cells, used = [], dict[tuple[str, str, int], set[str]]()
        for guess in columns:
            unit, word = _row_unit(said) if said else (guess.unit, guess.word)
            is_alone = senses.count(_when(guess)) == 1
            name = label if is_alone else f"{label} – {_meaning(guess, table.columns)}"
            taken = used.setdefault(_when(guess), set())
            stub = Stub("", name, unit, word, is_of_period(guess.period))
            indicator = _new(code, stub, stubs, taken)
            hint = suggestion(label, unit) if guess is columns[0] else ""
            cells.append(Cell(guess.code, indicator, unit if unit != guess.unit else "", hint))
        table.items[item] = (label, cells)
    for label, inside in table.rows.groups.items():
        table.groups[label] = [codes[member.line.number] for member in inside]


def _row_unit(said: str) -> tuple[str, str]:
    """The unit of a row that states it, and its word where forms have no such unit."""
    units = units_in(said) & form_units()
    return (next(iter(units)), "") if len(units) == 1 else ("number", said)


@cache
def _names() -> dict[str, str]:
    return {code: key(name) for code, name in indicator_names().items()}


def suggestion(text: str, unit: str) -> str:
    """ "poor_households (Số hộ nghèo, 95%)", the likest indicator of a unit of measure; "" where
    none is like the text."""
    known = {code: name for code, name in _names().items()
             if unit in ("number", "", indicator_units()[code])}  # fmt: skip
    found = process.extractOne(key(text), known, scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST)
    if found is None:
        return ""
    _name, score, code = found
    return f"{code} ({indicator_names()[code]}, {score:.0f}%)"
