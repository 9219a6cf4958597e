"""The templates of mails (the first line is the subject), and the words that they ask for."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from jinja2 import Environment

from etl.catalogue.definitions import form_titles
from etl.catalogue.forms import Bilingual
from etl.catalogue.periods import periods
from etl.ground import numerals
from etl.ground.clock import HERE
from etl.ground.templates import environment
from etl.units.words import committee

_LONGEST = 120
_LONGEST_SUBJECT = 150


class Letter(NamedTuple):
    """What a mail says."""

    subject: str
    body: str


def letter(template: str, **about: object) -> Letter:
    """One mail from a template of etl/answer/templates. Raises UndefinedError (jinja2) where the
    template asks for what is not there."""
    subject, _, body = _environment().get_template(f"{template}.txt").render(about).partition("\n")
    return Letter(one_line(subject, _LONGEST_SUBJECT), body.strip() + "\n")


def one_line(text: object, longest: int = _LONGEST) -> str:
    """A text of somebody else as part of a line: no line breaks, no characters that cannot be seen
    or turn the writing around, not longer than it is useful."""
    seen = (c for c in str(text) if c.isspace() or unicodedata.category(c)[0] != "C")
    shown = "".join(" " if c.isspace() else c for c in seen)
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def title(form: str) -> Bilingual:
    """The title of a form; its code where there is no such form any more."""
    return form_titles().get(form, Bilingual(vi=form, en=form))


def period(code: str, year: int) -> Bilingual:
    """A period of a year in words: "6 tháng đầu năm 2025"."""
    known = periods().get(code)
    vi, en = (known.name["vi"], known.name["en"]) if known else (code, code)
    return Bilingual(vi=f"{vi} {year}".replace("năm năm", "năm"), en=f"{en} {year}")


def day(value: date) -> str:
    """A day as people here write it; of a time, Vietnam's."""
    return f"{value.astimezone(HERE) if isinstance(value, datetime) else value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A time of a day, Vietnam's."""
    there = value.astimezone(HERE)
    return f"{there.hour} giờ {there.minute:02} phút ngày {there:%d/%m/%Y}"


def receipt(filing_id: int) -> str:
    """A filing's number as its return workbook has it in its name."""
    return f"{filing_id:016x}"


@cache
def _environment() -> Environment:
    templates = environment(__file__)
    templates.filters.update(
        line=one_line, day=day, moment=moment, receipt=receipt, number=numerals.shown
    )
    templates.globals.update(
        title=title, period=period, committee=committee,
        counted=lambda number, what: f"{numerals.shown(number)} {what}" if number else "",
    )  # fmt: skip
    return templates
