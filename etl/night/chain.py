"""The rooms in order. The DAG, the CLI and `etl.night.as_of` call these steps; nothing else chains
rooms.

Each step takes what waits for it in the filing register, so a night that was cut off anywhere
goes on from there.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from etl import aggregate as aggregate_room
from etl import answer as answer_room
from etl import load as load_room
from etl import publish as publish_room
from etl import receive as receive_room
from etl.catalogue.corrections import FailedCorrections
from etl.catalogue.mail_file import MailFile, mail_file
from etl.catalogue.rules import RenderedFinding
from etl.ground import audit, clock
from etl.ground.apart import culprits
from etl.ground.config import Settings
from etl.ground.errors import BrokenFile
from etl.ground.pool import Failure, guarded_map
from etl.ground.records import Batch, Finding, ReceivedFile
from etl.ground.whole_file import whole_file
from etl.night.one_file import give_back, is_personal
from etl.night.reading import MEMORY_MB, TIMEOUT_S, WORKERS, read_and_normalise
from etl.read import read

log = logging.getLogger(__name__)
__all__ = [
    "aggregate", "answer", "check", "collect_mail", "load", "publish", "read_and_normalise",
    "receive", "record", "settle", "tell_night",
]  # fmt: skip


def receive(
    settings: Settings,
    inbox: receive_room.InboxPath,
    now: datetime,
    way: str = "inbox",
    until: datetime | None = None,
) -> dict[str, int]:
    """Inbox -> filing register. `way`: by which of the ways in."""
    return {"received": len(receive_room.receive(settings, inbox, now, way, until))}


def collect_mail(
    settings: Settings, client: Any, mailbox: receive_room.Mailbox, now: datetime
) -> dict[str, int]:
    """Mailbox -> filing register, by what senders.csv says now. `client` is like imaplib's."""
    load_room.synchronise(settings)
    return {"messages": receive_room.collect(settings, client, mailbox, now)}


def check(settings: Settings) -> dict[str, int]:
    """Staged figures -> findings."""
    batch = load_room.staged(settings)
    findings: list[Finding] = []
    if len(batch.filings):
        docs = settings.docs_dir if settings.as_of is None else None
        try:
            findings = _judged(batch, docs)
        except Exception as error:
            findings = _judged_apart(batch, error, docs)
    return {"findings": load_room.judge(settings, batch, findings)}


def _judged(batch: Batch, docs: Path | None = None) -> list[Finding]:
    from etl.check import check as check_room  # Great Expectations takes 5 s to import

    return check_room(batch, docs)


def _judged_apart(batch: Batch, error: Exception, docs: Path | None) -> list[Finding]:
    """Findings on a batch in which some filings cannot be judged: each of these gets one that says
    so, and the cause goes to the log. Raises `error` where none of several can be."""
    numbers = [int(number) for number in batch.filings["filing_id"]]
    apart = culprits(numbers, lambda some: _judged(batch.only(some)), lambda _error: True)
    if len(apart) == len(numbers) > 1:
        raise error
    for number, cause in apart.items():
        log.error("filing %016x is set aside", number, exc_info=cause)
    sound = batch.only([number for number in numbers if number not in apart])
    refused = [Finding(number, load_room.NOT_PROCESSED) for number in apart]
    return refused + (_judged(sound, docs) if len(sound.filings) else [])


def load(settings: Settings) -> dict[str, int]:
    """Checked filings -> the star; forms and indicators that are gone and still rested on are told
    the log."""
    done = load_room.load(settings)
    for gone in load_room.gone_now(settings) if settings.as_of is None else ():
        log.error("%s", gone)
    return done


def aggregate(settings: Settings) -> dict[str, int]:
    """Facts -> aggregates behind the marts; the SQL checks must hold, without a filing if it must
    be."""
    return aggregate_room.aggregate(settings, load_room.set_aside)


def publish(settings: Settings) -> dict[str, int]:
    """Findings -> return workbooks, each in a guarded worker."""
    waiting = publish_room.jobs(settings)
    groups = guarded_map(
        _return, waiting, chunk=32, workers=WORKERS, timeout_s=TIMEOUT_S,
        memory_mb=2 * MEMORY_MB, on_failure=_return_plain,
    )  # fmt: skip
    returned = sum(len(group) for group in groups)
    if returned:
        os.sync()  # what the register calls done is on the disk, their names as well
    return {"returned": returned}


def _return(job: publish_room.Job) -> None:
    if is_personal(job.findings):
        Path(job.received.path).unlink(missing_ok=True)  # khoxa keeps no list of persons
    received = job.received
    is_whole = receive_room.is_sound(Path(received.path), received.sha256)
    (give_back if is_whole else _give_back_plain)(received, job.findings, job.path)


def _return_plain(job: publish_room.Job, _failure: Failure) -> None:
    """A file whose marking failed or was stopped."""
    _give_back_plain(job.received, job.findings, job.path)


def _give_back_plain(received: ReceivedFile, findings: list[RenderedFinding], path: Path) -> None:
    """The findings in an empty book."""
    publish_room.mark(received, findings, path, read, own=False)


def answer(
    settings: Settings, send: answer_room.Send | None = None, now: datetime | None = None
) -> dict[str, int]:
    """What is decided -> mails to those who filed, reminders, the line of the week; handed to
    `send`, or written to KHOXA_HOME/mails without one. Nothing without mail.yaml; nothing that is
    wrong with it or with the mail server stops a night."""
    if (file := _mail_file(settings)) is None:
        return {}
    now = now or clock.now()
    marked = partial(publish_room.return_path, settings.returns_dir)
    address = settings.filing_address or file.sender
    papers = answer_room.Papers(marked, partial(_blank, replace(settings, filing_address=address)))
    composed = answer_room.compose(settings, file, now, papers)
    return {"composed": composed, **answer_room.deliver(settings, send, now)}


def tell_night(
    settings: Settings, night: str, headline: tuple[str, str], page: Path,
    send: answer_room.Send | None = None,
) -> dict[str, int]:  # fmt: skip
    """The summary of a night (subject, text, its page) -> a mail to those who get it, once."""
    file = _mail_file(settings)
    if file is None or not file.nightly:
        return {}
    now = clock.now()
    paper = answer_room.Paper(page.name, page.read_bytes())
    composed = answer_room.put_night(settings, file, night, headline, paper, now)
    return {"composed": composed, **answer_room.deliver(settings, send, now)}


def _mail_file(settings: Settings) -> MailFile | None:
    """mail.yaml; None where there is none, or one that is wrong, which the log says."""
    try:
        return mail_file(settings.local_folder)
    except BrokenFile as error:
        log.error("thư chưa được viết / no mail is composed: %s", error)
        return None


def _blank(settings: Settings, form: str, unit: str, when: str, path: Path) -> bool:
    from etl.blank import draw_form

    return draw_form(settings, form, unit, when, path).is_filled


def settle(settings: Settings) -> None:
    """After all is done: raises DamagedCopies while filings wait for their copy, FailedCorrections
    while a correction does not fit its filing."""
    if damaged := load_room.damaged(settings):
        raise load_room.DamagedCopies(damaged)
    if failed := load_room.failed_corrections(settings):
        raise FailedCorrections(failed)


def record(
    settings: Settings, steps: Mapping[str, dict[str, int] | None], started: datetime,
    failed: Sequence[str] = (),
) -> None:  # fmt: skip
    """Remember what the latest run did, and which tasks failed, for `khoxa status`."""
    content: dict[str, Any] = {
        "started": started.isoformat(timespec="seconds"),
        "steps": dict(steps),
        "failed": list(failed),
    }
    with whole_file(settings.last_run, private=True) as part:
        part.write_text(json.dumps(content, indent=1), encoding="utf-8")
    counts = {name: n for step in steps.values() for name, n in (step or {}).items()}
    counted = ", ".join(f"{name} {n}" for name, n in counts.items() if "." not in name)
    audit.noted(settings, "ran", f"{started.isoformat(timespec='minutes')}: {counted}")
