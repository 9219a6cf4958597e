"""What a form must say of its funds: of each amount the stage, the source and the project, and no
amount twice."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalogue.codes import WHOLE_PROGRAMME
from etl.catalogue.form_clashes import Said
from etl.catalogue.forms import Column, Form, Table
from etl.catalogue.funds import IN_ROW, NATURES, FundLine, fund_line, has_funds, telling
from etl.catalogue.indicators import programme_of, projects, sources
from etl.ground.faults import unknown
from etl.ground.yaml_file import Place, sentence


def fund_faults(form: Form, table: Table) -> Said:
    """Every fault of a table's funds; the places are inside the table."""
    if not has_funds(table):
        yield from _without_funds(table)
        return
    if programme_of(form) is None:
        yield (), "thiếu mục “programme” / “programme” is missing"
    for what, name in telling(table).items():
        yield from ((("columns", name, *p), why) for p, why in _telling(form, table, what, name))
    yield from _codes(form, table)
    if table.rows == "units":
        yield (), "kinh phí phải theo dòng dự án / funds need rows of projects"
        return
    yield from _lines(form, table)


def _without_funds(table: Table) -> Said:
    """Nothing is said of funds where there are none: it would be lost."""
    for name, item in table.items.items():
        if item.source or item.nature:
            yield ("items", name), "bảng không có cột kinh phí / the table has no funds"


def _telling(form: Form, table: Table, what: str, name: str) -> Said:
    """A column that tells the project, source or nature of its row must do so by codes."""
    column = table.columns[name]
    if what == "nature":
        for word in set(column.values or ()) - set(NATURES):
            yield ("values", word), unknown("từ", "word", word, NATURES)
        if not column.values or column.open:
            yield ("values",), "phải liệt kê các từ / its words must be listed"
        return
    if column.codes != what and not column.values:
        yield ("codes",), f"thiếu mục “codes: {what}” / “codes: {what}” is missing"
    if column.open:
        yield ("open",), "phải là mã đã có / must be a known code"
    if not column.required:
        yield ("required",), "phải là cột bắt buộc (required) / must be required"
    known = {*sources()} if what == "source" else projects(programme_of(form)) | {WHOLE_PROGRAMME}
    for word in set(column.values or ()) - known:
        yield ("values", word), unknown("từ", "word", word, known)


def _codes(form: Form, table: Table) -> Said:
    """Projects and sources that columns and items name must be there, and be named once."""
    known, told = projects(programme_of(form)), telling(table)
    for place, named in _named(table):
        if named.source and named.source not in sources():
            yield (*place, "source"), unknown("nguồn vốn", "source", named.source, sources())
        for what in ("source", "nature", "project"):
            if getattr(named, what) and what in told:
                yield (*place, what), f"cột “{told[what]}” đã nói / “{told[what]}” says it"
    of_items = {what for item in table.items.values() for what in ("source", "nature")
                if getattr(item, what)}  # fmt: skip
    for name, column in table.columns.items():
        if column.project and column.project not in known | {WHOLE_PROGRAMME}:
            why = unknown("dự án", "project", column.project, known | {WHOLE_PROGRAMME})
            yield ("columns", name, "project"), why
        for what in of_items:
            if getattr(column, what):
                yield ("columns", name, what), "dòng đã nói / the rows say it"
    of_columns = all(c.project for _name, c in _funds(table))
    for code, item in table.items.items():
        if of_columns and item.whole_programme:
            yield ("items", code), "cột đã nói dự án / the columns say the project"
        elif not (of_columns or item.whole_programme or "project" in told) and code not in known:
            yield ("items", code), unknown("dự án", "project", code, known)


def _named(table: Table) -> Iterator[tuple[Place, FundLine]]:
    for name, column in table.columns.items():
        yield ("columns", name), FundLine(column.project, column.source, column.nature)
    for name, item in table.items.items():
        yield ("items", name), FundLine(None, item.source, item.nature)


def _funds(table: Table) -> Iterator[tuple[str, Column]]:
    return ((name, c) for name, c in table.columns.items() if c.fact == "fund")


def _lines(form: Form, table: Table) -> Said:
    """Of each amount the form says all, and has one place for it: an amount that is split into
    capital and recurrent has none beside for both."""
    first: dict[tuple[object, ...], object] = {}
    natures: dict[tuple[object, ...], set[str | None]] = {}
    for other, name, column, item in _cells(form, table):
        line = fund_line(other, column, item)
        when = (column.stage, column.period, column.years_on, column.figures or form.figures)
        rows = (id(other), item) if IN_ROW in line else None
        amount = (*when, line.project, line.source, rows)
        here = (id(other), name, item)
        of_line = natures.setdefault(amount, set())
        of_line.add(line.nature)
        if other is not table:
            first.setdefault((*amount, line.nature), here)
        elif not column.stage or not line.source:
            lacking = "source" if column.stage else "stage"
            yield ("columns", name), f"thiếu mục “{lacking}” / “{lacking}” is missing"
        elif item is None and line.project is None and column.project is None:
            yield ("columns", name), "thiếu mục “project” / “project” is missing"
        elif first.setdefault((*amount, line.nature), here) != here:
            yield ("columns", name), "số tiền này đã có ở ô khác / another cell holds this amount"
        elif len(of_line) > 1 and None in of_line:
            yield ("columns", name), sentence(__file__, "split_and_whole")


def _cells(form: Form, table: Table) -> Iterator[tuple[Table, str, Column, str | None]]:
    """The amounts of the form up to the end of a table: table, column and item."""
    for other in form.tables.values():
        for name, column in _funds(other):
            for item in other.items or (None,):
                yield other, name, column, item
        if other is table:
            return
