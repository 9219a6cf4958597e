"""What the warehouse says about a night: rows of sql/nightly, in plain types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from etl.catalogue.definitions import definitions
from etl.catalogue.mail_file import FILE as MAIL_FILE
from etl.ground import database
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.load import failed_corrections
from etl.load.declared import gone
from etl.night.told.book import Book

Row = dict[str, Any]
MOST = 40  # of what is listed by name


def rows(connection: Connection, name: str, **params: object) -> list[Row]:
    """Rows of sql/nightly/<name>.sql by name of column."""
    return [dict(row) for row in database.ask(connection, f"nightly/{name}", **params).mappings()]


def waiting(connection: Connection, state: str) -> list[Row]:
    """Filings that have come as far as a state of raw.filing and no further."""
    return rows(connection, "waiting", state=state)


def left_waiting(settings: Settings) -> list[str]:
    """The files that wait to be read, by name."""
    with database.engine(settings).connect() as connection:
        return [row["file"] for row in rows(connection, "left")]


@contextmanager
def verdicts_beside(settings: Settings) -> Iterator[dict[str, Any]]:
    """What becomes of verdicts while the body runs, filled in after it: `counts` by verdict before
    and now, and `rows` of targets that had another one before. Costs nothing where no figure waits
    to be aggregated.
    """
    verdicts: dict[str, Any] = {"counts": [], "rows": []}
    engine = database.engine(settings).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        touched = "select exists (select from stg.touched)"
        if not connection.exec_driver_sql(touched).scalar():
            yield verdicts
            return
        database.run(connection, "nightly/verdicts_before")
        yield verdicts
        with suppress(SQLAlchemyError):  # what was to be done beside it is done
            connection.exec_driver_sql("analyze verdict_before")
            verdicts["counts"] = rows(connection, "verdict_counts")
            if any(row["verdict_before"] for row in verdicts["counts"]):
                verdicts["rows"] = rows(connection, "verdicts", most=MOST)


def of_night(settings: Settings, book: Book) -> dict[str, Any]:
    """All that the page of a night shows of the warehouse."""
    asked = {"filings": book.filings, "most": MOST}
    with database.engine(settings).connect() as connection:
        facts: dict[str, Any] = {
            "decided": decided(connection, book),
            "returned": rows(connection, "returned", **asked),
            "filed": rows(connection, "filed", filings=book.filings),
            "states": rows(connection, "states"),
            "missing": rows(connection, "missing"),
            "change_counts": rows(connection, "change_counts", filings=book.filings),
            "changes": rows(connection, "changes", **asked),
            "not_taken": not_taken(connection),
            "messages": rows(connection, "messages", most=MOST),
            "mail_server": mail_server(settings, connection),
            "no_backup": rows(connection, "no_backup", now=now()) if settings.backup_to else [],
            "ahead": rows(connection, "ahead", now=now()),
            "gone": [str(each) for each in gone(connection)],
        }
    facts["corrections"] = failed_corrections(settings)
    facts["faults"] = [str(fault) for fault in definitions().faults]
    return facts


def mail_server(settings: Settings, connection: Connection) -> list[Row]:
    """That the mail server takes nothing; not where the province has no mail.yaml any more."""
    folder = settings.local_folder
    is_written = folder is not None and (folder / MAIL_FILE).is_file()
    return rows(connection, "mail_server", now=now()) if is_written else []


def decided(connection: Connection, book: Book) -> dict[str, int]:
    """How many filings of a night are in which state now."""
    query = text(
        "select state, count(*)::integer as filings from raw.filing"
        " where filing_id = any(:filings) group by state"
    )
    states = connection.execute(query, {"filings": book.filings})
    return {row.state: row.filings for row in states}


def not_taken(connection: Connection) -> list[Row]:
    """What lies in an inbox and could not be taken."""
    query = "select name, message_vi, message_en, fix_vi, fix_en from ops.not_taken order by name"
    return [dict(row) for row in connection.execute(text(query)).mappings()]
