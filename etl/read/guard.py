"""A cheap look into a container before the fast reader sees it.

The reader builds a dense grid up to the last value, so one value in XFD1048576 would take the
machine's memory. Nothing here builds anything: parts are unpacked once, never beyond their
declared size, searched as bytes and handed on as they were seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from etl.read import ods
from etl.read.compound import Compound
from etl.read.container import Packer, Part, directory, inflate, looks_like_xml, pack_anew
from etl.read.kinds import foreign_zip, refuse_cut_off
from etl.read.ods import canonical as canonical_ods
from etl.read.ods.styles import OdsStyles
from etl.read.refusal import Refused
from etl.read.xls import XlsBook
from etl.read.xlsx import canonical, fresh
from etl.read.xlsx import page_parts as xlsx_page
from etl.read.xlsx.page import Page
from etl.read.xlsx.plain_rows import Run, rows_run, texts_run
from etl.read.xlsx.styles import NO_STYLES, styles_of
from etl.read.xlsx.well_formed import check_form, check_sheet

_STYLES, _TEXTS, _APP = "xl/styles.xml", "xl/sharedstrings.xml", "docprops/app.xml"
_XML_NAMES = (".xml", ".rels", ".vml")
_UNOPENED = ("xl/theme/", "docprops/")  # parts that nothing here looks into, and no reader gets
_TYPES, _SHEET_MAIN = "[content_types].xml", b"spreadsheetml.sheet.main"
_WORD_MAIN = b"wordprocessingml.document.main"
_MIMETYPE, _MANIFEST = "mimetype", "meta-inf/manifest.xml"
_MACRO_NAMES = ("vbaproject.bin", "xl/macrosheets/", "basic/", "scripts/")
_MACRO_TYPES = (b"vbaProject", b"macrosheet")
_NO_ZEROS = re.compile(rb'config:name="ShowZeroValues"[^<>]*>\s*false')
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class Seen(NamedTuple):
    """What a container is, and what a second look could show beyond the fast reader.

    kind: `xlsx`, `ods`, `docx` or `xls`. has_unreadable: whether a cell holds an error or a formula
    without a result. is_plain: whether every number and text is shown as it is stored.
    is_calculated: whether stored results of formulas can be believed. values: how many cells of an
    xlsx end with a value, as all do in most files. pages: of the sheets that hide or print
    something, by their number. lines, merged: of ods (see ods.Content).
    """

    kind: str
    has_unreadable: bool
    is_plain: bool
    is_calculated: bool = True
    pages: Mapping[int, Page] = {}
    lines: Mapping[int, Mapping[tuple[int, int], str]] = {}
    merged: Mapping[int, list[tuple[tuple[int, int], tuple[int, int]]]] = {}
    values: int = 0


def inspect_zip(data: bytes) -> tuple[Seen, bytes]:
    """Inspect an xlsx, ods or docx file; also a zip of the parts looked into, all that a reader
    may see, in the shape that the reader knows.

    Raises Refused: file-damaged, file-incomplete, file-bomb, file-encrypted, file-macro,
    file-entity, file-too-wide; those of kinds.foreign_zip.
    """
    refuse_cut_off(data)
    parts = directory(data)
    kind = _kind(data, parts)
    contents: dict[str, bytes] = {}
    packer = Packer(data)
    is_usual = True
    for part, xml in _xml_parts(data, parts):
        contents[part.name] = text = canonical.as_utf8(xml)
        is_usual &= text is xml
        _check_part(part.name, text)
        packer.add(part, xml)
    if kind == "docx":
        return Seen("docx", False, True), (packer if is_usual else pack_anew(contents)).packed()
    if kind == "ods":
        mimetype = inflate(data, parts[_MIMETYPE])
        packer.add(parts[_MIMETYPE], mimetype)
        if not (is_usual and canonical_ods.is_usual_ods(contents["content.xml"])):
            contents["content.xml"] = canonical_ods.rewritten_ods(contents["content.xml"])
            packer = pack_anew({_MIMETYPE: mimetype, **contents})
        return _seen_ods(contents), packer.packed()
    runs = _runs(contents)
    if not (is_usual and canonical.is_usual_package(contents, runs)):
        contents = canonical.rewritten_xlsx(contents)
        runs = _runs(contents)
        packer = pack_anew(contents)
    return _seen_xlsx(contents, runs, lambda: _inflated(data, parts, _APP)), packer.packed()


def _runs(contents: Mapping[str, bytes]) -> dict[str, Run]:
    """Of each sheet and of the shared texts, where plain rows or texts begin and end."""
    runs = {name: rows_run(xml) for name, xml in contents.items() if b"sheetData" in xml}
    return runs | ({_TEXTS: texts_run(contents[_TEXTS])} if _TEXTS in contents else {})


def _seen_xlsx(
    contents: Mapping[str, bytes], runs: dict[str, Run], app: Callable[[], bytes]
) -> Seen:
    unreadable = formulas = in_pieces = False
    odd_pages = []
    values = 0
    for name, run in runs.items():
        xml = contents[name]
        in_pieces |= b"rPr" in xml[: run[0]] or b"rPr" in xml[run[1] :]
        if name == _TEXTS:
            check_form(name, xml, run)
            continue
        values += xml.count(b"</v></c>")
        facts = check_sheet(name, xml, run)
        unreadable |= facts.is_unreadable
        formulas |= facts.has_formulas
        if xlsx_page.may_be_odd(xml, run) or xlsx_page.has_threads(contents, name):
            odd_pages.append(name)
    styles = styles_of(contents[_STYLES]) if _STYLES in contents else NO_STYLES
    workbook = contents.get(canonical.WORKBOOK, b"")
    calculated = not formulas or fresh.is_calculated(workbook, app())
    pages = xlsx_page.pages(contents, odd_pages, styles) if odd_pages else {}
    is_plain = not formulas and not in_pieces and styles.is_plain
    is_plain &= all(page.is_plain for page in pages.values())
    return Seen("xlsx", unreadable, is_plain, calculated, pages, values=values)


def _seen_ods(contents: Mapping[str, bytes]) -> Seen:
    found = ods.inspect(contents["content.xml"])
    about = contents.get("styles.xml", b"")
    styles = OdsStyles(filter(None, (contents["content.xml"], about)))
    columns = {style for _last, style in ods.column_styles(contents["content.xml"])}
    is_plain = all(styles.is_plain(name) for name in found.styles | columns)
    is_plain &= not found.has_percentages and not found.pieces
    calculated = not found.has_formulas or fresh.is_calculating_office(
        contents.get("meta.xml", b"")
    )
    settings = contents.get("settings.xml", b"")
    pages = ods.pages(contents["content.xml"], about, settings, styles)
    shows_zeros = not _NO_ZEROS.search(settings)
    pages = {
        number: page._replace(
            shows_zeros=shows_zeros, comments=tuple(found.comments.get(number, ()))
        )
        for number, page in pages.items()
    }
    is_plain &= not found.has_formulas and all(page.is_plain for page in pages.values())
    return Seen("ods", found.has_unreadable, is_plain, calculated, pages, found.lines,
                found.merged)  # fmt: skip


def inspect_ole(data: bytes) -> Seen:
    """Inspect an xls file.

    Raises Refused: file-damaged, file-encrypted, file-macro, file-email, file-old-format,
    file-not-spreadsheet, file-too-wide.
    """
    book = XlsBook(Compound(data))
    unreadable = book.check_extents()
    pages = {sheet: book.page(sheet) for sheet in range(book.sheets)}
    is_plain = book.is_plain and all(page.is_plain for page in pages.values())
    return Seen("xls", unreadable, is_plain, pages=pages)


def _kind(data: bytes, parts: dict[str, Part]) -> str:
    names = parts.keys()
    for name in names:
        if name.endswith(_MACRO_NAMES[0]) or name.startswith(_MACRO_NAMES[1:]):
            raise Refused("file-macro", part=name)
    if "xl/workbook.xml" in names and not names & {"xl/workbook.bin", "content.xml"}:
        return "xlsx"
    mimetype = inflate(data, parts[_MIMETYPE]) if _MIMETYPE in names else b""
    if mimetype.startswith(_ODS_TYPE):
        if _MANIFEST in names and b"encryption-data" in inflate(data, parts[_MANIFEST]):
            raise Refused("file-encrypted")
        if "content.xml" not in names:
            raise Refused("file-damaged", detail="content.xml is missing")
        return "ods"
    if "xl/workbook.bin" not in names and _SHEET_MAIN in canonical.spelled_out(
        _inflated(data, parts, _TYPES)
    ):
        return "xlsx"  # its workbook has another name
    if "word/document.xml" in names or _WORD_MAIN in canonical.spelled_out(
        _inflated(data, parts, _TYPES)
    ):
        return "docx"
    if any(name.startswith("xl/") for name in names) and "xl/workbook.bin" not in names:
        raise Refused("file-damaged", detail="xl/workbook.xml is missing")
    raise foreign_zip(names, mimetype)


def _inflated(data: bytes, parts: dict[str, Part], name: str) -> bytes:
    return canonical.as_utf8(inflate(data, parts[name])) if name in parts else b""


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
    if name == _TYPES and any(kind in canonical.spelled_out(xml) for kind in _MACRO_TYPES):
        raise Refused("file-macro", part=name)
