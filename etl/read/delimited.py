"""CSV as offices export it: UTF-8 or UTF-16 with a byte order mark; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from etl.read.refusal import Extent, Refused

DELIMITERS = (";", "\t", ",")
_SAMPLE_ROWS = 200
_MAX_LINE = 10**6


def decode(data: bytes) -> str:
    """The text of a delimited file. Raises Refused (file-csv-encoding, file-empty)."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("file-csv-encoding", detail="not UTF-8") from None
    if "\0" in text:
        raise Refused("file-csv-encoding", detail="NUL characters")
    if not text.strip():
        raise Refused("file-empty")
    return text


def read_rows(text: str) -> list[list[object]]:
    """Rows of equal length, cells as text, trailing empty cells and rows dropped.

    Raises Refused: file-damaged, file-too-wide, file-csv-encoding (no known delimiter).
    """
    if max(map(len, text.splitlines())) > _MAX_LINE:
        raise Refused("file-damaged", detail=f"a line of more than {_MAX_LINE} characters")
    delimiter = _delimiter(text)
    rows: list[list[object]] = []
    extent = Extent()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            while row and not row[-1]:
                row.pop()
            if row:
                extent.add(len(rows), len(row) - 1)
            rows.append(list(row))
    except csv.Error as error:
        raise Refused("file-damaged", detail=str(error)) from None
    del rows[extent.rows :]
    return [row + [""] * (extent.columns - len(row)) for row in rows]


def _delimiter(text: str) -> str:
    """The delimiter that gives the most rows of one same width."""
    best, delimiter = 0, ""
    for candidate in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=candidate)
        try:
            widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if len(row) > 1)
        except csv.Error:
            continue
        if widths and widths.most_common(1)[0][1] > best:
            best, delimiter = widths.most_common(1)[0][1], candidate
    if not delimiter:
        raise Refused("file-csv-encoding", detail="no comma, semicolon or tab between columns")
    return delimiter
