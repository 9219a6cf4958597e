"""Of any form: its blank, filled in as a person does, gives back every figure as it was typed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.blank import draw_form
from etl.catalogue.forms import Form
from etl.catalogue.slots import by_id
from etl.ground.config import Settings
from etl.ground.records import ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.filling import Choose, Filled, fill
from tests.helpers.random_forms import FILERS, forms, only

LAST_TEXT = 14  # the row below the last one that is filled in of a list of texts
NOWHERE = Settings(home=Path("/nonexistent"), inbox="")


def typist(seed: int) -> Choose:
    """Somebody who types a figure of its kind into every cell that takes one, and fills in the
    first rows of lists of texts."""
    random = Random(seed)

    def choose(sheet: Worksheet, cell: Cell, kind: str, options: tuple[str, ...]) -> object:
        if kind in ("", "date", "list"):
            is_text = sheet.title.startswith("Danh sách") and cell.row < LAST_TEXT
            return typed_words(random, cell, kind, options) if is_text else None
        whole = random.choice((0, 1, 7, 100, 999, 1000, 12_345, 100_000))
        if cell.number_format == "0.00":
            return random.randint(0, 10_000) / 100
        return whole if kind == "whole" else round(whole + random.randint(0, 99) / 100, 2)

    return choose


def typed_words(random: Random, cell: Cell, kind: str, options: tuple[str, ...]) -> object:
    """Words, a choice or a day for a cell of a list of texts."""
    if kind == "date":
        return datetime(2024, random.randint(1, 12), random.randint(1, 28))
    return random.choice(options) if options else f"{cell.row}/KH-UBND cột {cell.column}"


def words_of(path: Path) -> dict[tuple[str, str], str]:
    """The words read from a workbook by sheet and cell, days as 2024-03-04."""
    (found,) = normalise(read(ReceivedFile(1, path.name, str(path))))
    texts = (f for f in found.figures if by_id()[f.slot_id].kind == "text" and f.text)
    return {(f.sheet, f.cell): f.code or "" for f in texts}


def random_period(form: Form, seed: int) -> str:
    """One of a form's periods."""
    return sorted(form.periods)[seed % len(form.periods)]


def figures_of(path: Path, code: str) -> tuple[dict[tuple[str, str], Decimal], list[str]]:
    """The figures read from a workbook by sheet and cell, and the rules that refuse it."""
    found = normalise(read(ReceivedFile(1, path.name, str(path))))
    assert [f.recognised and f.recognised.form for f in found] == [code], found[0].findings
    figures = {(f.sheet, f.cell): Decimal(f.value) for f in found[0].figures if f.value is not None}
    return figures, [str(finding) for finding in found[0].findings]


@settings(max_examples=40, deadline=None, derandomize=True, phases=[Phase.generate],
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])  # fmt: skip
@given(form=forms(), seed=st.integers(0, 1000))
def test_every_figure_comes_back(form: Form, seed: int) -> None:
    when = f"2024-{random_period(form, seed)}"
    with TemporaryDirectory() as folder, only(form):
        blank, path = Path(folder) / "blank.xlsx", Path(folder) / "filled.xlsx"
        draw_form(NOWHERE, form.form, FILERS[form.filer[0]], when, blank)
        filled = fill(blank, path, typist(seed))
        figures, findings = figures_of(path, form.form)
        words = words_of(path)
    assert findings == []
    assert figures == _expected(filled)
    assert words == {at: f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value
                     for at, value in filled.typed.items()
                     if at[0].startswith("Danh sách")}  # fmt: skip


def _expected(filled: Filled) -> dict[tuple[str, str], Decimal]:
    typed = {at: Decimal(str(value)) for at, value in filled.typed.items()
             if isinstance(value, int | float)}  # fmt: skip
    computed = {at: value for at, value in filled.computed.items() if isinstance(value, Decimal)}
    return typed | computed
