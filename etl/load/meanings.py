"""What filings were read by, and means something else now: forms, headers that the province
accepted, names of agencies, spellings of units, khoxa itself."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

from sqlalchemy import Connection

from etl.catalogue.codes import code_of, is_code
from etl.catalogue.definitions import definitions
from etl.catalogue.headers import headers_file
from etl.catalogue.slots import Slot, slots
from etl.ground import database
from etl.ground.config import EXPECTATIONS_DIR, ROOT
from etl.ground.seeds import local_name
from etl.load.declared import changed_forms, declare, declared, forget
from etl.load.seeding import digest
from etl.load.slots import stored_slots
from etl.units.index import load_units

log = logging.getLogger(__name__)
# rooms that reading rests on
_READING = ("read", "normalise", "check", "catalogue", "units", "ground")


def outdated(connection: Connection) -> list[str]:
    """The forms ("code/version") that say otherwise than when filings were last read by them, or of
    which a place stands for something else than when the last night read by it, or of which the
    province has withdrawn a header that it had accepted; said in the log."""
    forms = sorted({*changed_forms(connection), *_changed(stored_slots(connection)),
                    *_withdrawn(connection)})  # fmt: skip
    if forms:
        log.warning("biểu đã đổi cách hiểu, hồ sơ cũ được đọc lại / forms that mean something else,"
                    " their filings are read again: %s", ", ".join(forms))  # fmt: skip
    return forms


def _changed(stored: Iterable[tuple[object, ...]]) -> set[str]:
    """Forms of stored slots that stand for something else now. A place that is new, or gone, says
    nothing of what was read."""
    before = _meanings(Slot(*row) for row in stored)  # type: ignore[arg-type]
    now = _meanings(slots())
    return {"/".join(at[:2]) for at in before.keys() & now.keys() if before[at] != now[at]}


def _meanings(read_by: Iterable[Slot]) -> dict[tuple[str, ...], tuple[str | None, ...]]:
    return {
        (s.form, s.form_version, s.table, s.item or "", s.column, s.kind):
            (s.code, s.source, s.nature, s.stage, s.measure, s.period, s.basis, s.unit_of_measure)
        for s in read_by
    }  # fmt: skip


def _withdrawn(connection: Connection) -> set[str]:
    """Forms of which a header was accepted when the last night read, and is not now; from now on
    the headers are known as they are. A headers.yaml that is not in order, or a night without
    KHOXA_LOCAL, withdraws nothing."""
    found, file = definitions(), headers_file()
    if file is None or any(fault.file == local_name(file) for fault in found.local):
        return set()
    now = {"\t".join((*each.key, each.column or "", each.under or ""))
           for each in found.headers if each.accepted}  # fmt: skip
    before = {header for header, _version in declared(connection, "header")}
    for header in before - now:
        forget(connection, "header", header)
    declare(connection, "header", {(header, ""): "" for header in now - before})
    whose = {header.split("\t")[0] for header in before - now}
    return {"/".join(key) for key in found.forms if key[0] in whose}


def renamed(connection: Connection) -> list[int]:
    """The filings with a name of an agency that stands for another one now; said in the log."""
    rows = database.ask(connection, "staging/agencies")
    filings = sorted({row.filing_id for row in rows if _is_renamed(row.said, row.agency_code)})
    if filings:
        log.warning("tên cơ quan đã đổi, %d hồ sơ được đọc lại / names of agencies changed,"
                    " %d filings are read again", len(filings), len(filings))  # fmt: skip
    return filings


def _is_renamed(said: str, code: str) -> bool:
    """Whether a name stands for another agency than the one it was read as. One that was kept as
    it was written is its own code."""
    known = code_of("agency", said)
    return known != code if known else is_code("agency", code)


def respelt(connection: Connection) -> list[str]:
    """The codes of units whose filings may have a spelling that stands for another unit now, or for
    none; from now on the spellings are known as they are. Said in the log."""
    units = load_units()
    now = {"/".join(spelling): code for spelling, code in units.spellings.items()}
    before = {spelling: code for (spelling, _), code in declared(connection, "alias").items()}
    changed = sorted(each for each in {*now, *before} if now.get(each) != before.get(each))
    for spelling in changed:
        forget(connection, "alias", spelling)
    declare(connection, "alias", {(each, ""): now[each] for each in changed if each in now})
    whose = {code for each in changed for code in units.around(*each.split("/", 2)[:2])}
    if changed and before:
        log.warning("cách viết tên đơn vị đã đổi, hồ sơ có thể có tên đó được đọc lại / spellings"
                    " of units changed, filings that may have them are read again: %s",
                    ", ".join(changed))  # fmt: skip
    return sorted(whose)


def reads_otherwise(connection: Connection) -> bool:
    """Whether khoxa, its libraries or its Python are others than when the last night read, and may
    take what that refused; from now on they are known as they are."""
    folders = (EXPECTATIONS_DIR, *(ROOT / "etl" / room for room in _READING))
    paths = [
        path for folder in folders for end in ("py", "yaml") for path in folder.rglob(f"*.{end}")
    ]
    now = digest([*paths, *ROOT.glob("requirements.lock")], sys.version)
    if declared(connection, "reading").get(("", "")) == now:
        return False
    declare(connection, "reading", {("", ""): now})
    return True
