"""Where things stand in a Word file, as a person counts: "hàng 5, cột 3" of a table, a line above
or below it. English sentences say the same (catalogue.rules)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from etl.ground.addresses import column_number
from etl.ground.records import Finding, Normalised, Sheet

_A1 = re.compile(r"(?<![\w.,])([A-Z]{1,3})([1-9]\d*)(?![\w])(?: \(trang tính “([^”]*)”\))?")
_PLACES = frozenset({"cell", "first", "second", "other", "cells", "range"})
_NUMBERS = re.compile(r"\d+(?:(?:–|, )\d+)*")


def in_words(filings: list[Normalised], sheets: list[Sheet]) -> list[Normalised]:
    """Filings of a Word file, with every address as a place in a table."""
    tables = {s.name: s.table.rows for s in sheets if s.table is not None}
    for filing in filings if tables else ():
        filing.figures = [f._replace(cell=_placed(f.cell, f.sheet, tables)) for f in filing.figures]
        filing.findings = [_finding(f, tables) for f in filing.findings]
    return filings


def _finding(finding: Finding, tables: Mapping[str, range]) -> Finding:
    if finding.sheet not in tables:
        return finding
    params = tuple((name, _param(name, value, finding, tables)) for name, value in finding.params)
    return replace(finding, cell=_placed(finding.cell, finding.sheet, tables), params=params)


def _param(name: str, value: str, finding: Finding, tables: Mapping[str, range]) -> str:
    if name in _PLACES:
        return _placed(value, finding.sheet, tables)
    if name == "rows" and _NUMBERS.fullmatch(value):
        begin = tables[finding.sheet].start
        return re.sub(r"\d+", lambda m: str(int(m[0]) - begin), value)
    if name == "column" and finding.rule == "column-unnamed":
        return str(column_number(value) + 1)
    return value


def _placed(text: str, sheet: str, tables: Mapping[str, range]) -> str:
    """A text with its A1 addresses as places; one of another table names that."""

    def place(found: re.Match[str]) -> str:
        rows = tables.get(found[3] or sheet)
        if rows is None:
            return found[0]
        row, column = int(found[2]) - 1, column_number(found[1]) + 1
        said = f"hàng {row - rows.start + 1}, cột {column}"
        if row < rows.start:
            said = f"dòng {rows.start - row} phía trên bảng"
        elif row >= rows.stop:
            said = f"dòng {row - rows.stop + 1} phía dưới bảng"
        return f"{found[3]}, {said}" if found[3] else said

    return _A1.sub(place, text) if text else text
