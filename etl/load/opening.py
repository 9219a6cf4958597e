"""Which files wait to be read: those that are new, and those that are to be read again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import Connection, text

from etl.catalogue.corrections import Correction
from etl.catalogue.definitions import definitions
from etl.catalogue.slots import slots
from etl.ground import audit, database
from etl.ground.config import Settings
from etl.ground.records import Block, ReceivedFile
from etl.load.damaged import hold_back
from etl.load.meanings import outdated, reads_otherwise, renamed, respelt
from etl.load.slots import SLOT_COLUMNS, stored_slots
from etl.load.writing import conserve

Read = Callable[[list[ReceivedFile]], Iterable[Block]]
EVERY = (0, 2**63 - 1)  # the range of all numbers of filings
_CORRECTION = (
    *("form", "unit_code", "year", "period", "sheet", "cell", "guard", "value"),
    *("reason", "told", "corrected_on", "corrected_by"),
)


def open_again(
    settings: Settings,
    corrections: list[Correction],
    sound: Callable[[set[str]], Collection[str]],
    read: Read,
) -> None:
    """Let files wait again that a new, changed or withdrawn correction is about, and those of a
    form that has changed; so do, once forms or seeds have changed, those that could not be read or
    loaded because of them, and, once a form that was known or khoxa has, all that was refused. What
    is accepted or rejected stands until its file has been read.

    A file whose copy is damaged (`sound` says which contents have a sound one, and mends what it
    can) is not opened. `read` asks files again for what was not kept of them.
    """
    with database.night(settings) as connection:
        connection.exec_driver_sql("delete from stg.block")  # of a night that was killed
        _open_again(connection, settings, corrections, sound)
        _write_slots(connection)
        _note_again(connection, settings, read)


def waiting(settings: Settings, within: tuple[int, int] = EVERY) -> list[ReceivedFile]:
    """The files that wait, of a range of numbers, in the order of these."""
    with database.asking(settings) as connection:
        return files_of(connection, settings, within)


def files_of(
    connection: Connection, settings: Settings, within: tuple[int, int], which: str = "sources"
) -> list[ReceivedFile]:
    """The same in a transaction; `which`: the question, of sql/staging."""
    about = {"first": within[0], "last": within[1], "is_now": settings.as_of is None}
    return [
        ReceivedFile(row.filing_id, row.original_name, str(settings.raw_path(digest)), digest)
        for row in database.ask(connection, f"staging/{which}", **about)
        for digest in (row.content_sha256,)
    ]


def _open_again(
    connection: Connection,
    settings: Settings,
    corrections: list[Correction],
    sound: Callable[[set[str]], Collection[str]],
) -> None:
    """Open again what changed corrections or forms are about; enter the corrections as they are."""
    database.run(connection, "staging/correction_now")
    lines = (
        database.copy_line(
            (
                *(*row.key, row.sheet, row.cell, row.guard, row.number),
                *(row.reason, row.told, row.on, row.by),
            )
        )
        for row in corrections
    )
    database.copy_in(connection, "correction_now", _CORRECTION, lines)
    is_outdated = stored_slots(connection) != [tuple(slot) for slot in slots()]
    ours, headers = _mended(connection, settings)
    is_now = settings.as_of is None
    changed = outdated(connection) if is_now else []
    database.run(
        *(connection, "staging/reopen"),
        ours=ours, headers=headers, is_outdated=is_outdated,
        changed_forms=changed,
        renamed=renamed(connection) if is_now else [],
        respelt=respelt(connection) if is_now else [],
    )  # fmt: skip
    database.run(connection, "staging/reopen_mailed")
    if is_now and (reads_otherwise(connection) or changed):
        database.run(connection, "staging/reopen_refused")
    hold_back(connection, sound)
    for question in ("refused", "stands", "open_again"):
        database.run(connection, f"staging/{question}")
    connection.exec_driver_sql("drop table reopened")
    if is_now:
        for said in database.ask(connection, "staging/changed_corrections").scalars().all():
            audit.note(connection, "corrected", said)
    database.run(connection, "staging/corrections")


def _mended(connection: Connection, settings: Settings) -> tuple[list[str], list[str]]:
    """The rules whose findings are no fault of the filer's, and the headers that the province
    accepts, where what they rest on has changed since the last night: forms, lists, rules, headers,
    and the dimensions of the warehouse."""
    known = database.ask(connection, "staging/dimensions").scalar()
    digest = f"{definitions().digest}/{known}"
    changed = database.run(connection, "staging/definitions", digest=digest)
    if settings.as_of is not None or not changed:
        return [], []
    found = definitions()
    headers = ["\t".join((*each.key, each.column or "")) for each in found.headers if each.accepted]
    return [rule.rule for rule in found.rules.values() if rule.ours], headers


def _write_slots(connection: Connection) -> None:
    connection.exec_driver_sql("delete from stg.slot")
    rows = database.copy_in(connection, "stg.slot", SLOT_COLUMNS, map(database.copy_line, slots()))
    database.analyze(connection, "stg.slot", rows)
    conserve("slots", len(slots()), rows)


def _note_again(connection: Connection, settings: Settings, read: Read) -> None:
    """What filings say of their figures ("số liệu minh hoạ"), of those that were loaded before it
    was kept: read from their files. Nothing else of them changes."""
    if settings.as_of is not None:
        return
    if not (files := files_of(connection, settings, EVERY, "unnoted")):
        return
    said = [
        {"filing": each.filing_id, "note": each.illustrative_note}
        for block in read(files) for each in block.recognised
    ]  # fmt: skip
    note = "update raw.filing set illustrative_note = :note where filing_id = :filing"
    connection.execute(text(f"{note} and illustrative_note is null"), said)
    # what cannot be recognised any more says nothing
    connection.exec_driver_sql(
        "update raw.filing set illustrative_note = '' where illustrative_note is null"
    )
