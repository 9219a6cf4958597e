"""Forms of provinces, funds of every layout among them: the blank is drawn, filled in as a person
does, and gives back every figure, word and day; subtotals of groups of rows stand in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.blank import draw_form
from etl.catalogue.form_file import form_of, read_form_file
from etl.catalogue.forms import Form
from etl.catalogue.slots import TEXT_KINDS, by_id
from etl.ground.config import FORMS_DIR
from etl.ground.records import ReceivedFile
from etl.normalise import normalise
from etl.read import read
from tests.filling import Choose, fill
from tests.helpers import fund_forms
from tests.helpers.random_forms import FILERS, only
from tests.unit.test_form_properties import NOWHERE, _expected, typed_words, typist
from tests.unit.test_two_levels import GROUPS
from tests.unit.test_unit_factors import FORM as WITH_UNITS
from tools.draw_own_forms import INBOX

LOCAL = INBOX.parent / "local" / "forms"
LAYOUTS = {
    "rows that are sources": fund_forms.SOURCES, "rows that say all": fund_forms.LISTED,
    "rows that say the source": fund_forms.BY_ITEM, "capital and recurrent": fund_forms.SPLIT,
    "groups inside groups": GROUPS, "a column of units": WITH_UNITS,
} | {path.stem: path.read_text(encoding="utf-8") for path in LOCAL.glob("*.yaml")}  # fmt: skip
NEW_RURAL = INBOX.parents[1] / "nong_thon_moi" / "local" / "forms" / "ntm_funds.yaml"
_ROWS = range(1, 14)  # of statements those are filled in


def form_from(text: str, folder: Path) -> Form:
    path = folder / "form.yaml"
    path.write_text(text, encoding="utf-8")
    return form_of(read_form_file(path, path.name, FORMS_DIR))


def clerk(form: Form) -> Choose:
    """Types figures of their kind; each row of statements names another choice of the lists."""
    number, random = typist(3), Random(5)
    lists = {t.title for t in form.tables.values() if t.rows == "statements"}
    words = any(c.is_ == "attribute" for t in form.tables.values() for c in t.columns.values())

    def choose(sheet: Worksheet, cell: Cell, kind: str, options: tuple[str, ...]) -> object:
        if sheet.title in lists and cell.row not in _ROWS:
            return None
        if options:
            return options[cell.row % len(options)]
        if kind in ("", "date"):
            return typed_words(random, cell, kind, options) if words else None
        return number(sheet, cell, kind, options)

    return choose


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_that_is_filled_in_comes_back(tmp_path: Path, name: str) -> None:
    form = form_from(LAYOUTS[name], tmp_path)
    period = next(iter(form.periods))
    blank, path = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    with only(form):
        draw_form(NOWHERE, form.form, FILERS[form.filer[0]], f"2024-{period}", blank)
        filled = fill(blank, path, clerk(form))
        (found,) = normalise(read(ReceivedFile(1, path.name, str(path))))
        kinds = {slot_id: slot.kind for slot_id, slot in by_id().items()}
    assert [f for f in found.findings if f.rule != "measure-unstated"] == []
    of_words = {f.cell: f for f in found.figures if kinds[f.slot_id] in TEXT_KINDS and f.text}
    figures = {(f.sheet, f.cell): f.value for f in found.figures if f.value is not None}
    assert {at: float(value) for at, value in figures.items()} == {
        at: float(value) for at, value in _expected(filled).items()
    }
    assert len(figures) > 2 or of_words
    for (_sheet, cell), value in filled.typed.items():
        if isinstance(value, datetime):
            assert of_words[cell].code == f"{value:%Y-%m-%d}"
        elif isinstance(value, str) and cell in of_words:
            assert of_words[cell].text == value


def test_subtotals_stand_above_their_rows(tmp_path: Path) -> None:
    form = form_from(GROUPS, tmp_path)
    with only(form):
        draw_form(NOWHERE, form.form, FILERS["commune"], "2024-Y", tmp_path / "b.xlsx")
    sheet = load_workbook(tmp_path / "b.xlsx")[form.tables["funds"].title]
    labels = [row[1].value for row in sheet.iter_rows(min_row=12) if row[1].value]
    assert labels[:4] == ["Phần I", "Dự án 3", "Sản xuất nông nghiệp", "Cải thiện dinh dưỡng"]
    sums = {row[1].value: row[3].value for row in sheet.iter_rows(min_row=12)}
    assert sums["Dự án 3"] == '=IF(COUNT(D14:D15)=0,"",SUM(D14:D15))'
    assert sums["Tổng cộng"] == '=IF(COUNT(D14:D15,D17)=0,"",SUM(D14:D15,D17))'


def test_a_day_takes_days_alone(tmp_path: Path) -> None:
    form = form_from(LAYOUTS["documents"], tmp_path)
    with only(form):
        draw_form(NOWHERE, form.form, FILERS["commune"], "2024-Y", tmp_path / "b.xlsx")
    sheet = load_workbook(tmp_path / "b.xlsx")["Văn bản"]
    rules = [r for r in sheet.data_validations.dataValidation if r.type == "date"]
    assert len(rules) == 1 and "C12" in rules[0].sqref
    assert sheet["C12"].number_format == "dd/mm/yyyy"
