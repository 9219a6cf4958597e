"""`khoxa sql`: one question of a person, with the rights of a BI tool.

Door: `ask`.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import CursorResult, text
from sqlalchemy.exc import DBAPIError

from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError

# a query changes its role by set_config alone, which may hide in a text that one of these runs
_FORBIDDEN = re.compile(r'set_config|\w*_to_xml\w*|ts_stat|ts_rewrite|u&"', re.IGNORECASE)


class NotAnswered(KhoxaError):
    """A query that the warehouse of a past day does not answer."""

    def __init__(self, why: str) -> None:
        super().__init__(f"--as-of: {why}")


def ask(settings: Settings, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Names of the columns, and the rows. Nothing can be changed: bi_reader may only read.

    Of a past day the connection is the loader's, in the role of bi_reader: the query must be one
    statement that returns rows, and may not name what could take another role. Raises NotAnswered
    where it does, or PostgreSQL refuses it.
    """
    with database.asking(settings, "bi_reader") as connection:
        if settings.transaction is None:
            return _rows(database.script(connection, query))
        if found := _FORBIDDEN.search(query):
            raise NotAnswered(f"câu hỏi không được dùng / a query may not use {found[0]}")
        try:
            database.script(connection, "set local transaction_read_only = on")
            held = text("select set_config('khoxa.query', :query, true)")
            connection.execute(held, {"query": query})
            database.script(connection, database.statement("as_of/answer"))
            answer = _rows(database.script(connection, "fetch all from answer"))
            database.script(connection, "close answer")
        except DBAPIError as error:
            raise NotAnswered(str(error.orig).partition("\n")[0]) from error
    return answer


def _rows(result: CursorResult[Any]) -> tuple[list[str], list[tuple[object, ...]]]:
    return list(result.keys()), [tuple(row) for row in result]
