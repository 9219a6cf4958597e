"""What was read, into stg, raw.filing and ops."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection

from etl.ground import database
from etl.ground.apart import is_of_data
from etl.ground.config import Settings
from etl.ground.records import (
    Block,
    Corrected,
    Figure,
    Finding,
    FurtherFiling,
    Recognised,
)
from etl.load.damaged import note_damaged
from etl.load.opening import EVERY, Read, files_of
from etl.load.slots import same_forms
from etl.load.writing import NOT_PROCESSED, add_findings, conserve, set_state

log = logging.getLogger(__name__)
_TOGETHER = 256  # files whose figures are copied at once


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


def stage(settings: Settings, read: Read, within: tuple[int, int] = EVERY) -> tuple[int, list[int]]:
    """Put what `read` makes of the files that wait into stg, raw.filing and ops.finding; `within`:
    of a range of their numbers.

    `read` is called under the night's lock, so that two nights never stage the same file. A file
    that it gives nothing of stays as it is, and waits. So does one whose copy is damaged;
    ops.damaged_copy names it.
    Returns how many files are staged and which still wait, but not for their copy. Raises
    NotConserved where not all that was read is there afterwards, FormsChanged where the forms are
    not those that it was read by.
    """
    with database.night(settings) as connection:
        if not (files := files_of(connection, settings, within)):
            return 0, []
        same_forms(connection)
        night = _Night()
        rows = 0
        due = {each for file in files for each in (file.filing_id, file.sha256)}
        # what another night has staged since is not staged twice
        came = (block for block in read(files) if due.issuperset((*block.filings, *block.damaged)))
        while blocks := list(islice(came, _TOGETHER)):
            _open(connection, blocks)
            blocks = _told_apart(connection, blocks, night)
            rows += _copy_figures(connection, blocks, night)
        database.analyze(connection, "stg.figure", rows)
        conserve("figures staged", night.figures, rows)
        note_damaged(connection, night.damaged)
        _write_parts(connection, night.done, night.parts)
        filings = [*night.done, *(part.filing_id for part in night.parts)]
        _write_recognised(connection, filings, night.recognised)
        add_findings(connection, [*night.findings, *_not_theirs(connection, filings)])
        uses = map(database.copy_line, night.corrected)
        database.copy_in(connection, "ops.correction_use", Corrected._fields, uses)
        set_state(connection, filings, "staged")
        connection.exec_driver_sql("delete from stg.block")
        still = files_of(connection, settings, within)
        conserve("files read", len(files), len(night.done) + len(still))
    return len(night.done), [f.filing_id for f in still if f.sha256 not in night.damaged]


def _open(connection: Connection, blocks: list[Block]) -> None:
    """Filings that stood until their files were read are as if received anew."""
    files = [number for block in blocks for number in block.filings]
    database.run(connection, "staging/read_anew", files=files)
    database.run(connection, "staging/open_again")
    connection.exec_driver_sql("drop table reopened")


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
    taken = set(database.ask(connection, "staging/numbers_taken", **about).scalars())
    seen = {part.filing_id for part in night.parts}
    out = []
    for block in blocks:
        numbers = {part.filing_id for part in block.parts}
        if clash := numbers & (taken | seen):
            block = _refused(block, f"another filing has the number {min(clash):016x}")
        seen |= numbers
        out.append(block)
    return out


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
    return [
        Finding(row.filing_id, "mail-not-theirs",
                params=(("sender", row.from_address), ("unit", row.unit_name)))
        for row in database.ask(connection, "staging/not_theirs", filings=filings)
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
