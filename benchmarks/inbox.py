"""The inbox of a benchmark: half-year reports of the first N communes and the registers of their
districts, figures invented.

Drawn by tools.samples, kept under KHOXA_HOME/bench/inbox-N and drawn again only when the
drawing code or the seeds have changed.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from etl.ground.config import ROOT, SEEDS_DIR
from tools.samples.facts import TOTAL_ROW, CommuneStart, plan_lines
from tools.samples.figures import District, invent_reports
from tools.samples.plans import REGISTER_FIGURES, draw_register
from tools.samples.report import CommuneReport, Count, FundLine, draw_commune_report

YEAR = 2025
HALF_YEAR_END = "2025-06-30"
PROCESSES = 2
REJECTED_EVERY, WARNED_AT = 100, 50  # 1 in 100 breaks a rule, 1 in 100 earns a warning
REPEATED_TOTALS = (1, 5, 12)  # rows whose total repeats a figure of an earlier row
CHANGED_ROW = 3  # "Dân số tham gia bảo hiểm y tế" is one less in the changed workbook
CHANGED_CODE = "hi_insured_persons"
COUNTED = ("households", "poor_households", "cut_households")
Seed = dict[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn inbox: its folder, and per file what the warehouse must make of it.

    facts: file name of a report -> fact rows (0 where it is to be rejected), in order of commune.
    registers: file name of a district's register -> fact rows.
    districts: file name -> (district, province) in lower case, without the province's type.
    changed: the first file again with one figure less by one; it lies outside the folder.
    """

    folder: Path
    facts: dict[str, int]
    registers: dict[str, int]
    districts: dict[str, tuple[str, str]]
    changed: Path

    @property
    def paths(self) -> list[Path]:
        """Every file of the inbox."""
        return [self.folder / name for name in (*self.facts, *self.registers)]


def draw(home: Path, size: int) -> tuple[Drawn, bool]:
    """The inbox of `size` workbooks, and whether it had to be drawn."""
    folder, manifest = home / f"inbox-{size}", home / f"inbox-{size}.json"
    key = _key(size)
    if manifest.exists() and (known := json.loads(manifest.read_text("utf-8")))["key"] == key:
        return _drawn(folder, known), False
    manifest.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    drawn = dict(reports(size))
    _draw_all([(report, folder / name) for name, report in drawn.items()])
    registers = _draw_registers(folder, size)
    first = next(iter(drawn))
    draw_commune_report(_changed_path(folder), _one_less(drawn[first]))
    content: dict[str, Any] = {
        "key": key,
        "facts": {name: _facts(place, r) for place, (name, r) in enumerate(drawn.items())},
        "registers": registers,
        "districts": {name: _district_of(report) for name, report in drawn.items()},
    }
    manifest.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return _drawn(folder, content), True


def copy_of(drawn: Drawn, folder: Path) -> None:
    """The same files in a folder of their own (hard links where the disk allows)."""
    folder.mkdir(parents=True)
    for path in drawn.paths:
        try:
            os.link(path, folder / path.name)
        except OSError:
            shutil.copyfile(path, folder / path.name)


def complete_districts(drawn: Drawn, names: list[str]) -> set[tuple[str, str]]:
    """Districts all of whose files in the inbox are among `names`."""
    rest = {drawn.districts[name] for name in drawn.facts.keys() - set(names)}
    return {drawn.districts[name] for name in names} - rest


def _drawn(folder: Path, content: dict[str, Any]) -> Drawn:
    districts = {name: (d, p) for name, (d, p) in content["districts"].items()}
    changed = _changed_path(folder)
    return Drawn(folder, content["facts"], content["registers"], districts, changed)


def _changed_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-changed.xlsx")


def _key(size: int) -> str:
    """Hash of everything the inbox is drawn from."""
    paths = [
        *sorted((ROOT / "tools" / "samples").glob("*.py")),
        ROOT / "samples" / "facts" / "plan_funds.csv",
        *(SEEDS_DIR / f"{level}.csv" for level in ("province", "district", "commune")),
        Path(__file__),
    ]
    digest = hashlib.sha256(f"{size} {version('xlsxwriter')}".encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def reports(size: int) -> Iterator[tuple[str, CommuneReport]]:
    """(file name, report) of the first `size` communes, in order of the seed."""
    provinces = {row["code"]: _named(row) for row in _seed("province")}
    districts = {row["code"]: (_named(row), row["province_code"]) for row in _seed("district")}
    communes = list(islice(_seed("commune"), size))
    by_district: dict[str, list[Seed]] = {}
    for row in communes:
        by_district.setdefault(row["district_code"], []).append(row)
    plan = plan_lines()
    drawn: dict[str, CommuneReport] = {}
    for code, rows in by_district.items():
        name, province = districts[code]
        district = District(district=name, province=provinces[province], year=YEAR)
        invented = invent_reports(district, [_start(row) for row in rows], plan)
        drawn |= {row["code"]: report for row, report in zip(rows, invented, strict=True)}
    for place, row in enumerate(communes):
        yield f"bao_cao_6_thang_{YEAR}_{row['code']}.xlsx", _with_fault(place, drawn[row["code"]])


def _seed(level: str) -> Iterator[Seed]:
    """The units in force when the half-year ended."""
    with (SEEDS_DIR / f"{level}.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["valid_from"] <= HALF_YEAR_END < (row["valid_to"] or "9999"):
                yield row


def _draw_registers(folder: Path, size: int) -> dict[str, int]:
    """What each district asks of those of its communes that report: two opening counts and three
    targets a commune, and three targets in all."""
    provinces = {row["code"]: _named(row) for row in _seed("province")}
    districts = {row["code"]: (_named(row), row["province_code"]) for row in _seed("district")}
    asked: dict[str, list[CommuneStart]] = {}
    for row in islice(_seed("commune"), size):
        asked.setdefault(row["district_code"], []).append(_start(row))
    drawn = {}
    for code, communes in asked.items():
        name, province = districts[code]
        file = f"muc_tieu_{YEAR}_{code}.xlsx"
        rows = [_register_row(str(place), start) for place, start in enumerate(communes, start=1)]
        total = CommuneStart(
            "",
            "Tổng cộng",
            *(sum(getattr(start, field) for start in communes) for field in COUNTED),
        )
        rows.append(_register_row("", total) | {"unit_type": TOTAL_ROW})
        place = (name[:1].lower() + name[1:], provinces[province])
        draw_register(folder / file, rows, illustrative=True, place=place)
        drawn[file] = 5 * len(communes) + 3
    return drawn


def _register_row(place: str, start: CommuneStart) -> Seed:
    """A row of the register as tools.samples.plans takes it."""
    left = start.poor_households - start.cut_households
    counts = (start.households, start.poor_households, start.cut_households)
    first, cut, end = (f"{100 * n / start.households:.2f}" for n in (*counts[1:], left))
    figures = (*map(str, counts[:2]), first, str(counts[2]), cut, end)
    columns = REGISTER_FIGURES.items()
    printed = {text: n.replace(".", ",") for (_, text), n in zip(columns, figures, strict=True)}
    row = {"tt": place, "unit_type": "", "name_as_printed": start.name}
    return row | dict(zip(REGISTER_FIGURES, figures, strict=True)) | printed


def _named(row: Seed) -> str:
    return f"{row['unit_type']} {row['name']}"


def _start(row: Seed) -> CommuneStart:
    """Invented start-of-year counts, the same on every machine."""
    random = Random(f"benchmark {row['code']}")
    households = 300 + int(2700 * random.random())
    poor = round(households * (0.03 + 0.37 * random.random()))
    cut = round(poor * (0.05 + 0.15 * random.random()))
    return CommuneStart(row["code"], _title(_named(row)), households, poor, cut)


def _with_fault(place: int, report: CommuneReport) -> CommuneReport:
    if _is_rejected(place):
        whole = report.counts[0].total or 0
        return replace(report, counts=(Count(whole + 7, whole), *report.counts[1:]))
    if place % REJECTED_EVERY == WARNED_AT:
        return replace(report, funds=tuple(map(_overspent, report.funds)))
    return report


def _is_rejected(place: int) -> bool:
    return place % REJECTED_EVERY == REJECTED_EVERY - 1


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _overspent(line: FundLine) -> FundLine:
    """The line with a fifth more disbursed than allocated, which is only warned of."""
    if line.money is None:
        return line
    money = replace(
        line.money,
        disbursed_central=line.money.allocated_central * 6 // 5,
        disbursed_local=line.money.allocated_local * 6 // 5,
    )
    return replace(line, money=money)


def _one_less(report: CommuneReport) -> CommuneReport:
    counts = list(report.counts)
    counts[CHANGED_ROW] = replace(counts[CHANGED_ROW], reached=counts[CHANGED_ROW].reached - 1)
    return replace(report, counts=tuple(counts))


def _facts(place: int, report: CommuneReport) -> int:
    """Fact rows of one report: counts, their totals once, and four amounts a fund line; a line
    left blank is four blank facts."""
    if _is_rejected(place):
        return 0
    totals = [c for row, c in enumerate(report.counts) if row not in REPEATED_TOTALS]
    return (
        len(report.counts)
        + sum(count.total is not None for count in totals)
        + 4 * len(report.funds)
    )


def _district_of(report: CommuneReport) -> tuple[str, str]:
    province = report.province.removeprefix("tỉnh ").removeprefix("thành phố ")
    return report.district.lower(), province.lower()


def _draw_all(tasks: list[tuple[CommuneReport, Path]]) -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(_draw_one, tasks, chunksize=50))


def _draw_one(task: tuple[CommuneReport, Path]) -> None:
    report, path = task
    draw_commune_report(path, report)
