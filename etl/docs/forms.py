"""The page docs/forms.md: every form, its tables, columns and rows."""

from __future__ import annotations

from etl.catalogue.forms import DATE, Column, Form, Item, Table, load_forms
from etl.catalogue.slots import programme_of
from etl.docs.deadlines import due_lines, without_form
from etl.docs.text import grid, page, quoted
from etl.units.words import LEVEL_WORDS

_CONTENTS = {
    "ordinal": "số thứ tự / ordinal",
    "unit": "tên đơn vị / name of the unit",
    "item": "tên dòng / label of the row",
    "line": "loại dòng của đơn vị / which line of the unit",
    "measure": "đơn vị tính của dòng, được đối chiếu / the row's unit, checked",
    "note": "ghi chú, không nạp / note, not loaded",
}
_CODES = {
    "indicator": "mã chỉ tiêu / indicator code, [indicators.md](indicators.md)",
    "project": "mã dự án / project code, `sql/seeds/project.csv`",
    "source": "mã hoặc tên nguồn vốn / code or name of a source, `sql/seeds/source.csv`",
    "agency": "tên cơ quan, `sql/seeds/agency.csv`, hoặc khác / name of an agency, or another",
}
_ROWS = {
    "units": "mỗi dòng là một đơn vị trực thuộc / one row per unit of the filer",
    "items": "các dòng cố định / fixed rows",
    "statements": "mỗi dòng là một mục tiêu hoặc một kết quả / one row per target or result",
}
_BELOW = (
    "; tỉnh ghi các huyện (từ 01/7/2025: các xã), huyện ghi các xã / districts of a province"
    " (communes since 2025-07-01), communes of a district"
)
_TARGET_PARTS = {
    "target_high": "giá trị cao của khoảng / upper value of a range",
    "target_total": "tổng số của mục tiêu dạng 18/18 / total of a target such as 18/18",
    "target_from": "năm đầu; trống là của kế hoạch / first year; blank: the plan's",
    "target_to": "năm cuối; trống là của kế hoạch / last year; blank: the plan's",
}
_TOTALS = {"sum": "tổng các dòng / sum of the rows", "ratio": "tính lại / recomputed", None: ""}
_COLUMN_HEADER = (
    *("Cột / column", "Tiêu đề được nhận / accepted headers", "Nội dung / holds"),
    *("Đơn vị tính / unit", "Bắt buộc / required", "Dòng tổng cộng / total row"),
)
_ITEM_HEADER = ("Dòng / row", "Tên được nhận / accepted labels", "Chỉ tiêu / indicators")


def forms_page() -> str:
    """What each form looks like, for those who fill it in."""
    return page(
        "Biểu mẫu / Forms",
        "Biểu được nhận ra theo tiêu đề và tên cột, không theo tên tệp hay vị trí ô; hoa thường,"
        " dấu cách và cách đặt dấu thanh không ảnh hưởng. `{year}` là năm báo cáo. Viết số như"
        " `1.337` và `8,08`; không phát sinh thì ghi `0`. Tổng và tỷ lệ được tính lại, chỉ chấp"
        " nhận chênh lệch 0,01 do làm tròn.",
        "A form is known by its title and headers, not by file name or position; case, spaces and"
        " tone placement do not matter. `{year}` is the reporting year. Write numbers as `1.337`"
        " and `8,08`, and `0` for nothing. Sums and rates are recomputed; 0.01 is allowed for"
        " rounding.",
        [
            *(line for form in load_forms().values() for line in ("", *_form(form))),
            *without_form(),
        ],
    )


_FIGURES = {
    "since_start": "tính từ 01/01 / since 1 January",
    "of_period": "của riêng kỳ / of the period alone",
}
_YEARS_ON = {-1: "của năm trước / of the year before", 1: "của năm sau / of the next year"}


def _form(form: Form) -> list[str]:
    periods = [
        f"`{period}`" + (f" (tiêu đề ghi / the title says: {quoted(words)})" if words else "")
        for period, words in form.periods.items()
    ]
    filers = [" / ".join(LEVEL_WORDS[level]) for level in form.filer]
    day = {"start": "đầu năm / start of the year", "end": "cuối kỳ / end of the period"}
    lines = [
        f"## {form.title.vi} / {form.title.en}",
        "",
        f"- Mã / code: `{form.form}`, bản / version {form.version},"
        f" năm / years {form.valid.from_}–{form.valid.to}",
        f"- Đơn vị gửi / filed by: {', '.join(filers)}",
        f"- Kỳ / periods: {'; '.join(periods)}",
        *([f"- Chương trình / programme: `{of}`"] if (of := programme_of(form)) else ()),
        *([f"- Số liệu / figures: {_FIGURES[form.figures]}"] if form.figures else []),
        *due_lines(form.form),
        f"- Địa giới / units as of: {day[form.units_on]}",
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
    level = _BELOW if table.unit_level == "below" else ""
    lines = [f"### `{name}`", "", f"- Dòng / rows: {_ROWS[table.rows]}{level}"]
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
    below = ("", *grid(_ITEM_HEADER, items)) if items else ()
    return [*lines, "", *grid(_COLUMN_HEADER, columns), *below]


def _column(name: str, column: Column, table: Table) -> tuple[str, ...]:
    required = "không để trống / not blank" if column.required else "phải có / must be there"
    if column.unless:
        codes = ", ".join(f"`{name}` = `{code}`" for name, code in column.unless.items())
        required += f", trừ khi / unless {codes}"
    if column.optional:
        required = "có thể vắng / may be absent"
    above = quoted(column.under) if column.under else quoted([" / ".join(column.path)])
    under = f" (dưới / under {above})" if column.above else ""
    total = _TOTALS[column.total] if table.total_labels else ""
    return (
        *(f"`{name}`", quoted(column.header) + under, _holds(column)),
        *(f"`{column.unit}`" if column.unit else "", required, total),
    )


def _holds(column: Column) -> str:
    """What the cells of a column hold, and what they must equal."""
    if column.is_ in _CONTENTS:
        return _CONTENTS[column.is_]
    if column.codes:
        return _CODES[column.codes]
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
    parts += [_FIGURES[column.figures]] if column.figures else []
    parts += [_YEARS_ON[column.years_on]] if column.years_on else []
    if column.fact == "indicator" and not column.indicator:
        parts.append("chỉ tiêu theo dòng / indicator by row")
    if column.fact in _TARGET_PARTS:
        parts.append(_TARGET_PARTS[column.fact])
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
