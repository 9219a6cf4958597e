"""Drawn sheets as delimited text, and what all writers need: letters, and what a cell shows.

A csv holds what Excel shows: numbers in their format, in the notation of the machine's locale.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from tests.corpus import legacy
from tests.corpus.model import Cell, Drawn, Sheet

Writer = Callable[[Sequence[Drawn], str], bytes]


def lettered(sheet: Sheet, text: str) -> tuple[str, str]:
    """A text as the sheet's encoding holds it, and the font that shows it."""
    font = ""
    if sheet.encoding == "tcvn3":
        text, capitals = legacy.tcvn3(text)
        font = ".VnTimeH" if capitals else ".VnTime"
    elif sheet.encoding == "vni":
        text, font = legacy.vni(text), "VNI-Times"
    return text, sheet.encoded_font or font or sheet.font


def lettered_cell(sheet: Sheet, cell: Cell) -> tuple[str, str]:
    """A cell's text, "" for what is none, and its font."""
    if isinstance(cell.typed, str):
        return lettered(sheet, cell.typed)
    return "", sheet.number_font or lettered(sheet, "")[1]


def displayed(cell: Cell, *, vietnamese: bool) -> str:
    """What a cell shows: "1.337", "41,89", "8,08%"; without a Vietnamese locale "1337", "41.89".

    Raises TypeError for an error or a formula: a csv has neither.
    """
    typed = cell.typed
    if typed is None:
        return ""
    if isinstance(typed, str):
        return typed
    if isinstance(typed, date):
        return f"{typed:%d/%m/%Y}"
    if not isinstance(typed, (int, Decimal)):
        raise TypeError(cell)
    if cell.number_format.endswith("%"):
        text = f"{typed * 100:.2f}%"
    elif cell.number_format and vietnamese:
        text = f"{typed:,.2f}" if "0.00" in cell.number_format else f"{typed:,}"
    else:
        text = str(typed)
    return text.translate(str.maketrans(",.", ".,")) if vietnamese else text


def write_csv(
    encode: Callable[[str], bytes], delimiter: str, *, vietnamese: bool = True,
    shown: Callable[[Cell], str] | None = None,
) -> Writer:  # fmt: skip
    """A writer of delimited text; of a workbook's sheets only the first can be one."""
    say = shown or (lambda cell: displayed(cell, vietnamese=vietnamese))

    def write(pages: Sequence[Drawn], name: str) -> bytes:
        (page,) = pages
        lines = [["" for _ in range(page.width)] for _ in range(page.height)]
        for (row, column), (cell, _style) in page.cells.items():
            lines[row][column] = say(cell)
        target = io.StringIO(newline="")
        csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
        return encode(target.getvalue())

    return write


def _tcvn3_bytes(text: str) -> bytes:
    lines = (legacy.tcvn3(line)[0] for line in text.split("\r\n"))
    return "\r\n".join(lines).encode("latin-1")


CSV_WRITERS: dict[str, Writer] = {
    "csv-utf-8-bom": write_csv(lambda text: text.encode("utf-8-sig"), ";"),
    "csv-utf-8-english": write_csv(lambda text: text.encode(), ",", vietnamese=False),
    "csv-utf-16": write_csv(lambda text: text.encode("utf-16"), "\t"),
    "csv-cp1258": write_csv(legacy.cp1258, ";"),
    "csv-tcvn3": write_csv(_tcvn3_bytes, ";"),
}
