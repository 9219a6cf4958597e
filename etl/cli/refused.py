"""A failure in one sentence for a terminal, PostgreSQL's in its own words."""

from __future__ import annotations

import errno
import re
import sys
from typing import NamedTuple

from etl.ground.errors import KhoxaError
from etl.ground.yaml_file import both, words_beside


class Told(NamedTuple):
    """What the command ends with."""

    sentence: str
    exit_code: int


def known_failure(error: Exception) -> Told | None:
    """A failure that is no fault of khoxa's; None: it is one, and its traceback is what helps."""
    if isinstance(error, KhoxaError):
        return Told(str(error), error.exit_code)
    if isinstance(error, OSError) and error.strerror:
        where = "" if error.filename is None else f": {error.filename}"
        words = "không đọc hoặc ghi được / cannot read or write"
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        to_do = f"\n{both(words_beside(__file__)['no_room'])}" if is_full else ""
        return Told(f"{words}{where} ({error.strerror}){to_do}", 1)
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import DBAPIError

    is_driver = type(error).__module__.startswith("psycopg2")  # COPY is asked past SQLAlchemy
    return Told(why_query_failed(error), 1) if is_driver or isinstance(error, DBAPIError) else None


def own_words(error: Exception) -> str:
    """PostgreSQL's message with the place in the query, without what surrounds it inside."""
    words = str(getattr(error, "orig", error))
    return re.split(r"\n(?:QUERY|CONTEXT): ", words.strip())[0].rstrip()


def why_query_failed(error: Exception) -> str:
    """Why a query of khoxa's own failed, and what to do where that is known; `error` is of
    SQLAlchemy or of the driver."""
    code = getattr(getattr(error, "orig", error), "pgcode", None) or ""
    words, known = own_words(error), words_beside(__file__)
    by_code = {start: each for each in known["failures"] for start in each["codes"]}
    starts = [start for start in by_code if code.startswith(start)]
    if starts:
        return f"{words}\n{both(by_code[max(starts, key=len)])}"
    if code:
        return words
    by_words = (each for each in known["failures"] if "words" in each)
    found = (each for each in by_words if re.search(each["words"], words))
    return f"{words}\n{both(next(found, known['silent']))}"
