"""What is wrong with the sheets of a form as such: tables that are missing, columns unread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.catalogue.forms import Form
from etl.catalogue.header_words import header_key
from etl.ground.addresses import address
from etl.ground.records import Figure, Finding, Recognised, Sheet
from etl.ground.text import key
from etl.normalise.header.headings import Heading
from etl.normalise.header.layout import Layout
from etl.normalise.header.reworded import about, lacking, nearest_column
from etl.normalise.texts.cells import is_figure
from etl.normalise.texts.word_lists import ROW_WORDS
from etl.units.index import load_units


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet that carries one table of a form, the texts of its title block, and its titles."""

    sheet: Sheet
    layout: Layout
    title: list[str]
    titles: list[str]

    def cell_of(self, text: str) -> str:
        """The cell of the title block in which a text of it begins; "" for any other text."""
        rows = enumerate(self.sheet.rows[: self.layout.first_row])
        cells = ((address(r, c), each) for r, row in rows for c, each in enumerate(row))
        return next((at for at, v in cells if type(v) is str and v and text.startswith(v)), "")


def odd_sheets(filing_id: int, found: list[Found]) -> list[Finding]:
    """A hidden sheet, or one called a draft, is read like any other, and named."""
    said = [("sheet-hidden", each.sheet.name) for each in found if not each.sheet.visible]
    is_draft = ROW_WORDS.pattern("draft_tabs").search
    said += [("sheet-draft", each.sheet.name) for each in found if is_draft(key(each.sheet.name))]
    return [Finding(filing_id, rule, n, params=(("sheet", n),)) for rule, n in dict.fromkeys(said)]


def table_faults(filing_id: int, form: Form, found: list[Found]) -> list[Finding]:
    """Tables that are missing."""
    names = [table.layout.table_name for table in found]
    return [
        Finding(
            filing_id, "form-table-missing", params=(("form", form.title.vi), ("table", spec.title))
        )
        for name, spec in form.tables.items()
        if name not in names
    ]


def one_district(recognised: Recognised, figures: list[Figure], sheet: str) -> list[Finding]:
    """A table filed as a province's that lists the communes of one district only: its title has
    lost the district, and it would stand for the whole province."""
    units, on = load_units(), recognised.units_on
    districts = units.inside("district", recognised.filer_code, on)
    if recognised.filer_level != "province" or len(districts) < 2:
        return []
    listed = {figure.subject for figure in figures if figure.subject}
    communes = units.inside("commune", recognised.filer_code, on)
    of = {u.district_code for u in communes if u.code in listed}
    if len(of) != 1:
        return []
    name = next(d.full_name for d in districts if d.code in of)
    params = (("district", name),)
    return [Finding(recognised.filing_id, "filer-one-district", sheet, "", name, params=params)]


def unread_columns(filing_id: int, table: Found, years: range) -> Iterator[Finding]:
    """Columns with figures that the form does not have: said so, and left alone; those of other
    years that stand beside the filing's to be compared, together."""
    layout, sheet = table.layout, table.sheet
    below = sheet.rows[layout.last_row + 1 :]
    unread = [h for h in layout.unused if any(_is_figure(row[h.place]) for row in below)]
    others = [h for h in unread if h.years and h.years.isdisjoint(years)]
    if len(others) > 1:
        named = sorted({str(year) for heading in others for year in heading.years})
        cells = ", ".join(heading.cell for heading in others)
        params: tuple[tuple[str, str], ...] = (("years", ", ".join(named)), ("cells", cells))
        first = min(others, key=lambda heading: heading.place in sheet.hidden_columns)
        seen, rule = (sheet.name, first.cell, first.text), "columns-other-year"
        yield Finding(filing_id, rule, *seen, params=params)
        unread = [heading for heading in unread if heading not in others]
    for heading in unread:
        params = (("header", heading.text),)
        lacks = lacking(layout)
        near = nearest_column(layout.table, lacks, heading)
        known = near.header[0] if near else ""
        asked = about(layout.form, layout.table_name, near, known, heading.text, lacks)
        seen, rule = (sheet.name, heading.cell, heading.text), "column-unread"
        if old := _corrected(layout, heading):
            rule, params = "column-corrected", (*params, ("other", old.cell), ("was", old.text))
        yield Finding(filing_id, rule, *seen, params=params, about=asked)


def _is_figure(cell: object) -> bool:
    return type(cell) is float or (type(cell) is str and cell != "" and is_figure(cell))


def _corrected(layout: Layout, heading: Heading) -> Heading | None:
    """The column that is read although another has its name and says that its figures are the
    corrected or official ones ("Kết quả" beside "Kết quả sau điều chỉnh"), or says only that
    ("Số đúng") on its right."""
    words = header_key(heading.text)
    read = [h for name, h in layout.columns if layout.table.columns[name].is_ == "figure"]
    for each in read:
        own = header_key(each.text)
        rest = words.removeprefix(own).strip() if own and words.startswith(own) else ""
        if ROW_WORDS.pattern("corrected").fullmatch(rest):
            return each
    if not ROW_WORDS.pattern("corrected_alone").fullmatch(words):
        return None
    left = [each for each in read if each.place < heading.place]
    return max(left, key=lambda each: each.place, default=None)
