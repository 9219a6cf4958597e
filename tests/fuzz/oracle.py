"""What an accepted mutation may say: each figure means what the labels around it say, and is what
its cell says. Judged on the grid, by the original's labels and headers, not by khoxa's rooms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from openpyxl.utils.cell import coordinate_to_tuple

from etl.catalogue.slots import slots
from etl.ground.records import Figure, Normalised, Sheet
from etl.normalise.header.layout import find_layouts
from tests.fuzz.grid import At, Cell, Grid

_GROUPED = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_FACTS = {s.slot_id for s in slots() if s.kind not in ("total", "group", "check")}
_NUMBERS = {s.slot_id for s in slots() if s.kind != "attribute"}
_SUMS = ("tổng", "cộng", "trong đó", "toàn huyện", "khu vực")


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\s\d.,()%-]*\d[\s\d.,()%-]*", text))


def plain(cell: Cell) -> set[object]:
    """What a cell may be read as: its number (also as a percentage), or its text."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return {None}
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g"))
        as_text = format(number, "f").replace(".", ",")
        return {number, as_text, *({number * 100} if cell.is_percent else ())}
    if isinstance(value, datetime):
        return {f"{value:%d/%m/%Y}"}
    text = str(value).replace("\u00a0", " ").strip()
    digits = text.strip("()% ").replace(" ", "")
    if is_number(text):
        grouped = _GROUPED.match(digits)
        digits = (digits.replace(".", "") if grouped else digits).replace(",", ".")
        try:
            number = Decimal(digits)
        except ArithmeticError:
            return {text}
        return {-number if text.startswith("(") else number, text}
    return {text, None}


@dataclass(frozen=True)
class Table:
    """One table of the original: its key column, header rows, and what stands where."""

    key_column: int
    header: range
    meanings: dict[At, tuple[int, str | None]]
    labels: dict[str, At]

    def named(self, text: str) -> At | None:
        """Where the one label stands that begins or ends with a text ("Kim Hỷ", "Dự án 2")."""
        found = [at for label, at in self.labels.items() if label.startswith(text + ":")]
        found += [at for label, at in self.labels.items() if label.endswith(" " + text)]
        return found[0] if len(found) == 1 else self.labels.get(text)

    @property
    def are_statements(self) -> bool:
        """Whether all rows mean the same but for their column."""
        return len({(c, *meaning) for (_r, c), meaning in self.meanings.items()}) == len(
            {c for _r, c in self.meanings}
        )

    @property
    def rows(self) -> set[int]:
        return {r for r, _c in self.meanings}


def tables(grids: list[Grid], filing: Normalised) -> dict[str, Table]:
    """Per sheet name, the table of the unchanged original."""
    found = {}
    for grid in grids:
        cells = [["" if x.value is None else x.value for x in row] for row in grid.rows]
        merged = [((a, b), (c, d)) for a, b, c, d in grid.merged]
        layout = find_layouts(Sheet(grid.name, True, cells, merged))[0]
        meanings = {
            place(figure): (figure.slot_id, figure.subject)
            for figure in filing.figures
            if figure.sheet == grid.name and figure.slot_id in _FACTS
        }
        key_place = dict(layout.columns)[layout.table.key_column].place
        labels = {
            str(grid.rows[r][key_place].value): (r, key_place) for r in {r for r, _c in meanings}
        }
        header = range(layout.first_row, layout.last_row + 1)
        found[grid.name] = Table(key_place, header, meanings, labels)
    return found


def place(figure: Figure) -> At:
    row, column = coordinate_to_tuple(figure.cell)
    return row - 1, column - 1


def wrong(grids: list[Grid], originals: dict[str, Table], filing: Normalised) -> Iterator[str]:
    """Every way in which an accepted filing says what its workbook does not."""
    by_sheet: dict[str, dict[At, Figure]] = {}
    for figure in filing.figures:
        if figure.slot_id in _FACTS:
            by_sheet.setdefault(figure.sheet, {})[place(figure)] = figure
    for grid in grids:
        table = originals.get(grid.name)
        if table is None:
            yield f"a sheet {grid.name!r} out of nowhere"
            continue
        figures = by_sheet.pop(grid.name, {})
        expected = dict(_expected(grid, table))
        unread = {
            coordinate_to_tuple(cell)[1] - 1
            for f in filing.findings
            if f.rule in ("column-unread", "columns-other-year") and f.sheet == grid.name
            for cell in dict(f.params).get("cells", f.cell).split(", ")
        }  # fmt: skip
        for at, meaning in expected.items():
            if at not in figures and at[1] not in unread:
                yield f"{grid.name} {at}: {meaning} is not read"
        for at, figure in figures.items():
            content = grid.rows[at[0]][at[1]] if at[1] < len(grid.rows[at[0]]) else Cell()
            if expected.get(at) != (figure.slot_id, figure.subject):
                yield f"{grid.name} {figure.cell}: {figure} but labels say {expected.get(at)}"
            is_text = figure.value is None
            read = figure.text if is_text else Decimal(figure.value or 0)
            may_be = plain(content) | ({str(content.value).strip()} if is_text else set())
            if figure.state == "value" and read not in may_be:
                yield f"{grid.name} {figure.cell}: read {figure.value!r} of {content.value!r}"
        yield from _dropped(grid, table, expected)
    yield from (f"figures of a sheet that is not there: {name}" for name in by_sheet)


def _headers(grid: Grid, table: Table) -> dict[int, tuple[int, int]]:
    """Per column of the grid: the column of the original that its lowest header names, its row."""
    found: dict[int, tuple[int, int]] = {}
    heads = [r for r, row in enumerate(grid.rows) if _is_header(row, table)]
    top = min(heads, default=0)
    first_body = min((r for r in _body_rows(grid, table) if r > top), default=len(grid.rows))
    for r, c, cell in grid.places():
        if cell.origin and cell.origin[0] in table.header and r < first_body:
            found[c] = (cell.origin[1], r)
    return found


def _body_rows(grid: Grid, table: Table) -> Iterator[int]:
    for r, _c, cell in grid.places():
        if cell.origin and cell.origin[1] == table.key_column and cell.origin[0] in table.rows:
            yield r


def _expected(grid: Grid, table: Table) -> Iterator[tuple[At, tuple[int, str | None]]]:
    """Each place whose row label and column header are the original's, and what they mean."""
    headers = _headers(grid, table)
    keys = [c for c, (origin, _r) in headers.items() if origin == table.key_column]
    for r, row in enumerate(grid.rows):
        if _is_header(row, table):
            continue
        for label in _label_origins(row, keys, table):
            for c, (origin, header_row) in headers.items():
                if r > header_row and label and (label[0], origin) in table.meanings:
                    yield (r, c), table.meanings[label[0], origin]


def _label_origins(row: list[Cell], keys: list[int], table: Table) -> list[At | None]:
    """Where a row's label comes from; a statement is named by whatever its key cell says,
    but a line of nothing that was ever in a statement is a footer."""
    cells = [row[c] for c in keys if c < len(row) and not _is_empty(row[c])]
    if table.are_statements:
        own = any(cell.origin and cell.origin[0] in table.rows for cell in row)
        return [(min(table.rows), 0)] if cells and own else []
    return [_label_origin(cell, table) for cell in cells]


def _label_origin(cell: Cell, table: Table) -> At | None:
    """Where the original has a label; an ordinal in a label's place is none."""
    moved = cell.origin is not None and cell.origin[1] != table.key_column
    return table.named(str(cell.value)) if moved or cell.origin is None else cell.origin


def _dropped(grid: Grid, table: Table, expected: dict[At, object]) -> Iterator[str]:
    """Rows below the header with numbers in a figure's column, and no meaning for them."""
    headers = _headers(grid, table)
    numbers = {c for (_r, c), (slot_id, _s) in table.meanings.items() if slot_id in _NUMBERS}
    columns = {c for c, (origin, _r) in headers.items() if origin in numbers}
    bottom = max((r for _o, r in headers.values()), default=0)
    keys = [c for c, (origin, _r) in headers.items() if origin == table.key_column]
    for r in range(bottom + 1, len(grid.rows)):
        row = grid.rows[r]
        texts = [str(row[c].value or "") for c in range(min(len(row), max(keys, default=0) + 1))]
        if any(text.strip(" -.0123456789").lower().startswith(_SUMS) for text in texts):
            continue
        if _is_header(row, table):
            continue
        for c in columns:
            value = row[c].value if c < len(row) else None
            is_figure = isinstance(value, int | float) and not isinstance(value, bool)
            if is_figure and (r, c) not in expected and not _is_numbering(row):
                yield f"{grid.name} row {r + 1}: {value!r} is dropped silently"


def _is_empty(cell: Cell) -> bool:
    return cell.value in (None, "") or str(cell.value).startswith("#")


def _is_header(row: list[Cell], table: Table) -> bool:
    return sum(cell.origin is not None and cell.origin[0] in table.header for cell in row) > 1


def _is_numbering(row: list[Cell]) -> bool:
    texts = [str(cell.value).strip() for cell in row if cell.value not in (None, "")]
    return all(re.fullmatch(r"[A-ZĐ]|\d{1,2}(=.*)?|\(\d+\)", text) for text in texts)
