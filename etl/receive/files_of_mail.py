"""The files of a message: what may be a filing, and why anything else is none.

Door: `files_of`. Nothing here is run or written to disk. A file's kind is told by its name and its
first bytes; a spreadsheet is then read like any other, where macros are never run.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import NamedTuple

from etl.receive.file_names import name_of, safe_name
from etl.receive.unpack import Packed, unpack

log = logging.getLogger(__name__)
MAX_FILES = 50  # of one message
MAX_UNPACKED_MB = 100  # of all files of one message
_SHEETS = {"xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "ods", "ots", "fods", "csv", "tsv",
           "numbers", "et"}  # fmt: skip
_PAPERS = {"docx", "docm", "doc", "dot", "dotx", "rtf", "odt", "pdf", "jpg", "jpeg", "jfif", "png",
           "gif", "bmp", "tif", "tiff", "heic", "webp", "txt", "pptx", "ppt", "html", "htm", "mht",
           "mhtml", "xml", "xps"}  # fmt: skip
_ARCHIVES = {"rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "cab", "iso", "arj", "ace", "lzh", "z",
             "zipx"}  # fmt: skip
_WRAPPED = {"application/ms-tnef", "application/vnd.ms-tnef", "application/pkcs7-mime",
            "application/x-pkcs7-mime", "application/pgp-encrypted"}  # fmt: skip
_PROGRAM = re.compile(rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|L\0\0\0\x01\x14\x02\0")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_FILE = {"application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar",
            "application/pgp-signature", "text/vcard", "text/x-vcard", "application/ics",
            "message/delivery-status", "message/disposition-notification",
            "application/applefile"}  # fmt: skip
_SIGNS = {"p7s", "asc", "sig", "ics", "vcf"}  # the same under a type that says nothing
_ENCODED = {"base64", "quoted-printable"}
_CID = re.compile(rb"cid:([^\s\"'<>()]+)")


class MailFile(NamedTuple):
    """A file of a message; `rule` of expectations/reading.yaml says why it is no filing, "" where
    it may be one."""

    name: str
    content: bytes
    rule: str = ""


def files_of(message: Message) -> list[MailFile]:
    """The files of a message and of those forwarded in it, each under a name of its own.

    Where there is a spreadsheet, letters, scans and pictures beside it are what goes with it
    (`mail-beside`), not filings; without one they are taken, for the reader tells their filer more.
    Pictures in the text are none.
    """
    files: list[MailFile] = []
    left = MAX_UNPACKED_MB * 2**20
    for part, name in islice(_parts(message), MAX_FILES + 1):
        found = _of_any_part(part, name, left)
        left -= sum(len(each.content) for each in found)
        files += found
    if len(files) > MAX_FILES:  # the first of them stands for all
        files[MAX_FILES:] = [files[MAX_FILES]._replace(rule="mail-too-many")]
    has_sheet = any(not each.rule and _is_sheet(each) for each in files)
    names: set[str] = set()
    named = []
    for each in files:
        if has_sheet and not each.rule and not _is_sheet(each):
            each = each._replace(rule="mail-beside")
        named.append(each._replace(name=_another(each.name, names)))
    return named


def _parts(message: Message) -> Iterator[tuple[Message, str]]:
    """Every part that is a file, with its name; "" where it has none."""
    parts = list(_walk(message))
    shown = {
        number for part in parts if part.get_content_type() == "text/html"
        for number in _CID.findall(_content(part))
    }  # fmt: skip
    for part in parts:
        kind = part.get_content_type()
        if part.is_multipart() or kind in _NO_FILE:
            continue
        name = name_of(part)
        if _ending(name) in _SIGNS:
            continue
        disposition = part.get_content_disposition()
        if kind in ("text/plain", "text/html") and not name and disposition != "attachment":
            continue  # what is written in the message
        if kind.startswith("image/") and (
            disposition == "inline" or not name or _is_shown(part, shown)
        ):
            continue
        yield part, name


def _walk(message: Message) -> Iterator[Message]:
    """Every part, those of forwarded messages too."""
    if inside := _letter_in(message):
        yield from _walk(inside)
        return
    yield message
    if message.is_multipart():
        for part in message.get_payload():
            yield from _walk(part)  # type: ignore[arg-type]


def _letter_in(part: Message) -> Message | None:
    """A forwarded message that the parser did not open: encoded, which RFC 2046 forbids, or a file
    that is named .eml."""
    coded = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if part.get_content_type() == "message/rfc822" and coded in _ENCODED and part.is_multipart():
        inside = Message()
        inside["Content-Transfer-Encoding"] = coded
        inside.set_payload(part.get_payload(0).as_string())  # type: ignore[union-attr]
    elif not part.is_multipart() and _ending(name_of(part)) == "eml":
        inside = part
    else:
        return None
    letter: Message = message_from_bytes(_content(inside).lstrip(), policy=part.policy)
    return letter


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _is_shown(part: Message, shown: set[bytes]) -> bool:
    """Whether a page of the message shows the picture."""
    number = str(part.get("Content-ID", "")).strip().strip("<>")
    return number.encode("ascii", "replace") in shown


def _of_any_part(part: Message, name: str, left: int) -> list[MailFile]:
    """The files of a part; one that cannot be had costs no other."""
    try:
        return list(_of_part(part, name, left))
    except Exception:
        log.exception("a part of a message cannot be opened")
        return [MailFile(safe_name(name), b"", "mail-part-broken")]


def _of_part(part: Message, name: str, left: int) -> Iterator[MailFile]:
    content = _content(part)
    kind = part.get_content_type()
    if kind in _WRAPPED or name.lower() in ("winmail.dat", "win.dat", "smime.p7m"):
        yield MailFile(safe_name(name or "winmail.dat"), content, "mail-wrapped")
    elif _is_zip(name, content):
        yield from _unpacked(safe_name(name or "tep.zip"), content, left)
    else:
        yield _judged(safe_name(name), content, kind)


def _unpacked(name: str, content: bytes, left: int) -> Iterator[MailFile]:
    """The files in a zip; where it cannot be opened whole, the zip itself and why."""
    inside = unpack(content, MAX_FILES, max(left, 0))
    if isinstance(inside, str):
        yield MailFile(name, content, inside)
        return
    if not inside:
        yield MailFile(name, content, "mail-zip-empty")
    for packed in inside:
        yield _judged_packed(packed)


def _judged_packed(packed: Packed) -> MailFile:
    name = safe_name(packed.name)
    if _is_zip(name, packed.content):
        return MailFile(name, packed.content, "mail-archive")
    return _judged(name, packed.content, "")


def _judged(name: str, content: bytes, kind: str) -> MailFile:
    """A file, and why it is none that khoxa takes."""
    ending = _ending(name)
    if ending in _ARCHIVES:
        return MailFile(name, content, "mail-archive")
    is_known = ending in _SHEETS or ending in _PAPERS
    is_known |= not ending and (content.startswith((_ZIP, _OLE)) or kind == "text/csv")
    if not is_known or _PROGRAM.match(content):
        return MailFile(name, content, "mail-no-document")
    return MailFile(name, content)


def _is_sheet(file: MailFile) -> bool:
    return _ending(file.name) in _SHEETS or not _ending(file.name)


def _is_zip(name: str, content: bytes) -> bool:
    """Whether it is a zip by its name; or by its first bytes, where it has no name that says so and
    is none of the workbooks that are zips too."""
    is_packed = content.startswith((_ZIP, b"PK\x05\x06"))
    is_book = b"[Content_Types].xml" in content or content[30:38] == b"mimetype"
    return _ending(name) == "zip" or (not _ending(name) and is_packed and not is_book)


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot and stem and len(ending) <= 8 else ""


def _another(name: str, names: set[str]) -> str:
    """A name that no earlier file of the message has: "bieu.xlsx", "bieu (2).xlsx"."""
    stem, dot, ending = name.rpartition(".")
    number, found = 1, name
    while found.lower() in names:
        number += 1
        found = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
    names.add(found.lower())
    return found
