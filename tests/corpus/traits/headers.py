"""Headers: what they say, how many rows they take, where their columns stand."""

from __future__ import annotations

from tests.corpus.model import Cell, Column, Row, Sheet
from tests.corpus.traits.registry import of_sheet

RESPELLED = {
    "capitals": str.upper,
    "double spaces": lambda text: f"  {text} ".replace(" ", "  "),
    "line breaks": lambda text: text.replace(" ", "\n", 2),
    "colon": lambda text: f"{text}:",
    "spaced brackets": lambda text: text.replace("(", "( ").replace(")", " )"),
}


@of_sheet("header-respelled")
def respell(sheet: Sheet, *, how: str) -> None:
    """The same words, typed differently."""
    for column in sheet.columns:
        column.path = [RESPELLED[how](text) for text in column.path]


@of_sheet("header-alias", "header-unknown", "header-other-unit")
def rename(sheet: Sheet, **to: str) -> None:
    """Another text for some columns' own header: {column: text}."""
    for name, text in to.items():
        sheet.column(name).path[-1] = text


@of_sheet("header-other-group")
def rename_group(sheet: Sheet, *, group: str, to: str) -> None:
    """Another text above some columns."""
    for column in sheet.columns:
        column.path = [to if text == group else text for text in column.path]


@of_sheet("header-rows")
def set_rows(
    sheet: Sheet,
    *,
    flat: bool = False,
    over: dict[str, list[str]] | None = None,
    below: dict[str, str] | None = None,
) -> None:
    """One row (`flat`), a row of groups more above, a row of words more below."""
    for column in sheet.columns:
        column.path = column.path[-1:] if flat else column.path
    for group, names in (over or {}).items():
        for name in names:
            sheet.column(name).path.insert(0, group)
    for name, text in (below or {}).items():
        sheet.column(name).path.append(text)


@of_sheet("extra-column", "header-duplicate")
def add_column(sheet: Sheet, *, after: str, header: str | list[str], filled: str = "") -> None:
    """A column that the form does not ask for, empty or with `filled` in each row.

    `filled: "="` repeats the column before it.
    """
    at = [column.name for column in sheet.columns].index(after) + 1
    name = f"extra {len(sheet.columns)}"
    sheet.columns.insert(at, Column(name, [header] if isinstance(header, str) else list(header)))
    for number, row in enumerate(sheet.rows_of("data", "total"), start=1):
        other = row.cells.get(after, Cell())
        typed = other.typed if filled == "=" else 3 * number if filled == "#" else filled
        row.cells[name] = Cell(typed or None, None, other.number_format)


@of_sheet("columns-moved")
def move_columns(sheet: Sheet, *, order: list[str]) -> None:
    """These columns in this order, the others after them."""
    rest = [column.name for column in sheet.columns if column.name not in order]
    sheet.columns = [sheet.column(name) for name in (*order, *rest)]


@of_sheet("header-missing")
def drop_columns(sheet: Sheet, *, columns: list[str]) -> None:
    """Columns that are not there at all."""
    sheet.columns = [column for column in sheet.columns if column.name not in columns]


@of_sheet("numbering-row")
def number_columns(
    sheet: Sheet, *, texts: dict[str, str] | None = None, numbers: bool = False
) -> None:
    """Below the header: "A", "B", 1, 2, "3=2/1*100"; `numbers` as number cells."""
    sheet.rows.insert(0, numbering(sheet, texts or {}, numbers=numbers))


def numbering(sheet: Sheet, texts: dict[str, str], *, numbers: bool = False) -> Row:
    """The row of letters for words and numbers for figures."""
    words = {sheet.columns[0].name, sheet.key_column}
    letters, count, cells = iter("ABCDEFGH"), 0, {}
    for column in sheet.columns:
        if column.name in words:
            cells[column.name] = Cell(next(letters))
        else:
            count += 1
            shown = texts.get(column.name, str(count))
            cells[column.name] = Cell(count if numbers and shown == str(count) else shown)
    return Row("numbering", cells=cells)
