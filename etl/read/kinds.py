"""What a file is that this room does not open, told by its content: its filer hears what to do.

Signatures: the formats' own specifications ([MS-XLS] 2.4.21 and its forerunners for BOF records,
[MS-SHLLINK] 2.1, RFC 2557 for MHTML) and files written by the programs named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from etl.read.refusal import Refused

_BEGINNING = 1 << 16
_END_OF_ZIP, _LONGEST_END = b"PK\x05\x06", 22 + 0xFFFF
_OLD, _OTHER, _ARCHIVE = "file-old-format", "file-not-spreadsheet", "file-archive"
_WEB, _SHORTCUT, _MAIL = "file-web-page", "file-shortcut", "file-email"
_TEMPORARY, _WORD = "file-temporary", "file-word-old"
_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), rule, kind)
    for pattern, rule, kind in (
        (rb"%PDF-", "file-pdf", "pdf"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0{4}", _OTHER, "image"),
        (rb"RIFF.{4}WEBP|.{4}ftyp(?:hei|mif1|avif)", _OTHER, "image"),
        (rb"\{\\rtf", _WORD, "rtf"),
        (rb"SQLite format 3\0|\0\x01\0\0Standard ", _OTHER, "database"),
        (rb"Rar!\x1a", _ARCHIVE, "rar"),
        (rb"7z\xbc\xaf", _ARCHIVE, "7z"),
        (rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ|MSCF\0|PK\x07\x08|.{257}ustar", _ARCHIVE, "archive"),
        (rb"L\0\0\0\x01\x14\x02\0", _SHORTCUT, "lnk"),
        (rb"\0\0\x02\0[\x04\x06]\x04|\0\0\x1a\0\0\x10\x04\0", _OLD, "Lotus 1-2-3"),
        (rb"\x09[\x00\x02\x04\x08][\x04-\x10]\0", _OLD, "Excel"),
        (rb"\0\x05\x16\x07", _TEMPORARY, "macos"),
        (rb"[\x01-\x36][^\0]{54}.{110}\Z", _TEMPORARY, "Excel"),  # who has a workbook open
    )
)
_OLD_BOF = re.compile(rb"\x09[\x00\x02\x04]")
_TEXTS = (
    (re.compile(rb"\[(?:internetshortcut|desktop entry)\]"), _SHORTCUT, "url"),
    (re.compile(rb"id;p.*?\n[bcfop];", re.DOTALL), _OLD, "SYLK"),
    (re.compile(rb"table\r?\n0,1\r?\n"), _OLD, "DIF"),
)
_LINKS = ("gsheet", "gdoc", "gslides", "url", "lnk", "webloc", "desktop")
_LINK_KEYS = {"url", "doc_id", "resource_id"}
_TEMPORARY_NAMES = ("~$", ".~lock.", "._")
# groups are repeated in atomic ones, for as possessive repeats Python before 3.11.5 misreads them
_HEADERS = re.compile(rb"(?>(?:[!-9;-~]++:[^\n]*+\n(?>(?:[ \t][^\n]*+\n)*))+)\r?\n")
_MIME = re.compile(rb"^(?:mime-version|received|message-id):", re.MULTILINE)
_LETTER = re.compile(rb"^(?:received|message-id|return-path|delivered-to|to):", re.MULTILINE)
_PROLOG = re.compile(rb"(?>(?:\s++|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*+>)*)", re.DOTALL)
_TAG = re.compile(rb"<\s*(?:[a-z][\w.-]*+:)?([a-z][\w.-]*+)")
_PAGE = re.compile(rb"<\s*(?:!doctype html|html|table|tr|td)[\s>]")
_PAGE_TAGS = frozenset(
    b"html head title meta link style script body div span p center font b br h1 h2 h3 form"
    b" frameset table thead tbody tr th td".split()
)
_OFFICE_FOLDERS = {"word": "docx", "ppt": "pptx", "visio": "vsdx"}


def refuse_foreign(data: bytes, name: str) -> None:
    """Refuse what is neither a zip nor an OLE file, and no text of rows and columns.

    Raises Refused, with what it is as `kind`: file-web-page, file-xml-spreadsheet, file-flat-ods,
    file-shortcut, file-archive, file-old-format, file-email, file-incomplete, file-temporary,
    file-no-table, file-not-spreadsheet.
    """
    if name.startswith(_TEMPORARY_NAMES):
        raise Refused(_TEMPORARY)
    if data and not data.strip(b"\0"):
        raise Refused("file-incomplete")
    for signature, rule, kind in _SIGNATURES:
        if signature.match(data):
            raise Refused(rule, kind=kind)
    if name.lower().endswith(".prn") and not re.search(rb"[;\t]", data):
        raise Refused("file-no-table")  # Excel's, whose columns spaces part: a comma is of a figure
    # Without its NULs, UTF-16 shows the same marks.
    text = data[:_BEGINNING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    _refuse_text(text)
    _refuse_link(data, text, name.rpartition(".")[2].strip().lower())


def _refuse_text(text: bytes) -> None:
    """By its beginning, in lower case."""
    for pattern, rule, kind in _TEXTS:
        if pattern.match(text):
            raise Refused(rule, kind=kind)
    headers = _HEADERS.match(text)
    if headers and _MIME.search(headers[0]):
        raise Refused(_MAIL if _LETTER.search(headers[0]) else _WEB, kind="mhtml")
    if text.startswith(b"<"):
        raise _markup(text)
    if _PAGE.search(text):  # a web program's own words stand before it
        raise Refused(_WEB, kind="html")


def _markup(text: bytes) -> Refused:
    prolog = _PROLOG.match(text)
    root = _TAG.match(text, prolog.end() if prolog else 0)
    tag = root[1] if root else b""
    if tag in _PAGE_TAGS:
        return Refused(_WEB, kind="html")
    if tag == b"workbook" or b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        return Refused("file-xml-spreadsheet", kind="xml")
    if tag == b"document" and b"opendocument.spreadsheet" in text:
        return Refused("file-flat-ods", kind="fods")
    if tag == b"plist" and b"<key>url</key>" in text:
        return Refused(_SHORTCUT, kind="webloc")
    is_page = _PAGE.search(text)
    return Refused(_WEB, kind="html") if is_page else Refused(_OTHER, kind="xml")


def _refuse_link(data: bytes, text: bytes, extension: str) -> None:
    """A link to a document elsewhere, as Google Drive keeps them: JSON, and other JSON."""
    if extension in _LINKS:
        raise Refused(_SHORTCUT, kind=extension)
    if not text.startswith((b"{", b"[")):
        return
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    is_link = isinstance(value, dict) and _LINK_KEYS & value.keys()
    raise Refused(_SHORTCUT if is_link else _OTHER, kind="json")


def refuse_cut_off(data: bytes) -> None:
    """Refuse a zip without the directory that stands at its end. Raises Refused."""
    if data.rfind(_END_OF_ZIP, max(0, len(data) - _LONGEST_END)) < 0:
        raise Refused("file-incomplete")


def foreign_zip(names: Collection[str], mimetype: bytes) -> Refused:
    """Why a zip is refused that is no xlsx or ods file; by its parts and its `mimetype` part."""
    if not names:
        return Refused("file-empty")
    if "xl/workbook.bin" in names:
        return Refused("file-xlsb", kind="xlsb")
    if any(name.endswith(".iwa") or ".numbers/" in name for name in names):
        return Refused("file-numbers", kind="numbers")
    if mimetype.startswith(b"application/vnd.sun.xml.calc"):
        return Refused(_OLD, kind="OpenOffice.org 1")
    folders = {name.partition("/")[0] for name in names}
    kind = next((kind for folder, kind in _OFFICE_FOLDERS.items() if folder in folders), "")
    if kind or mimetype or "[content_types].xml" in names:
        return Refused(_OTHER, kind=kind or "document")
    return Refused(_ARCHIVE, kind="zip")


def foreign_compound(names: Collection[str]) -> Refused:
    """Why an OLE file without a workbook is refused; by the names of its streams."""
    if "__properties_version1.0" in names:
        return Refused(_MAIL, kind="msg")
    return Refused(_WORD, kind="doc") if "worddocument" in names else Refused(_OTHER, kind="ole")


def refuse_old_workbook(stream: bytes) -> None:
    """Refuse a workbook stream of Excel 2, 3 or 4. Raises Refused."""
    if _OLD_BOF.match(stream):
        raise Refused(_OLD, kind="Excel")
