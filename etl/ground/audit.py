"""Who did what to the warehouse: rows of ops.audit, which nobody changes or removes."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING, Literal

from etl.ground import database
from etl.ground.config import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

Action = Literal["ran", "corrected", "imported", "decided", "dropped", "backed_up", "restored",
                 "migrated", "rights", "verified", "removed"]  # fmt: skip


def note(connection: Connection, action: Action, subject: str) -> None:
    """One row: `subject` says what was run, corrected, imported …; time and database role are the
    server's own word, the login is that of the operating system (KHOXA_LOGIN where it is set: who
    is behind a program that many use)."""
    database.run(connection, "upkeep/note", action=action, subject=subject, login=login())


def noted(settings: Settings, action: Action, subject: str) -> None:
    """The same, in a transaction of its own."""
    with database.engine(settings).begin() as connection:
        note(connection, action, subject)


def note_rights(connection: Connection) -> None:
    """A row where roles have other rights than when they were last written down."""
    now = str(database.ask(connection, "upkeep/rights").scalar())
    last = "select subject from ops.audit where action = 'rights' order by audit_no desc limit 1"
    if connection.exec_driver_sql(last).scalar() != now:
        note(connection, "rights", now)


def login() -> str:
    """Who this process works for."""
    if told := os.environ.get("KHOXA_LOGIN"):
        return told
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user need have no name
        return str(os.getuid())
