"""What the package vietnamadminunits 1.0.4 (MIT) holds: old units, new units, old to new.

Files of its directory `data`: `dataset.db` (tables `admin_units_legacy`, a state of March 2025,
and `admin_units`, the state since 2025-07-01) and `converter_2025.json` (old keys by new key).
"""

import json
import sqlite3
from collections.abc import Hashable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from etl.units.alphabet import sort_key
from tools.unit_seeds.names import split_type

Row = dict[str, str]
Link = tuple[str, str, str]  # old level, old code, whole or part
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

OLD_QUERIES = {
    "province": "SELECT DISTINCT provinceCode, province, '', '' FROM admin_units_legacy",
    "district": "SELECT DISTINCT districtCode, district, '', provinceCode FROM admin_units_legacy",
    "commune": "SELECT wardCode, ward, districtCode, provinceCode FROM admin_units_legacy"
    " WHERE wardCode IS NOT NULL",
}
NEW_QUERIES = {
    "province": "SELECT DISTINCT provinceCode, province, '', '' FROM admin_units",
    "commune": "SELECT wardCode, ward, '', provinceCode FROM admin_units",
}
# the package's key of an old commune; of a district without communes it ends with "_"
OLD_KEYS = (
    "SELECT provinceKey || '_' || districtKey || '_' || coalesce(wardKey, ''), provinceCode,"
    " CASE WHEN wardCode IS NULL THEN 'district' ELSE 'commune' END,"
    " coalesce(wardCode, districtCode) FROM admin_units_legacy"
)


@dataclass(frozen=True)
class Source:
    """The two states, units by level, and where every new unit came from, links by new code."""

    old: dict[str, list[Row]]
    new: dict[str, list[Row]]
    provinces: dict[str, list[Link]]
    communes: dict[str, list[Link]]


def unit(level: str, code: str, full_name: str, district_code: str, province_code: str) -> Row:
    """One unit with its type and sort key; codes of parents that its level does not have are ""."""
    unit_type, name = split_type(full_name, level)
    row = {"code": code, "name": name, "unit_type": unit_type, "sort_key": sort_key(name)}
    parents = {"district_code": district_code, "province_code": province_code}
    return row | parents


def read_source(directory: Path) -> Source:
    """All of the package's data that the seeds use.

    Raises ValueError for a code that stands twice, a key that is unknown or stands twice, or an
    old commune whose new province is not the successor of its own.
    """
    database = f"{(directory / 'dataset.db').resolve().as_uri()}?mode=ro"
    converter = json.loads((directory / "converter_2025.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(database, uri=True)) as source:
        old = {level: _units(source, level, query) for level, query in OLD_QUERIES.items()}
        new = {level: _units(source, level, query) for level, query in NEW_QUERIES.items()}
        return Source(old, new, _provinces(source, converter), _communes(source, converter))


def _units(source: sqlite3.Connection, level: str, query: str) -> list[Row]:
    units = [unit(level, *row) for row in source.execute(query)]
    _index((row["code"], row) for row in units)
    return sorted(units, key=lambda row: row["code"])


def _index(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    """The pairs as a dict; ValueError for a key that stands twice."""
    index: dict[Key, Value] = {}
    for key, value in pairs:
        if key in index:
            raise ValueError(f"{key} stands twice in the source")
        index[key] = value
    return index


def _provinces(source: sqlite3.Connection, converter: dict) -> dict[str, list[Link]]:
    old = _index(
        source.execute("SELECT DISTINCT provinceKey, provinceCode FROM admin_units_legacy")
    )
    new = _index(source.execute("SELECT DISTINCT provinceKey, provinceCode FROM admin_units"))
    return {
        new[key]: sorted(("province", old[part], "whole") for part in parts)
        for key, parts in converter["DICT_PROVINCE"].items()
    }


def _communes(source: sqlite3.Connection, converter: dict) -> dict[str, list[Link]]:
    old = _index((key, row) for key, *row in source.execute(OLD_KEYS))
    new = _index(
        ((province, ward), code)
        for province, ward, code in source.execute(
            "SELECT provinceKey, wardKey, wardCode FROM admin_units"
        )
    )
    successor = {
        link[1]: code for code, links in _provinces(source, converter).items() for link in links
    }
    province_codes = dict(source.execute("SELECT provinceKey, provinceCode FROM admin_units"))
    links: dict[str, list[Link]] = {}
    for province, ward, old_key, link in _pairs(converter):
        old_province, level, code = old[old_key]
        if successor[old_province] != province_codes[province]:
            raise ValueError(f"{old_key} does not go to the successor of its province: {province}")
        links.setdefault(new[province, ward], []).append((level, code, link))
    return {code: sorted(parts) for code, parts in links.items()}


def _pairs(converter: dict) -> Iterator[tuple[str, str, str, str]]:
    """Every (new province, new commune, old unit, whole or part) of the converter."""
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            for old_key in old_keys:
                yield province, ward, old_key, "whole"
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, targets in divided.items():
            for target in targets:
                yield province, target["newWardKey"], old_key, "part"
