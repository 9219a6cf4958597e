"""Whether what was measured is right: fact rows against the drawn inbox, the usual script's
district sums against the marts, and one changed figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from benchmarks import usual_script, warehouse
from benchmarks.inbox import CHANGED_CODE, YEAR, Drawn
from etl.ground.config import FORMS_DIR, Settings

NEAR = 0.005
Key = tuple[str, str, str, str]  # district, province (lower case), code, which figure
Sums = dict[Key, float]


def facts(settings: Settings, expected: int) -> Iterable[str]:
    """What is wrong with the number of fact rows of current filings and of the filings."""
    counted = dict(
        warehouse.rows(
            settings,
            "select 'facts', count(*) from (select filing_id from dw.fact_indicator"
            " union all select filing_id from dw.fact_target"
            " union all select filing_id from dw.fact_fund) x join raw.filing using (filing_id)"
            " where superseded_by is null"
            " union all select state, count(*) from raw.filing"
            " where state not in ('accepted', 'rejected') group by 1",
        )
    )
    if counted["facts"] != expected:
        yield f"{counted['facts']} fact rows, {expected} expected"
    for state, number in counted.items():
        if state != "facts":
            yield f"{number} filings are left {state}"


def same_sums(
    settings: Settings,
    plain_url: str,
    drawn: Drawn,
    changed: tuple[str, str],
    districts: set[tuple[str, str]],
) -> Iterable[str]:
    """Where the usual script's district sums, with the registers', differ from the marts.

    `districts` are those whose communes were all given to the script; in the district `changed`
    the marts, but not the script, have seen one person less (see inbox.CHANGED_CODE).
    """
    registers = [drawn.folder / name for name in drawn.registers]
    marts, usual = mart_sums(settings), usual_sums(plain_url) | reductions(plain_url, registers)
    marts[*changed, CHANGED_CODE, "count"] += 1
    wanted = {key for key in (marts.keys() | usual.keys()) if key[:2] in districts}
    wrong = [key for key in sorted(wanted) if not _near(marts.get(key), usual.get(key))]
    if not wanted:
        yield "no district to compare"
    for key in wrong[:5]:
        yield f"{' / '.join(key)}: {marts.get(key)} in the marts, {usual.get(key)} in the script"
    if len(wrong) > 5:
        yield f"... and {len(wrong) - 5} more of {len(wanted)} sums differ"


def _near(mart: float | None, usual: float | None) -> bool:
    if mart is None or usual is None:
        return mart is usual
    return abs(mart - usual) <= NEAR


def mart_sums(settings: Settings) -> Sums:
    """The marts' half-year sums of every district; a figure nobody gave is left out."""
    found: Sums = {}
    for name, province, code, value in warehouse.rows(
        settings,
        "select unit_name, province_name, indicator_code, numerator from mart.indicator_by_unit"
        " where level = 'district' and measure = 'actual' and period = 'H1' and is_additive"
        f" and year = {YEAR}",
    ):
        found[name.lower(), province.lower(), code, "count"] = float(value)
    for name, province, code, source, *amounts in warehouse.rows(
        settings,
        "select unit_name, province_name, project_code, source, allocated_million_vnd,"
        " disbursed_million_vnd from mart.fund_use"
        f" where level = 'district' and period = 'H1' and year = {YEAR}",
    ):
        for stage, amount in zip(("allocated", "disbursed"), amounts, strict=True):
            if amount is not None:
                found[name.lower(), province.lower(), code, f"{stage} {source}"] = float(amount)
    return found


def usual_sums(plain_url: str) -> Sums:
    """The usual script's sums under the marts' codes; what several rows repeat is one figure."""
    codes, found = _codes(), {}
    for district, province, label, *counts in warehouse.plain_rows(
        plain_url,
        "select district, province, indicator, numerator, denominator from district_indicator",
    ):
        for code, count in zip(codes[label], counts, strict=True):
            if code:
                found[district.lower(), province.lower(), code, "count"] = float(count)
    stages = [f"{stage} {source}" for stage in ("allocated", "disbursed")
              for source in ("NSTW", "NSDP")]  # fmt: skip
    for district, province, label, *amounts in warehouse.plain_rows(
        plain_url,
        "select district, province, project, allocated_central, allocated_local,"
        " disbursed_central, disbursed_local from district_fund",
    ):
        for stage, amount in zip(stages, amounts, strict=True):
            if amount is not None:
                found[district.lower(), province.lower(), codes[label][0], stage] = float(amount)
    return found


def reductions(plain_url: str, registers: Iterable[Path]) -> Sums:
    """Households that are poor no more since the registers' openings, of the communes whose reports
    the usual script took."""
    label = next(label for label, (code, _) in _codes().items() if code == "poor_households")
    query = (
        f"select district, province, commune, numerator from indicator where indicator = '{label}'"
    )
    reached = {
        (district.lower(), province.lower(), commune): poor
        for district, province, commune, poor in warehouse.plain_rows(plain_url, query)
    }
    found: Sums = {}
    for path in registers:
        sheet = pd.read_excel(path, header=None, engine="openpyxl")
        district, province = (str(sheet[0][row]).lower() for row in (1, 2))
        place = (district, re.sub("^(tỉnh|thành phố) ", "", province))
        for _, commune, _, opening, *_ in sheet.values.tolist():
            if (poor := reached.get((*place, commune))) is not None:
                key = (*place, "poor_households_reduction", "count")
                found[key] = found.get(key, 0) + (usual_script.number(opening) or 0) - poor
    return found


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, str | None]]:
    """Row label -> codes of its count and of its whole; of a project line its code."""
    form = _yaml("commune_report")
    projects = _yaml("lists/projects")
    codes = {
        spec["labels"][0]: (
            spec["cells"]["numerator"]["indicator"],
            spec["cells"].get("denominator", {}).get("indicator"),
        )
        for spec in form["tables"]["indicators"]["items"].values()
    }
    labels = {label: (code, None) for code, spec in projects.items() for label in spec["labels"]}
    return codes | labels


def _yaml(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FORMS_DIR / f"{name}.yaml").read_text("utf-8"))
    return content


def total(drawn: Drawn) -> int:
    """Fact rows that the drawn inbox must give."""
    return sum(drawn.facts.values()) + sum(drawn.registers.values())
