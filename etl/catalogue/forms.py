"""The shape of each form, read from etl/forms/*.yaml and checked against this schema (form_file),
against the seeds and against itself (form_faults).

A form is a set of tables; a table has columns found by their header text, and rows that are
units, fixed items (indicators, projects) or free statements. A unit may have several lines
(households, persons): the table's items then name the lines. Every (table, item or line, column)
that holds something is a slot (catalogue.slots). Nothing else in the code knows what a form looks
like.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from etl.catalogue.periods import Figures, expanded, last_day
from etl.ground.spec import Spec

Level = Literal["commune", "district", "province"]
RowLevel = Literal["commune", "district", "province", "below"]
YES_NO = "yes_no"
DATE = "date"
TEXT = "text"
Nature = Literal["capital", "recurrent"]
Measure = Literal["baseline", "target", "actual", "preliminary", "estimate", "plan_next"]
Fact = Literal[
    "indicator", "target", "target_high", "target_total", "target_from", "target_to", "fund",
    "responsibility", "duty", "text", "check",
]  # fmt: skip
Says = Literal[
    "indicator", "operator", "unit", "section", "text_as_printed", "quantity", "period_type",
    "sub_population", "measured_against", "aspirational", "statement_no", "component_of",
    "paired_with", "document", "unit_scope", "stated_as", "agency", "role", "project", "task",
    "duty_kind", "recipient", "frequency", "due", "tracked_by", "named_standard", "source",
    "nature", "document_no", "issued_on", "abstract",
]  # fmt: skip


class Bilingual(Spec):
    """A text in Vietnamese and English."""

    vi: str
    en: str


class Ratio(Spec):
    """A printed rate that must equal `percent` x numerator / denominator of its own row.

    `plus` is added to the numerator first, `minus` taken from it (end rate = (poor - cut) /
    households).
    """

    numerator: str
    denominator: str
    plus: str | None = None
    minus: str | None = None
    tolerance: float = 0.01

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        return tuple(filter(None, (self.numerator, self.plus, self.minus, self.denominator)))

    def above(self, shown: Callable[[str], str], plus: str = " + ", minus: str = " − ") -> str:
        """What is divided, each column as `shown`."""
        if not (self.plus or self.minus):
            return shown(self.numerator)
        signed = ((plus, self.plus), (minus, self.minus))
        said = "".join(sign + shown(name) for sign, name in signed if name)
        return f"({shown(self.numerator)}{said})"


class Column(Spec):
    """One column. `is` says what its cells are; the rest what a figure in it means.

    `header`: its own words, any of them; `under`: the heading above it, any of these; `path`,
    instead: all headings above it, from the top down, where the same words stand below several.

    `total` says how a total row's cell relates to the rows above: their sum, their ratio.
    `values` are the words that an attribute takes, by code; `open`: and any others, as they are.
    `unless`: columns and their codes that excuse a row from a required cell. `printed_in`: the
    column whose text must show the figure; `refers`: that which numbers the row it names.
    `year_offset`: -1 where a column is about the year before ({year} of its header is that one), 1
    about the next, as a plan_next is; such a figure, and an estimate, is of a whole year where no
    `period` is stated.
    A figure in `unit` yes_no is an answer: 1 or 0, by `values` yes and no (lists/yes_no.yaml).
    `says`: what words tell of the figures in their row, above all of a target (dw.fact_target).
    `figures`: as of the form, where a column's are other than the form's ("lũy kế" beside "trong
    tháng").
    An amount of funds has a `stage`, a `source` and, where it is split, a `nature`; it is of the
    `project` that the column names ("whole_programme" is the programme), else of its item. What
    the items say, or each row in an attribute that `says` it, is said by no column.
    An attribute whose `fact` is responsibility or duty is a fact itself, told by the words of its
    row (dw.fact_responsibility, dw.fact_duty). One whose `fact` is text is a cell of a list of
    texts, such as documents (dw.fact_text), known by what it `says`, else by the column's name. An
    attribute in `unit` date holds days.
    """

    is_: Literal["ordinal", "unit", "item", "line", "measure", "figure", "attribute", "note"] = (
        Field(alias="is")
    )
    header: tuple[str, ...]
    under: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    optional: bool = False
    required: bool = False
    unit: str | None = None
    fact: Fact = "check"
    indicator: str | None = None
    measure: Measure | None = None
    period: str | None = None
    figures: Figures | None = None
    year_offset: Literal[-1, 0, 1] = 0
    basis: Literal["assigned", "registered"] | None = None
    project: str | None = None
    source: str | None = None
    nature: Nature | None = None
    stage: Literal["need", "plan", "allocated", "disbursed", "mobilised"] | None = None
    ratio: Ratio | None = None
    parts: tuple[str, ...] = ()
    total: Literal["sum", "ratio"] | None = None
    values: dict[str, tuple[str, ...]] | None = None
    open: bool = False
    codes: Literal["indicator", "project", "source", "agency"] | None = None
    unless: dict[str, str] = Field(default={})
    printed_in: str | None = None
    refers: str | None = None
    says: Says | None = None

    @property
    def years_on(self) -> int:
        """How many years after the filing's its figures are about."""
        return 1 if self.measure == "plan_next" else self.year_offset

    @property
    def is_of_whole_year(self) -> bool:
        """Whether its figures are of a year that the filing's period does not limit."""
        return bool(self.years_on) or self.measure == "estimate"

    @property
    def headings(self) -> tuple[str, ...]:
        """What is printed above its header, from the top down."""
        return self.path or self.under[:1]

    @property
    def above(self) -> tuple[str, ...]:
        """All words of the form that may stand above its header."""
        return self.path or self.under


class ItemCell(Spec):
    """What one column of one item holds, overriding the column."""

    indicator: str
    unit: str | None = None
    repeat: bool = False


class Item(Spec):
    """A fixed row: the labels that name it, and per column the indicator that it holds.

    `whole_programme`: its amounts are of the whole programme, and of no project. `source` and
    `nature`: those of its amounts, in a table whose columns do not say so.
    """

    labels: tuple[str, ...]
    whole_programme: bool = False
    source: str | None = None
    nature: Nature | None = None
    cells: dict[str, ItemCell] = Field(default={})


class Group(Spec):
    """A block of rows with a subtotal: which unit types, or which items, stand in it."""

    labels: tuple[str, ...]
    types: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class Table(Spec):
    """One table of a form; `title` is what filers call it, `rows` what its rows are.

    `unit_level`: that of the rows' units; "below" is the one next below the filer.
    `line_column` (tables of units): each unit has one row per item, told apart by that column.
    `groups`: blocks among the rows; a district among a province's communes is always one.
    `above`: headings that may stand over any columns. `blank_rows`: how many empty rows a blank
    form offers for statements.
    """

    title: str
    rows: Literal["units", "items", "statements"]
    key_column: str
    line_column: str | None = None
    unit_level: RowLevel | None = None
    total_labels: tuple[str, ...] = ()
    groups: dict[str, Group] = Field(default={})
    above: tuple[str, ...] = ()
    blank_rows: int = 30
    columns: dict[str, Column]
    items: dict[str, Item] = Field(default={})

    @property
    def lines(self) -> tuple[str | None, ...]:
        """The lines of each unit; (None,) where a unit or item has one row."""
        return tuple(self.items) if self.line_column else (None,)

    @property
    def lists_texts(self) -> bool:
        """Whether its rows are those of a list of texts (documents)."""
        return any(column.fact == TEXT for column in self.columns.values())

    @property
    def by_code(self) -> bool:
        """Whether each row says by a code which indicator its figures are of."""
        return self.rows == "statements" and self.columns[self.key_column].codes == "indicator"


class Valid(Spec):
    """The reporting years a form version is for, both ends included."""

    from_: int = Field(alias="from", ge=1900, le=2200)
    to: int = Field(ge=1900, le=2200)


class Form(Spec):
    """One form version (one YAML file).

    `titles` are patterns over the title block; {year} stands for the reporting year; a title
    block with words of `unless` anywhere in it, or without any of `needs`, is another form's (both
    are patterns). `periods` maps codes of periods
    (catalogue.periods) to words of the title that name them beside the usual ones; a list of codes
    or kinds ("month") needs no words. `figures`: whether what is counted is counted since 1 January
    (as where nothing is said) or in the period alone.
    `units_on` says which day's units the filing is about: a plan those of the start of its
    year, a report those of the end of its period. `filer`: the levels that may file it.
    `measure` is that of indicator columns that state none, `period` and `year_offset` those of all
    figures, whose columns state none. `heading` is the title as printed on
    a blank form, per period. `span`: that of a filing about the years {year} to {last_year};
    a form without one is about one year. `programme`: whose funds and targets it states; a form
    without one is of that of its indicators (indicators.programme_of).
    """

    form: str
    version: str
    title: Bilingual
    programme: str | None = None
    filer: tuple[Level, ...]
    measure: Measure | None = None
    period: str | None = None
    year_offset: Literal[-1, 0, 1] = 0
    heading: dict[str, str] = Field(default={})
    span: str | None = None
    valid: Valid
    units_on: Literal["start", "end"] = "end"
    titles: tuple[str, ...]
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    periods: dict[str, tuple[str, ...]] = Field(
        json_schema_extra={"type": ["object", "array"], "items": {"type": "string"}}
    )
    figures: Figures | None = None
    tables: dict[str, Table]
    tables_from: str | None = None

    @property
    def years(self) -> range:
        """The reporting years it is in use for."""
        return range(self.valid.from_, self.valid.to + 1)

    @field_validator("filer", mode="before")
    @classmethod
    def _one_or_more(cls, filer: object) -> object:
        return (filer,) if isinstance(filer, str) else filer

    @field_validator("periods", mode="before")
    @classmethod
    def _all_of_a_kind(cls, listed: object) -> object:
        if isinstance(listed, list) and all(isinstance(word, str) for word in listed):
            return dict.fromkeys(expanded(listed), ())
        return listed

    def __hash__(self) -> int:
        return hash((self.form, self.version))


def units_on(form: Form, year: int, period: str) -> date:
    """The day whose units a filing of this form is bound to."""
    return date(year, 1, 1) if form.units_on == "start" else last_day(period, year)
