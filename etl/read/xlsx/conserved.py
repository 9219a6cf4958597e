"""Nothing falls out between an xlsx file and the rows that are read: a value that is stored is in
exactly one cell."""

from __future__ import annotations

from collections.abc import Mapping

from etl.ground.addresses import address
from etl.ground.records import Sheet
from etl.read.container import unpack
from etl.read.refusal import Refused
from etl.read.xlsx import cells as xlsx
from etl.read.xlsx.canonical import RELATIONSHIPS, WORKBOOK


def filled(sheets: list[Sheet]) -> int:
    """How many cells of the sheets are not empty."""
    rows = [row for sheet in sheets for row in sheet.rows]
    return sum(map(len, rows)) - sum([row.count("") for row in rows])


def refuse_lost(data: bytes, sheets: list[Sheet], numbers: Mapping[str, int]) -> None:
    """Refuse a workbook (its inspected parts) that stores two values for one cell, of which one was
    read, or a value that was not read at all. Raises Refused (file-damaged)."""
    parts = unpack(data, frozenset({WORKBOOK, RELATIONSHIPS}))
    names = xlsx.sheet_parts(parts[WORKBOOK], parts[RELATIONSHIPS])
    for sheet in sheets:
        part = names[numbers[sheet.name]]
        _check(sheet, unpack(data, frozenset({part})).get(part, b""))


def _check(sheet: Sheet, xml: bytes) -> None:
    seen: set[tuple[int, int]] = set()
    for cell in xlsx.iter_cells(xml) if xml else ():
        if not cell.text.strip() or cell.type == "e":
            continue
        at = cell.row, cell.column
        row = sheet.rows[cell.row] if cell.row < len(sheet.rows) else []
        is_read = cell.column < len(row) and row[cell.column] != ""
        where = f"{sheet.name}!{address(*at)}"
        if at in seen:
            raise Refused("file-damaged", detail=f"{where}: two cells of one place")
        if not is_read and cell.type != "s":  # a shared text may be empty
            raise Refused("file-damaged", detail=f"{where}: {cell.text[:20]!r} in a {cell.type}")
        seen.add(at)
