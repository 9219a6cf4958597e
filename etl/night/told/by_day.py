"""What `receive_filings` writes to the logs of its tasks: the words of the night's, without a book,
for a day has fifty of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from etl.answer import Send
from etl.ground import database
from etl.ground.config import Settings
from etl.night import chain
from etl.night.told.book import Book, Line
from etl.night.told.causes import cause
from etl.night.told.facts import MOST, rows
from etl.night.told.lines import lines, say, words

log = logging.getLogger(__name__)
Counts = dict[str, int]


def collect(settings: Settings, way: str, act: Callable[[], Counts]) -> Counts:
    """What came by one way in, told: how much, what could not be taken, and, of a mailbox, whose
    messages wait for the province."""
    counts = act()
    _tell(lambda: list(_collected(settings, way, counts)))
    return counts


def take(settings: Settings, step: str, send: Send | None = None) -> Counts:
    """A later step, told; `answer` hands mails to `send`. Raises what the step raises."""
    act = getattr(chain, step)
    counts: Counts = act(settings, send) if step == "answer" else act(settings)
    _tell(lambda: lines(settings, step, counts, Book("")))
    return counts


def _tell(lines: Callable[[], list[Line]]) -> None:
    try:
        lines_told = lines()
    except (SQLAlchemyError, OSError) as error:  # the step itself is done
        lines_told = [cause(error).line]
    for line in lines_told:
        log.info("%s / %s", *line)


def _collected(settings: Settings, way: str, counts: Counts) -> Iterator[Line]:
    name = words()["ways"][way]
    ((what, n),) = counts.items()
    yield say("collect", what if n else "none", n=n, way_vi=name["vi"], way_en=name["en"])
    with database.engine(settings).connect() as connection:
        for row in rows(connection, "not_taken_by", way=way, most=MOST):
            yield say("receive", "not_taken", **row)
        if way == "imap":
            for row in rows(connection, "messages", most=MOST):
                yield say("collect", "waits", sender=row["from_address"], subject=row["subject"])
