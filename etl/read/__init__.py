"""The read room: a file as filed becomes sheets of cells, or the finding that says why not."""

from __future__ import annotations

import hashlib
import io
import os
import re

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.ground.addresses import address
from etl.ground.legacy import NAMES
from etl.ground.records import DamagedCopy, Finding, ReceivedFile, Sheet, Workbook
from etl.read import compound, delimited, guard, kinds
from etl.read.again import SecondLooker
from etl.read.container import unpack
from etl.read.locked import unlocked
from etl.read.refusal import MAX_AREA, MAX_FILE_BYTES, Refused
from etl.read.xlsx import conserved

__all__ = ["read"]

_BINARY = re.compile(rb"(?!\xff\xfe|\xfe\xff)[^\x00-\x08\x0e-\x1f]*+[\x00-\x08\x0e-\x1f]")
_MOST_IN_NAME = 255  # of a sheet; Excel allows 31
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TEXT_EXTENSIONS = ("csv", "tsv", "tab", "txt")
_EXTENSIONS = {
    **dict.fromkeys(("xlsm", "xltx"), "xlsx"),
    "dotx": "docx",
    **{"xlt": "xls", "ots": "ods"},
    **dict.fromkeys(("tsv", "tab", "txt", "prn"), "csv"),
}


def read(received: ReceivedFile) -> Workbook:
    """Open one file, whatever it is: xlsx, xls, ods, csv or docx, told by its content.

    A file that cannot be read, or must not be, gives a Workbook with `refused` set (rules
    `file-*`). Raises only what is not the file's fault: OSError where the stored copy cannot be
    opened, DamagedCopy where it is no longer what was filed, MemoryError; ground.pool turns the
    last, and a process that dies, into a finding.
    """
    book = Workbook(received)
    try:
        kind = _read_into(book)
        if not any(sheet.rows for sheet in book.sheets):
            raise Refused("file-empty")
        if any(len(sheet.name) > _MOST_IN_NAME for sheet in book.sheets):
            raise Refused("sheet-name-long", most=str(_MOST_IN_NAME))
    except Refused as refused:
        cell = dict(refused.params).get("cell", "")
        finding = Finding(received.filing_id, refused.rule, cell=cell, params=refused.params)
        return Workbook(received, refused=finding)
    extension = _extension(received.name)
    if _EXTENSIONS.get(extension, extension) != kind:
        params = (("extension", extension), ("kind", kind))
        book.notes.append(Finding(received.filing_id, "file-extension", params=params))
    return book


def _read_into(book: Workbook) -> str:
    """Fill the workbook's sheets and say what kind of file it is."""
    with io.FileIO(book.received.path) as file:
        if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
            raise Refused("file-too-large", limit_mb=str(MAX_FILE_BYTES // 2**20))
        data = file.read()
    if (known := book.received.sha256) and hashlib.sha256(data).hexdigest() != known:
        raise DamagedCopy(book.received.path)
    if data.startswith((*_ZIP, compound.MAGIC)):
        seen, data = _inspect(data)
    else:
        kinds.refuse_foreign(data, book.received.name)
        text, legacy = _decode(data, _extension(book.received.name))
        rows, book.delimiter = delimited.read_grid(text)
        book.sheets.append(Sheet("CSV", True, rows, None))
        if legacy:
            book.notes.append(Finding(book.received.filing_id, "csv-legacy", seen=NAMES[legacy]))
        return "csv"
    if seen.kind == "docx":
        from etl.read.docx import read_docx  # few files are Word's

        read_docx(book, unpack(data, None))
        return "docx"
    numbers = _read_sheets(book.sheets, data, whole_numbers=seen.kind == "xls")
    if seen.kind == "xlsx" and seen.values != conserved.filled(book.sheets):
        conserved.refuse_lost(data, book.sheets, numbers)
    book.is_plain = seen.is_plain
    _add_pages(book.sheets, numbers, seen)
    book.look_again = looker = SecondLooker(data, seen, book.sheets, numbers)
    book.fonts = looker.fonts
    return seen.kind


def _inspect(data: bytes) -> tuple[guard.Seen, bytes]:
    """A container after the guard's look, and what a reader may see of it."""
    if data.startswith(_ZIP):
        return guard.inspect_zip(data)
    try:
        return guard.inspect_ole(data), data
    except Refused as refused:
        if refused.rule != "file-encrypted":
            raise
    data = unlocked(data)
    return guard.inspect_zip(data) if data.startswith(_ZIP) else (guard.inspect_ole(data), data)


def _decode(data: bytes, extension: str) -> delimited.Decoded:
    try:
        return delimited.decode(data)
    except Refused as refused:
        is_text = extension in _TEXT_EXTENSIONS or not _BINARY.match(data)
        if refused.rule == "file-csv-encoding" and not is_text:
            raise Refused("file-not-spreadsheet", kind="unknown") from None
        raise


def _read_sheets(sheets: list[Sheet], data: bytes, *, whole_numbers: bool) -> dict[str, int]:
    """Append every worksheet, hidden ones too; the number of each in the workbook, by name."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = book.sheet_names
            if len(set(names)) < len(names):
                raise Refused("file-damaged", detail="two sheets of one name")
            for number, about in enumerate(book.sheets_metadata):
                if about.typ is SheetTypeEnum.WorkSheet:
                    visible = about.visible is SheetVisibleEnum.Visible
                    sheets.append(_read_sheet(book, number, visible, whole_numbers))
                    _check_area(sheets)
    except PasswordError:
        raise Refused("file-encrypted") from None
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refused("file-damaged", detail=str(error)[:200]) from None
    except BaseException as error:  # a panic of the reader is no Exception and has no public name
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("file-damaged", detail=str(error)[:200]) from None
    return {name: number for number, name in enumerate(names)}


def _read_sheet(book: CalamineWorkbook, number: int, visible: bool, whole_numbers: bool) -> Sheet:
    found = book.get_sheet_by_index(number)
    rows: list[list[object]] = list(found.to_python(skip_empty_area=False))  # type: ignore[arg-type]
    if whole_numbers:  # xls alone tells 5 from 5.0
        rows = [[float(v) if type(v) is int else v for v in row] for row in rows]
    return Sheet(found.name, visible, rows, found.merged_cell_ranges)


def _add_pages(sheets: list[Sheet], numbers: dict[str, int], seen: guard.Seen) -> None:
    """What the reader leaves out: what a sheet hides and prints, lines and merged cells of ods."""
    for sheet in sheets:
        number = numbers[sheet.name]
        if page := seen.pages.get(number):
            sheet.hidden_rows, sheet.hidden_columns = page.hidden_rows, page.hidden_columns
            sheet.printed, sheet.comments, sheet.prompts = page.printed, page.comments, page.prompts
            sheet.drawn = page.drawn
        if seen.kind == "ods":
            sheet.merged = seen.merged.get(number, [])
        for (row, column), text in seen.lines.get(number, {}).items():
            if row < len(sheet.rows) and column < len(sheet.rows[row]):
                sheet.rows[row][column] = text


def _check_area(sheets: list[Sheet]) -> None:
    """The guard bounds each sheet, this all of them together."""
    if sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows) > MAX_AREA:
        rows = sheets[-1].rows
        raise Refused("file-too-wide", cell=address(len(rows) - 1, len(rows[0]) - 1))


def _extension(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""
