"""Workbooks encrypted as Excel encrypts what is protected without a password to open it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from hashlib import md5
from io import BytesIO

import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from xlwt.CompoundDoc import XlsDoc

DEFAULT = "VelvetSweatshop"
_SALT, _VERIFIER = bytes(range(16)), bytes(range(16, 32))
_BOUNDSHEET, _PLAIN = 0x85, {0x809, 0x2F, 0xE1}  # BOF, FILEPASS, INTERFACEHDR
# The array that [MS-OFFCRYPTO] 2.3.7.2 makes of the default password; its key and verifier.
_XOR_ARRAY = bytes.fromhex("876b9ae21ee305621e699660986e9404")
_XOR_KEY, _XOR_VERIFIER = 0xB359, 0x9A0A


def locked_xlsx(data: bytes, password: str = DEFAULT) -> bytes:
    """An xlsx file, encrypted (agile)."""
    target = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def xls_stream() -> bytes:
    """The workbook stream of a small xls: a text, a count, a share shown as a percentage.

    xlwt fills a stream up with zeros, which read as empty records where its length with a
    FILEPASS record (10 or 58 bytes) is a multiple of four.
    """
    streams = (_book("." * filling) for filling in range(4))
    return next(stream for stream in streams if len(stream) % 4 == 2)


def _book(filling: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu 1")
    sheet.write(0, 0, "Xã Kim Hỷ")
    sheet.write(0, 1, 415)
    sheet.write(0, 2, 0.0808, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(1, 0, f"x{filling}")
    return bytes(book.get_biff_data())


def as_ole(stream: bytes) -> bytes:
    """An OLE file around a workbook stream."""
    target = BytesIO()
    XlsDoc().save(target, stream)
    return target.getvalue()


def rc4_locked(stream: bytes, password: str = DEFAULT) -> bytes:
    """The stream encrypted by [MS-XLS] RC4: keys of 40 bits, a new one every 1024 bytes."""
    digest = md5(_VERIFIER).digest()
    verifier = bytes(map(int.__xor__, _VERIFIER + digest, _rc4(_key(password, 0), 32)))
    stream = _with_filepass(stream, struct.pack("<HHH", 1, 1, 1) + _SALT + verifier)
    blocks = range(len(stream) // 1024 + 1)
    keys = b"".join(_rc4(_key(password, block), 1024) for block in blocks)
    changed = bytearray(stream)
    for start, end in _secret(stream):
        changed[start:end] = map(int.__xor__, stream[start:end], keys[start:end])
    return bytes(changed)


def xor_locked(stream: bytes) -> bytes:
    """The stream obfuscated by [MS-OFFCRYPTO] 2.3.7.3 with the default password."""
    stream = _with_filepass(stream, struct.pack("<HHH", 0, _XOR_KEY, _XOR_VERIFIER))
    changed = bytearray(stream)
    for start, end in _secret(stream):
        length = struct.unpack_from("<H", stream, _record_of(stream, start) + 2)[0]
        first = _record_of(stream, start) + 4 + length
        for at in range(start, end):
            rolled = (stream[at] << 5 | stream[at] >> 3) & 0xFF
            index = (first + at - _record_of(stream, start) - 4) % 16
            changed[at] = rolled ^ _XOR_ARRAY[index]
    return bytes(changed)


def _key(password: str, block: int) -> bytes:
    short = md5(password.encode("utf-16-le")).digest()[:5]
    base = md5((short + _SALT) * 16).digest()[:5]
    return md5(base + struct.pack("<I", block)).digest()


def _rc4(key: bytes, length: int) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for _ in range(length):
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(state[(state[i] + state[j]) % 256])
    return bytes(out)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, length
        at += 4 + length


def _record_of(stream: bytes, offset: int) -> int:
    return max(at for at, _kind, _length in _records(stream) if at <= offset)


def _with_filepass(stream: bytes, body: bytes) -> bytes:
    """The record goes behind the first BOF; where sheets begin moves on."""
    record = struct.pack("<HH", 0x2F, len(body)) + body
    end = 4 + struct.unpack_from("<H", stream, 2)[0]
    changed = bytearray(stream)
    for at, kind, _length in _records(stream):
        if kind == _BOUNDSHEET:
            start = struct.unpack_from("<I", stream, at + 4)[0]
            struct.pack_into("<I", changed, at + 4, start + len(record))
    return bytes(changed[:end]) + record + bytes(changed[end:])


def _secret(stream: bytes) -> Iterator[tuple[int, int]]:
    """The bytes that are encrypted: of records, but for some and where a sheet begins."""
    for at, kind, length in _records(stream):
        if kind not in _PLAIN:
            yield at + 4 + (4 if kind == _BOUNDSHEET else 0), at + 4 + length
