"""Notes: words below a table, and in its column of notes, that change what its figures are.

"Số liệu ước", "chưa bao gồm xã Cư Lễ", "bao gồm cả hộ cận nghèo", "bản nháp", "tính đến ngày
30/6/2024" stop the filing; what may change them is a warning. Other prose, offices and signatures
are none of khoxa's business, but for a report that is dated long before its period ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue.forms import Form
from etl.catalogue.periods import periods
from etl.ground.addresses import address
from etl.ground.records import Finding
from etl.ground.text import key
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.texts.identity import years_in
from etl.normalise.texts.periods import figures_of, is_before, is_of_period, is_own, period_name
from etl.normalise.texts.word_lists import ROW_WORDS
from etl.normalise.title.words import said_in

_SIGNED = re.compile(r"\bngày (\d{1,2}) ?tháng (\d{1,2}) ?năm (\d{4})\b")
_NOTES = frozenset({"ghi chú", "chú thích", "lưu ý", "diễn giải", "giải trình"})
_BEGINS = re.compile(r"^\(?\*{0,3}\)? ?(?:(?:ghi chú|lưu ý|chú thích|chú ý) ?)?[:.*+–-]* ?")
_WORDING = "label"  # the column beside a code, which says what the code means
_NEW_STANDARD = 2022  # the first year under ND 07/2021
_LAST_MONTHS = 3  # reports of a period are due in them


class Filed(NamedTuple):
    """What the figures are filed as: a form, for a year and a period."""

    form: Form
    year: int
    last_year: int
    period: str

    @property
    def taken(self) -> dict[str, str]:
        """The period that the figures are taken to be of, in both languages, for sentences."""
        return {f"taken_{words}": period_name(self.period, words) for words in ("vi", "en")}


def note_findings(page: Page, out: Extracted, filed: Filed) -> None:
    """The findings on the notes of a page, added to `out`."""
    rows = page.sheet.rows
    for r, place in [*_below(page, out), *noted(page, out), *_on_sums(page, out)]:
        text = rows[r][place]
        if text and type(text) is str and (found := judged(text, filed)) is not None:
            rule, words = found
            out.find(rule, address(r, place), text.strip(), words=words, **filed.taken)


def without_repeats(findings: list[Finding], told: list[Finding]) -> list[Finding]:
    """The findings without those on notes of which the title block's judge has told already."""
    cells = {(each.sheet, each.cell) for each in told}
    return [f for f in findings if not (f.rule.startswith("note-") and (f.sheet, f.cell) in cells)]


def _below(page: Page, out: Extracted) -> Iterator[tuple[int, int]]:
    """The texts under the last row of the table."""
    rows = page.sheet.rows
    yield from ((r, place) for r in out.below for place, cell in enumerate(rows[r]) if cell != "")


def noted(page: Page, out: Extracted) -> Iterator[tuple[int, int]]:
    """The texts in columns of notes, whether the form has them or not."""
    layout, rows = page.plan.layout, page.sheet.rows
    places = {h.place for n, h in layout.columns
              if layout.table.columns[n].is_ == "note" and n != _WORDING}  # fmt: skip
    places |= {h.place for h in layout.unused if key(h.text) in _NOTES}
    for place in sorted(places):
        yield from ((r, place) for r in out.rows if place < len(rows[r]) and rows[r][place] != "")


def _on_sums(page: Page, out: Extracted) -> Iterator[tuple[int, int]]:
    """The names of sums with a remark of their own: "Tổng cộng (chưa gồm xã Văn Lang)"."""
    rows, place = page.sheet.rows, page.plan.key_place
    for r in out.rows:
        name = rows[r][place] if place < len(rows[r]) else ""
        if type(name) is str and "(" in name and page.plan.labels.is_any_sum(name):
            yield r, place


@lru_cache(maxsize=16384)
def judged(text: str, filed: Filed) -> tuple[str, str] | None:
    """The rule that a note breaks and the words that do it; None for nearly all."""
    plain = key(text)
    if signed := _SIGNED.search(plain):
        return _signed(filed, *map(int, signed.groups()))
    return _of_time(text, plain, filed) or _changed(text, plain, filed)


def _changed(text: str, plain: str, filed: Filed) -> tuple[str, str] | None:
    """Words by which the figures are no results, leave somebody out or count somebody else."""
    stop = ROW_WORDS.pattern("notes", "stop").search(plain)
    if filed.form.units_on != "start":
        stop = stop or ROW_WORDS.pattern("notes", "stop_report").search(plain)
    if filed.year >= _NEW_STANDARD:
        stop = stop or ROW_WORDS.pattern("notes", "old_standard").search(plain)
    if stop:
        return "note-changes", stop[0]
    years = range(filed.year, filed.last_year + 1)
    is_of_others = any(year not in years for year in years_in(text))
    of_plan = filed.form.units_on == "start" and not ROW_WORDS.pattern(
        "notes", "of_figures"
    ).search(plain)
    own = " ".join(map(key, (*filed.form.titles, filed.form.title.vi)))
    for status, words in said_in(text, False).statuses:
        if status in ROW_WORDS["notes"]["statuses"] and words not in own:
            is_sure = not (is_of_others or (of_plan and status == "expected"))
            return ("note-changes" if is_sure else "note-unsure"), words
    if found := ROW_WORDS.pattern("notes", "warn").search(plain):
        return "note-unsure", found[0]
    return None


def _of_time(text: str, plain: str, filed: Filed) -> tuple[str, str] | None:
    """A period, a day or a year of the figures that is not the filing's."""
    form, year, period = filed.form, filed.year, filed.period
    years = set(range(year, filed.last_year + 1))
    about = _BEGINS.sub("", plain)
    if ROW_WORDS.pattern("about_figures").match(about) and not years_in(text) <= years:
        is_whole = ROW_WORDS.pattern("about_figures").fullmatch(about)
        if is_whole or ROW_WORDS.pattern("notes", "said_of_figures").fullmatch(about):
            return "note-other-time", about
    taken = ROW_WORDS.pattern("notes", "taken_from").search(plain)
    if taken and form.units_on != "start" and not years_in(text) <= years:
        return "note-other-time", taken[0]
    if form.units_on == "start" or not ROW_WORDS.pattern("notes", "of_figures").search(plain):
        return None
    said = said_in(text, False)
    for code, words in said.periods:
        if not is_own(code, period, figures_of(form)):
            return "note-other-time", words
    for until in said.untils:
        is_start = "đầu năm" in plain and is_before(until, year)
        if not is_start and not is_of_period(form, until, year, period):
            return "note-other-time", until.words
    return None


def _signed(filed: Filed, day: int, month: int, year: int) -> tuple[str, str] | None:
    """A report that is signed before it can be known what it reports."""
    try:
        signed = date(year, month, day)
    except ValueError:
        return None
    period = periods()[filed.period]
    due = max(period.first, period.last + 1 - _LAST_MONTHS)
    if filed.form.units_on == "start" or signed >= date(filed.year, due, 1):
        return None
    return "signed-early", f"{signed:%d/%m/%Y}"
