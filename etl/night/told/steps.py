"""The steps of a night, each told in the log and kept in the night's book.

Used by the DAG and by `khoxa run`; etl.night.chain has the steps themselves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from etl.answer import Send
from etl.ground import database
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.whole_file import whole_file
from etl.night import chain, reading, shared_out
from etl.night.told import book as books
from etl.night.told import page
from etl.night.told.book import Book
from etl.night.told.causes import Cause, cause
from etl.night.told.facts import left_waiting, of_night, verdicts_beside, waiting
from etl.night.told.lines import STEPS, fill, lines, listed, words
from etl.receive import InboxPath

log = logging.getLogger(__name__)
Counts = dict[str, int]
_TOLD_AS = {"read_and_normalise": ("waiting", "stage")}  # tasks that are told as one step


class NotRead(KhoxaError):
    """Files that a night should have read, and that still wait after all else is done."""

    def __init__(self, files: list[str]) -> None:
        super().__init__(
            "còn tệp chưa đọc, vẫn chờ / files were not read, and wait: " + listed(files)
        )


def receive(
    settings: Settings, inbox: InboxPath, started: datetime, came: datetime | None = None
) -> Counts:
    """Inbox -> filing register, told. `came` is when the files did, where somebody says so; else
    when the night `started`, or were changed since. `started` names the night."""
    at, until = came or started, came or now()
    book = books.book_of(settings, started)  # written at once: a kill leaves word of the night
    book.tried_at = came.isoformat() if came and came > now() else ""
    book.write(settings)
    return _run(
        settings, "receive", started, lambda: chain.receive(settings, inbox, at, until=until)
    )


def take(
    settings: Settings,
    step: str,
    started: datetime,
    progress: reading.Progress | None = None,
    send: Send | None = None,
    of: Any = None,
) -> Any:
    """One step after `receive`, told; `record` closes the night. It and `answer` hand mails to
    `send`. `of`: the chunk that `read_and_normalise` is to read where `waiting`, which returns
    chunks, has shared it out; the chunks that `stage` is to take.

    Raises what the step raises; after `answer` DamagedCopies while filings wait for their copy,
    FailedCorrections while a correction does not fit, NotRead while files wait that it should have
    read.
    """
    if step == "record":
        close(settings, started, send)
        return {}
    if step in ("waiting", "stage") or of is not None:
        return _shared_out(settings, step, started, of)
    act: Callable[..., Counts] = getattr(chain, step)
    more: dict[str, Any] = {}
    if step == "read_and_normalise":
        more = {"progress": progress}
    elif step == "answer":
        more = {"send": send}
    done = _run(settings, step, started, lambda: act(settings, **more))
    if step == "answer":
        chain.settle(settings)
        read = books.book_of(settings, started).steps.get("read_and_normalise", {"counts": {}})
        if "left" in read["counts"] and (left := left_waiting(settings)):
            raise NotRead(left)
    return done


def _shared_out(settings: Settings, step: str, started: datetime, of: Any) -> Any:
    """A step of reading that is shared out; all of them are told as one."""
    if step == "read_and_normalise":
        return shared_out.read_chunk(settings, of)
    if step == "stage":
        return _run(settings, "read_and_normalise", started, lambda: shared_out.stage(settings, of))
    book = books.book_of(settings, started)
    book.reading_since = now().isoformat()
    book.write(settings)
    return shared_out.open_again(settings)


def _run(settings: Settings, step: str, started: datetime, act: Callable[[], Counts]) -> Counts:
    book = books.book_of(settings, started)
    if step == "load":
        _expect(settings, book)
    began = monotonic()
    with verdicts_beside(settings) if step == "aggregate" else nullcontext() as verdicts:
        counts = act()
    seconds = round(monotonic() - began, 2)
    if step == "read_and_normalise" and book.reading_since:
        seconds = round((now() - datetime.fromisoformat(book.reading_since)).total_seconds(), 2)
    try:
        if verdicts and verdicts["counts"]:
            book.verdicts = verdicts
        told_lines = lines(settings, step, counts, book)
        # of a chunk that was lost it stays told why
        for each in () if "left" in counts else (step, *_TOLD_AS.get(step, ())):
            book.failures.pop(each, None)
        # cleared or tried again, a step finds nothing left to do: what it did before stays told
        before = book.steps.get(step, {}).get("counts")
        if any(counts.values()) or before is None or "left" in before:
            book.steps[step] = {"seconds": seconds, "counts": counts, "lines": told_lines}
        book.write(settings)
    except (SQLAlchemyError, OSError) as error:  # the step itself is done
        told_lines = [cause(error).line]
    for line in told_lines:
        log.info("%s / %s", *line)
    return counts


def _expect(settings: Settings, book: Book) -> None:
    """Note what is about to be decided, before it is: a kill after it loses no name."""
    with database.engine(settings).connect() as connection:
        checked = [row["filing_id"] for row in waiting(connection, "checked")]
    book.filings = list(dict.fromkeys([*book.filings, *checked]))
    book.write(settings)


def failed(settings: Settings, step: str, started: datetime, error: BaseException | None) -> Cause:
    """Tell the log and the book why a step failed and what to do; None: it was killed."""
    why = cause(error, step)
    try:
        book = books.book_of(settings, started)
        book.failures[step] = why._asdict()
        book.write(settings)
    except OSError as unwritten:
        log.error("%s / %s", *cause(unwritten).line)
    return log_failure(step, error)


def log_failure(step: str, error: BaseException | None) -> Cause:
    """Tell the log why a step failed and what to do; None: it was killed."""
    why = cause(error, step)
    for line in (
        fill(words()["failed"], task=step, cause_vi=why.vi, cause_en=why.en),
        fill(words()["to_do"], do_vi=why.do_vi, do_en=why.do_en),
    ):
        log.error("%s / %s", *line)
    return why


def close(settings: Settings, started: datetime, send: Send | None = None) -> Path:
    """End a night, whole or not: what `khoxa status` and `khoxa summary` show of it, and a mail to
    those who get it (`nightly` of mail.yaml). Returns its page; without a warehouse that answers,
    the page has what the steps said and why."""
    book = books.book_of(settings, started)
    book.failures.pop("record", None)  # it is done now
    counts = {step: book.steps.get(step, {}).get("counts") for step in STEPS}
    try:
        chain.record(settings, counts, started, list(book.failures))
        book.facts = of_night(settings, book)
    except SQLAlchemyError as error:
        book.failures["record"] = cause(error)._asdict()
    path = book.write(settings)
    book, path = books.read(path), path.with_suffix(".html")
    subject, text, html = page.letter(settings, book)
    with whole_file(path, private=True) as part:
        part.write_text(html, encoding="utf-8", newline="\n")
    books.prune(settings)
    try:
        # mailed once as failed, and once when it was mended
        night = f"{book.started} failed" if book.failures else book.started
        chain.tell_night(settings, night, (subject, text), path, send)
    except (SQLAlchemyError, OSError) as error:
        log.error("%s / %s", *cause(error).line)
    log.info("Tóm tắt đêm chạy: %s / the night on one page", path)
    return path
