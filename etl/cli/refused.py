"""What PostgreSQL says of a query that it does not answer, in one sentence for a terminal."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError

_MIGRATE = "có phải chưa chạy `khoxa db migrate`? / has `khoxa db migrate` been run?"
_SILENT = (
    "kho không trả lời: xem máy chủ có chạy không và KHOXA_WAREHOUSE_URL có đúng không"
    " / the warehouse does not answer: is its server up, and is KHOXA_WAREHOUSE_URL right?"
)
_MISSING = ("3F000", "42P01", "42703", "42883")  # schema, table, column, function


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
