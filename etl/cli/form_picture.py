"""A form as a picture of its tables: what is printed, and below each header what a figure means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from etl.catalogue.forms import DATE, Column, Form, Table
from etl.catalogue.indicators import indicator_names
from etl.catalogue.measures import word_for
from etl.ground.yaml_file import words_beside

# widths of the columns that name and number the rows, and of the others
_SUMS = {"sum": "cộng", "ratio": "tính lại tỷ lệ"}
_KEY, _ORDINAL, _LEAST, _MOST = 26, 9, 13, 30


class Cell(NamedTuple):
    """A text over one or several columns."""

    text: str
    span: int = 1


def picture(form: Form, width: int) -> Iterator[str]:
    """The lines of a form's picture, at most about `width` characters wide."""
    filers = "/".join(_label(level) for level in form.filer)
    yield f"{form.form} {form.version} · {form.title.vi} · {filers} gửi"
    yield f"Tiêu đề: {' | '.join(form.titles)} · năm {form.valid.from_}–{form.valid.to}"
    for name, table in form.tables.items():
        yield ""
        yield f"{table.title} ({name}): {_label(table.rows)}"
        for columns in _parts(table, width):
            yield from _grid(list(_rows(form, table, columns)), _widths(table, columns, width))


def _label(word: str | None) -> str:
    return str(words_beside(__file__)["forms"].get(word, word or ""))


def _parts(table: Table, width: int) -> Iterator[list[str]]:
    """The columns in blocks that fit beside each other, each with the column that names rows."""
    others = [name for name in table.columns if name != table.key_column]
    size = max((width - _KEY - 4) // (_LEAST + 3), 1)
    for first in range(0, max(len(others), 1), size):
        block = {table.key_column, *others[first : first + size]}
        yield [name for name in table.columns if name in block]


def _widths(table: Table, columns: list[str], width: int) -> list[int]:
    fixed = {name: _KEY if name == table.key_column else _ORDINAL for name in columns
             if name == table.key_column or table.columns[name].is_ == "ordinal"}  # fmt: skip
    left = width - sum(each + 3 for each in fixed.values()) - 1
    share = left // max(len(columns) - len(fixed), 1) - 3
    return [fixed.get(name, min(max(share, _LEAST), _MOST)) for name in columns]


def _rows(form: Form, table: Table, columns: list[str]) -> Iterator[list[Cell]]:
    shown = [table.columns[name] for name in columns]
    if any(column.headings for column in shown):
        above = groupby(shown, key=lambda column: column.headings)
        yield [Cell(" / ".join(words), len(list(own))) for words, own in above]
    others = (f" (+{len(c.header) - 1} cách viết)" if len(c.header) > 1 else "" for c in shown)
    yield [Cell(c.header[0] + more) for c, more in zip(shown, others, strict=True)]
    yield [Cell("\n".join(_meaning(form, column))) for column in shown]
    for label, item in _labels(table):
        yield [Cell(label if name == table.key_column else _filled(table, item, name))
               for name in columns]  # fmt: skip
    sums = [group.labels[0] for group in table.groups.values()] + [*table.total_labels[:1]]
    for label in sums:
        totals = {name: _SUMS.get(table.columns[name].total or "", "") for name in columns}
        yield [Cell(text) for text in (totals | {table.key_column: f"Σ {label}"}).values()]


def _labels(table: Table) -> list[tuple[str, str]]:
    """The rows that are drawn: every fixed one, or one for all units or statements."""
    fixed = [(item.labels[0], name) for name, item in table.items.items()]
    unit = f"(từng {_label(table.unit_level)})" if table.rows == "units" else "(từng dòng)"
    if table.line_column:
        return [(f"{unit} {label}", name) for label, name in fixed]
    return fixed or [(unit, "")]


def _filled(table: Table, item: str, name: str) -> str:
    """What a cell of a row holds: the indicator that it is of, "…" what its column says."""
    column, cells = table.columns[name], table.items[item].cells if item in table.items else {}
    if column.is_ not in ("figure", "attribute"):
        return ""
    if name in cells:
        return _indicator(cells[name].indicator)
    if column.ratio and set(column.ratio.counts) <= set(cells):
        return "tính từ các cột khác"
    is_closed = cells and column.fact != "fund" and not column.indicator
    return "░ không điền" if is_closed else "…"


def _meaning(form: Form, column: Column) -> Iterator[str]:
    """What a column says, a line each: of what, when and as what, in which unit."""
    if column.is_ != "figure":
        own = f"{'ngày' if column.unit == DATE else 'chữ'}: {column.says or column.fact}"
        yield words_beside(__file__)["columns"].get(column.is_, own)
    elif column.ratio:
        yield f"= {column.ratio.above(str)} / {column.ratio.denominator}"
    elif column.parts:
        yield f"= {' + '.join(column.parts)}"
    if column.indicator:
        yield _indicator(column.indicator)
    if column.fact == "fund":
        said = (column.project, column.source, _label(column.nature), _label(column.stage))
        yield f"vốn {', '.join(filter(None, said))}"
    elif column.is_ == "figure" and column.fact != "check":
        measure = column.basis or column.measure or form.measure
        yield ", ".join(filter(None, (_label(measure), _label(column.period))))
    if column.unit != DATE and (unit := word_for(column.unit) or (column.unit or "")):
        yield unit
    if column.required or column.optional:
        yield "bắt buộc" if column.required else "cột có thể không có"


def _indicator(code: str) -> str:
    return f"{indicator_names().get(code, '?')}\n[{code}]"


def _grid(rows: list[list[Cell]], widths: list[int]) -> Iterator[str]:
    """Rows in boxes; a cell over several columns has no line inside."""
    yield "┌" + "┬".join("─" * (width + 2) for width in widths) + "┐"
    for number, row in enumerate(rows):
        spans, place = [], 0
        for cell in row:
            own = widths[place : place + cell.span]
            spans.append(sum(own) + 3 * (cell.span - 1))
            place += cell.span
        wrapped = [_wrapped(cell.text, width) for cell, width in zip(row, spans, strict=True)]
        for line in range(max(map(len, wrapped))):
            texts = (
                (lines[line] if line < len(lines) else "").ljust(width)
                for lines, width in zip(wrapped, spans, strict=True)
            )
            yield "│ " + " │ ".join(texts) + " │"
        ends = "└┴┘" if number == len(rows) - 1 else "├┼┤"
        yield ends[0] + ends[1].join("─" * (width + 2) for width in widths) + ends[2]


def _wrapped(text: str, width: int) -> list[str]:
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""]]
