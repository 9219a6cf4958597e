"""What is thought of one column of an unknown table."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.catalogue.forms import Ratio
from etl.normalise.header.headings import Heading

OTHER_YEAR = "other_year"  # of a year that no column of a form can be about


@dataclass
class Guess:
    """One column: `kind` as in a form, unit of measure (`word`: the header's own where forms have
    no such unit), what it follows from, and for figures when or in what sense they are meant (a
    `sense` of write.SENSES, or ""; a `period` that is not the form's own; `offset`: years after the
    form's) and the words for `yes` and `no` where these are the column's own."""

    head: Heading
    kind: str
    code: str
    unit: str = ""
    word: str = ""
    sense: str = ""
    period: str = ""
    offset: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    required: bool = False
    parts: list[str] = field(default_factory=list)
    ratio: Ratio | None = None

    @property
    def is_derived(self) -> bool:
        """Whether its figures follow from others in the row."""
        return bool(self.parts or self.ratio)

    @property
    def is_fact(self) -> bool:
        """Whether its figures are ones to load."""
        return not self.is_derived and self.sense != OTHER_YEAR
