"""The registry of kinds, a sound workbook to damage, and the tools to do it with."""

import zipfile
from collections.abc import Callable, Collection, Mapping
from functools import cache
from io import BytesIO
from typing import NamedTuple

import xlsxwriter

Built = tuple[str, bytes]
Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
SST = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>%s</t></si></sst>"
)


class Damage(NamedTuple):
    """One kind: what it is, how to build it, and the rule it is refused with (None: readable)."""

    description: str
    build: Callable[[], Built]
    rule: str | None


DAMAGE: dict[str, Damage] = {}


def damaged(
    description: str, rule: str | None
) -> Callable[[Callable[[], Built]], Callable[[], Built]]:
    """Register a builder under its own name."""

    def register(build: Callable[[], Built]) -> Callable[[], Built]:
        DAMAGE[build.__name__] = Damage(description, build, rule)
        return build

    return register


@cache
def sound() -> bytes:
    """A small sound workbook: a title, a header, two communes."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Biểu 1")
        sheet.merge_range(0, 0, 0, 2, "BIỂU SỐ LIỆU")
        rows = (
            ("TT", "Đơn vị", "Tổng số hộ"),
            (1, "Xã Kim Hỷ", 415),
            (2, "Xã Văn Lang", 630),
        )
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
    return target.getvalue()


@cache
def sound_parts() -> Mapping[str, bytes]:
    """What the sound workbook holds, by name."""
    with zipfile.ZipFile(BytesIO(sound())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts, in their order."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def change(changed: Mapping[str, bytes], without: Collection[str] = ()) -> bytes:
    """The sound workbook with parts replaced or added, and others left out."""
    parts = {**sound_parts(), **changed}
    return pack({name: content for name, content in parts.items() if name not in without})


def replace(part: str, old: bytes, new: bytes) -> bytes:
    """The sound workbook with some bytes of one part replaced."""
    content = sound_parts()[part]
    assert old in content
    return change({part: content.replace(old, new)})


def with_rows(rows: bytes, dimension: bytes = b"A1") -> bytes:
    """The sound workbook with other rows on its sheet."""
    return change({SHEET: sheet_xml(rows, dimension)})


def sheet_xml(rows: bytes, dimension: bytes = b"A1") -> bytes:
    """A worksheet part holding the rows."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats'
        b'.org/spreadsheetml/2006/main"><dimension ref="'
        + dimension
        + b'"/><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def number_row(reference: str, value: str, attributes: str = "") -> bytes:
    """A row with one number cell: number_row("B7", "1.5")."""
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<c r="{reference}"{attributes}><v>{value}</v></c>'
    return f'<row r="{digits}">{cell}</row>'.encode()


def ods(rows: str, *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    """A LibreOffice workbook whose one sheet holds the rows (prefixes as LibreOffice has them)."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    calcext = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    content = (
        f'<office:document-content {spaces} xmlns:calcext="{calcext}"><office:body>'
        f'<office:spreadsheet><table:table table:name="Biểu 1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack(
        {
            "mimetype": mimetype.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}"/>'.encode(),
        }
    )
