"""Room: from a workbook of a layout that nobody has described to a form that reads it.

Door: `new_form` proposes the form, `try_forms` shows whether forms read their workbooks. Both are
for whoever writes forms; no filing is ever read by a guess.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from etl.authoring.proposal import Proposal, propose
from etl.authoring.stubs import merge_stubs, stub_rows
from etl.authoring.trial import Asked, Pair, Trial, try_forms
from etl.authoring.write import form_text
from etl.catalogue.definitions import load_rules
from etl.catalogue.rules import render
from etl.ground.errors import KhoxaError
from etl.ground.records import ReceivedFile
from etl.read import read

__all__ = ["Asked", "New", "Pair", "Trial", "indicators_of", "new_form", "try_forms"]


class New(NamedTuple):
    """What was written: the form, the file of its new indicators, how many they are; and how to
    try it."""

    form: Path
    indicators: Path
    stubs: int
    asked: Asked


def new_form(book: Path, out: Path) -> New:
    """Write the form proposed from a workbook, filled in or empty, to `out`, and rows of its new
    indicators to indicator.csv of the folder above `forms` (else of the same folder).

    Raises KhoxaError in both languages: a file that cannot be read, no table in it.
    """
    proposal = _proposed(book, out.stem)
    indicators = indicators_of(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(form_text(proposal, book.name, indicators.name), encoding="utf-8")
    number = merge_stubs(indicators, stub_rows(proposal.stubs.values()))
    unit = proposal.filer.code if proposal.filer else ""
    return New(
        out, indicators, number, Asked(out, book, indicators, unit, proposal.title.year or 0)
    )


def indicators_of(form: Path) -> Path:
    """Where the new indicators of a form's file are: indicator.csv of the province's folder."""
    folder = form.parent.parent if form.parent.name == "forms" else form.parent
    return folder / "indicator.csv"


def _proposed(book: Path, code: str) -> Proposal:
    opened = read(ReceivedFile(1, book.name, str(book)))
    if opened.refused:
        finding = render(opened.refused, load_rules()[opened.refused.rule])
        raise KhoxaError(f"{book}: {finding.message_vi} / {finding.message_en}")
    return propose(code, opened.sheets)
