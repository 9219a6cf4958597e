"""What travels between rooms: workbooks, filings, figures, findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from etl.ground.drawn import Drawn

if TYPE_CHECKING:
    import pandas as pd


class State(StrEnum):
    """The four states of a cell, kept apart to the end; `value` includes zero."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """`fail` rejects the filing, `warn` does not; there is nothing between."""

    FAIL = "fail"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One received file: its number (from its content), name as received, and stored copy.

    `sha256`: what its content must be; "" where nobody knows.
    """

    filing_id: int
    name: str
    path: str
    sha256: str = ""


class DamagedCopy(Exception):
    """A stored copy that is gone, or is no longer what was filed."""


class WordTable(NamedTuple):
    """Where a sheet stands in a Word file: its own rows among the sheet's, the others being lines
    around it; the number of its table, from 0; for each cell its row and cell in that table."""

    rows: range
    number: int
    cells: dict[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Sheet:
    """One sheet as filed. `rows[r][c]` is true row r + 1, column c + 1; '' is an empty cell.

    Rows are equally long; cells are str, float, bool, date, datetime, time or timedelta.
    `merged` holds ((row, col), (row, col)) pairs, 0-based, or None where the format has none.
    `hidden_rows`, `hidden_columns`: 0-based, whatever hides them (a filter, a height of 0).
    `printed`: texts on the page and in no cell: page headers, text boxes. `drawn`: ground.drawn.
    `comments`, `prompts`: (row, column, text), 0-based, of comments and of what cells ask for.
    `table`: of a table of a Word file its place there. `long_cells`: normalise.texts.long_cells.
    """

    name: str
    visible: bool
    rows: list[list[object]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] | None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    printed: tuple[str, ...] = ()
    comments: tuple[tuple[int, int, str], ...] = ()
    prompts: tuple[tuple[int, int, str], ...] = ()
    drawn: tuple[Drawn, ...] = ()
    table: WordTable | None = None
    long_cells: frozenset[object] | None = field(default=None, init=False, compare=False)


class Doubt(NamedTuple):
    """Why a cell may show something else than it holds: a rule of reading.yaml and its params."""

    rule: str
    params: tuple[tuple[str, str], ...] = ()


class SecondLook(NamedTuple):
    """What a cell of `Sheet.rows` is, seen as a person sees it who opens the file.

    kind: `blank`; `error` (text: "#REF!"); `formula` without a stored result (text: "=B3/C3", or
    "=" where its text is stored with another cell); `number`; `date` (text: "2025-03-04"); `text`.
    power: a number is shown times 10 to this power (2: as a percentage; -3: in thousands).
    affix: the words that its format shows beside it ("%", "nghìn đồng"); shown: all that is seen of
    a number whose format is not plain ("007"); doubts: what is seen otherwise than it is stored.
    """

    kind: Literal["blank", "error", "formula", "number", "date", "text"]
    text: str
    power: int = 0
    affix: str = ""
    doubts: tuple[Doubt, ...] = ()
    shown: str = ""


Cells = Iterable[tuple[int, int]]
LookAgain = Callable[[str, Cells], dict[tuple[int, int], SecondLook]]


@dataclass(slots=True)
class Workbook:
    """One opened file, or the finding that says why it could not be opened.

    `notes` are warnings about the file as such. `look_again(sheet name, [(row, col), ...])`,
    0-based as in `Sheet.rows`, answers for every cell asked; None where the rows show all (csv).
    `is_plain`: whether every number and text is shown as the rows hold it, so that only cells that
    seem blank need a second look.
    `fonts(sheet name)` names the fonts of the cells whose text goes beyond ASCII; None: no fonts.
    `delimiter` stands between the columns of a csv (a comma, by English settings), else "".
    """

    received: ReceivedFile
    sheets: list[Sheet] = field(default_factory=list)
    refused: Finding | None = None
    notes: list[Finding] = field(default_factory=list)
    look_again: LookAgain | None = None
    is_plain: bool = True
    fonts: Callable[[str], frozenset[str]] | None = None
    delimiter: str = ""


About = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one filing, addressed to the person who filed it.

    `rule` names a sentence in expectations/*.yaml, which `params` fill in. `about`: what the
    province is asked beside it (normalise.header.reworded), or units that may have filed it; kept.
    """

    filing_id: int
    rule: str
    sheet: str = ""
    cell: str = ""
    seen: str = ""
    expected: str = ""
    params: tuple[tuple[str, str], ...] = ()
    about: About = ()


class Figure(NamedTuple):
    """One cell of one filing that a form gives a meaning to (a row of stg.figure).

    `slot_id` says what the cell holds (see catalogue.slots.Slot), `row_no` counts the rows of its
    table's sheets, one below the other (where there is one sheet: its row), `subject` is the unit
    code of its row where rows are units; of a subtotal the rows that it sums ("11:15").
    `value` is a plain decimal text, None unless state is `value`.
    `code` is the meaning of a text cell (an operator, an indicator), or the indicator that the
    row of a figure names where its slot names none; `text` is the cell as filed. `unit_as_filed`:
    the words of the unit of measure that the text is in, where `value` was converted from it.
    """

    filing_id: int
    slot_id: int
    row_no: int
    sheet: str
    cell: str
    subject: str | None
    state: State
    value: str | None
    code: str | None
    text: str
    unit_as_filed: str | None = None


class Recognised(NamedTuple):
    """What a filing says it is (columns of raw.filing filled by normalise).

    `year` is the first year that it is about, `last_year` the last: the same but for a plan of
    several years. `illustrative_note`: the words by which it calls its figures invented.
    """

    filing_id: int
    form: str
    form_version: str
    filer_level: str
    filer_code: str
    year: int
    period: str
    units_on: date
    last_year: int
    illustrative_note: str = ""


def part_id(filing_id: int, form: str) -> int:
    """Number of a further filing in a workbook: one per other form, or more of it ("form/1")."""
    digest = hashlib.sha256(f"{filing_id:016x}/{form}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


@dataclass(slots=True)
class Normalised:
    """A filing after normalise: recognised or not, its figures, and what was wrong.

    `part` counts the filings of one workbook from 1.
    """

    filing_id: int
    part: int = 1
    recognised: Recognised | None = None
    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class FurtherFiling(NamedTuple):
    """A further filing in a workbook: its number, that of the file's first filing, its place."""

    filing_id: int
    first_id: int
    part: int


Outcome = Literal["applied", "differs", "no_figure", "not_whole"]


class Corrected(NamedTuple):
    """What came of one correction on one filing (a row of ops.correction_use).

    `seen` is the cell's text as filed, "" where there is no such figure.
    """

    filing_id: int
    sheet: str
    cell: str
    outcome: Outcome
    seen: str


class Block(NamedTuple):
    """What one worker made of some files, small enough to send between processes.

    `figures` holds COPY lines of stg.figure, without the last line break; may be "". `counted` is
    how many figures the files gave.
    `filings` are the files that are done, `parts` the further filings found in them. `damaged`: the
    contents of those whose copy is no longer what was filed; they wait.
    """

    figures: str
    counted: int
    recognised: list[Recognised]
    findings: list[Finding]
    filings: list[int]
    parts: list[FurtherFiling]
    corrected: list[Corrected]
    damaged: tuple[str, ...] = ()


@dataclass(slots=True)
class Batch:
    """All filings of one night, as frames for the check room.

    filings: Recognised's columns, one row per filing; from a warehouse also `file`, its name.
    figures: Figure's columns, one row per cell; value as float64 (NaN unless state is `value`).
    earlier: one row per figure (filing_id, slot_id, row_no) and what it stands beside (role:
        closing, reviewed, former_standard, year_before, ...): its value, the file it is from
        (source), and jump_pct, the indicator's band (NaN: none). Roles: sql/staging/earlier.sql.
    covered: one row per filing that had one before it: units, units_before, source. Without a
        warehouse this and `earlier` are None: nothing is compared then.
    corrected: filing, sheet and cell of figures whose value is a correction's, not their text's.
    """

    filings: pd.DataFrame
    figures: pd.DataFrame
    earlier: pd.DataFrame | None = None
    covered: pd.DataFrame | None = None
    corrected: frozenset[tuple[int, str, str]] = frozenset()

    def only(self, filings: Iterable[int]) -> Batch:
        """The same of some filings."""
        some = set(filings)
        own, figures = (f[f["filing_id"].isin(some)] for f in (self.filings, self.figures))
        beside = (self.earlier, self.covered)
        earlier, covered = (f if f is None else f[f["filing_id"].isin(some)] for f in beside)
        return Batch(own, figures, earlier, covered, self.corrected)


@dataclass(frozen=True, slots=True)
class Received:
    """A file newly entered in the filing register."""

    filing_id: int
    name: str
    received_at: datetime
