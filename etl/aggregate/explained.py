"""The rows of a table that are about what is explained, with names beside the keys.

Door: `query`. It stands on the temporary tables of sql/explain/scope.sql; the columns that a table
has say which of its rows are meant, and what its keys are called.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

_UNIT = {  # the first of these columns that a table has says which rows are about the unit
    "unit_key": "(level, unit_key) in (select level, unit_key from explained_unit"
    " union all select 'commune', commune_key from explained_commune)",
    "map_unit_no": "map_unit_no in (select map_unit_no from ref.map_unit"
    " inner join explained_unit using (level, unit_key))",
    "commune_key": "commune_key in (select commune_key from explained_commune)",
}
_YEARS = "in (select year from explained_year)"
_TARGETS = (
    "from stated_target where indicator_key in (select indicator_key from explained_indicator)"
    " and (level, unit_key) in (select level, unit_key from explained_unit) and exists ("
    "select from explained_year as e"
    " where e.year between coalesce(year_from, stated_target.year) and stated_target.year)"
)
_TARGET_NO = f"target_no in (select target_no {_TARGETS})"
_INDICATOR = {  # and about the indicator
    "indicator_key": "indicator_key in (select indicator_key from explained_indicator)",
    "indicator_keys": "indicator_keys && array(select indicator_key from explained_indicator)",
    "target_no": _TARGET_NO,
    "target_id": f"target_id in (select target_id {_TARGETS})",
    "report_no": "report_no in (select report_no from target_reported"  # noqa: S608
    f" where {_TARGET_NO} and actual_year {_YEARS})",
}
_YEAR = {  # and about the year; that of a target has been asked by its number
    "actual_year": f"actual_year {_YEARS}",
    "year_from": "coalesce(year_from, year) <= (select max(year) from explained_year)"
    " and year >= (select min(year) from explained_year)",
    "year": f"year {_YEARS}",
}
_CALLED = "left join explained_name as {0} on {0}.level = {1} and {0}.unit_key = {2} "
_TARGET = "concat_ws(' ', s.basis, s.year, s.operator, s.target_value, s.unit_of_measure) as target"


class _Name(NamedTuple):
    """What a key is called: columns in words, and the join that has them. `unless` the table has
    one of these columns, which says as much."""

    key: str
    words: str
    join: str
    unless: tuple[str, ...] = ()


_NAMES = (
    _Name("unit_key", "u.name as unit", _CALLED.format("u", "t.level", "t.unit_key")),
    _Name(
        "map_unit_no",
        "m.unit_map, mu.name as unit",
        "inner join ref.map_unit as m using (map_unit_no) "
        + _CALLED.format("mu", "m.level", "m.unit_key"),
        unless=("unit_key",),
    ),
    _Name("commune_key", "c.name as commune", _CALLED.format("c", "'commune'", "t.commune_key")),
    _Name("from_key", "f.name as came_from", _CALLED.format("f", "'commune'", "t.from_key")),
    _Name(
        "district_key",
        "d.name as district",
        _CALLED.format("d", "'district'", "t.district_key"),
        unless=("unit_key",),
    ),
    _Name(
        "indicator_key",
        "i.indicator_code",
        "inner join dw.dim_indicator as i using (indicator_key) ",
        unless=("indicator_code",),
    ),
    _Name(
        "indicator_keys",
        "i.indicator_code",
        "inner join dw.dim_indicator as i on i.indicator_key = any(t.indicator_keys)"
        " and i.indicator_key in (select indicator_key from explained_indicator) ",
    ),
    _Name(
        "target_no",
        f"s.unit_map, su.name as unit, {_TARGET}",
        "inner join stated_target as s using (target_no) "
        + _CALLED.format("su", "s.level", "s.unit_key"),
        unless=("target_id", "unit_map"),
    ),
    _Name(
        "report_no",
        f"s.unit_map, su.name as unit, {_TARGET}, r.actual_year, r.actual_period",
        "inner join target_reported as r using (report_no)"
        " inner join stated_target as s on s.target_no = r.target_no "
        + _CALLED.format("su", "s.level", "s.unit_key"),
        unless=("target_no",),
    ),
)
KEYS = frozenset(
    ("level", "district_key", "province_key", "target_id", "filing_id", *(n.key for n in _NAMES))
)


def query(table: str, columns: AbstractSet[str]) -> str:
    """A query for the rows of a table with these columns, in an order of their own: all of them,
    then names. Keys order none, for a table made anew may number its rows otherwise."""
    conditions = (
        next((sql for name, sql in part.items() if name in columns), None)
        for part in (_UNIT, _INDICATOR, _YEAR)
    )
    where = " and ".join(filter(None, conditions))
    named = [n for n in _NAMES if n.key in columns and columns.isdisjoint(n.unless)]
    words = "".join(f", {name.words}" for name in named)
    joins = "".join(name.join for name in named)
    about = f"select t.*{words} from (select * from {table} where {where}) as t {joins}"  # noqa: S608
    keys = ", ".join(f"'{key}'" for key in sorted(KEYS - {"level"}))
    return f"select * from ({about}) as s order by cast(to_jsonb(s) - array[{keys}] as text)"  # noqa: S608
