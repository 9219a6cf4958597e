"""The sample inbox and its facts, read without khoxa, for the tests about them."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[2]
INBOX = ROOT / "samples" / "inbox"
FACTS = ROOT / "samples" / "facts"
# a district's list of what it assigns, made up: Na Rì's 17 communes, 375 households
ASSIGNED = str(ROOT / "tests" / "books" / "huyen_giao_chi_tieu_2025.xlsx")

Cell = int | float | str | bool | time | date | datetime | timedelta
Cells = list[list[Cell]]


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheet(name: str, title: str, *, under: str) -> tuple[str, Cells]:
    """The text above the header row (the one with `under`), and the rows below it."""
    book = CalamineWorkbook.from_path(str(INBOX / name))
    rows: Cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    header = next(place for place, row in enumerate(rows) if under in row)
    return "\n".join(str(cell) for row in rows[:header] for cell in row), rows[header + 1 :]


def table(rows: Cells) -> Cells:
    """The numbered rows and the total row, if there is one."""
    return [row for row in rows if isinstance(row[0], float) or row[1] == "Tổng cộng"]
