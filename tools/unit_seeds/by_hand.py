"""Changes entered by hand with their legal basis: what the package does not know."""

import csv
from collections import Counter
from itertools import groupby
from pathlib import Path

from etl.units.alphabet import sort_key
from tools.unit_seeds.history import Clause, History
from tools.unit_seeds.source import Row, Source


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def correct(source: Source, rows: list[Row]) -> None:
    """Strike (`none`) or add (`part`) links of the source's communes; whole or part follow.

    Raises ValueError for a link that is not there to strike, or is there already, or a unit that
    the source names otherwise.
    """
    old = {row["code"]: row for row in source.old["commune"]}
    new = {row["code"]: row for row in source.new["commune"]}
    for row in rows:
        _checked(old.get(row["old_code"]), row, "old")
        _checked(new.get(row["new_code"]), row, "new")
        links = source.communes[row["new_code"]]
        others = [link for link in links if link[:2] != ("commune", row["old_code"])]
        if (len(others) == len(links)) == (row["link"] == "none"):
            raise ValueError(f"{row['old_code']} to {row['new_code']}: nothing to correct")
        added = [] if row["link"] == "none" else [("commune", row["old_code"], "part")]
        source.communes[row["new_code"]] = sorted(others + added)
    targets = Counter(link[:2] for links in source.communes.values() for link in links)
    for code, links in source.communes.items():
        source.communes[code] = [
            (level, part, "part" if targets[level, part] > 1 else "whole")
            for level, part, _ in links
        ]


def rewind(state: dict[str, list[Row]], rows: list[Row]) -> dict[str, list[Row]]:
    """The units before the changes of `rows`, from a `state` after them; latest change first.

    Raises ValueError where the state does not have a unit as the rows say that it became.
    """
    units = {level: {row["code"]: row for row in rows_} for level, rows_ in state.items()}
    for _, _, group in reversed(list(_clauses(rows))):
        after = _checked(units[group[0]["level"]].pop(group[0]["new_code"], None), group[0], "new")
        for row in group:
            before = {
                "code": row["old_code"],
                "name": row["old_name"],
                "unit_type": row["old_type"],
                "sort_key": sort_key(row["old_name"]),
            }
            units[row["level"]][row["old_code"]] = after | before
    return {level: list(codes.values()) for level, codes in units.items()}


def replay(history: History, rows: list[Row]) -> None:
    """Let the changes of `rows` take effect, day by day.

    Raises ValueError where what is in force is not as the rows say, or the old units of one
    change have different parents, which a row cannot tell apart.
    """
    for event_on, day in groupby(_clauses(rows), key=lambda clause: clause[0]):
        history.apply(event_on, [_clause(history, group) for _, _, group in day])


def _clauses(rows: list[Row]) -> list[tuple[str, str, list[Row]]]:
    def order(row: Row) -> tuple[str, str, str]:
        return row["event_on"], row["level"], row["new_code"]

    groups = groupby(sorted(rows, key=order), key=order)
    return [(on, code, list(group)) for (on, _, code), group in groups]


def _clause(history: History, group: list[Row]) -> Clause:
    first = group[0]
    old = [history.living(row["level"], row["old_code"]) for row in group]
    for version, row in zip(old, group, strict=True):
        _checked(version, row, "old")
    if len({(row["legal_basis"], row["note"], *_new(row)) for row in group}) > 1:
        raise ValueError(f"{first['event_on']} {first['new_code']}: the rows do not agree")
    if len({(row["district_code"], row["province_code"]) for row in old}) > 1:
        raise ValueError(f"{first['event_on']} {first['new_code']}: several old parents")
    unit = {
        "code": first["new_code"],
        "name": first["new_name"],
        "unit_type": first["new_type"],
        "sort_key": sort_key(first["new_name"]),
        "district_code": old[0]["district_code"],
        "province_code": old[0]["province_code"],
    }
    links = [(row["level"], row["old_code"], row["link"]) for row in group]
    return Clause(first["level"], unit, links, first["legal_basis"], first["note"])


def _new(row: Row) -> tuple[str, str]:
    return row["new_type"], row["new_name"]


def _checked(version: Row | None, row: Row, side: str) -> Row:
    said = (row[f"{side}_code"], row[f"{side}_type"], row[f"{side}_name"])
    if version is None or said != (version["code"], version["unit_type"], version["name"]):
        raise ValueError(f"{row.get('event_on', '')}: no {' '.join(said)} to start from")
    return version
