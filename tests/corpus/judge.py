"""What the rooms make of the drawn workbooks: read, normalise and check, as `khoxa check` does."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from etl.catalogue.definitions import load_rules
from etl.catalogue.slots import Slot, slots
from etl.ground.records import Figure, Finding, Normalised, ReceivedFile, Severity, State
from etl.night.beside import judged
from etl.normalise import normalise
from etl.read import read
from etl.receive import filing_id
from tests.corpus.build import Built
from tests.corpus.model import Expected, Filing, Meaning

Figures = dict[Meaning, Expected]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one workbook: its filings, figures that would be loaded, totals, findings."""

    filings: frozenset[Filing]
    figures: Figures
    sums: Figures
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether nothing stops it."""
        rules = load_rules()
        return not any(rules[f.rule].severity == Severity.FAIL for f in self.findings)


def judge_all(built: Iterable[Built], folder: Path) -> dict[str, Verdict]:
    """The verdict on each workbook by its name; the check room judges all of them at once."""
    done: dict[str, list[Normalised]] = {}
    for number, each in enumerate(built):
        path = folder / f"{number}_{each.name}"
        path.write_bytes(each.data)
        received = ReceivedFile(
            filing_id(hashlib.sha256(each.data).hexdigest()), each.name, str(path)
        )
        done[each.name] = normalise(read(received))
    ids = [n.filing_id for filings in done.values() for n in filings]
    assert len(ids) == len(set(ids)), "two workbooks are one file"
    found = judged([each for filings in done.values() for each in filings])
    return {name: verdict(filings, found) for name, filings in done.items()}


def verdict(filings: list[Normalised], found: list[Finding]) -> Verdict:
    """The verdict on one workbook; `found` are the check room's findings on any."""
    ids = {filing.filing_id for filing in filings}
    own = [finding for filing in filings for finding in filing.findings]
    recognised = [f.recognised for f in filings if f.recognised]
    figures: Figures = {}
    sums: Figures = {}
    for filing in filings:
        _collect(filing.figures, figures, sums)
    return Verdict(
        frozenset(
            Filing(r.form, r.filer_level, r.filer_code, r.year, r.period) for r in recognised
        ),
        *(figures, sums, (*own, *(f for f in found if f.filing_id in ids))),
    )


def _collect(found: list[Figure], figures: Figures, sums: Figures) -> None:
    """Figures and sums of rows by meaning; blanks and what cannot be read are no figures."""
    by_id = {slot.slot_id: slot for slot in slots()}
    codes = {
        (figure.sheet, figure.row_no): figure.code
        for figure in found
        if by_id[figure.slot_id].column == "indicator"
    }
    for figure in found:
        slot = by_id[figure.slot_id]
        if figure.state not in (State.VALUE, State.NOT_APPLICABLE):
            continue
        names = [name for name in (figure.subject, slot.item) if name]
        about = "/".join(names) or codes.get((figure.sheet, figure.row_no))
        is_sum = slot.kind in ("total", "group")
        if is_sum:
            about = "/".join(["total", *names]) if slot.kind == "total" else None
        meaning = Meaning(slot.form, slot.table, about or figure.cell, slot.column)
        target = sums if is_sum else figures
        if meaning in target:
            meaning = meaning._replace(key=f"{meaning.key} again in {figure.cell}")
        target[meaning] = Expected(figure.sheet, figure.cell, _figure(slot, figure))


def _figure(slot: Slot, figure: Figure) -> str:
    if figure.state is State.NOT_APPLICABLE:
        return "-"
    return plain(figure.code if slot.kind == "attribute" else figure.value)


def plain(figure: str | None) -> str:
    """A figure to compare: 350.20 is 350.2; words in one Unicode form, with single spaces."""
    text = unicodedata.normalize("NFKC", figure or "")
    if text.removeprefix("-").replace(".", "", 1).isdecimal():
        return format(Decimal(text).normalize(), "f")
    return " ".join(text.split())


def same(read: dict[Meaning, Expected | None], meant: dict[Meaning, Expected | None]) -> bool:
    """Whether what was read is what was meant, in any of its right readings."""
    return read.keys() == meant.keys() and all(
        _is_one_of(read[meaning], meant[meaning]) for meaning in read
    )


def _is_one_of(read: Expected | None, meant: Expected | None) -> bool:
    if read is None or meant is None:
        return read is meant
    readings = {plain(one) for one in meant.figure.split("|")}
    return read._replace(figure="") == meant._replace(figure="") and read.figure in readings
