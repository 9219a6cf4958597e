"""Room: from the sheets of one workbook to figures with a meaning, a unit and a period.

Door: `normalise`. Nothing is guessed: what the form, the title, a header, a row label or a
number does not say plainly becomes a finding, and that filing stops.
"""

from __future__ import annotations

from functools import lru_cache

from etl.ground.forms import Form
from etl.ground.indicators import indicator_codes
from etl.ground.records import (
    Finding,
    Normalised,
    Recognised,
    Sheet,
    Workbook,
    part_id,
)
from etl.ground.slots import slots
from etl.ground.text import key
from etl.ground.units import Unit, load_units
from etl.normalise.dated import Dated, lies_inside, names_ended_district, read_dated
from etl.normalise.extracted import Extracted, Reading
from etl.normalise.faults import (
    Found,
    hidden,
    one_district,
    stated_measures,
    table_faults,
    unread_columns,
)
from etl.normalise.filer import find_filer
from etl.normalise.identity import (
    IdentityError,
    find_period,
    find_years,
    span,
    title_lines,
    titled_years,
    titles,
    units_on,
)
from etl.normalise.labels import Parent
from etl.normalise.layout import Layout, find_layouts, of_year
from etl.normalise.legacy import unicode_sheet
from etl.normalise.plans import plan_of
from etl.normalise.rows import read_rows
from etl.normalise.second import look_closer

_PERSONAL = frozenset(
    map(
        key,
        ("Họ và tên chủ hộ", "Họ tên chủ hộ", "Số CCCD", "Số CMND", "CCCD", "CMND",
         "Số định danh cá nhân", "CCCD/CMND", "Số CCCD/CMND"),
    )
)  # fmt: skip


def normalise(workbook: Workbook) -> list[Normalised]:
    """Recognise the filings of one workbook, one per form in it, and extract their figures.

    The first keeps the file's number, the others get numbers of their own. A filing with any
    finding whose rule is of severity `fail` is not to be loaded; its figures are still returned
    so that the filer hears of everything at once.
    """
    first = Normalised(workbook.source.filing_id, findings=list(workbook.notes))
    stop = workbook.refused or _personal_data(workbook)
    if stop:
        first.findings.append(stop)
        return [first]
    found: dict[str, list[Found]] = {}
    unclear: list[Finding] = []
    for sheet in workbook.sheets:
        table = _titled(sheet) or _decoded(workbook, sheet, first.findings, unclear)
        if table:
            found.setdefault(table.layout.form.form, []).append(table)
    if not found:
        first.findings.extend(unclear or [_no_form(workbook)])
        return [first]
    filings = [first]
    for part, form in enumerate(list(found)[1:], start=2):
        filings.append(Normalised(part_id(first.filing_id, form), part))
    for filing, tables in zip(filings, found.values(), strict=True):
        _extract_filing(filing, workbook, tables)
    return filings


def _extract_filing(out: Normalised, workbook: Workbook, found: list[Found]) -> None:
    """One form of the workbook: whose it is, its figures and what is wrong with them."""
    form = found[0].layout.form
    faults = [*table_faults(out.filing_id, form, found), *stated_measures(out.filing_id, found)]
    out.findings.extend([*hidden(out.filing_id, found), *faults])
    if faults:
        return
    try:
        out.recognised, filer, renamed = _identify(out.filing_id, form, found)
    except IdentityError as error:
        out.findings.append(error.finding(out.filing_id, found[0].sheet.name))
        return
    out.findings.extend(renamed)
    for table in found:
        extracted = _extract(out.recognised, workbook, table, filer)
        out.figures.extend(extracted.figures)
        out.findings.extend(extracted.findings)
    out.findings.extend(one_district(out.recognised, out.figures, found[0].sheet.name))


def warm_up() -> None:
    """Load what every filing needs, so that worker processes inherit it instead of reading it."""
    load_units()
    indicator_codes()
    slots()
    find_layouts(Sheet("", True, [["STT"]], None))


def _titled(sheet: Sheet) -> Found | None:
    """The best layout whose form's title stands above it, of the version for the title's year."""
    found = []
    for layout in find_layouts(sheet):
        lines = title_lines(sheet.rows[: layout.first_row])
        if own := titles(layout.form, lines):
            year = max(titled_years(own), default=0)
            found.append(Found(sheet, of_year(layout, year), lines, own))
    in_use = (each for each in found if titled_years(each.titles) & {*each.layout.form.years})
    return next(in_use, next(iter(found), None))


def _decoded(
    workbook: Workbook, sheet: Sheet, notes: list[Finding], unclear: list[Finding]
) -> Found | None:
    """The same for a sheet in an old code page, turned into Unicode. What is unclear about it
    matters only where no other sheet carries a form."""
    decoded = unicode_sheet(workbook, sheet)
    if isinstance(decoded, Finding):
        unclear.append(decoded)
    if not isinstance(decoded, tuple):
        return None
    found = _titled(decoded[0])
    if found:
        notes.append(decoded[1])
    return found


def _personal_data(workbook: Workbook) -> Finding | None:
    """Lists of persons are refused at the door: khoxa never needs a name or an ID number."""
    for sheet in workbook.sheets:
        texts = {cell for row in sheet.rows for cell in row if type(cell) is str}
        for text in filter(_is_personal, texts):
            params = (("header", text),)
            return Finding(
                workbook.source.filing_id, "personal-data", sheet.name, "", text, params=params
            )
    return None


@lru_cache(maxsize=65536)
def _is_personal(text: str) -> bool:
    return len(text) < 60 and key(text) in _PERSONAL


def _no_form(workbook: Workbook) -> Finding:
    sheets = "; ".join(sheet.name for sheet in workbook.sheets[:20])
    filing_id = workbook.source.filing_id
    return Finding(filing_id, "form-unknown", seen=sheets, params=(("sheets", sheets),))


def _identify(
    filing_id: int, form: Form, found: list[Found]
) -> tuple[Recognised, Unit, list[Finding]]:
    """Filer, years and period, which must be the same on every sheet of the form; what to say of
    the filer's name."""
    times = {
        (find_years(form, t.titles, t.layout.years), find_period(form, t.titles)) for t in found
    }
    if len(times) > 1:
        listed = sorted((span(years), period) for years, period in times)
        raise IdentityError("sheets-differ", seen="; ".join(f"{p} {y}" for y, p in listed))
    ((years, period),) = times
    on = units_on(form, years[0], period)
    named = [find_filer(load_units(), form, table.title, on) for table in found]
    filers = {each.unit for each in named}
    if len(filers) > 1:
        raise IdentityError("sheets-differ", seen="; ".join(sorted(u.full_name for u in filers)))
    (filer,) = filers
    said = (each.finding(filing_id, t.sheet.name) for each, t in zip(named, found, strict=True))
    recognised = Recognised(
        *(filing_id, form.form, form.version, filer.level, filer.code, years[0], period),
        *(on, years[-1]),
    )
    return recognised, filer, [finding for finding in said if finding]


def _extract(recognised: Recognised, workbook: Workbook, table: Found, filer: Unit) -> Extracted:
    """Figures and findings of one table, after a second look at its doubtful cells."""
    parent = _parent(table.layout, recognised, filer)
    years = range(recognised.year, recognised.last_year + 1)
    sheet = Reading(recognised.filing_id, table.sheet, years, workbook.shows_percent)
    extracted = read_rows(plan_of(table.layout), sheet, parent)
    extracted.findings.extend(unread_columns(recognised.filing_id, table))
    look_closer(workbook, table.sheet, extracted, table.layout.table.columns)
    return extracted


def _parent(layout: Layout, recognised: Recognised, filer: Unit) -> Parent:
    units, on = load_units(), recognised.units_on
    level = units.row_level(layout.table.unit_level, filer, on)
    if level is None:
        nothing: list[Unit] = []
        return Parent(
            filer.code, nothing, lambda _l, _i: nothing, lambda _l: nothing, lambda _l: False,
            lambda _l: False, lambda _l, _i: None,
        )  # fmt: skip
    has_districts = filer.level == "province" and level == "commune"

    def named(label: str, inside: str) -> list[Unit]:
        return units.find(level, label, on, inside)

    def districts(label: str) -> list[Unit]:
        return units.find("district", label, on, filer.code) if has_districts else []

    def was_district(label: str) -> bool:
        return has_districts and names_ended_district(units, label, filer, on)

    def dated(label: str, within: str) -> Dated | None:
        meant = lies_inside(units.history, units.ever(level, label), on, within)
        return read_dated(units.history, meant, on, {level})

    itself = key(filer.full_name)
    inside = units.inside(level, filer.code, on)
    return Parent(
        *(filer.code, inside, named, districts, lambda label: label == itself),
        *(was_district, dated),
    )
