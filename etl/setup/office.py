"""The marts once more, in the schema `office`, each limited to the units of the role that asks.

A role reads the units named to it in ref.reader_scope (`khoxa reader add`), and what lies in them
(ref.my_unit). The views are made of the marts as they are; a mart that says of no column whose its
rows are is not made: NotScoped. They are security barriers, so that no function in a question sees
a row of somebody else's. A barrier also keeps PostgreSQL from an index that a question would use: a
role that reads every unit finds the marts made for dragging, each row of which has a known unit, as
they are in the schema `whole`, which is open to nobody else (ref.open_whole).
"""

from __future__ import annotations

from sqlalchemy import Connection

from etl.ground import database
from etl.ground.errors import KhoxaError

# what says whose a row is; of the first kind that a mart has any, each must be the reader's
_UNITS = (
    ("unit_code", "from_code", "commune_code"), ("unit_key", "level"), ("filer_code",),
)  # fmt: skip
# lists of units, maps, periods, indicators and agencies: the same for everybody
OPEN = frozenset({
    "dim_agency", "dim_fund", "dim_indicator", "dim_map", "dim_period", "dim_unit",
    "latest_filing", "unit", "unit_link", "unit_map",
})  # fmt: skip

# of the whole installation: an office does not see it
CLOSED = frozenset({"audit"})


class NotScoped(KhoxaError):
    """A mart whose rows cannot be told apart by unit."""

    sentence = (
        "mart.{}: không có cột nào nói số liệu của đơn vị nào (unit_code, hoặc level và unit_key)"
        " / no column says whose its rows are (unit_code, or level and unit_key)"
    )


def make_office(connection: Connection) -> None:
    """Put a limited view in `office` for every view of `mart` but CLOSED, and one without limits in
    `whole` where each row is of one known unit. Raises NotScoped."""
    for schema in ("office", "whole"):
        anew = f"drop schema if exists {schema} cascade; create schema {schema}"
        database.script(connection, anew)
    for mart, columns in marts(connection).items():
        if mart in CLOSED:
            continue
        listed = ", ".join(f"m.{column}" for column in columns)
        kept = "" if mart in OPEN else f" where {condition(mart, columns)}"
        shown = f"select {listed} from mart.{mart} as m"  # noqa: S608 -- names of views
        view = f"create view office.{mart} with (security_barrier) as {shown}{kept}"
        database.script(connection, view)
        if kept and "province_id" in columns and "from_code" not in columns:
            database.script(connection, f"create view whole.{mart} as {shown}")


def marts(connection: Connection) -> dict[str, list[str]]:
    """The columns of every view of the schema mart."""
    return {row.mart: row.columns for row in database.ask(connection, "setup/marts")}


def condition(mart: str, columns: list[str]) -> str:
    """Whether a row of a mart (as m) is of the units of the role that asks.

    `is true` keeps PostgreSQL from joining the units to the mart: they are looked up once a
    question and kept in a hash, whatever the mart is made of.
    """
    by_code, by_key, by_filer = ([name for name in names if name in columns] for names in _UNITS)
    is_key = len(by_key) == len(_UNITS[1])
    if codes := by_code or ([] if is_key else by_filer):
        mine = "select y.unit_code from ref.my_unit as y"
        return " and ".join(f"(m.{name} in ({mine})) is true" for name in codes)
    if is_key:
        mine = "select y.level, y.unit_key from ref.my_unit as y"
        return f"((m.level, m.unit_key) in ({mine})) is true"
    raise NotScoped(mart)
