"""Room: from the sheets of one workbook to figures with a meaning, a unit and a period.

Door: `normalise`. Nothing is guessed: what the form, the title, a header, a row label or a
number does not say plainly becomes a finding, and that filing stops.
"""

from __future__ import annotations

from dataclasses import replace

from etl.catalogue.definitions import load_forms
from etl.catalogue.forms import Form
from etl.catalogue.indicators import indicator_names
from etl.catalogue.slots import slots
from etl.ground.records import (
    Finding,
    Normalised,
    Sheet,
    Workbook,
    part_id,
)
from etl.normalise.apart import apart, several
from etl.normalise.beside.notes import Filed, judged, without_repeats
from etl.normalise.header.column_years import of_year
from etl.normalise.header.faults import (
    Found,
    odd_sheets,
    one_district,
    table_faults,
)
from etl.normalise.header.layout import find_layouts
from etl.normalise.header.nearest import no_form, unread_headers
from etl.normalise.header.reworded import by_whom
from etl.normalise.header.stacked import on_one_sheet
from etl.normalise.sheets.broken import broken_sheets
from etl.normalise.sheets.continued import Rest, repeated_tables, untitled_pages
from etl.normalise.sheets.hiding import only_hidden
from etl.normalise.sheets.persons import persons_listed
from etl.normalise.tables import read_tables
from etl.normalise.texts.identity import title_lines, titled_years, titles
from etl.normalise.texts.legacy import unicode_sheet
from etl.normalise.texts.title_parts import ANY_YEAR, strange_words
from etl.normalise.texts.word_places import in_words
from etl.normalise.title.block import word_faults
from etl.normalise.title.header_faults import header_faults
from etl.normalise.title.identify import identify
from etl.normalise.title.said import measure_faults
from etl.normalise.title.words import said_in, title_faults
from etl.units.index import load_units


def normalise(workbook: Workbook) -> list[Normalised]:
    """Recognise the filings of one workbook, one per form in it, and extract their figures.

    The first keeps the file's number, the others get numbers of their own. A filing with any
    finding whose rule is of severity `fail` is not to be loaded; its figures are still returned
    so that the filer hears of everything at once.
    """
    return in_words(_normalised(workbook), workbook.sheets)


def _normalised(workbook: Workbook) -> list[Normalised]:
    first = Normalised(workbook.received.filing_id, findings=list(workbook.notes))
    stop = workbook.refused or persons_listed(workbook.received.filing_id, workbook.sheets)
    if stop:
        first.findings.append(stop)
        return [first]
    found: dict[str, list[Found]] = {}
    unclear: list[Finding] = []
    rest: list[Rest] = []
    notes: dict[str, Finding | None] = {}
    for sheet in workbook.sheets:
        each = Rest(sheet, find_layouts(sheet))
        table = _titled(each)
        if table is None:
            each = _in_unicode(workbook, each, unclear)
            table = _titled(each) if each.note else None
        if each.note and (stop := persons_listed(first.filing_id, [each.sheet])):
            return [Normalised(first.filing_id, findings=[stop])]
        if table:
            found.setdefault(table.layout.form.form, []).extend(on_one_sheet(table))
            notes[sheet.name] = each.note
        else:
            rest.append(each)
    broken, rest = broken_sheets(first.filing_id, rest)
    if not found:
        first.findings.extend([*broken.values()] or unclear or _no_form(first, workbook, rest))
        return [first]
    rest, untitled = untitled_pages(first.filing_id, found, rest)
    by_filing = apart(found, rest, untitled, workbook.look_again)
    filings = _filings(first, list(by_filing), untitled)
    for filing, (name, tables) in zip(filings, by_filing.items(), strict=True):
        own = (notes.pop(table.sheet.name, None) for table in tables)
        filing.findings.extend(_for_filing(filing.filing_id, [*filter(None, own)]))
        filing.findings.extend(several(filing.filing_id, name, by_filing, found))
        _extract_filing(filing, workbook, tables, rest)
    for part, (form, finding) in enumerate(broken.items(), start=len(filings) + 1):
        number = part_id(first.filing_id, form)
        said = _for_filing(number, [*workbook.notes, finding])
        filings.append(Normalised(number, part, findings=said))
    return filings


def _filings(
    first: Normalised, forms: list[str], untitled: list[tuple[str, Finding]]
) -> list[Normalised]:
    """One filing per form, with what is said of the workbook and of sheets without a title."""
    filings = [first]
    for part, form in enumerate(forms[1:], start=2):
        number = part_id(first.filing_id, form)
        filings.append(Normalised(number, part, findings=_for_filing(number, first.findings)))
    of_form = dict(zip(forms, filings, strict=True))
    for form, finding in untitled:
        filing = of_form.get(form, first)
        filing.findings.extend(_for_filing(filing.filing_id, [finding]))
    return filings


def _for_filing(number: int, findings: list[Finding]) -> list[Finding]:
    return [replace(finding, filing_id=number) for finding in findings]


def _extract_filing(
    out: Normalised, workbook: Workbook, found: list[Found], rest: list[Rest]
) -> None:
    """One form of the workbook: whose it is, its figures and what is wrong with them. `rest`: the
    sheets that carry no header, of which some may go on with its tables."""
    form = found[0].layout.form
    contrary, unsaid = measure_faults(out.filing_id, found)
    faults = [*table_faults(out.filing_id, form, found), *contrary]
    faults.extend(header_faults(out.filing_id, found))
    faults.extend(repeated_tables(out.filing_id, found))
    faults.extend(_unread_tables(out.filing_id, form, found, rest))
    if faults:
        faults = by_whom(faults, form, found[0].title)
    out.findings.extend([*odd_sheets(out.filing_id, found), *unsaid, *faults])
    if faults:
        return
    identity = identify(out.filing_id, form, found, workbook)
    out.recognised = identity.recognised
    out.findings.extend(identity.findings)
    if identity.reads_as is None or identity.filer is None:
        return
    filed = (identity.reads_as.year, identity.reads_as.period)
    out.findings.extend(title_faults(out.filing_id, found, *filed))
    out.findings.extend(word_faults(out.filing_id, found, identity.filer, identity.reads_as))
    out.findings.extend(only_hidden(out.filing_id, found, workbook.sheets))
    for extracted in read_tables(identity.reads_as, workbook, found, identity.filer, rest):
        said = by_whom(extracted.findings, form, found[0].title)
        out.findings.extend(without_repeats(said, out.findings))
        if out.recognised:
            out.figures.extend(extracted.figures)
    if out.recognised:
        out.findings.extend(one_district(out.recognised, out.figures, found[0].sheet.name))


def _unread_tables(
    filing_id: int, form: Form, found: list[Found], rest: list[Rest]
) -> list[Finding]:
    """Why the tables that a form lacks are not read, where other sheets carry their title."""
    lacking = set(form.tables).difference(table.layout.table_name for table in found)
    sheets = (each.sheet for each in rest if lacking)
    return [f for sheet in sheets for f in unread_headers(filing_id, sheet, [form], lacking)]


def warm_up() -> None:
    """Load what every filing needs, so that worker processes inherit it instead of reading it; so
    are the words of titles, notes and lists of persons, by a look at a few."""
    load_units()
    indicator_names()
    slots()
    sheet = Sheet("", True, [["STT"], ["Nguyễn Văn A"], ["Đơn vị tính: hộ"]], None)
    find_layouts(sheet)
    persons_listed(0, [sheet])
    said_in("tháng", False)
    for form in [*load_forms().values()][:1]:
        strange_words(form, "tháng", ANY_YEAR)
        judged("tháng", Filed(form, form.years[0], form.years[0], next(iter(form.periods))))


def _titled(each: Rest) -> Found | None:
    """The best layout whose form's title stands above it, of the version for the title's year; a
    form that asks for words of its own before one that has the same title without them."""
    best = None
    for layout in sorted(each.layouts, key=lambda layout: not layout.form.needs):
        lines = title_lines(each.sheet.rows[: layout.first_row])
        if own := titles(layout.form, lines):
            years = titled_years(own)
            found = Found(each.sheet, of_year(layout, max(years, default=0)), lines, own)
            if not years.isdisjoint(layout.form.years):
                return found
            best = best or found
    return best


def _in_unicode(workbook: Workbook, each: Rest, unclear: list[Finding]) -> Rest:
    """The sheet in Unicode where it is typed in an old code page. What is unclear about that
    matters only where no other sheet carries a form."""
    decoded = unicode_sheet(workbook, each.sheet)
    if isinstance(decoded, Finding):
        unclear.append(decoded)
    if not isinstance(decoded, tuple):
        return each
    sheet, note = decoded
    return Rest(sheet, find_layouts(sheet), note)


def _no_form(first: Normalised, workbook: Workbook, rest: list[Rest]) -> list[Finding]:
    """Why no sheet carries a form: headers that are not those of the title above them, else that no
    form is known and which is nearest."""
    headers = (unread_headers(first.filing_id, each.sheet) for each in rest)
    layouts = (layout for each in rest for layout in each.layouts)
    return next(filter(None, headers), None) or [no_form(first.filing_id, workbook.sheets, layouts)]
