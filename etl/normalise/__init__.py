"""Room: from the sheets of one workbook to figures with a meaning, a unit and a period.

Door: `normalise`. Nothing is guessed: what the form, the title, a header, a row label or a
number does not say plainly becomes a finding, and that filing stops.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache, partial

from openpyxl.utils import get_column_letter

from etl.ground.forms import Form, slots
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
from etl.ground.units import Unit, UnitIndex, load_units
from etl.normalise.identity import (
    IdentityError,
    find_filer,
    find_period,
    find_year,
    is_titled,
    title_lines,
    units_on,
)
from etl.normalise.layout import Layout, find_layouts
from etl.normalise.rows import Extracted, TableReader

_PERSONAL = frozenset(
    key(text)
    for text in ("Họ và tên chủ hộ", "Họ tên chủ hộ", "Số CCCD", "Số CMND", "CCCD", "CMND",
                 "Số định danh cá nhân", "CCCD/CMND", "Số CCCD/CMND")
)  # fmt: skip


def normalise(workbook: Workbook) -> Normalised:
    """Recognise one filing and extract its figures.

    A filing with any finding whose rule is of severity `fail` is not to be loaded; its figures
    are still returned so that the filer hears of everything at once.
    """
    filing_id = workbook.source.filing_id
    out = Normalised(filing_id, findings=list(workbook.notes))
    if workbook.refused:
        out.findings.append(workbook.refused)
        return out
    if personal := _personal_data(workbook):
        out.findings.append(personal)
        return out
    found = [(sheet, layouts[0]) for sheet in workbook.sheets if (layouts := _titled(sheet))]
    forms = {layout.form.form: layout.form for _sheet, layout in found}
    if len(forms) != 1:
        out.findings.append(_no_single_form(workbook, forms))
        return out
    (form,) = forms.values()
    _header_findings(out, form, found)
    if out.findings and any(f.rule.startswith(("header", "form")) for f in out.findings):
        return out
    try:
        recognised, filer = _identify(filing_id, form, found)
    except IdentityError as error:
        out.findings.append(error.finding(filing_id, found[0][0].name))
        return out
    out.recognised = recognised
    for sheet, layout in found:
        _extract(out, workbook, sheet, layout, filer)
    return out


def _titled(sheet: Sheet) -> list[Layout]:
    """Layouts whose title block carries one of their form's titles."""
    return [
        layout
        for layout in find_layouts(sheet)
        if is_titled(layout.form, title_lines(sheet.rows[: layout.first_row]))
    ]


def _personal_data(workbook: Workbook) -> Finding | None:
    """Lists of persons are refused at the door: khoxa never needs a name or an ID number."""
    for sheet in workbook.sheets:
        for r, row in enumerate(sheet.rows[:60]):
            for cell in row:
                if type(cell) is str and len(cell) < 40 and key(cell) in _PERSONAL:
                    return Finding(workbook.source.filing_id, "personal-data", sheet.name,
                                   f"A{r + 1}", cell, params=(("header", cell),))  # fmt: skip
    return None


def _no_single_form(workbook: Workbook, forms: dict[str, Form]) -> Finding:
    filing_id = workbook.source.filing_id
    if forms:
        titles = "; ".join(form.title.vi for form in forms.values())
        return Finding(filing_id, "forms-mixed", params=(("forms", titles), ("seen", titles)))
    sheets = "; ".join(sheet.name for sheet in workbook.sheets[:20])
    return Finding(filing_id, "form-unknown", seen=sheets, params=(("sheets", sheets),))


def _header_findings(out: Normalised, form: Form, found: list[tuple[Sheet, Layout]]) -> None:
    """Tables that are missing or doubled, headers that are missing or doubled, hidden sheets."""
    filing_id = out.filing_id
    names = [layout.table_name for _sheet, layout in found]
    for name in form.tables:
        if name not in names:
            params = (("form", form.title.vi), ("table", name))
            out.findings.append(Finding(filing_id, "form-table-missing", params=params))
    for (sheet, layout), name in zip(found, names, strict=True):
        row = str(layout.last_row + 1)
        if names.count(name) > 1:
            out.findings.append(Finding(filing_id, "form-table-repeated", sheet.name, f"A{row}",
                                        params=(("table", form.title.vi),)))  # fmt: skip
        for column in layout.missing:
            wanted = layout.table.columns[column].header[0]
            nearest = "".join(suggest(wanted, list(layout.seen), 1))
            params = (("header", wanted), ("nearest", nearest))
            out.findings.append(Finding(filing_id, "header-missing", sheet.name, f"A{row}",
                                        nearest, wanted, params))  # fmt: skip
        for column, first, second in layout.duplicate:
            out.findings.append(_duplicate(filing_id, sheet, layout, column, first, second))
        if not sheet.visible:
            out.findings.append(Finding(filing_id, "sheet-hidden", sheet.name,
                                        params=(("sheet", sheet.name),)))  # fmt: skip


def _duplicate(
    filing_id: int, sheet: Sheet, layout: Layout, column: str, first: int, second: int
) -> Finding:
    row = layout.last_row + 1
    cells = (f"{get_column_letter(first + 1)}{row}", f"{get_column_letter(second + 1)}{row}")
    header = layout.table.columns[column].header[0]
    params = (("first", cells[0]), ("second", cells[1]), ("header", header))
    return Finding(filing_id, "header-duplicate", sheet.name, cells[1], header, params=params)


def _identify(
    filing_id: int, form: Form, found: list[tuple[Sheet, Layout]]
) -> tuple[Recognised, Unit]:
    """Filer, year and period, which must be the same on every sheet of the form."""
    units = load_units()
    seen = set()
    for sheet, layout in found:
        lines = title_lines(sheet.rows[: layout.first_row])
        year = find_year(form, lines, layout.years)
        period = find_period(form, lines)
        seen.add((find_filer(units, form, lines, units_on(form, year, period)), year, period))
    if len(seen) > 1:
        texts = "; ".join(sorted(f"{u.full_name} {p} {y}" for u, y, p in seen))
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


def _extract(
    out: Normalised, workbook: Workbook, sheet: Sheet, layout: Layout, filer: Unit
) -> None:
    assert out.recognised is not None
    on = out.recognised.units_on
    units = load_units()
    level = layout.table.unit_level or "commune"
    names = _names_inside(units, level, filer.code, on)
    units_of = partial(_units_of, units, level, filer.code, on)
    extracted = _reader(layout).read(out.filing_id, sheet, units_of, names)
    _second_look(workbook, sheet, extracted)
    extracted.findings.extend(_required_blank(extracted))
    out.figures.extend(extracted.figures)
    out.findings.extend(extracted.findings)


def _units_of(units: UnitIndex, level: str, parent: str, on: date, label: str) -> list[Unit]:
    return units.find(level, label, on, parent)


@lru_cache(maxsize=1024)
def _names_inside(units: UnitIndex, level: str, parent: str, on: date) -> list[str]:
    return [u.full_name for u in units.inside(level, parent, on)]


def _required_blank(extracted: Extracted) -> list[Finding]:
    """A cell that must be filled and is blank; zero and "-" are answers, a blank is not."""
    by_id = {slot.slot_id: slot for slot in slots()}
    return [
        Finding(f.filing_id, "required-blank", f.sheet, f.cell, params=(("cell", f.cell),))
        for f in (extracted.figures[i] for i, _r, _c in extracted.doubtful)
        if f.state == State.BLANK and by_id[f.slot_id].required
    ]


def _second_look(workbook: Workbook, sheet: Sheet, extracted: Extracted) -> None:
    """Ask what an empty cell really holds and how a small rate is shown; mend the figures."""
    if not extracted.doubtful or workbook.look_again is None:
        return
    looks = workbook.look_again(sheet.name, [(r, c) for _i, r, c in extracted.doubtful])
    for index, r, c in extracted.doubtful:
        look = looks.get((r, c))
        if look is not None:
            figure, finding = _looked(extracted.figures[index], look)
            extracted.figures[index] = figure
            if finding:
                extracted.findings.append(finding)


def _looked(figure: Figure, look: SecondLook) -> tuple[Figure, Finding | None]:
    if look.kind in ("error", "formula"):
        finding = Finding(figure.filing_id, f"cell-{look.kind}", figure.sheet, figure.cell,
                          look.text, params=(("seen", look.text),))  # fmt: skip
        return figure._replace(state=State.UNREADABLE.value, text=look.text), finding
    if look.kind == "number" and "%" in look.number_format and figure.value:
        value = format(Decimal(figure.value) * 100, "f")
        return figure._replace(value=value), None
    return figure, None
