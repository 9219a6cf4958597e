"""Roles that read the marts of some units only: `khoxa reader`.

Doors: `add`, `remove`, `listed`. What a role may read is data (ref.reader_scope), held by
PostgreSQL (setup.office).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, text

from etl.ground import database, server
from etl.ground.config import Settings
from etl.ground.errors import KhoxaError

_ROLE = re.compile(r"[a-z][a-z0-9_]{2,40}")
_GROUP = "scoped_reader"
# of each role, for PostgreSQL hands down rights to members but no settings: those of bi_reader
_MADE = (
    "create role {0} login in role scoped_reader",
    "alter role {0} connection limit 10",
    "alter role {0} set search_path = whole, office",
    "alter role {0} set statement_timeout = '60s'",
    "alter role {0} set idle_in_transaction_session_timeout = '5min'",
    "alter role {0} set temp_file_limit = '2GB'",
    "alter role {0} set work_mem = '32MB'",
    "alter role {0} set random_page_cost = 1.1",
)


class BadReader(KhoxaError):
    """A role or a unit that no reader can be made of."""


def add(settings: Settings, role: str, units: Sequence[str]) -> list[str]:
    """Let a role read these units, by code, of any level, and what lies in them; beside those that
    it reads already. On the embedded server the role is made; on another the sentences for its
    administrator are returned, [] where there is nothing left to do; a role of every unit is given
    the schema `whole` by the next call after them.

    Raises BadReader: a role of another kind, or a code that no unit has.
    """
    with database.engine(settings, "khoxa_owner").begin() as connection:
        _must_be_ours(connection, role)
        known = text("select unit_code from dw.dim_unit where unit_code = any(:units)")
        found = set(connection.execute(known, {"units": list(units)}).scalars())
        if lacking := [code for code in units if code not in found]:
            raise BadReader(f"không có đơn vị mã {lacking[0]} / no unit has the code {lacking[0]}")
        made = [] if _is_role(connection, role) else [s.format(role) for s in _MADE]
    left = _administer(settings, made)
    with database.engine(settings, "khoxa_owner").begin() as connection:
        database.run(connection, "setup/name_units", role=role, units=list(units))
    return left


def remove(settings: Settings, role: str) -> list[str]:
    """Let a role read nothing any more, and drop it; as `add`. Raises BadReader."""
    with database.engine(settings, "khoxa_owner").begin() as connection:
        _must_be_ours(connection, role)
        gone = text("delete from ref.reader_scope where role_name = :role")
        connection.execute(gone, {"role": role})
        is_there = _is_role(connection, role)
    return _administer(settings, [f"drop role {role}"] if is_there else [])


def listed(settings: Settings) -> list[tuple[object, ...]]:
    """Role, code and name of each unit named to it."""
    with database.engine(settings, "khoxa_owner").connect() as connection:
        return [tuple(row) for row in database.ask(connection, "setup/readers")]


def _must_be_ours(connection: Connection, role: str) -> None:
    """A role that is not there yet, or one of the group."""
    if not _ROLE.fullmatch(role) or role == _GROUP or role.startswith("pg_"):
        raise BadReader(
            f"tên vai trò “{role}” phải gồm chữ thường a–z, số và _ / a role is named in small"
            " letters, digits and _"
        )
    if database.ask(connection, "setup/is_other_role", role=role).scalar():
        raise BadReader(
            f"vai trò {role} đã có và không phải của một đơn vị / the role {role} is there"
            " already and is none of an office"
        )


def _is_role(connection: Connection, role: str) -> bool:
    return bool(connection.scalar(text("select to_regrole(:role) is not null"), {"role": role}))


def _administer(settings: Settings, sentences: list[str]) -> list[str]:
    """Carry out what only an administrator may, or hand it back."""
    if settings.warehouse_url or not sentences:
        return sentences
    with database.administrator(server.start(settings.pgdata)).connect() as connection:
        for sentence in sentences:
            connection.exec_driver_sql(sentence)
    return []
