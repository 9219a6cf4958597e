"""CSV as offices export it: Unicode or an old Vietnamese code page; comma, semicolon or tab.

What Excel makes of it when the file is opened is what is read: a first line "sep=;" names the
delimiter and is no row, ="15" is a text that says 15.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from etl.catalogue import lexicon
from etl.ground.legacy import NAMES, Encoding, decode_bytes
from etl.read.refusal import Extent, Refused

DELIMITERS = (";", "\t", ",")
_SAMPLE_ROWS = 200
_SAMPLE_BYTES = 100_000
_MAX_LINE = 10**6
_BYTE_ORDER_MARK = "\ufeff"  # also where files were put together
_SEPARATOR = re.compile(r'"?sep=([^"\r])"?[;,\t ]*(?:\r\n?|\n|$)', re.IGNORECASE)
_QUOTED_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
# UTF-8 bytes of a letter, each taken for a character of its own.
_GARBLED = re.compile("[\xc2-\xf4][\x80-\xbf]+")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]")  # "Th? tr?n": what the code page lacked
_MANY = 5
_SEEN = 60
_WESTERN_BYTES = {
    ord(shown): byte
    for byte in range(0x80, 0xA0)
    if (shown := bytes([byte]).decode("cp1252", "ignore"))
}


class Decoded(NamedTuple):
    """The text of a file, and the old code page it was written in (None: Unicode)."""

    text: str
    legacy: Encoding | None


class Grid(NamedTuple):
    """Rows of equal length, and the delimiter between their cells."""

    rows: list[list[object]]
    delimiter: str


def decode(data: bytes) -> Decoded:
    """The text of a delimited file. Raises Refused (file-csv-encoding, file-empty)."""
    legacy: Encoding | None = None
    try:
        text = data.decode(_unicode_codec(data)).replace(_BYTE_ORDER_MARK, "")
    except UnicodeDecodeError:
        text, legacy = _decode_legacy(data)
    if "\0" in text:
        raise _unreadable("NUL characters", text)
    if not text.strip():
        raise Refused("file-empty")
    if not text.isascii() or "?" in text:
        _check_letters(text)
    return Decoded(text, legacy)


def _unreadable(detail: str, text: str) -> Refused:
    """With the first words that are not plain ASCII, as they came out."""
    lines = (line.strip() for line in text.splitlines())
    odd = (line for line in lines if not line.isascii() or _LOST.search(line))
    seen = "".join(filter(str.isprintable, next(odd, "")))[:_SEEN]
    return Refused("file-csv-encoding", detail=detail, seen=seen)


def _check_letters(text: str) -> None:
    """Refuse text whose letters were lost when it was saved. Raises Refused."""
    if "\ufffd" in text or len(set(_LOST.findall(text))) >= _MANY:
        raise _unreadable("letters were lost", text)
    readings = {"as it is": [text[:_SAMPLE_BYTES]]}
    once = _ungarbled(text[:_SAMPLE_BYTES])
    if once is not None:
        readings["once"] = [once]
        if (twice := _ungarbled(once)) is not None:
            readings["twice"] = [twice]
        if lexicon.clearest(readings) not in (None, "as it is"):
            raise _unreadable("UTF-8 taken for another code page", text)


def _ungarbled(text: str) -> str | None:
    """A text whose letters are UTF-8 bytes shown in a Western code page, with the letters they
    stand for; None where there is no such letter."""
    western = text.translate(_WESTERN_BYTES)

    def letter(found: re.Match[str]) -> str:
        return found[0].encode("latin-1").decode("utf-8", "ignore")

    mended, count = _GARBLED.subn(letter, western)
    return mended if count >= _MANY else None


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
        raise _unreadable("no known code page", data.decode("cp1252", "replace"))
    try:
        return decode_bytes(data, found), found
    except UnicodeDecodeError:
        western = data.decode("cp1252", "replace")
        raise _unreadable(f"not {NAMES[found]} throughout", western) from None


def read_grid(text: str) -> Grid:
    """Cells as text, trailing empty cells and rows dropped.

    Raises Refused: file-damaged, file-too-wide, file-no-table (no known delimiter).
    """
    if max(map(len, text.splitlines())) > _MAX_LINE:
        raise Refused("file-damaged", detail=f"a line of more than {_MAX_LINE} characters")
    if named := _SEPARATOR.match(text):
        text, delimiter = text[named.end() :], named[1]
    else:
        delimiter = _delimiter(text)
    rows: list[list[object]] = []
    extent = Extent()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            while row and not row[-1]:
                row.pop()
            if row:
                extent.add(len(rows), len(row) - 1)
            rows.append([_shown(cell) if cell.startswith("=") else cell for cell in row])
    except csv.Error as error:
        raise Refused("file-damaged", detail=str(error)) from None
    del rows[extent.rows :]
    return Grid([row + [""] * (extent.columns - len(row)) for row in rows], delimiter)


def _shown(cell: str) -> str:
    """What Excel shows for ="15", which keeps a text a text: 15."""
    found = _QUOTED_FORMULA.fullmatch(cell.strip())
    return found[1].replace('""', '"') if found else cell


def _delimiter(text: str) -> str:
    """The delimiter that gives the most rows of one same width. Raises Refused (file-no-table)."""
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
        raise Refused("file-no-table")
    return delimiter
