"""CSV as offices export it: Unicode or an old Vietnamese code page; comma, semicolon or tab."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice
from typing import NamedTuple

from etl.ground import lexicon
from etl.ground.legacy import NAMES, Encoding, decode_bytes
from etl.read.refusal import Extent, Refused

DELIMITERS = (";", "\t", ",")
_SAMPLE_ROWS = 200
_SAMPLE_BYTES = 100_000
_MAX_LINE = 10**6


class Decoded(NamedTuple):
    """The text of a file, and the old code page it was written in (None: Unicode)."""

    text: str
    legacy: Encoding | None


def decode(data: bytes) -> Decoded:
    """The text of a delimited file. Raises Refused (file-csv-encoding, file-empty)."""
    legacy: Encoding | None = None
    try:
        text = data.decode(_unicode_codec(data))
    except UnicodeDecodeError:
        text, legacy = _decode_legacy(data)
    if "\0" in text:
        raise Refused("file-csv-encoding", detail="NUL characters")
    if not text.strip():
        raise Refused("file-empty")
    return Decoded(text, legacy)


def _unicode_codec(data: bytes) -> str:
    """UTF-16 where the file says so, or where only every second byte is ever zero."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = data[:_SAMPLE_BYTES:2], data[1:_SAMPLE_BYTES:2]
    for high, low, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if high.count(0) * 2 > len(high) and 0 not in low:
            return codec
    return "utf-8-sig"


def _decode_legacy(data: bytes) -> tuple[str, Encoding]:
    """By the code page in which the text is Vietnamese, if there is clearly one."""
    readings: dict[Encoding, list[str]] = {}
    for encoding in NAMES:
        try:
            readings[encoding] = [decode_bytes(data[:_SAMPLE_BYTES], encoding)]
        except UnicodeDecodeError:
            continue
    found = lexicon.clearest(readings)
    if found is None:
        raise Refused("file-csv-encoding", detail="no known code page")
    try:
        return decode_bytes(data, found), found
    except UnicodeDecodeError:
        raise Refused("file-csv-encoding", detail=f"not {NAMES[found]} throughout") from None


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
