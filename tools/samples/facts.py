"""The checked facts of the source plans (samples/facts), one dict a row, text as in the file."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FACTS = Path(__file__).resolve().parents[2] / "samples" / "facts"
PLAN_FILE = "000_a74dd7f6035ee225.txt"  # the plan of Na Rì for 2025, a key in the facts
ANNEX = "Annex table"
TOTAL_ROW = "TOTAL"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class CommuneStart:
    """A commune at the start of the year: households, poor ones, the cut it is to reach.

    `name` has its type ("Xã Kim Hỷ"); `code` is the unit's code before 2025-07-01.
    """

    code: str
    name: str
    households: int
    poor_households: int
    cut_households: int


@dataclass(frozen=True, slots=True)
class Merge:
    """A commune since 2025-07-01 and the codes of the communes that became it, whole."""

    code: str
    name: str
    old_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One fund line of the district's plan in hundredths of a million VND, by source."""

    code: str
    label: str
    central_cents: int
    local_cents: int


def register_rows() -> list[Row]:
    """The 17 communes of the target register and its total row, in printed order."""
    return _read("na_ri_2025_communes.csv")


def fund_rows() -> list[list[Row]]:
    """The nine fund lines of Na Rì 2025, each as its three rows TOTAL, NSTW, NSDP."""
    lines: dict[str, list[Row]] = {}
    for row in _read("plan_funds.csv"):
        if row["seed"] == PLAN_FILE and row["code"] != "ALL":
            lines.setdefault(row["code"], []).append(row)
    return list(lines.values())


def need_rows(seed: str) -> list[Row]:
    """What a plan needs for the whole programme, one row per source and one for their total."""
    return [row for row in _read("plan_funds.csv") if (row["seed"], row["code"]) == (seed, "ALL")]


def target_rows(seed: str = PLAN_FILE) -> list[Row]:
    """The targets that the text of a plan states; Na Rì's annex is the target register."""
    return [
        row for row in _read("plan_targets.csv") if row["seed"] == seed and row["section"] != ANNEX
    ]


def word_rows(name: str, seed: str) -> list[Row]:
    """What a plan says in words: the rows of plan_responsibilities or plan_duties about it."""
    return [row for row in _read(f"{name}.csv") if row["seed"] == seed]


def commune_starts() -> list[CommuneStart]:
    """The 17 communes at the start of 2025, in printed order, without the total row."""
    return [
        CommuneStart(
            code=row["nso_code_pre_2025_07"],
            name=f"{row['unit_type']} {row['name']}",
            households=int(row["households_start"]),
            poor_households=int(row["poor_households_start"]),
            cut_households=int(row["target_reduction_households"]),
        )
        for row in register_rows()
        if row["unit_type"] != TOTAL_ROW
    ]


def merges() -> list[Merge]:
    """The six communes that the 17 became."""
    parts: dict[tuple[str, str], list[str]] = {}
    for row in register_rows():
        if row["unit_type"] != TOTAL_ROW:
            new = row["post_2025_07_code"], row["post_2025_07_name"]
            parts.setdefault(new, []).append(row["nso_code_pre_2025_07"])
    order = ("Văn Lang", "Cường Lợi", "Na Rì", "Trần Phú", "Côn Minh", "Xuân Dương")
    listed = [Merge(code, name, tuple(codes)) for (code, name), codes in parts.items()]
    return sorted(listed, key=lambda merge: order.index(merge.name.removeprefix("Xã ")))


def plan_lines() -> list[PlanLine]:
    """The nine fund lines of Na Rì 2025 as numbers."""
    return [
        PlanLine(total["code"], fund_label(total), _cents(central), _cents(local))
        for total, central, local in fund_rows()
    ]


def fund_label(row: Row) -> str:
    """The line's label in a sheet: "Dự án 3 - Tiểu dự án 1: Hỗ trợ phát triển ..."."""
    sub_project = f" - Tiểu dự án {row['sub_project']}" if row["sub_project"] else ""
    return f"Dự án {row['project']}{sub_project}: {row['name']}"


def _cents(row: Row) -> int:
    return int(Decimal(row["amount_million_vnd"]) * 100)


def _read(name: str) -> list[Row]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
