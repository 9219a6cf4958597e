"""Words beside the code of an indicator that contradict it: who reads the sheet reads the words.

In a report of results the label must be that of its code: not the name of another indicator, not
that of other people or years, not an estimate. In a list of targets the unit must be one that the
indicator has, and the condition must be that of the text as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.catalogue.indicators import indicator_names, indicator_units
from etl.catalogue.measures import fits, units_in, word_for
from etl.catalogue.units_of_measure import of_kind
from etl.ground.addresses import address
from etl.ground.seeds import seed
from etl.ground.text import key
from etl.normalise.beside.column_words import other_periods
from etl.normalise.beside.notes import Filed
from etl.normalise.header.extracted import Extracted, Page
from etl.normalise.texts.cells import coded, written
from etl.normalise.texts.identity import years_in
from etl.normalise.texts.periods import figures_of
from etl.normalise.texts.row_names import uncounted
from etl.normalise.texts.word_lists import ROW_WORDS
from etl.normalise.title.words import said_in

_WORD = re.compile(r"[^\W_]+")
_OF_START = re.compile(r"năm trước|(?<!tháng )đầu (?:năm|kỳ)")
_UPPER, _LOWER = frozenset({"<=", "<"}), frozenset({">=", ">"})
_BRACKETS = re.compile(r"\(([^()]*)\)")
_APART = re.compile(r"[,;:]|\s[-–—]\s")
_OF_TARGETS = ("operator", "value", "text_as_printed")
_ALSO = {"pp": {"pp_per_year", "pct"}}


def wording_findings(page: Page, out: Extracted, filed: Filed) -> None:
    """The findings on the rows of a table of statements, added to `out`."""
    plan, rows = page.plan, page.sheet.rows
    if plan.table.rows != "statements":
        return
    is_plan = "operator" in plan.table.columns
    judged = (plan.table.key_column, "label", "unit", *(_OF_TARGETS if is_plan else ()))
    places = [(name, plan.places[name]) for name in judged if name in plan.places]
    counted = set()
    for r in out.rows:
        said = {name: written(rows[r][place]) for name, place in places}
        code, label = said[plan.table.key_column], said.get("label", "")
        if code not in indicator_names():
            continue
        counted.add(indicator_units()[code])
        if label and (rule := _of_label(code, label, filed, is_plan)):
            name = indicator_names()[code]
            out.find(rule, address(r, plan.places["label"]), label, code=code, name=name)
        if words := _other_unit(code, label, said.get("unit", "")):
            wanted = word_for(indicator_units()[code])
            out.find("measure-differs", address(r, plan.places["label"]), words, wanted=wanted)
        if is_plan:
            _target(page, out, r, code, said)
    _headers(page, out, counted - of_kind("share"))


def _headers(page: Page, out: Extracted, counted: set[str]) -> None:
    """A header "(%)" above rows of which some count persons: they would be read as per cent."""
    for name, heading in page.plan.layout.columns if counted else ():
        if page.plan.table.columns[name].unit in of_kind("any") and heading.units:
            wanted = ", ".join(sorted(map(word_for, counted)))
            out.find("measure-stated", heading.cell, heading.text, wanted=wanted)


@lru_cache(maxsize=16384)
def _other_unit(code: str, label: str, stated: str) -> str:
    """The units of measure in brackets of a label or behind a comma, where neither the indicator
    nor the row's own unit is one of them: "(nghìn người)" beside "người"; "" for nearly all. A
    word that the indicator's own name has is what is counted ("công trình, mô hình")."""
    own = indicator_units()[code]
    behind = (words.strip() for words in _APART.split(label)[1:])
    for words in (*_BRACKETS.findall(label), *behind):
        units = [frozenset({unit}) for unit in units_in(words)]
        is_own = key(words) == key(stated) or key(words) in _own_words(code)
        if units and not is_own and not any(fits(own, unit) for unit in units):
            return str(words)
    return ""


def _target(page: Page, out: Extracted, r: int, code: str, said: dict[str, str]) -> None:
    """The unit and the condition of a target."""
    plan, own = page.plan, indicator_units()[code]
    columns, wanted = plan.table.columns, {own, *_ALSO.get(own, ())}
    if unit := said.get("unit"):
        stated = coded(columns["unit"], unit)
        if stated is not None and stated not in wanted:
            words = (columns["unit"].values or {}).get(own, (own,))[0]
            cell, name = address(r, plan.places["unit"]), indicator_names()[code]
            out.find("target-unit-differs", cell, unit, name=name, wanted=words)
    operator = coded(columns["operator"], said.get("operator", ""))
    text = said.get("text_as_printed", "")
    if operator and text and (words := _contrary(operator, said.get("value", ""), key(text))):
        cell = address(r, plan.places["operator"])
        out.find("target-condition-differs", cell, said["operator"], words=words)


def _contrary(operator: str, value: str, text: str) -> str:
    """The words beside a value in its text that bind it the other way; "" where there are none."""
    wanted = "lower" if operator in _UPPER else "upper" if operator in _LOWER else ""
    if not wanted or not value:
        return ""
    number = rf"(?<![\d.,]){re.escape(value)}(?![\d]|[.,]\d)"
    words = ROW_WORDS[wanted]
    no = "(?<!không )" if wanted == "upper" else "(?<!không )(?<!phần )"
    before = rf"{no}\b(?:{words['before']}) (?:là |đạt |còn )?{number}"
    found = re.search(rf"{before}|{number}[^\d,;.]{{0,25}}\b(?:{words['after']})", text)
    return found[0] if found else ""


@lru_cache(maxsize=16384)
def _of_label(code: str, label: str, filed: Filed, is_plan: bool) -> str:
    """The rule that a label breaks; "" for nearly all. A plan words its targets freely."""
    plain = key(label)
    if plain == key(indicator_names()[code]):
        return ""
    if _names().get(uncounted(plain), code) not in (code, _row_of(code)["numerator_code"]):
        return "label-other-indicator"
    own = _own_words(code)
    if not is_plan:
        if _other_time(label, plain, filed):
            return "label-other-time"
        if any(re.search(rf"\b(?:{words})\b", plain) and not re.search(rf"\b(?:{words})\b", own)
               for words in ROW_WORDS["whom"]):  # fmt: skip
            return "label-other-people"
        of_households = indicator_units()[code] == "household" and "hộ" not in plain.split()
        if of_households and re.match(ROW_WORDS["persons"], plain):
            return "label-other-people"
    return "" if _shares_a_word(plain, own) else "label-unlike"


def _other_time(label: str, plain: str, filed: Filed) -> bool:
    """Whether a label speaks of another year or period, or of an estimate."""
    years = set(range(filed.year, filed.last_year + 1))
    statuses = {*ROW_WORDS["notes"]["statuses"], "cumulative"}
    is_past = bool(ROW_WORDS.pattern("notes", "stop").search(plain) or _OF_START.search(plain))
    return (
        is_past
        or not years_in(label) <= years
        or next(other_periods(plain, filed.period, figures_of(filed.form)), None) is not None
        or any(status in statuses for status, _words in said_in(label, False).statuses)
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {uncounted(key(name)): code for code, name in indicator_names().items()}


@lru_cache(maxsize=512)
def _own_words(code: str) -> str:
    """Name and definition of an indicator."""
    row = _row_of(code)
    return key(f"{row['name_vi']} {row['definition_vi']}")


def _row_of(code: str) -> dict[str, str]:
    return next(row for row in seed("indicator") if row["indicator_code"] == code)


def _shares_a_word(plain: str, own: str) -> bool:
    """Whether a label has a word of its indicator's name that not every label has."""
    common = set(ROW_WORDS["of_any_label"].split())
    words = set(_WORD.findall(plain)) - common
    return not words or bool(words & set(_WORD.findall(own)))
