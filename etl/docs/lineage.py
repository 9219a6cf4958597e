"""From which tables a column of a mart comes, read off the SQL of the views."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from sqlalchemy import Connection
from sqlglot import exp, parse_one
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.schema import MappingSchema

from etl.aggregate.models import MARTS_DIR, views
from etl.ground import database

Origins = dict[str, dict[str, frozenset[str]]]


def origins(connection: Connection) -> Origins:
    """View -> column -> the tables behind it, through other views; where rows are only counted or
    chosen by a table, it is not among them."""
    listed: dict[str, Any] = {}
    for space, table, column, kind in database.ask(connection, "docs/columns"):
        listed.setdefault(space, {}).setdefault(table, {})[column] = kind
    schema = MappingSchema(listed, dialect="postgres")
    found: Origins = {}
    for view in views():
        text = (MARTS_DIR / f"{view.name}.sql").read_text(encoding="utf-8")
        select = parse_one(text, dialect="postgres").expression
        qualified = qualify(
            select, dialect="postgres", schema=schema, validate_qualify_columns=False
        )
        scope = build_scope(qualified)
        assert scope is not None
        found[view.makes[0]] = {
            column: frozenset(
                table
                for name, place in _leaves(scope, column)
                for table in found.get(name, {}).get(place, (name,))
            )
            for column in _query(scope).named_selects
        }
    return found


@cache
def _leaves(scope: Scope, column: str) -> frozenset[tuple[str, str]]:
    """The columns of tables (table, column) that a column of a query is computed from."""
    if isinstance(scope.expression, exp.Lateral):
        inside = build_scope(scope.expression.this.unnest())
        return _leaves(inside, column) if inside else frozenset()
    return _leaves_at(scope, _query(scope).named_selects.index(column))


def _leaves_at(scope: Scope, place: int) -> frozenset[tuple[str, str]]:
    """Likewise, of its column at a place: the parts of a union need not name theirs."""
    leaves: set[tuple[str, str]] = set()
    for part in scope.set_operation_scopes:
        leaves |= _leaves_at(part, place)
    if scope.set_operation_scopes:
        return frozenset(leaves)
    for found in _query(scope).selects[place].find_all(exp.Column):
        select = found.find_ancestor(exp.Select)
        inner = next((s for s in scope.subquery_scopes if s.expression is select), scope)
        source = inner.sources.get(found.table) or scope.sources.get(found.table)
        if isinstance(source, exp.Table):
            leaves.add((f"{source.db}.{source.name}", found.name))
        elif isinstance(source, Scope):
            leaves |= _leaves(source, found.name)
    return frozenset(leaves)


def _query(scope: Scope) -> exp.Query:
    return cast(exp.Query, scope.expression)
