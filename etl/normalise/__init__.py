"""Room: from the sheets of one workbook to figures with a meaning, a unit and a period.

Door: `normalise`. Nothing is guessed: what the form, the title, a header, a row label or a
number does not say plainly becomes a finding, and that filing stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from openpyxl.utils import get_column_letter

from etl.ground.forms import Form, slots
from etl.ground.indicators import indicator_codes
from etl.ground.records import (
    Figure,
    Finding,
    Normalised,
    Recognised,
    SecondLook,
    Sheet,
    State,
    Workbook,
)
from etl.ground.text import key, suggest
from etl.ground.units import Unit, load_units
from etl.normalise.identity import (
    IdentityError,
    find_filer,
    find_period,
    find_year,
    is_titled,
    title_lines,
    units_on,
)
from etl.normalise.layout import SCAN_ROWS, Layout, find_layouts
from etl.normalise.rows import Extracted, Parent, TableReader

_PERSONAL = frozenset(
    map(
        key,
        ("Họ và tên chủ hộ", "Họ tên chủ hộ", "Số CCCD", "Số CMND", "CCCD", "CMND",
         "Số định danh cá nhân", "CCCD/CMND", "Số CCCD/CMND"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet that carries one table of a form, and the texts of its title block."""

    sheet: Sheet
    layout: Layout
    title: list[str]


def normalise(workbook: Workbook) -> Normalised:
    """Recognise one filing and extract its figures.

    A filing with any finding whose rule is of severity `fail` is not to be loaded; its figures
    are still returned so that the filer hears of everything at once.
    """
    out = Normalised(workbook.source.filing_id, findings=list(workbook.notes))
    stop = workbook.refused or _personal_data(workbook)
    if stop:
        out.findings.append(stop)
        return out
    found = [table for sheet in workbook.sheets for table in _titled(sheet)]
    forms = {table.layout.form.form: table.layout.form for table in found}
    if len(forms) != 1:
        out.findings.append(_no_single_form(workbook, forms))
        return out
    (form,) = forms.values()
    faults = _table_faults(out.filing_id, form, found)
    out.findings.extend([*_hidden(out.filing_id, found), *faults])
    if faults:
        return out
    try:
        out.recognised, filer = _identify(out.filing_id, form, found)
    except IdentityError as error:
        out.findings.append(error.finding(out.filing_id, found[0].sheet.name))
        return out
    for table in found:
        extracted = _extract(out.recognised, workbook, table, filer)
        out.figures.extend(extracted.figures)
        out.findings.extend(extracted.findings)
    return out


def warm_up() -> None:
    """Load what every filing needs, so that worker processes inherit it instead of reading it."""
    load_units()
    indicator_codes()
    _required_slots()
    find_layouts(Sheet("", True, [["STT"]], None))


def _titled(sheet: Sheet) -> list[_Found]:
    """The best layout of each form whose title stands above it."""
    found = []
    for layout in find_layouts(sheet):
        title = title_lines(sheet.rows[: layout.first_row])
        if is_titled(layout.form, title):
            found.append(_Found(sheet, layout, title))
    return found[:1]


def _personal_data(workbook: Workbook) -> Finding | None:
    """Lists of persons are refused at the door: khoxa never needs a name or an ID number."""
    for sheet in workbook.sheets:
        texts = {cell for row in sheet.rows[:SCAN_ROWS] for cell in row if type(cell) is str}
        for text in filter(_is_personal, texts):
            params = (("header", text),)
            return Finding(
                workbook.source.filing_id, "personal-data", sheet.name, "", text, params=params
            )
    return None


@lru_cache(maxsize=65536)
def _is_personal(text: str) -> bool:
    return len(text) < 60 and key(text) in _PERSONAL


def _no_single_form(workbook: Workbook, forms: dict[str, Form]) -> Finding:
    filing_id = workbook.source.filing_id
    if forms:
        titles = "; ".join(form.title.vi for form in forms.values())
        return Finding(filing_id, "forms-mixed", seen=titles, params=(("forms", titles),))
    sheets = "; ".join(sheet.name for sheet in workbook.sheets[:20])
    return Finding(filing_id, "form-unknown", seen=sheets, params=(("sheets", sheets),))


def _hidden(filing_id: int, found: list[_Found]) -> list[Finding]:
    names = [table.sheet.name for table in found if not table.sheet.visible]
    return [Finding(filing_id, "sheet-hidden", n, params=(("sheet", n),)) for n in names]


def _table_faults(filing_id: int, form: Form, found: list[_Found]) -> list[Finding]:
    """Tables that are missing or doubled, headers that are missing or doubled."""
    names = [table.layout.table_name for table in found]
    faults = [
        Finding(
            filing_id, "form-table-missing", params=(("form", form.title.vi), ("table", spec.title))
        )
        for name, spec in form.tables.items()
        if name not in names
    ]
    for table, name in zip(found, names, strict=True):
        if names.index(name) != found.index(table):
            params = (("table", table.layout.table.title),)
            faults.append(
                Finding(filing_id, "form-table-repeated", table.sheet.name, params=params)
            )
        faults.extend(_header_faults(filing_id, table))
    return faults


def _header_faults(filing_id: int, table: _Found) -> list[Finding]:
    layout, sheet = table.layout, table.sheet.name
    row = layout.last_row + 1
    faults = []
    for column in layout.missing:
        wanted = layout.table.columns[column].header[0]
        nearest = "".join(suggest(wanted, list(layout.seen), 1))
        faults.append(
            Finding(
                filing_id,
                "header-missing",
                sheet,
                f"A{row}",
                nearest,
                wanted,
                params=(("header", wanted), ("nearest", nearest)),
            )
        )
    for column, *places in layout.duplicate:
        first, second = (f"{get_column_letter(place + 1)}{row}" for place in places)
        header = layout.table.columns[column].header[0]
        params = (("first", first), ("second", second), ("header", header))
        faults.append(Finding(filing_id, "header-duplicate", sheet, second, header, params=params))
    return faults


def _identify(filing_id: int, form: Form, found: list[_Found]) -> tuple[Recognised, Unit]:
    """Filer, year and period, which must be the same on every sheet of the form."""
    units = load_units()
    seen = set()
    for table in found:
        year = find_year(form, table.title, table.layout.years)
        period = find_period(form, table.title)
        seen.add((find_filer(units, form, table.title, units_on(form, year, period)), year, period))
    if len(seen) > 1:
        texts = "; ".join(sorted(f"{unit.full_name}, {p} {y}" for unit, y, p in seen))
        raise IdentityError("sheets-differ", seen=texts)
    filer, year, period = seen.pop()
    recognised = Recognised(
        *(filing_id, form.form, form.version, filer.level, filer.code, year, period),
        units_on=units_on(form, year, period),
    )
    return recognised, filer


@lru_cache(maxsize=512)
def _reader(layout: Layout) -> TableReader:
    return TableReader(layout)


def _extract(recognised: Recognised, workbook: Workbook, table: _Found, filer: Unit) -> Extracted:
    """Figures and findings of one table, after a second look at its doubtful cells."""
    units, on = load_units(), recognised.units_on
    level = table.layout.table.unit_level or filer.level
    names = [unit.full_name for unit in units.inside(level, filer.code, on)]
    parent = Parent(partial(units.find, level, on=on, parent=filer.code), names)
    extracted = _reader(table.layout).read(recognised.filing_id, table.sheet, parent)
    if extracted.doubtful:
        _second_look(workbook, table.sheet, extracted)
        extracted.findings.extend(_required_blank(extracted))
    return extracted


def _second_look(workbook: Workbook, sheet: Sheet, extracted: Extracted) -> None:
    """Ask what an empty cell really holds and how a small rate is shown; mend the figures."""
    if workbook.look_again is None:
        return
    looks = workbook.look_again(sheet.name, [(r, c) for _index, r, c in extracted.doubtful])
    for index, r, c in extracted.doubtful:
        if (look := looks.get((r, c))) is not None:
            figure, finding = _looked(extracted.figures[index], look)
            extracted.figures[index] = figure
            extracted.findings.extend(finding)


def _looked(figure: Figure, look: SecondLook) -> tuple[Figure, list[Finding]]:
    if look.kind in ("error", "formula"):
        params = (("seen", look.text),)
        finding = Finding(
            figure.filing_id, f"cell-{look.kind}", figure.sheet, figure.cell, look.text,
            params=params,
        )  # fmt: skip
        return figure._replace(state=State.UNREADABLE, text=look.text), [finding]
    if look.kind == "number" and "%" in look.number_format and figure.value:
        return figure._replace(value=format(Decimal(figure.value) * 100, "f")), []
    return figure, []


@lru_cache(maxsize=1)
def _required_slots() -> frozenset[int]:
    return frozenset(slot.slot_id for slot in slots() if slot.required)


def _required_blank(extracted: Extracted) -> list[Finding]:
    """A cell that must be filled and is blank; zero and "-" are answers, a blank is not."""
    doubtful = (extracted.figures[index] for index, _r, _c in extracted.doubtful)
    return [
        Finding(f.filing_id, "required-blank", f.sheet, f.cell, params=(("cell", f.cell),))
        for f in doubtful
        if f.state == State.BLANK and f.slot_id in _required_slots()
    ]
