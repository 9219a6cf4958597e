"""The page of a night as a mail to the team: once a night, and once more when one that had failed
is whole."""

from __future__ import annotations

from datetime import datetime

from etl.answer.letters import Letter, one_line
from etl.answer.mime import Paper
from etl.answer.outbox import Mail, put
from etl.catalogue.mail_file import MailFile
from etl.ground import database
from etl.ground.config import Settings

_LONGEST = 150


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
    from others."""
    letter = Letter(one_line(said[0], _LONGEST), said[1])
    with database.engine(settings).begin() as connection:
        mails = (
            Mail(f"nightly:{night}:{address}", "nightly", address.lower(), letter, papers=[page])
            for address in file.nightly
        )
        return sum(put(connection, file, mail, now) for mail in mails)
