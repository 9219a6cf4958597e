"""Which filings that are loaded name an agency by what is another's name now."""

from __future__ import annotations

import logging

from sqlalchemy import Connection

from etl.catalogue.codes import code_of, is_code
from etl.ground import database

log = logging.getLogger(__name__)


def renamed(connection: Connection) -> list[int]:
    """The filings with a name of an agency that stands for another one now; said in the log."""
    rows = database.script(connection, database.statement("staging/agencies"))
    filings = sorted({row.filing_id for row in rows if _is_renamed(row.said, row.agency_code)})
    if filings:
        log.warning("tên cơ quan đã đổi, %d hồ sơ được đọc lại / names of agencies changed,"
                    " %d filings are read again", len(filings), len(filings))  # fmt: skip
    return filings


def _is_renamed(said: str, code: str) -> bool:
    """Whether a name stands for another agency than the one it was read as. One that was kept as
    it was written is its own code."""
    known = code_of("agency", said)
    return known != code if known else is_code("agency", code)
