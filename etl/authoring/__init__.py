"""Room: from a workbook of a layout that nobody has described to a form that reads it.

Door: `new_form` proposes the form, `try_form` shows whether a form reads its workbook. Both are for
whoever writes forms; no filing is ever read by a guess.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from etl.authoring.proposal import Proposal, propose
from etl.authoring.stubs import merge_stubs, stub_rows
from etl.authoring.trial import Asked, Pair, Trial, try_forms
from etl.authoring.units import Rows
from etl.authoring.write import form_text
from etl.catalogue.rules import load_rules, render
from etl.ground.errors import KhoxaError
from etl.ground.records import Source
from etl.read import read

__all__ = ["Asked", "New", "Pair", "Rows", "Trial", "new_form", "try_form", "try_forms"]

_CODE = re.compile(r"[a-z][a-z0-9_]*")


class New(NamedTuple):
    """What was written: the form, the file of its new indicators, how many they are; and how to
    try it."""

    form: Path
    indicators: Path
    stubs: int
    asked: Asked


def new_form(book: Path, out: Path) -> New:
    """Write the form proposed from a workbook, filled in or empty, to `out`, and rows of its new
    indicators to indicator.csv of the folder above `forms`, else of the same folder.

    Raises KhoxaError in both languages: a file that cannot be read, no table in it, a name of the
    form that is no code, a form that is there already.
    """
    if not _CODE.fullmatch(out.stem):
        raise KhoxaError(
            f"{out.name}: mã biểu chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới, ví dụ"
            f" nong_thon_moi.yaml / a form's code has small letters, digits and _ only"
        )
    if out.exists():
        raise KhoxaError(
            f"đã có biểu {out}; đổi tên ở --out / {out} is there already: give another --out"
        )
    proposal = _proposed(book, out.stem)
    folder = out.parent.parent if out.parent.name == "forms" else out.parent
    indicators = folder / "indicator.csv"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(form_text(proposal, book.name, indicators.name), encoding="utf-8")
    number = merge_stubs(indicators, stub_rows(proposal.stubs.values()))
    unit = proposal.filer.code if proposal.filer else ""
    return New(out, indicators, number, Asked(out, book, indicators, unit, proposal.title.year or 0))


def _proposed(book: Path, code: str) -> Proposal:
    opened = read(Source(1, book.name, str(book)))
    if opened.refused:
        finding = render(opened.refused, load_rules()[opened.refused.rule])
        raise KhoxaError(f"{book}: {finding.message_vi} / {finding.message_en}")
    return propose(code, opened.sheets)


def try_form(asked: Asked) -> Trial:
    """Whether a form reads a workbook and its own blank. Raises KhoxaError: the trial broke off."""
    return try_forms([asked])[0]
