"""What annexes are asked for: a unit, a year and a map that the warehouse knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from etl.ground import database
from etl.ground.errors import KhoxaError


class NoSuchAnnex(KhoxaError):
    """The warehouse has nothing that could be printed for what was asked."""


@dataclass(frozen=True)
class Asked:
    """A unit on a map, in a year.

    Attributes:
        unit: GSO code.
        unit_map: `as_filed` or the date of a map; `map_on` is its day.
        is_in_force: false where a district that ended is a group of communes.
        received_at: when the newest filing in force came, Vietnamese time.
        as_of: the day at whose end the warehouse stands; None is now.
    """

    level: str
    unit: str
    unit_key: int
    unit_name: str
    unit_map: str
    map_on: date
    is_in_force: bool
    year: int
    received_at: datetime
    as_of: date | None = None

    def params(self) -> dict[str, Any]:
        """The parameters of the statements of sql/annexes."""
        return dict(self.__dict__)


def rows(connection: Connection, name: str, params: dict[str, Any]) -> list[RowMapping]:
    """The rows of sql/annexes/<name>.sql."""
    return list(connection.execute(text(database.statement(f"annexes/{name}")), params).mappings())


def asked_units(
    connection: Connection, unit: str | None, year: int | None, unit_map: str | None
) -> list[Asked]:
    """The units to print: the one asked, else every filer of a target register of the year.

    Raises NoSuchAnnex, saying what there is.
    """
    received_at = rows(connection, "as_of", {})[0]["received_at"]
    if received_at is None:
        raise NoSuchAnnex("kho chưa nhận hồ sơ nào / the warehouse holds no accepted filing")
    if unit:
        return [_asked(connection, unit, year, unit_map, received_at)]
    filers = rows(connection, "filers", {})
    wanted = year or max((row["year"] for row in filers), default=None)
    units = [row["unit_code"] for row in filers if row["year"] == wanted]
    if not units:
        raise NoSuchAnnex(
            f"không có biểu mục tiêu nào{f' năm {year}' if year else ''}; hãy nêu --unit"
            " / no target register was filed: name a --unit"
        )
    return [_asked(connection, code, wanted, unit_map, received_at) for code in units]


def _asked(
    connection: Connection,
    unit: str,
    year: int | None,
    unit_map: str | None,
    received_at: datetime,
) -> Asked:
    found = _on_map(connection, unit, year or received_at.year, unit_map)
    known = [row["year"] for row in rows(connection, "years", {**found, "unit": unit})]
    if not known or year not in (None, *known):
        had = f"có năm {', '.join(map(str, known))}" if known else "chưa có số liệu năm nào"
        raise NoSuchAnnex(
            f"{found['unit_name']} ({unit}), bản đồ {found['unit_map']}: không có số liệu"
            f"{f' năm {year}' if year else ''}, {had} / no figures; years with figures:"
            f" {', '.join(map(str, known)) or 'none'}"
        )
    # a target of a plan may be due years ahead; the annex of today is that of the latest year
    chosen = year or max((y for y in known if y <= received_at.year), default=known[0])
    on_map = dict(_on_map(connection, unit, chosen, unit_map))
    del on_map["unit_code"]
    return Asked(**on_map, unit=unit, year=chosen, received_at=received_at)


def _on_map(connection: Connection, unit: str, year: int, unit_map: str | None) -> RowMapping:
    found = rows(connection, "maps", {"unit": unit, "year": year})
    if not found:
        raise NoSuchAnnex(f"không có đơn vị mã {unit} / there is no unit with the code {unit}")
    on_map = [row for row in found if unit_map in (None, row["unit_map"])]
    if not on_map:
        maps = ", ".join(sorted({row["unit_map"] for row in found}))
        raise NoSuchAnnex(
            f"{found[0]['unit_name']} ({unit}) không có trên bản đồ {unit_map}; có trên: {maps}"
            f" / is not on the map {unit_map}; it is on: {maps}"
        )
    return on_map[0]
