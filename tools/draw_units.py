"""Draw the unit seeds: provinces, districts and communes through time, events and links.

Usage: python -m tools.draw_units PATH_TO_PACKAGE_DATA

Source: directory `data` of the package vietnamadminunits 1.0.4 (MIT): the state of March 2025, the
state since 2025-07-01 and what became of what; in sql/seeds, `units_by_hand.csv` (changes
before and after) and `resolutions_2025.csv` (legal basis by new province);
the same source gives the same bytes.
"""

import csv
import sys
from pathlib import Path

from tools.unit_seeds import by_hand
from tools.unit_seeds.checks import check, check_origins
from tools.unit_seeds.history import Clause, History
from tools.unit_seeds.source import Row, Source, read_source

HERE = Path(__file__).resolve().parents[1] / "sql" / "seeds"
KNOWN_FROM = "2021-01-01"  # first day of the plan period 2021-2025
REFORM_ON = "2025-07-01"
PROVINCES_BASIS = "Nghị quyết 202/2025/QH15"
DISTRICTS_BASIS = "Nghị quyết 203/2025/QH15; Luật 72/2025/QH15"
COUNTS = {
    ("province", "2025-06-30"): 63,
    ("district", "2025-06-30"): 696,
    ("commune", "2025-06-30"): 10_035,
    ("province", "2025-07-01"): 34,
    ("district", "2025-07-01"): 0,
    ("commune", "2025-07-01"): 3_321,
}
ORIGINS = {"commune": 3_316, "district": 5}
VERSION = ["code", "name", "unit_type", "valid_from", "valid_to", "sort_key"]
COLUMNS = {
    "province": [*VERSION, "legal_basis"],
    "district": [*VERSION, "province_code", "legal_basis"],
    "commune": [*VERSION, "district_code", "province_code", "legal_basis"],
    "unit_event": ["event_id", "event_on", "kind", "legal_basis", "note"],
    "unit_link": [
        "event_id", "old_level", "old_code", "new_level", "new_code", "link", "weight",
    ],
}  # fmt: skip


def draw(source: Source, rows: list[Row], resolutions: dict[str, str]) -> History:
    """The history of all units: by hand, the reform, by hand.

    Raises ValueError where the rows by hand do not lead to the source's old state.
    """
    before = [row for row in rows if row["event_on"] < REFORM_ON]
    history = History(by_hand.rewind(source.old, before), KNOWN_FROM)
    by_hand.replay(history, before)
    for level, units in source.old.items():
        state = {
            code: {column: row[column] for column in units[0]}
            for code, row in history.state(level).items()
        }
        if state != {row["code"]: row for row in units}:
            raise ValueError(f"{level}: rows by hand do not lead to the source's old state")
    reform(history, source, resolutions)
    by_hand.replay(history, [row for row in rows if row["event_on"] >= REFORM_ON])
    return history


def reform(history: History, source: Source, resolutions: dict[str, str]) -> None:
    """The change of 2025-07-01: provinces, communes, and the end of the districts.

    A province that goes on as it was has no clause and keeps its version. Raises ValueError for a
    new commune that comes from nowhere and an old one that leads nowhere.
    """
    if missing := {row["code"] for row in source.new["commune"]} - source.communes.keys():
        raise ValueError(f"communes that come from nowhere: {sorted(missing)}")
    old = {row["code"]: row for row in source.old["province"]}
    provinces = [
        Clause("province", row, source.provinces[row["code"]], PROVINCES_BASIS)
        for row in source.new["province"]
        if len(source.provinces[row["code"]]) > 1 or row != old.get(row["code"])
    ]
    communes = [
        Clause("commune", row, source.communes[row["code"]], resolutions[row["province_code"]])
        for row in source.new["commune"]
    ]
    linked = {code for clause in communes for level, code, _ in clause.links if level == "commune"}
    if left := history.state("commune").keys() - linked:
        raise ValueError(f"communes that lead nowhere: {sorted(left)}")
    history.apply(REFORM_ON, [*provinces, *communes])
    history.end("district", REFORM_ON, DISTRICTS_BASIS)


def write(path: Path, columns: list[str], rows: list[Row]) -> None:
    """Write one seed file: UTF-8, comma, a header row, line feeds; sorted by its first columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(
    directory: Path,
    target: Path = HERE,
    by_hand_in: Path = HERE,
    counts: dict[tuple[str, str], int] = COUNTS,
    origins: dict[str, int] = ORIGINS,
) -> None:
    """Read the package's data and what was entered by hand, check, write the five files."""
    rows = by_hand.read_rows(by_hand_in / "units_by_hand.csv")
    resolutions = {
        row["province_code"]: row["legal_basis"]
        for row in by_hand.read_rows(by_hand_in / "resolutions_2025.csv")
    }
    source = read_source(directory)
    by_hand.correct(source, by_hand.read_rows(by_hand_in / "link_corrections.csv"))
    history = draw(source, rows, resolutions)
    check(history, counts)
    check_origins(history, REFORM_ON, origins)
    files = {
        level: sorted(versions, key=lambda row: (row["code"], row["valid_from"]))
        for level, versions in history.versions.items()
    }
    files["unit_event"] = sorted(history.events, key=lambda row: row["event_id"])
    files["unit_link"] = sorted(
        history.links, key=lambda row: (row["event_id"], row["old_level"], row["old_code"])
    )
    for name, content in files.items():
        write(target / f"{name}.csv", COLUMNS[name], content)
        print(f"{name}: {len(content)} rows")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
