"""The process in which forms are tried: `python -m etl.authoring.child [[form, book, unit, year]…]`
prints one Trial for each, as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from etl.authoring.seen import table_of
from etl.authoring.trial import Pair, Trial
from etl.blank import draw_filled, figures_asked
from etl.catalogue.definitions import definitions, load_rules
from etl.catalogue.form_head import head_of
from etl.catalogue.forms import Form
from etl.catalogue.rules import render
from etl.catalogue.slots import TOTAL_KINDS, Slot, slots
from etl.ground.addresses import address
from etl.ground.errors import KhoxaError
from etl.ground.records import Figure, Finding, Normalised, ReceivedFile, State, Workbook
from etl.normalise import normalise
from etl.read import read
from etl.units.index import load_units

_UNFILLED = "form-unfilled"  # a form is proposed from an empty workbook as well
_OTHER = (
    "biểu {others} đã đọc được tệp này: dùng biểu ấy, hoặc ghi tiêu đề (titles, unless) của {code}"
    " cho khác / the form {others} reads this workbook already: use it, or tell {code} apart by its"
    " titles and unless"
)
_CLOSE = Decimal("0.011")


def main(words: str) -> None:
    """Try each form and print what came of it."""
    tried = [
        _try(Path(form), Path(book), unit, year) for form, book, unit, year in json.loads(words)
    ]
    print(json.dumps([asdict(each) for each in tried], ensure_ascii=False))


def _try(path: Path, book: Path, unit: str, year: int) -> Trial:
    """One form, on the workbook that it is for."""
    found = definitions()
    code = head_of(path).form
    form = next((form for form in found.forms.values() if form.form == code), None)
    if form is None:
        own = [f for each in found.broken if each.head.form == code for f in each.faults]
        return Trial(faults=[str(fault) for fault in own or found.faults])
    opened = read(ReceivedFile(1, book.name, str(book)))
    try:
        filing = _own(normalise(opened), code)
    except KhoxaError as error:
        return Trial(faults=[str(error)])
    figures = _figures(filing)
    trial = Trial(is_filled=bool(figures), said=_rendered(filing.findings))
    if figures:
        trial.unread = _unread(opened, {(f.sheet, f.cell) for f in filing.figures})
    when, filer = _when(form, filing, year), unit
    if filing.recognised:
        filer = filing.recognised.filer_code
    try:
        _compare(trial, form, figures, filer, when)
    except KhoxaError as error:
        trial.faults.append(str(error))
    return trial


def _own(filings: list[Normalised], code: str) -> Normalised:
    """The filing of the form among those of a workbook; where none is, what is said of the first.
    Raises KhoxaError: another form reads it."""
    read_by = {filing.recognised.form: filing for filing in filings if filing.recognised}
    if read_by and code not in read_by:
        raise KhoxaError(_OTHER.format(code=code, others=", ".join(read_by)))
    return read_by.get(code, filings[0])


Key = tuple[str | None, int]


def _figures(filing: Normalised) -> dict[Key, Figure]:
    """The figures of rows and of the whole table's total, by unit and slot."""
    known = {slot.slot_id: slot for slot in slots()}
    kept = (f for f in filing.figures if f.value is not None and f.state is State.VALUE)
    return {(f.subject, f.slot_id): f for f in kept if known[f.slot_id].kind != "group"}


def _rendered(findings: list[Finding]) -> list[str]:
    """What the filer would be told."""
    rules = load_rules()
    done = [render(f, rules[f.rule]) for f in findings if f.rule != _UNFILLED]
    return [
        f"{f.severity} {f.rule} {f.sheet} {f.cell}: {f.message_vi} / {f.message_en}" for f in done
    ]


def _unread(book: Workbook, cells: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The numbers in the tables of a workbook that no figure is from."""
    found = []
    for sheet in book.sheets:
        seen = table_of(sheet) if sheet.visible else None
        for line in seen.lines if seen else ():
            for head in (seen.heads if seen else ())[1:]:
                raw, cell = line.cell(head.place), address(line.number, head.place)
                if type(raw) is float and (sheet.name, cell) not in cells:
                    found.append((f"{sheet.name}!{cell}", f"{raw:g}"))
    return found


def _when(form: Form, filing: Normalised, year: int) -> str:
    """For when the blank is drawn, as `khoxa form` is asked."""
    if filing.recognised:
        r = filing.recognised
        span = f"{r.year}-{r.last_year}" if r.last_year > r.year else f"{r.year}"
        return f"{span}-{r.period}"
    chosen = year if year in form.years else form.valid.from_
    return f"{chosen}-{next(iter(form.periods))}"


def _compare(trial: Trial, form: Form, figures: dict[Key, Figure], filer: str, when: str) -> None:
    """Draw the blank, put the figures into it, read it back, and pair both."""
    known = {slot.slot_id: slot for slot in slots()}
    asked = figures_asked(form.form, filer, when)
    typed = {key: Decimal(figure.value or 0) for key, figure in figures.items()
             if known[key[1]].kind not in TOTAL_KINDS}  # fmt: skip
    filed = {subject for subject, _slot in figures}
    typed |= {(subject, slot.slot_id): Decimal(0) for subject, slot in asked
              if figures and subject not in filed}  # fmt: skip  # units that the file has not
    if not figures:
        typed = {(subject, slot.slot_id): Decimal(101 + n % 89)
                 for n, (subject, slot) in enumerate(asked)}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{form.form}.xlsx"
        draw_filled(form.form, filer, when, path, typed)
        back = _own(normalise(read(ReceivedFile(2, path.name, str(path)))), form.form)
    again = _figures(back)
    trial.said_blank = _rendered(back.findings)
    open_cells = {(subject, slot.slot_id) for subject, slot in asked}
    on = back.recognised.units_on if back.recognised else None
    names = {u.code: u.full_name for u in load_units().units if on is None or u.is_on(on)}
    for key in figures or typed:
        row = _row(known[key[1]], names.get(key[0] or "", ""))
        filed_as = figures.get(key)
        trial.pairs.append(_pair(known[key[1]], row, key, filed_as, typed, again, open_cells))


def _pair(
    slot: Slot, row: str, key: Key, filed: Figure | None, typed: dict[Key, Decimal],
    again: dict[Key, Figure], open_cells: set[Key],
) -> Pair:  # fmt: skip
    value = Decimal(filed.value or 0) if filed else typed[key]
    back = again.get(key)
    is_computed = key not in open_cells
    apart = abs(Decimal(back.value or 0) - value) if back else None
    is_same = apart is not None and apart <= (_CLOSE if is_computed else 0)
    return Pair(
        f"{filed.sheet}!{filed.cell}" if filed else "", row, slot.column,
        filed.text if filed else f"{value}", f"{back.sheet}!{back.cell}" if back else "",
        f"{Decimal(back.value or 0):f}" if back else "", is_same, is_computed,
    )  # fmt: skip


def _row(slot: Slot, unit: str) -> str:
    return "Tổng / total" if slot.kind in TOTAL_KINDS else f"{unit} {slot.item or ''}".strip()


if __name__ == "__main__":
    main(sys.argv[1])
