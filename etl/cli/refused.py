"""A failure in one sentence for a terminal, PostgreSQL's in its own words."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from etl.ground.errors import KhoxaError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_MIGRATE = "có phải chưa chạy `khoxa db migrate`? / has `khoxa db migrate` been run?"
_SILENT = (
    "kho không trả lời: xem máy chủ có chạy không và KHOXA_WAREHOUSE_URL có đúng không"
    " / the warehouse does not answer: is its server up, and is KHOXA_WAREHOUSE_URL right?"
)
_MISSING = ("3F000", "42P01", "42703", "42883")  # schema, table, column, function


class Told(NamedTuple):
    """What the command ends with."""

    sentence: str
    exit_code: int


def told(error: Exception) -> Told | None:
    """A failure that is no fault of khoxa's; None: it is one, and its traceback is what helps."""
    if isinstance(error, KhoxaError):
        return Told(str(error), error.exit_code)
    if isinstance(error, OSError) and error.strerror:
        where = "" if error.filename is None else f": {error.filename}"
        words = "không đọc hoặc ghi được / cannot read or write"
        return Told(f"{words}{where} ({error.strerror})", 1)
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import DBAPIError

    return Told(said(error), 1) if isinstance(error, DBAPIError) else None


def own_words(error: DBAPIError) -> str:
    """PostgreSQL's message with the place in the query, without what surrounds it inside."""
    return re.split(r"\n(?:QUERY|CONTEXT): ", str(error.orig).strip())[0].rstrip()


def said(error: DBAPIError) -> str:
    """Why a query of khoxa's own failed, and what to do where that is known."""
    code = getattr(error.orig, "pgcode", None)
    words = own_words(error)
    if code in _MISSING or (code is None and re.search("(database|role) .* does not exist", words)):
        return f"{words}\n{_MIGRATE}"
    return f"{words}\n{_SILENT}" if code is None else words
