"""The unit tables of sql/seeds as plain CSV files, for their tests."""

import csv
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "sql" / "seeds"
REFORM = "2025-07-01"
TODAY = "2026-11-22"
FOREVER = "9999-12-31"

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {level: rows(SEEDS / f"{level}.csv") for level in ("province", "district", "commune")}
EVENTS = {row["event_id"]: row for row in rows(SEEDS / "unit_event.csv")}
LINKS = rows(SEEDS / "unit_link.csv")
ENDED = {
    (level, row["code"], row["valid_to"]): row for level, units in UNITS.items() for row in units
}
BEGUN = {
    (level, row["code"], row["valid_from"]): row for level, units in UNITS.items() for row in units
}


def on(level: str, day: str, **where: str) -> list[Row]:
    """The versions in force on a day."""
    return [
        row
        for row in UNITS[level]
        if row["valid_from"] <= day < (row["valid_to"] or FOREVER)
        and all(row[column] == value for column, value in where.items())
    ]


def event_on(link: Row) -> str:
    return EVENTS[link["event_id"]]["event_on"]


def old_of(link: Row) -> Row:
    return ENDED[link["old_level"], link["old_code"], event_on(link)]


def new_of(link: Row) -> Row:
    return BEGUN[link["new_level"], link["new_code"], event_on(link)]


def parts() -> dict[str, list[Row]]:
    """Of every commune of 2025-07-01 the links to it."""
    found = defaultdict(list)
    for link in LINKS:
        if link["new_level"] == "commune" and event_on(link) == REFORM:
            found[link["new_code"]].append(link)
    return found
