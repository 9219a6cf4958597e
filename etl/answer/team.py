"""Mails to the team: the page of each night; and once a week a line, who is late, what was returned
and not yet mended, a correction among it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from etl.answer.letters import Letter, letter, one_line
from etl.answer.mime import Paper
from etl.answer.outbox import Mail, put
from etl.catalogue.mail_file import MailFile
from etl.ground import database
from etl.ground.config import Settings

_LONGEST = 150
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekly_mails(connection: Connection, file: MailFile, now: datetime) -> Iterator[Mail]:
    """The lines of this week whose day has come, of districts and provinces that have something to
    be said; on another day of the week where the day was missed."""
    today = now.date()
    asked = [each for each in file.weekly if today.weekday() >= _DAYS.index(each.day)]
    if not asked:
        return
    scopes = [each.unit for each in asked]
    rows = database.ask(connection, "answer/weekly", today=today, scopes=scopes).all()
    by_scope = {
        scope: list(group) for scope, group in groupby(rows, key=lambda row: str(row.scope))
    }
    units = database.ask(connection, "answer/units", units=scopes)
    names = {row.unit_code: row.unit_name for row in units}
    year, week, _day = today.isocalendar()
    for each in asked:
        if each.unit in by_scope:
            line = weekly_letter(names.get(each.unit, each.unit), by_scope[each.unit], file, now)
            for address in each.to:
                key = f"weekly:{each.unit}:{address}:{year}-W{week:02}"
                yield Mail(key, "weekly", address.lower(), line, unit_code=each.unit)


def weekly_letter(unit_name: str, rows: list[Any], file: MailFile, now: datetime) -> Letter:
    """The words of one line of the week; rows as sql/answer/weekly.sql gives them."""
    late, rejected, corrections = (
        [row for row in rows if row.what == what] for what in ("missing", "rejected", "correction")
    )
    return letter(
        "weekly", week=now.isocalendar().week, today=now.date(), unit_name=unit_name, late=late,
        rejected=rejected, corrections=corrections, office=file.office,
    )  # fmt: skip


def put_night(
    settings: Settings,
    file: MailFile,
    night: str,
    said: tuple[str, str],
    page: Paper,
    now: datetime,
) -> int:
    """Put the summary of a night (subject, text; its page enclosed) into the outbox, one mail for
    each address of `nightly`; returns how many are new. `night` tells a night, whole or failed,
    from others: a mail goes once a night, and once more when one that had failed is whole."""
    letter = Letter(one_line(said[0], _LONGEST), said[1])
    with database.engine(settings).begin() as connection:
        mails = (
            Mail(f"nightly:{night}:{address}", "nightly", address.lower(), letter, papers=[page])
            for address in file.nightly
        )
        return sum(put(connection, file, mail, now) for mail in mails)
