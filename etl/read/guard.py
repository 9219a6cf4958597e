"""A cheap look into a container before the fast reader sees it.

The reader builds a dense grid up to the last value, so one value in XFD1048576 would take the
machine's memory. Nothing here builds anything: parts are unpacked once, never beyond their
declared size, and searched as bytes.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from etl.read import ods, xlsx
from etl.read.compound import Compound
from etl.read.refusal import MAX_ENTRIES, MAX_UNPACKED_BYTES, Extent, Refused
from etl.read.xls import XlsBook

_LOCAL = struct.Struct("<26xHH")
_XML_NAMES = (".xml", ".rels", ".vml")
_UNOPENED = ("xl/theme/", "docprops/")  # parts that nothing here, and no reader, looks into
_MANIFEST = "meta-inf/manifest.xml"
_MACRO_NAMES = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")
_OTHER_KINDS = {"xl": "xlsb", "word": "docx", "ppt": "pptx"}
_MACRO_TYPES = (b"vbaProject", b"macrosheet")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# Cells whose position is not written `<c r="A1"`, so that a search of bytes cannot tell it; cells
# that hold more than a format; and those of them beyond column ZZ or row 9 999.
_ODD = rb'(?=[\s/>])(?! r="[A-Za-z]+\d)'
_HOLDS = rb"""[^"<>]*+"(?:[^"'<>/]++|"[^"<]*+"|'[^'<]*+')*+(?!/>|>\s*</c>)"""
_FILLED = re.compile(rb'<c r="([A-Za-z]+)(\d+)' + _HOLDS)
_FAR = rb' r="(?:[A-Za-z]{3,}\d|[A-Za-z]+\d{5})' + _HOLDS
_ODD_OR_FAR = re.compile(rb"<c(?:" + _ODD + rb"|" + _FAR + rb")")
_NO_RESULT = (
    re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
    re.compile(rb"<f[^<>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
)


class Seen(NamedTuple):
    """What a container is, and whether a second look could show more than the fast reader.

    kind: `xlsx`, `ods` or `xls`. unreadable: parts (xlsx) that hold an Excel error or a formula
    without a stored result, by name in lower case; for ods and xls any name if there is one.
    percent: whether a cell may be formatted as a percentage.
    """

    kind: str
    unreadable: frozenset[str]
    percent: bool


class _Part(NamedTuple):
    name: str
    info: zipfile.ZipInfo
    offset: int


def inspect_zip(data: bytes) -> Seen:
    """Inspect an xlsx or ods file.

    Raises Refused: file-damaged, file-bomb, file-encrypted, file-macro, file-entity,
    file-not-spreadsheet, file-too-wide.
    """
    parts = _directory(data)
    kind = _kind(data, parts)
    unreadable = set()
    percent = False
    for name, xml in _xml_parts(data, parts):
        _check_part(name, xml)
        if name == "content.xml":
            found, percent = ods.check_extents(xml)
            unreadable |= {name} if found else set()
        elif b"sheetData" in xml:
            _check_form(name, xml)
            unreadable |= {name} if _check_sheet(xml) else set()
        elif name == "xl/sharedstrings.xml":
            _check_form(name, xml)
        elif name == "xl/styles.xml":
            percent = _may_show_percent(xml)
    return Seen(kind, frozenset(unreadable), percent)


def inspect_ole(data: bytes) -> Seen:
    """Inspect an xls file.

    Raises Refused: file-damaged, file-encrypted, file-macro, file-not-spreadsheet, file-too-wide.
    """
    book = XlsBook(Compound(data))
    unreadable = frozenset({"workbook"} if book.check_extents() else ())
    return Seen("xls", unreadable, bool(book.percent_formats))


def unpack(data: bytes, wanted: frozenset[str]) -> dict[str, bytes]:
    """The named parts (lower case) of an inspected zip, those that are there.

    Raises Refused (file-damaged, file-bomb).
    """
    parts = _directory(data)
    return {name: _inflate(data, part) for name, part in parts.items() if name in wanted}


def _directory(data: bytes) -> dict[str, _Part]:
    """Parts by lower-case name, in the order of their bytes, after what the directory tells."""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise Refused("file-bomb", detail=f"more than {MAX_ENTRIES} parts")
    try:
        infos = zipfile.ZipFile(io.BytesIO(data), metadata_encoding="latin-1").infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise Refused("file-damaged", detail=str(error)) from None
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise Refused("file-bomb", detail=f"more than {MAX_UNPACKED_BYTES // 10**6} MB unpacked")
    parts: dict[str, _Part] = {}
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        name = info.filename.replace("\\", "/").lower()
        if info.flag_bits & 1:
            raise Refused("file-encrypted")
        _check_entry(name, info, name in parts)
        parts[name] = _Part(name, info, _content_offset(data, info))
        if info.header_offset < end:
            raise Refused("file-bomb", detail="parts overlap")
        end = parts[name].offset + info.compress_size
    return parts


def _check_entry(name: str, info: zipfile.ZipInfo, again: bool) -> None:
    if again:
        raise Refused("file-damaged", detail=f"two parts named {name[:80]}")
    if ".." in name.split("/") or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("file-damaged", detail=f"part outside the workbook: {name[:80]!r}")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("file-damaged", detail=f"compression method {info.compress_type}")


def _content_offset(data: bytes, info: zipfile.ZipInfo) -> int:
    at = info.header_offset
    if at < 0 or data[at : at + 4] != b"PK\x03\x04" or at + 30 > len(data):
        raise Refused("file-damaged", detail="a part is not where the directory says")
    name, extra = _LOCAL.unpack_from(data, at)
    return at + 30 + int(name) + int(extra)


def _kind(data: bytes, parts: dict[str, _Part]) -> str:
    names = parts.keys()
    for name in names:
        if name.endswith(_MACRO_NAMES[0]) or name.startswith(_MACRO_NAMES[1:]):
            raise Refused("file-macro", part=name)
    if "xl/workbook.xml" in names and not names & {"xl/workbook.bin", "content.xml"}:
        return "xlsx"
    if "mimetype" in names and _inflate(data, parts["mimetype"]).startswith(_ODS_TYPE):
        if _MANIFEST in names and b"encryption-data" in _inflate(data, parts[_MANIFEST]):
            raise Refused("file-encrypted")
        if "content.xml" not in names:
            raise Refused("file-damaged", detail="content.xml is missing")
        return "ods"
    if any(name.startswith("xl/") for name in names) and "xl/workbook.bin" not in names:
        raise Refused("file-damaged", detail="xl/workbook.xml is missing")
    folders = {name.partition("/")[0] for name in names}
    found = (kind for folder, kind in _OTHER_KINDS.items() if folder in folders)
    raise Refused("file-not-spreadsheet", kind=next(found, "zip"))


def _xml_parts(data: bytes, parts: dict[str, _Part]) -> Iterator[tuple[str, bytes]]:
    for name, part in parts.items():
        if name.startswith(_UNOPENED):
            continue
        if name.endswith(_XML_NAMES) or _looks_like_xml(data, part):
            yield name, _inflate(data, part)


def _looks_like_xml(data: bytes, part: _Part) -> bool:
    """Whether a part with another name (a picture, printer settings) begins like XML."""
    packed = data[part.offset : part.offset + min(part.info.compress_size, 512)]
    if part.info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            packed = zlib.decompressobj(-15).decompress(packed, 64)
        except zlib.error as error:
            raise Refused("file-damaged", detail=f"{part.name[:80]}: {error}") from None
    return packed.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _inflate(data: bytes, part: _Part) -> bytes:
    """The content of a part, never more than declared. Raises Refused (file-bomb, file-damaged)."""
    size = part.info.file_size
    content: bytes | memoryview = memoryview(data)[part.offset :][: part.info.compress_size]
    if part.info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(content, size + 1)
        except zlib.error as error:
            raise Refused("file-damaged", detail=f"{part.name[:80]}: {error}") from None
    if len(content) > size:
        raise Refused("file-bomb", detail=f"{part.name[:80]} unpacks to more than it declares")
    if len(content) < size or zlib.crc32(content) != part.info.CRC:
        raise Refused("file-damaged", detail=f"{part.name[:80]}: incomplete or wrong checksum")
    return bytes(content)


def _check_part(name: str, xml: bytes) -> None:
    if b"\0" in xml:
        raise Refused("file-damaged", detail=f"{name[:80]}: NUL bytes")
    if b"!" in xml and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
        raise Refused("file-entity", part=name)
    if name == "[content_types].xml" and any(kind in xml for kind in _MACRO_TYPES):
        raise Refused("file-macro", part=name)


def _check_form(name: str, xml: bytes) -> None:
    """Refuse XML that is not well formed: the fast reader would pass over what it cannot read.

    Where tags pair up as every office program writes them, that is not asked again.
    """
    if _pairs_up(xml):
        return
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        raise Refused("file-damaged", detail=f"{name[:80]}: {error}") from None


def _pairs_up(xml: bytes) -> bool:
    """Whether a sheet's values all stand in cells of their own, or shared texts in items, and
    every tag that opens closes: no single tag or bracket can be lost or added without a
    difference in these counts. Formatted texts and entities are left to the XML parser."""
    first = xml.find(b"<sheetData")
    body = xml[first : xml.rfind(b"</sheetData>")] if first >= 0 else xml
    count = body.count
    if count(b"<") != count(b">") or b"&" in body:
        return False
    if first < 0:
        texts = count(b"<t>") + count(b"<t ")
        return texts == count(b"</t>") == count(b"<si>") == count(b"</si>")
    values, cells, rows = count(b"<v>"), count(b"</c>"), count(b"</row>")
    return (
        values == count(b"</v>")
        and values + count(b"<is>") == cells
        and count(b"<c ") + count(b"<row ") == cells + rows + count(b"/>")
    )


def _check_sheet(xml: bytes) -> bool:
    """Refuse a sheet that reaches too far; else whether it has errors or formulas to compute."""
    found = _ODD_OR_FAR.search(xml)
    odd = b"<sheetData" not in xml or (found and re.search(b"<c" + _ODD, xml))
    extent = Extent()
    if odd:
        unreadable = False
        for cell in xlsx.iter_cells(xml):
            if cell.text or cell.formula is not None:
                extent.add(cell.row, cell.column)
            unreadable |= cell.type == "e" or cell.lacks_result
        return unreadable
    if found:
        for letters, digits in (match.groups() for match in _FILLED.finditer(xml)):
            extent.add(int(digits[:9]) - 1, xlsx.column_number(letters[:9].decode()))
    return b't="e"' in xml or (b"<f" in xml and any(p.search(xml) for p in _NO_RESULT))


def _may_show_percent(styles: bytes) -> bool:
    first, last = styles.find(b"<cellXfs"), styles.find(b"</cellXfs>")
    used = styles[first:last] if 0 <= first < last else styles
    custom = re.findall(rb'numFmtId="(\d+)" formatCode="[^"]*%', styles)
    return any(b'numFmtId="%b"' % number in used for number in (b"9", b"10", *custom))
