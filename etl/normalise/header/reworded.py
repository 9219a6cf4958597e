"""Headers that are not on a form but may mean one of its columns: what the province's queue of them
(`khoxa headers`) is told with a finding. Nothing is taken by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from rapidfuzz import fuzz

from etl.catalogue.forms import Column, Form, Table, units_on
from etl.catalogue.header_words import header_key
from etl.ground.records import About, Finding
from etl.normalise.header.headings import Heading
from etl.normalise.header.layout import Layout
from etl.normalise.texts.filer import find_filer
from etl.normalise.texts.identity import IdentityError, titled_years, titles
from etl.units.index import load_units
from etl.units.words import in_full


def about(
    form: Form, table_name: str, column: Column | None, known: str, text: str, lacks: Iterable[str]
) -> About:
    """A header's text, and what of the form it may be: `known` is a name of the column, or of the
    group that the column must stand under, "" where nothing is like it. `lacks`: the table's
    columns that the filing has not."""
    table = form.tables[table_name]
    is_group = column is not None and known in column.under
    name = next((n for n, each in table.columns.items() if each is column), "")
    found = {
        "form": form.form, "table": table_name, "text": text, "key": header_key(text),
        "column": "" if is_group else name, "under": known if is_group else "",
        "lacks": " ".join(lacks),
    }  # fmt: skip
    return tuple(found.items())


def missing(
    filing_id: int, sheet: str, cell: str, column: Column, year: str, asked: About,
    like: tuple[str, str] | None,
) -> Finding:  # fmt: skip
    """The finding on a column that a header lacks. `like`: what the cell says in its place, and
    which of the form's names that is like; None where nothing is."""
    wanted = " / ".join((*column.headings, column.header[0])).replace("{year}", year)
    params: tuple[tuple[str, str], ...] = (("header", wanted),)
    if like is None:
        return Finding(filing_id, "header-absent", sheet, cell, "", wanted, params, asked)
    seen, known = like
    params += (("nearest", seen), ("known", known.replace("{year}", year)))
    return Finding(filing_id, "header-missing", sheet, cell, seen, wanted, params, asked)


def lacking(layout: Layout) -> list[str]:
    """The columns of the form that a table has not, those that may be absent as well."""
    found = {name for name, _heading in layout.columns}
    return [name for name in layout.table.columns if name not in found]


def nearest_column(table: Table, names: Iterable[str], heading: Heading) -> Column | None:
    """Of some columns that one with a name at all like a heading's."""
    alike = [
        (fuzz.WRatio(heading.key, header_key(known)), name)
        for name in names for known in table.columns[name].header
    ]  # fmt: skip
    score, name = max(alike, default=(0.0, ""))
    return table.columns[name] if score >= 60 else None


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Header = TypeVar("Header", bound=_Keyed)


def nearest_of(column: Column, headers: Iterable[Header]) -> Header | None:
    """The header most like a column, however little that is; None where there is none."""
    return max(
        headers,
        key=lambda h: max(fuzz.WRatio(h.key, header_key(known)) for known in column.header),
        default=None,
    )


def by_whom(findings: Iterable[Finding], form: Form, lines: list[str]) -> list[Finding]:
    """Findings, of which those on headers say who filed them, as far as a title block does."""
    listed = list(findings)
    if not any(finding.about for finding in listed):
        return listed
    year = max(titled_years(titles(form, lines)), default=form.valid.from_)
    try:
        on = units_on(form, year, next(iter(form.periods)))
        unit = find_filer(load_units(), form, lines, on).unit
        who = (("unit", unit.code), ("unit_name", in_full(load_units().history, unit)))
    except IdentityError:
        who = (("unit", ""), ("unit_name", ""))
    return [replace(f, about=f.about + who) if f.about else f for f in listed]
