"""The page docs/forms.md: every form, its tables, columns and rows."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import DATE, Column, Group, Item, Table
from etl.catalogue.indicators import programme_of
from etl.docs.deadlines import due_lines, without_form
from etl.docs.text import grid, page, quoted, words
from etl.ground.templates import environment
from etl.units.words import LEVEL_WORDS


def forms_page() -> str:
    """What each form looks like, for those who fill it in."""
    template = environment(__file__).get_template("form.md")
    template.globals.update(
        levels=LEVEL_WORDS, quoted=quoted, words=words, programme_of=programme_of,
        due_lines=due_lines, inside=_inside, columns=_columns, items=_items,
    )  # fmt: skip
    forms = (template.render(form=form) for form in load_forms().values())
    return page("forms", [*(f"\n{text.rstrip()}" for text in forms), *without_form()])


def _inside(group: Group) -> str:
    return ", ".join((*group.types, *(f"`{item}`" for item in group.items)))


def _columns(table: Table) -> Iterator[str]:
    return grid("columns", [_column(*each, table) for each in table.columns.items()])


def _items(table: Table) -> Iterator[str]:
    return grid(
        "items", [(f"`{key}`", quoted(i.labels), _cells(i)) for key, i in table.items.items()]
    )


def _column(name: str, column: Column, table: Table) -> tuple[str, ...]:
    required = "không để trống / not blank" if column.required else "phải có / must be there"
    if column.unless:
        codes = ", ".join(f"`{name}` = `{code}`" for name, code in column.unless.items())
        required += f", trừ khi / unless {codes}"
    if column.optional:
        required = "có thể vắng / may be absent"
    above = quoted(column.under) if column.under else quoted([" / ".join(column.path)])
    under = f" (dưới / under {above})" if column.above else ""
    total = words("totals").get(column.total, "") if table.total_labels else ""
    return (
        *(f"`{name}`", quoted(column.header) + under, _holds(column)),
        *(f"`{column.unit}`" if column.unit else "", required, total),
    )


def _holds(column: Column) -> str:
    """What the cells of a column hold, and what they must equal."""
    contents = words("contents")
    if column.is_ in contents or column.codes:
        return str(contents.get(column.is_) or words("codes")[column.codes])
    if column.values:
        listed = [f"`{code}`: {quoted(words)}" for code, words in column.values.items()]
        other = ["hoặc ghi khác / or in other words"] if column.open else []
        return "; ".join((*listed, *other))
    if column.refers:
        return f"`{column.refers}` của một dòng khác / of another row"
    if column.is_ == "attribute":
        return "ngày / day" if column.unit == DATE else "văn bản / text"
    named = (column.indicator, column.measure, column.basis, column.project, column.source,
             column.nature, column.stage)  # fmt: skip
    parts = [f"`{word}`" for word in (*named, column.period) if word]
    parts += [words("figures")[column.figures]] if column.figures else []
    parts += [words("years_on")[column.years_on]] if column.years_on else []
    if column.fact == "indicator" and not column.indicator:
        parts.append("chỉ tiêu theo dòng / indicator by row")
    parts += filter(None, [words("target_parts").get(column.fact)])
    if column.ratio:
        parts.append(f"= 100 × {column.ratio.above(str)} / {column.ratio.denominator}")
    if column.parts:
        parts.append("= " + " + ".join(column.parts))
    return ", ".join(parts)


def _cells(item: Item) -> str:
    return "; ".join(
        f"{column}: `{cell.indicator}`" + (" (lặp lại / repeated)" if cell.repeat else "")
        for column, cell in item.cells.items()
    )
