"""`khoxa sql`: one question of a person, with the rights of a BI tool.

Door: `ask`.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from etl.cli.refused import own_words, why_query_failed
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError
from etl.ground.yaml_file import sentence

# a query changes its role by set_config alone, which may hide in a text that one of these runs
_FORBIDDEN = re.compile(r'set_config|\w*_to_xml\w*|ts_stat|ts_rewrite|u&"', re.IGNORECASE)


_NO_CURSOR = "42P11"  # several statements, none, or one that returns no rows

_NO_TABLE = "42P01"


class NotAnswered(KhoxaError):
    """A query that the warehouse does not answer."""


def ask(settings: Settings, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Names of the columns, and the rows. The query is one statement that only reads.

    Of a past day the connection is the loader's, in the role of bi_reader, and the query may not
    name what could take another role. Raises NotAnswered where it does, or PostgreSQL refuses it.
    """
    with database.asking(settings, "bi_reader") as connection:
        if settings.transaction is not None and (found := _FORBIDDEN.search(query)):
            raise NotAnswered(f"--as-of: câu hỏi không được dùng / a query may not use {found[0]}")
        try:
            return _answer(connection, query)
        except DBAPIError as error:
            raise NotAnswered(_why(settings, error)) from error


def _answer(connection: Connection, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    database.ask(connection, "ask/reading")
    connection.execute(text("select set_config('khoxa.query', :query, true)"), {"query": query})
    database.ask(connection, "ask/answer")
    answer = database.script(connection, "fetch all from answer")
    rows = [tuple(row) for row in answer]
    database.script(connection, "close answer")
    return list(answer.keys()), rows


def _why(settings: Settings, error: DBAPIError) -> str:
    code = getattr(error.orig, "pgcode", None)
    if code == _NO_CURSOR:
        return sentence(__file__, "one_statement", words=own_words(error))
    if code == _NO_TABLE and settings.transaction is None:
        with database.asking(settings, "bi_reader") as connection:
            if database.script(connection, "select to_regnamespace('mart')").scalar() is None:
                return why_query_failed(error)
    return own_words(error)
