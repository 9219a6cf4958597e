"""What a form names must be there: columns of its own, indicators, projects and sources of the
seeds; and every figure must say in full what it is. Otherwise a figure would be lost on its way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.catalogue.answers import contradictions
from etl.catalogue.form_clashes import Said, same_periods, same_words
from etl.catalogue.form_file import FormFile
from etl.catalogue.form_words import word_faults
from etl.catalogue.forms import DATE, YES_NO, Column, Form, Table
from etl.catalogue.fund_faults import fund_faults
from etl.catalogue.indicators import (
    answered,
    indicator_names,
    indicator_units,
    populations,
    programmes,
)
from etl.catalogue.kept_cells import FACTS_IN_WORDS
from etl.catalogue.measures import units_in
from etl.catalogue.periods import periods
from etl.catalogue.units_of_measure import form_units
from etl.ground.faults import Fault, unknown
from etl.ground.yaml_file import Place, words_beside
from etl.units.version import LEVEL_TYPES

_KEY_KINDS = {"units": {"unit"}, "items": {"item"}, "statements": {"attribute", "ordinal", "note"}}
_NO_UNIT = (None, "number")


def form_faults(file: FormFile, form: Form) -> list[Fault]:
    """Every fault of a form that has the right shape."""
    found = [*_titles(form), *word_faults(form), *same_periods(form)]
    for name, table in form.tables.items():
        place = ("tables", name)
        own = list(_columns(table))
        found += [((*place, *inside), why) for inside, why in own or _meanings(form, table)]
    return [file.fault(place, why) for place, why in found]


def _titles(form: Form) -> Said:
    if form.valid.from_ > form.valid.to:
        yield ("valid",), "năm đầu sau năm cuối / the first year is after the last"
    if form.programme and form.programme not in programmes():
        yield ("programme",), unknown("chương trình", "programme", form.programme, programmes())
    if not form.tables:
        yield ("tables",), "biểu không có bảng nào / the form has no table"
    for key in ("titles", "filer", "periods"):
        if not getattr(form, key):
            yield (key,), f"mục “{key}” còn trống / “{key}” is empty"
    for code in {*form.periods, *form.heading} - set(periods()):
        yield ("periods",), unknown("kỳ", "period", code, periods())
    starts = {periods()[code].first for code in form.periods if code in periods()}
    if form.figures is None and starts - {1}:
        yield (), "thiếu mục “figures”: since_start hay of_period / “figures” is missing"
    if form.period and form.period not in periods():
        yield ("period",), unknown("kỳ", "period", form.period, periods())
    for key in ("titles", "unless", "needs"):
        for number, pattern in enumerate(getattr(form, key)):
            try:
                re.compile(pattern)
            except re.error as error:
                yield (key, number), f"mẫu tiêu đề sai / wrong pattern: {error}"


def _columns(table: Table) -> Said:
    """What names a column, an item or a type of unit that is not there."""
    known = set(table.columns)
    for key in ("key_column", "line_column"):
        if (name := getattr(table, key)) and name not in known:
            yield (key,), unknown("cột", "column", name, known)
    for name, column in table.columns.items():
        if column.under and column.path:
            yield ("columns", name, "path"), "chỉ ghi under hoặc path / give under or path"
        if not column.header:
            yield ("columns", name), "cột chưa có tiêu đề / the column has no header"
        for place, other in _named(column):
            if other not in known:
                yield ("columns", name, *place), unknown("cột", "column", other, known)
        yield from ((("columns", name, *p), why) for p, why in _excuses(table, column))
    yield from same_words(table)
    for name, item in table.items.items():
        if not item.labels:
            yield ("items", name), "dòng chưa có tên / the row has no label"
        for other in set(item.cells) - known:
            yield ("items", name, "cells", other), unknown("cột", "column", other, known)
    for name, group in table.groups.items():
        for words, listed, vi, en in (
            (group.items, table.items, "dòng", "row"),
            (group.types, LEVEL_TYPES["commune"], "loại đơn vị", "type of unit"),
        ):
            for word in set(words) - set(listed):
                yield ("groups", name), unknown(vi, en, word, listed)


def _named(column: Column) -> Iterator[tuple[Place, str]]:
    """The other columns that a column names, and where."""
    yield from ((("parts",), part) for part in column.parts)
    if column.ratio:
        for key in ("numerator", "denominator", "plus", "minus"):
            if other := getattr(column.ratio, key):
                yield ("ratio", key), other
    yield from ((("unless", name), name) for name in column.unless)
    yield from (((key,), other) for key in ("printed_in", "refers")
                if (other := getattr(column, key)))  # fmt: skip


def _excuses(table: Table, column: Column) -> Said:
    """The words of other columns that excuse a blank cell."""
    for name, word in column.unless.items():
        values = set(table.columns[name].values or ()) if name in table.columns else set()
        if name in table.columns and word not in values:
            yield ("unless", name), unknown("từ", "word", word, values)


def _meanings(form: Form, table: Table) -> Said:
    """What a table with the right columns says of its figures."""
    key = table.columns[table.key_column]
    if key.is_ not in _KEY_KINDS[table.rows]:
        yield ("key_column",), f"cột dòng phải là / must be: {sorted(_KEY_KINDS[table.rows])}"
    if table.rows == "units" and table.unit_level is None:
        yield (), "thiếu mục “unit_level” / “unit_level” is missing"
    if (table.rows == "units" and bool(table.items) != bool(table.line_column)) or (
        table.rows == "items" and not table.items
    ):
        yield (), "dòng và cột dòng không khớp / items and the column of lines do not fit"
    for name, column in table.columns.items():
        for place, why in _column(form, table, name, column):
            yield ("columns", name, *place), why
    for name, item in table.items.items():
        for place, why in _item(table, name):
            yield ("items", name, *place), why
        for other in item.cells:
            if table.columns[other].is_ != "figure":
                yield ("items", name, "cells", other), "cột không chứa số / holds no figures"
    yield from _repeats(form, table)
    yield from fund_faults(form, table)
    for name in table.columns:
        if name in _behind(table, name):
            yield ("columns", name), "cột được tính từ chính nó / the column follows from itself"


def _behind(table: Table, name: str) -> set[str]:
    """All columns of which a column is a sum or rate, and of which these are."""
    found: set[str] = set()
    left = [name]
    while left:
        column = table.columns[left.pop()]
        counts = (column.ratio.numerator, column.ratio.denominator) if column.ratio else ()
        left += (new := {*column.parts, *counts} - found)
        found |= new
    return found


def _unit(unit: str | None) -> Said:
    """A unit of measure must be listed."""
    if unit is not None and unit not in (YES_NO, DATE) and unit not in form_units():
        why = unknown("đơn vị tính", "unit of measure", unit, form_units())
        if meant := units_in(unit) & form_units():
            why = f"“{unit}”: ghi bằng mã “{min(meant)}” / is named by its code “{min(meant)}”"
        yield ("unit",), why


def _column(form: Form, table: Table, name: str, column: Column) -> Said:
    yield from _unit(column.unit)
    counted = (*column.parts, *(other for place, other in _named(column) if place[0] == "ratio"))
    for other in counted:
        if table.columns[other].is_ != "figure":
            yield (), f"cột “{other}” không chứa số / “{other}” holds no figures"
    if column.period and column.period not in periods():
        yield ("period",), unknown("kỳ", "period", column.period, periods())
    if column.indicator:
        yield from _indicator(("indicator",), column.indicator, column.unit, column.fact)
    yield from _words(table, column)
    if column.years_on and column.fact not in ("indicator", "fund", "check"):
        yield ("year_offset",), "chỉ dùng cho số liệu, kinh phí / only of indicators and funds"
    if column.unit == YES_NO and set(column.values or ("yes", "no")) != {"yes", "no"}:
        yield ("values",), "cần đúng hai mục yes và no / must have yes and no"
    if column.unit == YES_NO and (both := contradictions(column.values or {})):
        yield ("values",), f"“{both[0]}” vừa là yes vừa là no / is both yes and no"
    if column.unit == DATE and (column.is_ != "attribute" or column.values or column.codes):
        yield ("unit",), "ngày chỉ ở cột attribute không có values, codes / of an attribute alone"
    if (column.is_ == "figure") == (column.fact in FACTS_IN_WORDS) and column.fact != "check":
        yield ("fact",), f"“{column.is_}” không thể là “{column.fact}” / is no such fact"
    if column.is_ == "figure" and column.fact not in ("check", "fund"):
        yield from _lacks_meaning(form, table, name, column)


def _lacks_meaning(form: Form, table: Table, name: str, column: Column) -> Said:
    """What a figure is of must be said; a target is judged as one of the whole year."""
    needed: dict[str, object]
    if column.fact == "indicator":
        needed = {"measure": column.measure or form.measure}
        needed |= {"indicator": _names_indicator(table, name)}
    elif column.fact == "target":
        cells = [item.cells[name] for item in table.items.values() if name in item.cells]
        unit = column.unit or (cells and all(cell.unit for cell in cells))
        needed = {"basis": column.basis, "unit": unit, "indicator": _names_indicator(table, name)}
        if (column.period or "".join(form.periods)) != "Y":
            said = (
                "mục tiêu là của cả năm, ghi period: Y / a target is of the whole year: period: Y"
            )
            yield (("period",) if column.period else ()), said
    else:  # a part of the target in its row
        needed = {"target": any(c.fact == "target" for c in table.columns.values())}
    for key, there in needed.items():
        if not there:
            yield (), f"thiếu mục “{key}” / “{key}” is missing"


def _names_indicator(table: Table, name: str) -> bool:
    """Whether the form says, or each row does, which indicator a column's figures are of."""
    itself = table.columns[name].indicator is not None
    by_code = table.by_code and table.key_column == "indicator"
    return itself or by_code or any(name in item.cells for item in table.items.values())


def _item(table: Table, name: str) -> Said:
    """The cells of a row must name indicators."""
    for column, cell in table.items[name].cells.items():
        yield from ((("cells", column, *p), why) for p, why in _unit(cell.unit))
        place = ("cells", column, "indicator")
        spec = table.columns[column]
        yield from _indicator(place, cell.indicator, cell.unit or spec.unit, spec.fact)


def _indicator(place: Place, code: str, unit: str | None, fact: str) -> Said:
    if code not in indicator_names():
        yield place, unknown("chỉ tiêu", "indicator", code, indicator_names())
    elif (unit == YES_NO) != (code in answered()) and (unit == YES_NO or fact == "indicator"):
        yield place, "trả lời đạt/chưa đạt cần chỉ tiêu yes_no / yes_no goes with such an indicator"
    elif unit == YES_NO:
        return
    elif unit not in _NO_UNIT and unit != indicator_units()[code]:
        own = indicator_units()[code]
        yield place, f"chỉ tiêu tính bằng “{own}”, không phải “{unit}” / it is in “{own}”"


def _words(table: Table, column: Column) -> Said:
    """The words of a column that means something to the warehouse must be those that it knows."""
    words = set(column.values or ())
    has_targets = any(c.fact == "target" for c in table.columns.values())
    known = words_beside(__file__)["target"].get(column.says)
    if has_targets and column.values is not None and known:
        for word in words - set(known):
            yield ("values", word), unknown("từ", "word", word, known)
    wanted: frozenset[str] = frozenset()
    if table.by_code and column.says == "unit":
        wanted = frozenset(indicator_units().values())
    elif has_targets and column.says == "sub_population":
        wanted = populations()
    for word in wanted - words if words else ():
        yield ("values",), f"thiếu từ “{word}” của danh mục chỉ tiêu / lacks “{word}”"


def _repeats(form: Form, table: Table) -> Said:
    """One and only one cell of a row holds each figure of it; the others repeat it."""
    firsts: dict[tuple[object, ...], str] = {}
    for is_repeat in (False, True):
        for place, name, indicator in _of_indicators(table, is_repeat):
            column = table.columns[name]
            meaning = (
                *(indicator, column.fact, column.measure, column.period, column.basis),
                *(column.years_on, column.figures),
            )
            if is_repeat and meaning not in firsts:
                yield place, "ô được lặp không có ở đâu khác / what it repeats is nowhere else"
            elif not is_repeat and meaning in firsts:
                other = firsts[meaning]
                why = f"số liệu đã có ở “{other}”" + ": ghi repeat" * (table.rows == "items")
                yield place, f"{why} / the figure is that of “{other}” already"
            firsts.setdefault(meaning, str(place[1]))


def _of_indicators(table: Table, is_repeat: bool) -> Iterator[tuple[Place, str, str]]:
    """The cells of rows that hold an indicator: their places, columns and indicators."""
    for item, spec in table.items.items():
        for name, cell in spec.cells.items():
            if cell.repeat == is_repeat:
                yield ("items", item, "cells", name), name, cell.indicator
    if table.rows == "units" and not table.items and not is_repeat:
        for name, column in table.columns.items():
            if column.indicator and column.is_ == "figure" and column.fact != "check":
                yield ("columns", name, "indicator"), name, column.indicator
