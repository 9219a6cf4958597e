"""Names of units: known, known under another spelling, not known, or known twice."""

from __future__ import annotations

from tests.corpus.model import Sheet
from tests.corpus.traits.registry import of_sheet


@of_sheet(
    "unit-alias", "unit-unknown", "unit-lookalike", "unit-without-type", "unit-repeated",
    "row-label",
)  # fmt: skip
def rename_row(sheet: Sheet, *, row: str, to: str) -> None:
    """Another name for a row."""
    sheet.row(row).cells[sheet.key_column].typed = to
