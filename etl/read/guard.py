"""A cheap look into a container before the fast reader sees it.

The reader builds a dense grid up to the last value, so one value in XFD1048576 would take the
machine's memory. Nothing here builds anything: parts are unpacked once, never beyond their
declared size, searched as bytes and handed on as they were seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from etl.read import ods, xlsx
from etl.read.compound import Compound
from etl.read.container import Packer, Part, directory, inflate, looks_like_xml
from etl.read.refusal import Extent, Refused
from etl.read.xls import XlsBook

Run = tuple[int, int]  # where a run of plain rows or texts begins and ends
_XML_NAMES = (".xml", ".rels", ".vml")
_UNOPENED = ("xl/theme/", "docprops/")  # parts that nothing here looks into, and no reader gets
_MIMETYPE, _MANIFEST = "mimetype", "meta-inf/manifest.xml"
_MACRO_NAMES = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")
_OTHER_KINDS = {"xl": "xlsb", "word": "docx", "ppt": "pptx"}
_MACRO_TYPES = (b"vbaProject", b"macrosheet")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# Rows as office programs write them: every cell says where it is, not beyond column ZZ or row
# 9 999, and holds nothing but a formula and a value, of ASCII that needs no escape. Shared texts
# likewise, of any letters: decoding them is left to the reader.
_ATTRIBUTES = rb"""(?: [A-Za-z][\w:]*+="[ !#-%'-;=?-~]*+")*+"""
_VALUE = rb"[ -%'-;=?-~]*+"
_FORMULA = rb"(?:<f" + _ATTRIBUTES + rb"(?:/>|>" + _VALUE + rb"</f>))?+"
_CONTENT = rb"(?:/>|>" + _FORMULA + rb"(?:<v>" + _VALUE + rb"</v>)?+</c>)"
_CELLS = rb'(?:<c r="[A-Z]{1,2}+\d{1,4}+"(?: s="\d++")?+(?: t="[a-z]++")?+' + _CONTENT + rb")*+"
_PLAIN_ROWS = re.compile(rb"(?:<row" + _ATTRIBUTES + rb"(?:/>|>" + _CELLS + rb"</row>))++")
_PLAIN_TEXTS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?+>[^<>&]*+</t></si>)++')
# Cells whose position is not written `<c r="A1"`, so that a search of bytes cannot tell it; cells
# that hold more than a format; and those of them beyond column ZZ or row 9 999.
_ODD = re.compile(rb'<c(?=[\s/>])(?! r="[A-Za-z]+\d)')
_HOLDS = rb"""[^"<>]*+"(?:[^"'<>/]++|"[^"<]*+"|'[^'<]*+')*+(?!/>|>\s*</c>)"""
_FILLED = re.compile(rb'<c r="([A-Za-z]+)(\d+)' + _HOLDS)
_FAR = re.compile(rb'<c r="(?:[A-Za-z]{3,}\d|[A-Za-z]+\d{5})' + _HOLDS)
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


def inspect_zip(data: bytes) -> tuple[Seen, bytes]:
    """Inspect an xlsx or ods file; also a zip of the parts looked into, all that a reader may see.

    Raises Refused: file-damaged, file-bomb, file-encrypted, file-macro, file-entity,
    file-not-spreadsheet, file-too-wide.
    """
    parts = directory(data)
    kind = _kind(data, parts)
    unreadable = set()
    percent = False
    packer = Packer(data)
    for part, xml in _xml_parts(data, parts):
        name = part.name
        _check_part(name, xml)
        packer.add(part, xml)
        if name == "content.xml":
            found, percent = ods.check_extents(xml)
            unreadable |= {name} if found else set()
        elif b"sheetData" in xml:
            unreadable |= {name} if _check_sheet(name, xml) else set()
        elif name == "xl/sharedstrings.xml":
            _check_form(name, xml, _plain_run(_PLAIN_TEXTS, b"<si>", xml))
        elif name == "xl/styles.xml":
            percent = _may_show_percent(xml)
    if kind == "ods":
        packer.add(parts[_MIMETYPE], inflate(data, parts[_MIMETYPE]))
    return Seen(kind, frozenset(unreadable), percent), packer.packed()


def inspect_ole(data: bytes) -> Seen:
    """Inspect an xls file.

    Raises Refused: file-damaged, file-encrypted, file-macro, file-not-spreadsheet, file-too-wide.
    """
    book = XlsBook(Compound(data))
    unreadable = frozenset({"workbook"} if book.check_extents() else ())
    return Seen("xls", unreadable, bool(book.percent_formats))


def _kind(data: bytes, parts: dict[str, Part]) -> str:
    names = parts.keys()
    for name in names:
        if name.endswith(_MACRO_NAMES[0]) or name.startswith(_MACRO_NAMES[1:]):
            raise Refused("file-macro", part=name)
    if "xl/workbook.xml" in names and not names & {"xl/workbook.bin", "content.xml"}:
        return "xlsx"
    if _MIMETYPE in names and inflate(data, parts[_MIMETYPE]).startswith(_ODS_TYPE):
        if _MANIFEST in names and b"encryption-data" in inflate(data, parts[_MANIFEST]):
            raise Refused("file-encrypted")
        if "content.xml" not in names:
            raise Refused("file-damaged", detail="content.xml is missing")
        return "ods"
    if any(name.startswith("xl/") for name in names) and "xl/workbook.bin" not in names:
        raise Refused("file-damaged", detail="xl/workbook.xml is missing")
    folders = {name.partition("/")[0] for name in names}
    found = (kind for folder, kind in _OTHER_KINDS.items() if folder in folders)
    raise Refused("file-not-spreadsheet", kind=next(found, "zip"))


def _xml_parts(data: bytes, parts: dict[str, Part]) -> Iterator[tuple[Part, bytes]]:
    for name, part in parts.items():
        if name.startswith(_UNOPENED):
            continue
        if name.endswith(_XML_NAMES) or looks_like_xml(data, part):
            yield part, inflate(data, part)


def _check_part(name: str, xml: bytes) -> None:
    if b"\0" in xml:
        raise Refused("file-damaged", detail=f"{name[:80]}: NUL bytes")
    if b"!" in xml and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
        raise Refused("file-entity", part=name)
    if name == "[content_types].xml" and any(kind in xml for kind in _MACRO_TYPES):
        raise Refused("file-macro", part=name)


def _plain_run(plain: re.Pattern[bytes], first: bytes, xml: bytes) -> Run:
    start = xml.find(first)
    found = plain.match(xml, start) if start >= 0 else None
    return found.span() if found else (len(xml), len(xml))


def _check_form(name: str, xml: bytes, run: Run) -> None:
    """Refuse XML that is not well formed: the fast reader would pass over what it cannot read.

    A run of plain rows or texts is whole by itself, and cannot end a comment or the like. An empty
    element stands for it, which is refused wherever a run would be, as in an attribute.
    """
    parser = expat.ParserCreate()
    start, end = run
    try:
        parser.Parse(memoryview(xml)[:start])
        parser.Parse(b"<run/>" if start < end else b"")
        parser.Parse(memoryview(xml)[end:], True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter of its encoding
        what = str(error).partition(":")[0]  # its line and column are those of what was left
        raise Refused("file-damaged", detail=f"{name[:80]}: {what}") from None


def _check_sheet(name: str, xml: bytes) -> bool:
    """Refuse a sheet that is not well formed or reaches too far; else whether it has errors or
    formulas to compute."""
    start, end = run = _plain_run(_PLAIN_ROWS, b"<row", xml)
    _check_form(name, xml, run)
    odd = b"<sheetData" not in xml or _ODD.search(xml, 0, start) or _ODD.search(xml, end)
    extent = Extent()
    if odd:
        unreadable = False
        for cell in xlsx.iter_cells(xml):
            if cell.text or cell.formula is not None:
                extent.add(cell.row, cell.column)
            unreadable |= cell.type == "e" or cell.lacks_result
        return unreadable
    if _FAR.search(xml, 0, start) or _FAR.search(xml, end):
        for letters, digits in (match.groups() for match in _FILLED.finditer(xml)):
            extent.add(int(digits[:9]) - 1, xlsx.column_number(letters[:9].decode()))
    return b't="e"' in xml or (b"<f" in xml and any(p.search(xml) for p in _NO_RESULT))


def _may_show_percent(styles: bytes) -> bool:
    first, last = styles.find(b"<cellXfs"), styles.find(b"</cellXfs>")
    used = styles[first:last] if 0 <= first < last else styles
    custom = re.findall(rb'numFmtId="(\d+)" formatCode="[^"]*%', styles)
    return any(b'numFmtId="%b"' % number in used for number in (b"9", b"10", *custom))
