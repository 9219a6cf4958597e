"""The check room in a process beside this one: it imports pandas and Great Expectations while this
one imports what reads, and reads, so that one file is judged a second earlier.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection

from etl.catalogue.corrections import RULE
from etl.catalogue.definitions import load_rules
from etl.ground.records import Batch, Figure, Finding, Normalised, Recognised

Judge = Callable[[list[Normalised]], list[Finding]]


@contextmanager
def beside() -> Iterator[Judge]:
    """Gives `judge`, to be called once: the check room's findings on filings."""
    load_rules()  # both need them
    ours, theirs = Pipe()
    other = get_context("fork").Process(target=_serve, args=(theirs,), daemon=True)
    other.start()
    theirs.close()
    try:
        yield partial(_ask, ours)
    finally:
        ours.close()
        other.kill()
        other.join()


def _ask(other: Connection, done: list[Normalised]) -> list[Finding]:
    """The other process's answer; where it has none to give, this one judges, so that whatever is
    wrong is raised here."""
    if not any(each.recognised for each in done):
        return []  # without waiting for it
    with suppress(OSError, EOFError):
        other.send(done)
        findings: list[Finding] = other.recv()
        return findings
    return judged(done)


def _serve(other: Connection) -> None:
    """One question and its answer. Whatever fails here is left to the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches both; this one goes in silence
    with suppress(Exception):
        from etl.check.lean import import_engine

        import_engine()
        other.send(judged(other.recv()))


def judged(done: list[Normalised]) -> list[Finding]:
    """The check room's findings on all filings at once."""
    recognised = [each.recognised for each in done if each.recognised]
    if not recognised:
        return []
    import pandas as pd

    from etl.check import check

    filings = pd.DataFrame(recognised, columns=list(Recognised._fields))
    rows = [figure for each in done if each.recognised for figure in each.figures]
    figures = pd.DataFrame(rows, columns=list(Figure._fields))
    figures["value"] = pd.to_numeric(figures["value"])
    corrected = frozenset(
        (finding.filing_id, finding.sheet, finding.cell)
        for each in done
        for finding in each.findings
        if finding.rule == RULE
    )
    filings, figures = filings.drop_duplicates("filing_id"), figures.drop_duplicates()
    return check(Batch(filings, figures, corrected=corrected))
