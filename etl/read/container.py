"""The zip around a workbook: its directory, a part unpacked, inspected parts packed anew."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from etl.read.refusal import MAX_ENTRIES, MAX_UNPACKED_BYTES, Refused

_LOCAL = struct.Struct("<26xHH")
# What a local header and the directory both say (APPNOTE.TXT 4.3.7, 4.3.12): version, flags,
# method, time, date, checksum, packed and unpacked size, length of name and of extra field.
_ABOUT = struct.Struct("<5H3I2H")
_PLACE = struct.Struct("<3H2I")  # in the directory alone: comment, disk, attributes, header
_ENTRY = struct.Struct("<4s2x3H4x3I3H4x2I")  # both of them, but for time, date and disk
_END = struct.Struct("<4s4H2IH")
_VERSION, _LAST_VERSION, _FIRST_DAY, _IS_UTF8 = 20, 63, 0x21, 1 << 11
_MAX_STORED_BYTES = 5 * 10**6
_BEGINNING = 512
_SMALL = 20_000  # bytes that are worth remembering
_OWN = ("xl/worksheets/sheet", "xl/sharedstrings")  # parts that each workbook has its own of
_SPELLED = {"meta-inf/manifest.xml": "META-INF/manifest.xml"}


class Entry(NamedTuple):
    """A line of the directory: sizes in bytes, `header` is where the local header begins."""

    filename: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    header: int


class Part(NamedTuple):
    """Name in lower case with `/`, the line of the directory, and where the bytes begin."""

    name: str
    entry: Entry
    offset: int


class Packer:
    """A zip of inspected parts alone, so that a reader finds nothing else whatever it looks for.

    Small parts are stored as they are: what is unpacked once need not be unpacked again. Beyond
    5 MB they stay packed, for the reader holds the whole zip in memory.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: list[bytes] = []
        self._directory: list[bytes] = []
        self._size = 0

    def add(self, part: Part, content: bytes) -> None:
        """Append a part of `data`, which has this content."""
        entry, body, method = part.entry, content, zipfile.ZIP_STORED
        if self._size + len(content) > _MAX_STORED_BYTES:
            body, method = _packed(self._data, part), entry.method
        flags, sizes = entry.flags & _IS_UTF8, (len(body), len(content))
        self._append(entry.filename, flags, method, entry.crc, sizes, body)

    def put(self, name: str, content: bytes) -> None:
        """Append a part of its own."""
        body, method = content, zipfile.ZIP_STORED
        if self._size + len(content) > _MAX_STORED_BYTES:
            deflate = zlib.compressobj(wbits=-15)
            body, method = deflate.compress(content) + deflate.flush(), zipfile.ZIP_DEFLATED
        sizes = len(body), len(content)
        self._append(name.encode(), _IS_UTF8, method, zlib.crc32(content), sizes, body)

    def _append(
        self, name: bytes, flags: int, method: int, crc: int, sizes: tuple[int, int], body: bytes
    ) -> None:
        about = _ABOUT.pack(_VERSION, flags, method, 0, _FIRST_DAY, crc, *sizes, len(name), 0)
        self._parts += (b"PK\x03\x04", about, name, body)
        place = _PLACE.pack(0, 0, 0, 0, self._size)
        self._directory += (b"PK\x01\x02\x14\x00", about, place, name)
        self._size += 30 + len(name) + len(body)

    def packed(self) -> bytes:
        """The zip of all that was added, in that order."""
        directory = b"".join(self._directory)
        count = len(self._directory) // 4
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), self._size, 0)
        return b"".join((*self._parts, directory, end))


def pack_anew(contents: Mapping[str, bytes]) -> Packer:
    """A packer of parts whose content is not that of the file."""
    packer = Packer(b"")
    for name, content in contents.items():
        packer.put(_SPELLED.get(name, name), content)
    return packer


def directory(data: bytes) -> dict[str, Part]:
    """Parts by lower-case name, in the order of their bytes, after what the directory tells.

    Raises Refused: file-damaged, file-bomb, file-encrypted.
    """
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise Refused("file-bomb", detail=f"more than {MAX_ENTRIES} parts")
    try:
        entries = _plain_entries(data) or _entries(data)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused("file-damaged", detail=str(error)) from None
    if sum(entry.size for entry in entries) > MAX_UNPACKED_BYTES:
        raise Refused("file-bomb", detail=f"more than {MAX_UNPACKED_BYTES // 10**6} MB unpacked")
    parts: dict[str, Part] = {}
    end = 0
    for entry in sorted(entries, key=attrgetter("header")):
        name = _name(entry)
        _check_entry(name, entry, name in parts)
        offset = _content_offset(data, entry.header)
        if entry.header < end:
            raise Refused("file-bomb", detail="parts overlap")
        parts[name] = Part(name, entry, offset)
        end = offset + entry.packed
    return parts


def _plain_entries(data: bytes) -> list[Entry] | None:
    """The directory as office programs write it: at the end, as long as it says, without extra
    fields and comments; None where it is another, which is left to zipfile."""
    end = len(data) - _END.size
    if end < 0 or data[end : end + 4] != b"PK\x05\x06":
        return None
    size, at = _END.unpack_from(data, end)[5:7]
    if at + size != end:
        return None
    entries = []
    while at + _ENTRY.size <= end:
        fields = _ENTRY.unpack_from(data, at)
        signature, version, *about, length, extra, comment, attributes, header = fields
        name = data[at + _ENTRY.size : at + _ENTRY.size + length]
        if signature != b"PK\x01\x02" or extra or comment:
            return None
        if version > _LAST_VERSION or b"\0" in name:
            return None
        entries.append(Entry._make((name, *about, attributes, header)))
        at += _ENTRY.size + length
    return entries if at == end else None


def _entries(data: bytes) -> list[Entry]:
    """Any directory. Raises zipfile.BadZipFile, NotImplementedError, ValueError."""
    entries = []
    for info in zipfile.ZipFile(io.BytesIO(data), metadata_encoding="latin-1").infolist():
        name = info.filename.encode("utf-8" if info.flag_bits & _IS_UTF8 else "latin-1")
        sizes = info.compress_size, info.file_size
        about = info.flag_bits, info.compress_type, info.CRC, *sizes, info.external_attr
        entries.append(Entry(name, *about, info.header_offset))
    return entries


def _name(entry: Entry) -> str:
    try:
        name = entry.filename.decode("utf-8" if entry.flags & _IS_UTF8 else "latin-1")
    except UnicodeDecodeError as error:
        raise Refused("file-damaged", detail=str(error)) from None
    return name.replace("\\", "/").lower()


def _check_entry(name: str, entry: Entry, again: bool) -> None:
    if entry.flags & 1:
        raise Refused("file-encrypted")
    if again:
        raise Refused("file-damaged", detail=f"two parts named {name[:80]}")
    if (".." in name and ".." in name.split("/")) or stat.S_ISLNK(entry.attributes >> 16):
        raise Refused("file-damaged", detail=f"part outside the workbook: {name[:80]!r}")
    if entry.method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("file-damaged", detail=f"compression method {entry.method}")


def _content_offset(data: bytes, header: int) -> int:
    if header < 0 or data[header : header + 4] != b"PK\x03\x04" or header + 30 > len(data):
        raise Refused("file-damaged", detail="a part is not where the directory says")
    name, extra = _LOCAL.unpack_from(data, header)
    return header + 30 + int(name) + int(extra)


def _packed(data: bytes, part: Part) -> bytes:
    return data[part.offset : part.offset + part.entry.packed]


def inflate(data: bytes, part: Part) -> bytes:
    """The content of a part, never more than declared. Raises Refused (file-bomb, file-damaged)."""
    entry = part.entry
    # packed it may be longer, with anything behind its end
    is_own = max(entry.size, entry.packed) > _SMALL or part.name.startswith(_OWN)
    content = _content if is_own else _again
    return content(part.name, _packed(data, part), entry.method, entry.size, entry.crc)


def _content(name: str, packed: bytes, method: int, size: int, crc: int) -> bytes:
    content = packed
    if method == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(packed, size + 1)
        except zlib.error as error:
            raise Refused("file-damaged", detail=f"{name[:80]}: {error}") from None
    if len(content) > size:
        raise Refused("file-bomb", detail=f"{name[:80]} unpacks to more than it declares")
    if len(content) < size or zlib.crc32(content) != crc:
        raise Refused("file-damaged", detail=f"{name[:80]}: incomplete or wrong checksum")
    return content


_again = lru_cache(maxsize=256)(_content)  # styles and relations are alike in many workbooks


def looks_like_xml(data: bytes, part: Part) -> bool:
    """Whether a part with another name (a picture, printer settings) begins like XML.

    Raises Refused (file-damaged).
    """
    content = _packed(data, part)[:_BEGINNING]
    if part.entry.method == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-15).decompress(content, 64)
        except zlib.error as error:
            raise Refused("file-damaged", detail=f"{part.name[:80]}: {error}") from None
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def unpack(data: bytes, wanted: frozenset[str] | None) -> dict[str, bytes]:
    """The named parts (lower case) of an inspected zip, those that are there; None: all.

    Raises Refused (file-damaged, file-bomb).
    """
    parts = directory(data)
    names = parts.keys() if wanted is None else parts.keys() & wanted
    return {name: inflate(data, parts[name]) for name in names}
