"""What one would write instead: the script of a capable analyst, with pandas and to_sql.

Reads every report with `pandas.read_excel`, finds the rows, checks them in plain Python, puts two
tables into PostgreSQL with `DataFrame.to_sql` and adds up the districts with `groupby`. It has
nothing that khoxa has beside that: no register of versions, no trace to a cell, no returned
workbook, no other form than this one, and it reads every file again every night.

`to_sql` is used as it comes; its `method="multi"` is slower still.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import create_engine

AMOUNTS = (
    "allocated_central",
    "allocated_local",
    "allocated_total",
    "disbursed_central",
    "disbursed_local",
    "disbursed_total",
    "disbursed_pct",
)
_PLACE = re.compile(r"Đơn vị báo cáo: (.+), (.+), (?:tỉnh|thành phố) (.+)")
Row = dict[str, Any]


def main(paths: list[Path], url: str) -> dict[str, float]:
    """Read, check, load and add up; returns the seconds of each."""
    clock = [time.perf_counter()]
    indicators: list[Row] = []
    funds: list[Row] = []
    problems: list[str] = []
    for path in paths:
        counts, amounts, faults = read_report(path)
        problems += [f"{path.name}: {fault}" for fault in faults]
        if not faults:
            indicators += counts
            funds += amounts
    clock.append(time.perf_counter())
    engine = create_engine(url)
    by_indicator, by_fund = pd.DataFrame(indicators), pd.DataFrame(funds)
    by_indicator.to_sql("indicator", engine, if_exists="replace", index=False)
    by_fund.to_sql("fund", engine, if_exists="replace", index=False)
    clock.append(time.perf_counter())
    place = ["province", "district"]
    sums = by_indicator.groupby([*place, "indicator"])[["numerator", "denominator"]].sum()
    sums["rate_pct"] = (100 * sums["numerator"] / sums["denominator"]).round(2)
    sums.reset_index().to_sql("district_indicator", engine, if_exists="replace", index=False)
    money = by_fund.groupby([*place, "project"])[list(AMOUNTS[:-1])].sum(min_count=1)
    money["disbursed_pct"] = (100 * money["disbursed_total"] / money["allocated_total"]).round(2)
    money.reset_index().to_sql("district_fund", engine, if_exists="replace", index=False)
    pd.DataFrame({"problem": problems}).to_sql("problem", engine, if_exists="replace", index=False)
    clock.append(time.perf_counter())
    names = ("read and check", "to_sql", "district sums")
    return {name: end - start for name, start, end in zip(names, clock, clock[1:], strict=False)}


def read_report(path: Path) -> tuple[list[Row], list[Row], list[str]]:
    """Rows of both sheets, and what is wrong with them."""
    names = ["Chỉ tiêu", "Kinh phí"]
    sheets = pd.read_excel(path, sheet_name=names, header=None, engine="openpyxl")
    indicator_sheet, fund_sheet = (sheets[name] for name in names)
    place = find_place(indicator_sheet)
    faults: list[str] = []
    counts = indicator_rows(indicator_sheet, place, faults)
    amounts = fund_rows(fund_sheet, place, faults)
    return counts, amounts, faults


def find_place(sheet: pd.DataFrame) -> Row:
    """Commune, district and province from the line "Đơn vị báo cáo: ..."."""
    for text in sheet[0].dropna():
        if match := _PLACE.match(str(text)):
            return dict(zip(("commune", "district", "province"), match.groups(), strict=True))
    raise ValueError("no reporting unit")


def indicator_rows(sheet: pd.DataFrame, place: Row, faults: list[str]) -> list[Row]:
    """The rows below the header "Chỉ tiêu": number reached, whole, rate."""
    rows = []
    for values in table_rows(sheet, "Chỉ tiêu"):
        label, (reached, whole, rate) = str(values[1]), map(number, values[3:6])
        if reached is None:
            faults.append(f"{label}: no number reached")
        elif whole is not None and reached > whole:
            faults.append(f"{label}: {reached} is more than {whole}")
        elif whole and rate is not None and abs(rate - 100 * reached / whole) > 0.0101:
            faults.append(f"{label}: rate {rate} is not {100 * reached / whole:.2f}")
        rows.append({**place, "indicator": label, "numerator": reached, "denominator": whole,
                     "rate_pct": rate})  # fmt: skip
    return rows


def fund_rows(sheet: pd.DataFrame, place: Row, faults: list[str]) -> list[Row]:
    """The rows below the header "Dự án, tiểu dự án": what was allocated and disbursed."""
    rows: list[Row] = []
    printed: Row = {}
    for values in table_rows(sheet, "Dự án, tiểu dự án"):
        amounts = dict(zip(AMOUNTS, map(number, values[2:9]), strict=True))
        for stage in ("allocated", "disbursed"):
            parts = (amounts[f"{stage}_central"] or 0) + (amounts[f"{stage}_local"] or 0)
            if abs(parts - (amounts[f"{stage}_total"] or 0)) > 0.0101:
                faults.append(f"{values[1]}: {stage} does not add up")
        if values[1] == "Tổng cộng":
            printed = amounts
        else:
            rows.append({**place, "project": values[1], **amounts})
    for name in AMOUNTS[:-1]:
        total = sum(row[name] or 0 for row in rows)
        if abs(total - (printed.get(name) or 0)) > 0.0101:
            faults.append(f"Tổng cộng: {name} is not {total:.2f}")
    return rows


def table_rows(sheet: pd.DataFrame, header: str) -> list[list[Any]]:
    """The rows from the row of column numbers to the first without a label."""
    rows = sheet.values.tolist()
    first = next(i for i, row in enumerate(rows) if row[1] == header)
    while rows[first][0] != "A":
        first += 1
    below = rows[first + 1 :]
    end = next((i for i, row in enumerate(below) if pd.isna(row[1])), len(below))
    return below[:end]


def number(value: Any) -> float | None:
    """A number cell, or a text as it is typed in Vietnam: "1.234,50"."""
    if isinstance(value, str):
        return float(value.replace(".", "").replace(",", "."))
    return None if pd.isna(value) else float(value)
