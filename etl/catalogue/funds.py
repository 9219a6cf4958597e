"""Which line of funds a cell is of: its project, its source and its nature, as the form says in the
column or the item, or each row in words."""

from __future__ import annotations

from typing import NamedTuple

from etl.catalogue.codes import WHOLE_PROGRAMME
from etl.catalogue.forms import Column, Table

IN_ROW = "in_row"  # in place of a code that each row says in words
NATURES = ("capital", "recurrent")
TELLING = ("project", "source", "nature")


class FundLine(NamedTuple):
    """A line of funds by codes, IN_ROW where the words of the row say it: `project` None is the
    whole programme, `source` None none at all (a fault of the form), `nature` None not split."""

    project: str | None
    source: str | None
    nature: str | None


def has_funds(table: Table) -> bool:
    """Whether a table has a column of funds."""
    return any(column.fact == "fund" for column in table.columns.values())


def telling(table: Table) -> dict[str, str]:
    """The columns in whose words each row says of which project, source or nature its amounts are:
    by what they say. None where the table has no funds."""
    if not has_funds(table):
        return {}
    said: dict[str | None, str] = {column.says: name for name, column in table.columns.items()
            if column.is_ == "attribute"}  # fmt: skip
    return {what: said[what] for what in TELLING if what in said}


def fund_line(table: Table, column: Column, item: str | None) -> FundLine:
    """The line of a column of funds in the rows of an item."""
    told, spec = telling(table), table.items.get(item or "")
    project = item
    if column.project or spec is None or spec.whole_programme:
        project = None if column.project == WHOLE_PROGRAMME else column.project
    return FundLine(
        IN_ROW if "project" in told else project,
        IN_ROW if "source" in told else column.source or (spec.source if spec else None),
        IN_ROW if "nature" in told else column.nature or (spec.nature if spec else None),
    )
