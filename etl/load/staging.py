"""What was read, into stg, raw.filing and ops."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, text

from etl.catalogue.corrections import Correction
from etl.catalogue.definitions import definitions
from etl.catalogue.slots import slots
from etl.ground import audit, database
from etl.ground.apart import is_of_data
from etl.ground.config import Settings
from etl.ground.records import (
    Block,
    Corrected,
    Figure,
    Finding,
    FurtherFiling,
    ReceivedFile,
    Recognised,
)
from etl.load.damaged import hold_back, note_damaged
from etl.load.meanings import outdated, renamed, respelt
from etl.load.slots import SLOT_COLUMNS, stored_slots
from etl.load.writing import NOT_PROCESSED, add_findings, conserve, set_state

log = logging.getLogger(__name__)
_TOGETHER = 256  # files whose figures are copied at once
_CORRECTION = (
    *("form", "unit_code", "year", "period", "sheet", "cell", "guard", "value"),
    *("reason", "told", "corrected_on", "corrected_by"),
)


@dataclass(slots=True)
class _Night:
    """What all blocks of a night hold beside their figures."""

    figures: int = 0
    done: list[int] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    parts: list[FurtherFiling] = field(default_factory=list)
    corrected: list[Corrected] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """Keep what a block holds beside its figures."""
        self.figures += block.counted
        self.done.extend(block.filings)
        self.recognised.extend(block.recognised)
        self.findings.extend(block.findings)
        self.parts.extend(block.parts)
        self.corrected.extend(block.corrected)
        self.damaged.extend(block.damaged)


def stage(
    settings: Settings,
    read: Callable[[list[ReceivedFile]], Iterable[Block]],
    corrections: list[Correction],
    sound: Callable[[set[str]], Collection[str]],
) -> int:
    """Have the received files read, and put what comes out into stg, raw.filing and ops.finding.

    `read` turns the files that wait into blocks, under the night's lock, so that two nights never
    read the same file. Files that a new, changed or withdrawn correction is about wait again, and
    those of a form that has changed; so do, once forms or seeds have changed, those that could not
    be read or loaded because of them. A file whose copy is damaged (`sound` says which contents
    have a sound one, and mends what it can) stays as it is: what was accepted counts, what is new
    waits; ops.damaged_copy names it.
    Returns files staged. Raises NotConserved where not all that was read is there afterwards.
    """
    with database.night(settings) as connection:
        _open_again(connection, settings, corrections, sound)
        _write_slots(connection)
        _note_again(connection, settings, read)
        if not (sources := _files_of(connection, settings)):
            return 0
        night = _Night()
        rows = 0
        waiting = iter(read(sources))
        while blocks := list(islice(waiting, _TOGETHER)):
            blocks = _told_apart(connection, blocks, night)
            rows += _copy_figures(connection, blocks, night)
        database.analyze(connection, "stg.figure", rows)
        conserve("figures staged", night.figures, rows)
        conserve("files read", len(sources), len(night.done) + len(night.damaged))
        note_damaged(connection, night.damaged)
        _write_parts(connection, night.done, night.parts)
        filings = [*night.done, *(part.filing_id for part in night.parts)]
        _write_recognised(connection, filings, night.recognised)
        add_findings(connection, [*night.findings, *_not_theirs(connection, filings)])
        uses = map(database.copy_line, night.corrected)
        database.copy_in(connection, "ops.correction_use", Corrected._fields, uses)
        set_state(connection, filings, "staged")
    return len(night.done)


def _copy_figures(connection: Connection, blocks: list[Block], night: _Night) -> int:
    """The figures of some files into stg.figure; returns how many. A file whose figures no table
    can hold has none, and a finding that says so; the cause goes to the log."""
    lines = (block.figures for block in blocks if block.figures)
    try:
        with connection.begin_nested():
            rows = database.copy_in(connection, "stg.figure", Figure._fields, lines)
    except Exception as error:
        if not is_of_data(error):
            raise
        if len(blocks) > 1:
            return sum(_copy_figures(connection, [block], night) for block in blocks)
        blocks = [_refused(blocks[0], str(error))]
        rows = 0
    for block in blocks:
        night.take(block)
    return rows


def _refused(block: Block, why: str) -> Block:
    """What stands for a file that khoxa cannot take; why goes to the log."""
    number = block.filings[0]
    log.error("filing %016x: %s", number, why)
    return Block("", 0, [], [Finding(number, NOT_PROCESSED)], [number], [], [])


def _told_apart(connection: Connection, blocks: list[Block], night: _Night) -> list[Block]:
    """The blocks; one with a further filing whose number another file's filing has (they are made
    up for it) is refused."""
    of = {part.filing_id: part.first_id for block in blocks for part in block.parts}
    if not of:
        return blocks
    about = {"numbers": list(of), "firsts": list(of.values())}
    sql = text(database.statement("staging/numbers_taken"))
    taken = set(connection.execute(sql, about).scalars())
    seen = {part.filing_id for part in night.parts}
    out = []
    for block in blocks:
        numbers = {part.filing_id for part in block.parts}
        if clash := numbers & (taken | seen):
            block = _refused(block, f"another filing has the number {min(clash):016x}")
        seen |= numbers
        out.append(block)
    return out


def _files_of(
    connection: Connection, settings: Settings, which: str = "sources"
) -> list[ReceivedFile]:
    rows = database.script(connection, database.statement(f"staging/{which}"))
    return [
        ReceivedFile(row.filing_id, row.original_name, str(settings.raw_path(digest)), digest)
        for row in rows
        for digest in (row.content_sha256,)
    ]


def _note_again(
    connection: Connection,
    settings: Settings,
    read: Callable[[list[ReceivedFile]], Iterable[Block]],
) -> None:
    """What filings say of their figures ("số liệu minh hoạ"), of those that were loaded before it
    was kept: read from their files. Nothing else of them changes."""
    if settings.as_of is not None or not (files := _files_of(connection, settings, "unnoted")):
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
    database.run(
        *(connection, "staging/reopen"),
        ours=ours, headers=headers, is_outdated=is_outdated,
        changed_forms=outdated(connection) if is_now else [],
        renamed=renamed(connection) if is_now else [],
        respelt=respelt(connection) if is_now else [],
    )  # fmt: skip
    database.run(connection, "staging/reopen_mailed")
    hold_back(connection, sound)
    database.run(connection, "staging/open_again")
    if is_now:
        changed = database.script(connection, database.statement("staging/changed_corrections"))
        for said in changed.scalars().all():
            audit.note(connection, "corrected", said)
    database.run(connection, "staging/corrections")


def _mended(connection: Connection, settings: Settings) -> tuple[list[str], list[str]]:
    """The rules whose findings are no fault of the filer's, and the headers that the province
    accepts, where what they rest on has changed since the last night: forms, lists, rules, headers,
    and the dimensions of the warehouse."""
    known = database.script(connection, database.statement("staging/dimensions")).scalar()
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


def _write_recognised(
    connection: Connection, filings: list[int], recognised: list[Recognised]
) -> None:
    connection.exec_driver_sql(
        "create temporary table recognised (filing_id bigint, form text, form_version text,"
        " filer_level text, filer_code text, year smallint, period text, units_on date,"
        " last_year smallint, illustrative_note text) on commit drop"
    )
    lines = map(database.copy_line, recognised)
    database.copy_in(connection, "recognised", Recognised._fields, lines)
    rows = database.run(connection, "staging/recognised")
    conserve("filings recognised", len(recognised), rows)
    database.run(connection, "staging/unrecognised", filings=filings)


def _not_theirs(connection: Connection, filings: list[int]) -> list[Finding]:
    """What came by mail, and by no other way, from nobody who may file for its unit. Who sent it is
    told no more than that, whatever becomes of the filing."""
    database.run(connection, "staging/told_sender", filings=filings)
    query = text(database.statement("staging/not_theirs"))
    return [
        Finding(row.filing_id, "mail-not-theirs",
                params=(("sender", row.from_address), ("unit", row.unit_name)))
        for row in connection.execute(query, {"filings": filings})
    ]  # fmt: skip


def _write_parts(connection: Connection, files: list[int], parts: list[FurtherFiling]) -> None:
    """Enter the further filings that workbooks hold beside their first, and let go of those that
    they held when they were read before."""
    if parts:
        connection.exec_driver_sql(
            "create temporary table found_part (filing_id bigint, first_id bigint, part smallint)"
            " on commit drop"
        )
        database.copy_in(
            connection, "found_part", FurtherFiling._fields, map(database.copy_line, parts)
        )
        database.run(connection, "staging/parts")
    numbers = [part.filing_id for part in parts]
    database.run(connection, "staging/gone_parts", filings=files, parts=numbers)
