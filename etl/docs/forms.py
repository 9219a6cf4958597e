"""The page docs/forms.md: every form, its tables, columns and rows, and when it is due."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import DATE, Column, Group, Item, Table
from etl.catalogue.indicators import programme_of
from etl.docs.text import grid, page, quoted, words
from etl.ground.seeds import seed
from etl.ground.templates import environment
from etl.units.words import LEVEL_WORDS


def forms_page() -> str:
    """What each form looks like, for those who fill it in."""
    template = environment(__file__).get_template("form.md")
    template.globals.update(
        levels=LEVEL_WORDS, quoted=quoted, words=words, programme_of=programme_of,
        due_lines=_due_lines, inside=_inside, columns=_columns, items=_items,
    )  # fmt: skip
    forms = (template.render(form=form) for form in load_forms().values())
    return page("forms", [*(f"\n{text.rstrip()}" for text in forms), *_without_form()])


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


def _due_lines(form: str) -> list[str]:
    """One line a row of sql/seeds/calendar.csv and calendar_rule.csv about the form."""
    dated = [(f"{row['period']} {row['year']}", row["due_on"] or "–", row)
             for row in seed("calendar") if row["form"] == form]  # fmt: skip
    yearly = [(f"{row['period']} {row['first_year']}–{row['last_year']}", _day(row), row)
              for row in seed("calendar_rule") if row["form"] == form]  # fmt: skip
    return [
        f"- Hạn gửi / due: {when}, {row['filer_level']}, `{row['scope_code']}`: {due}"
        f" ({row['basis_vi']} / {row['basis_en']})"
        for when, due, row in (*dated, *yearly)
    ]


def _day(rule: dict[str, str]) -> str:
    """The day as printed: trước ngày / before 10/6; "–" where the rule states none."""
    if not rule["day"]:
        return "–"
    month, day = map(int, rule["day"].split("-"))
    after = " năm sau / of the next year" if rule["years_after"] == "1" else ""
    return f"{words('relations')[rule['relation']]} {day}/{month}{after}"


def _without_form() -> list[str]:
    """The deadlines of the plans that no form answers to, and why."""
    rows = [
        (
            *(f"`{row['scope_code']}`", f"{row['what_vi']} / {row['what_en']}"),
            *(row["basis_vi"], row["basis_en"], f"{row['why_vi']} / {row['why_en']}"),
        )
        for row in seed("deadline_without_form")
    ]
    title = "## Hạn báo cáo chưa có biểu / Deadlines without a form"
    return ["", title, "", *grid("deadlines", rows)]
