"""What annexes are asked for: a unit, a programme, a year and a map that the warehouse knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from etl.catalogue.indicators import sources
from etl.ground import database
from etl.ground.errors import KhoxaError
from etl.ground.yaml_file import both
from etl.reports.words import words


class NoSuchAnnex(KhoxaError):
    """The warehouse has nothing that could be printed for what was asked."""


@dataclass(frozen=True)
class Programme:
    """A programme in words, as dw.dim_programme has them; `listed_by` names the rate that its plans
    list communes by."""

    programme_code: str
    name_vi: str
    name_en: str
    topic_vi: str
    topic_en: str
    assigned_vi: str
    assigned_en: str
    listed_by_vi: str | None
    listed_by_en: str | None
    legal_basis: str | None = None


@dataclass(frozen=True)
class Asked:
    """A unit on a map, in a year, and one of its programmes.

    Attributes:
        unit: GSO code.
        unit_map: `as_filed` or the date of a map; `map_on` is its day.
        is_in_force: false where a district that ended is a group of communes.
        received_at: when the newest filing in force came, Vietnamese time.
        is_one_of_many: whether the unit has figures of other programmes too.
        as_of: the day at whose end the warehouse stands; None is now.
        unit_keys: of all versions of the unit that had its code and its name.
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
    programme: Programme
    is_one_of_many: bool = False
    as_of: date | None = None
    unit_keys: Sequence[int] = ()

    def stem(self, kind: str) -> str:
        """The name of a file of that kind: ket_qua_066_2025, and which programme if several."""
        words = (kind, self.unit, str(self.year))
        return "_".join(words + (self.programme.programme_code,) * self.is_one_of_many)

    @property
    def topic(self) -> str:
        """What the programme's targets are about, as titles print it."""
        return self.programme.topic_vi.upper()

    def params(self) -> dict[str, Any]:
        """The parameters of the statements of sql/annexes."""
        programme = self.programme.programme_code
        return {**self.__dict__, "programme": programme, "sources": [*sources()]}


class Marts:
    """The marts, with the rights of a connection; what was asked already is not asked again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told: dict[str, list[RowMapping]] = {}

    def rows(self, name: str, params: dict[str, Any]) -> list[RowMapping]:
        """The rows of sql/annexes/<name>.sql."""
        question = f"{name} {params}"
        if question not in self._told:
            answer = database.ask(self._connection, f"annexes/{name}", **params)
            self._told[question] = list(answer.mappings())
        return self._told[question]


def asked_units(
    marts: Marts,
    unit: str | None,
    year: int | None,
    unit_map: str | None,
    programme: str | None = None,
) -> list[Asked]:
    """The units to print, and of each every programme, or the one asked: the unit asked, else every
    filer of a target register of the year.

    Raises NoSuchAnnex, saying what there is.
    """
    received_at = marts.rows("as_of", {})[0]["received_at"]
    if received_at is None:
        raise _none("no_filing")
    if unit:
        return _asked(marts, unit, year, unit_map, programme, received_at)
    filers = marts.rows("filers", {})
    wanted = year or max((row["year"] for row in filers), default=None)
    units = [row["unit_code"] for row in filers if row["year"] == wanted]
    if not units:
        raise _none("no_register", of_year=f" năm {year}" if year else "")
    return [
        asked
        for code in units
        for asked in _asked(marts, code, wanted, unit_map, programme, received_at)
    ]


def _none(key: str, **about: object) -> NoSuchAnnex:
    return NoSuchAnnex(both(words()["no_annex"][key], **about))


def former_units(marts: Marts, unit: str, unit_map: str | None) -> list[str]:
    """What to ask for to see the other units that had the code, each on its newest map."""
    maps = [row for row in marts.rows("maps", {"unit": unit, "year": 1})
             if row["is_in_force"] and row["unit_map"] != "as_filed"]  # fmt: skip
    shown = next((row for row in maps if unit_map in (None, row["unit_map"])), None)
    others: dict[str, str] = {}
    for row in maps:
        if shown and row["unit_name"] != shown["unit_name"]:
            others.setdefault(row["unit_name"], row["unit_map"])
    return [f"{name} ({unit}): --map {day}" for name, day in others.items()]


def _asked(
    marts: Marts,
    unit: str,
    year: int | None,
    unit_map: str | None,
    programme: str | None,
    received_at: datetime,
) -> list[Asked]:
    found = _on_map(marts, unit, year or received_at.year, unit_map)
    params = {**found, "unit": unit}
    listed = [Programme(**row) for row in marts.rows("programmes", params)]
    years: dict[Programme, list[int]] = {}
    for each in listed:
        if programme in (None, each.programme_code):
            of_programme = {**params, "programme": each.programme_code}
            years[each] = [row["year"] for row in marts.rows("years", of_programme)]
    of_year = {each: known for each, known in years.items() if known and year in (None, *known)}
    if not of_year:
        raise _nothing(found, unit, year, programme, listed, years)
    asked = []
    for each, known in of_year.items():
        # a target of a plan may be due years ahead; the annex of today is that of the latest year
        chosen = year or max((y for y in known if y <= received_at.year), default=known[0])
        on_map = dict(_on_map(marts, unit, chosen, unit_map))
        del on_map["unit_code"]
        asked.append(
            Asked(
                **on_map, unit=unit, year=chosen, received_at=received_at, programme=each,
                is_one_of_many=len(listed) > 1,
            )
        )  # fmt: skip
    return asked


def _nothing(
    on_map: RowMapping,
    unit: str,
    year: int | None,
    programme: str | None,
    listed: Sequence[Programme],
    years: Mapping[Programme, Sequence[int]],
) -> NoSuchAnnex:
    """Why there is no annex: another programme or another year would have one, or none has."""
    where = f"{on_map['unit_name']} ({unit}), bản đồ {on_map['unit_map']}"
    if listed and not years:
        codes = ", ".join(each.programme_code for each in listed)
        return _none("no_programme", where=where, programme=programme, codes=codes)
    found_in = ", ".join(map(str, sorted({each for of_one in years.values() for each in of_one})))
    return _none(
        "no_figures", where=where, of_year=f" năm {year}" if year else "",
        had=f"có năm {found_in}" if found_in else "chưa có số liệu năm nào",
        known=found_in or "none",
    )  # fmt: skip


def _on_map(marts: Marts, unit: str, year: int, unit_map: str | None) -> RowMapping:
    rows = marts.rows("maps", {"unit": unit, "year": year})
    if not rows:
        raise _none("no_unit", unit=unit)
    on_map = [row for row in rows if unit_map in (None, row["unit_map"])]
    if not on_map:
        maps = ", ".join(sorted({row["unit_map"] for row in rows}))
        about = {"name": rows[0]["unit_name"], "unit": unit, "unit_map": unit_map, "maps": maps}
        raise _none("not_on_map", **about)
    return on_map[0]
