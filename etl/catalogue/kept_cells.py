"""Which cells of a form are kept, and which of these are facts in words."""

from __future__ import annotations

from etl.catalogue.forms import TEXT, Column, Table

FACTS_IN_WORDS = frozenset({"responsibility", "duty", TEXT})


def holds_something(table: Table, column: Column) -> bool:
    """Whether a column's cells are kept: figures, words, and the numbers of statements, which
    other statements refer to."""
    is_number = column.is_ == "ordinal" and table.rows == "statements"
    return column.is_ in ("figure", "attribute") or is_number


def kept(table: Table) -> list[str]:
    """The columns of a table whose cells are kept."""
    return [name for name, column in table.columns.items() if holds_something(table, column)]
