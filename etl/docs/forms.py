"""The page docs/forms.md: every form, its tables, columns and rows."""

from __future__ import annotations

from etl.catalogue.forms import DATE, Column, Form, Item, Table, load_forms
from etl.catalogue.slots import programme_of
from etl.docs.deadlines import due_lines, without_form
from etl.docs.text import grid, page, quoted, words
from etl.ground.yaml_file import words_beside
from etl.units.words import LEVEL_WORDS


def forms_page() -> str:
    """What each form looks like, for those who fill it in."""
    forms = (line for form in load_forms().values() for line in ("", *_form(form)))
    return page("forms", [*forms, *without_form()])


def _form(form: Form) -> list[str]:
    periods = [
        f"`{period}`" + (f" (tiêu đề ghi / the title says: {quoted(words)})" if words else "")
        for period, words in form.periods.items()
    ]
    filers = [" / ".join(LEVEL_WORDS[level]) for level in form.filer]
    lines = [
        f"## {form.title.vi} / {form.title.en}",
        "",
        f"- Mã / code: `{form.form}`, bản / version {form.version},"
        f" năm / years {form.valid.from_}–{form.valid.to}",
        f"- Đơn vị gửi / filed by: {', '.join(filers)}",
        f"- Kỳ / periods: {'; '.join(periods)}",
        *([f"- Chương trình / programme: `{of}`"] if (of := programme_of(form)) else ()),
        *([f"- Số liệu / figures: {words('figures')[form.figures]}"] if form.figures else []),
        *due_lines(form.form),
        f"- Địa giới / units as of: {words('units_on')[form.units_on]}",
        f"- Tiêu đề / title: {quoted(title.replace('.*', ' … ') for title in form.titles)}",
    ]
    if form.span:
        span = form.span.replace("{last_year}", "{year}")
        lines.append(f"- Tiêu đề nhiều năm / title for several years: {quoted([span])}")
    if form.unless:
        lines.append(f"- Tiêu đề không có / the title lacks: {quoted(form.unless)}")
    for name, table in form.tables.items():
        lines += ["", *_table(name, table)]
    return lines


def _table(name: str, table: Table) -> list[str]:
    level = words_beside(__file__)["below"] if table.unit_level == "below" else ""
    lines = [f"### `{name}`", "", f"- Dòng / rows: {words('rows')[table.rows]}{level}"]
    if table.total_labels:
        lines.append(f"- Dòng tổng cộng, nếu có / total row, if any: {quoted(table.total_labels)}")
    lines += [
        f"- Nhóm dòng có cộng riêng / rows with a subtotal: {quoted(group.labels)}"
        f" ({', '.join((*group.types, *(f'`{item}`' for item in group.items)))})"
        for group in table.groups.values()
    ]
    if table.above:
        lines.append(f"- Có thể đứng trên các cột / may stand above columns: {quoted(table.above)}")
    columns = [_column(key, column, table) for key, column in table.columns.items()]
    items = [(f"`{key}`", quoted(i.labels), _cells(i)) for key, i in table.items.items()]
    below = ("", *grid("items", items)) if items else ()
    return [*lines, "", *grid("columns", columns), *below]


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
