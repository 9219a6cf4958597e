"""Sheets of a form whose definition is broken (catalogue.definitions): they are not read, and that
is no fault of the filer's."""

from __future__ import annotations

from collections.abc import Iterable

from etl.catalogue.definitions import Broken, broken_forms
from etl.ground.records import Finding, Sheet
from etl.normalise.sheets.continued import Rest
from etl.normalise.texts.identity import title_lines, titles

_TITLE_ROWS = 30


def broken_sheets(filing_id: int, pages: Iterable[Rest]) -> tuple[dict[str, Finding], list[Rest]]:
    """Per broken form whose title stands on a page: what the filer hears; and the other pages."""
    found: dict[str, Finding] = {}
    others = []
    for page in pages:
        form = _form_of(page.sheet)
        if form is None:
            others.append(page)
        elif form.head.form not in found:
            found[form.head.form] = _finding(filing_id, form, page.sheet.name)
    return found, others


def _form_of(sheet: Sheet) -> Broken | None:
    if not (broken := broken_forms()):
        return None
    lines = title_lines(sheet.rows[:_TITLE_ROWS])
    return next((form for form in broken if titles(form.head, lines)), None)


def _finding(filing_id: int, form: Broken, sheet: str) -> Finding:
    title, fault = form.head.title, form.faults[0]
    params = {"form_vi": title.vi, "form_en": title.en, "file": fault.file, "line": str(fault.line)}
    return Finding(filing_id, "form-broken", sheet, seen=title.vi, params=tuple(params.items()))
