"""The container of old Office files (OLE2): named streams in chains of sectors."""

from __future__ import annotations

import struct
from array import array
from typing import NamedTuple

from etl.read.refusal import Refused

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST = 0xFFFFFFFA  # this and above are marks, not sectors
_HEADER = struct.Struct("<8x16xHHHHH6xIIIIIIIII")
_MINI = 64


class _Entry(NamedTuple):
    first: int
    size: int


class Compound:
    """An OLE2 file in memory: `names` of its streams and storages, and their content.

    Raises Refused (file-damaged) where the chains lead nowhere.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._data = data
            header = _HEADER.unpack_from(data)
            shift, fat_count, directory = header[3], header[6], header[7]
            self._cutoff, mini_fat, self._difat = header[9], header[10], header[12]
            if shift not in (9, 12):
                raise ValueError(f"sector size 2^{shift}")
            self._sector = 1 << shift
            self._fat = self._read_fat(fat_count)
            self._entries = self._read_directory(self._chain(directory))
            root = self._entries["root entry"]
            self._mini_fat = _integers(self._chain(mini_fat))
            self._mini_stream = self._chain(root.first)
        except (struct.error, ValueError, LookupError) as error:
            raise Refused("file-damaged", detail=f"OLE container: {error}") from None
        self.names = frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Content of a stream, by its name in lower case. Raises Refused (file-damaged)."""
        entry = self._entries[name]
        try:
            if entry.size >= self._cutoff:
                return self._chain(entry.first)[: entry.size]
            pieces = []
            for sector in _follow(self._mini_fat, entry.first):
                pieces.append(self._mini_stream[sector * _MINI : (sector + 1) * _MINI])
            return b"".join(pieces)[: entry.size]
        except ValueError as error:
            raise Refused("file-damaged", detail=f"OLE container: {error}") from None

    def _read_fat(self, count: int) -> array[int]:
        sectors = list(_integers(self._data[76:512]))
        following, seen = self._difat, 0
        while following < _LAST and seen * self._sector < len(self._data):
            more = _integers(self._at(following))
            sectors.extend(more[:-1])
            following, seen = more[-1], seen + 1
        return _integers(b"".join(self._at(s) for s in sectors[:count] if s < _LAST))

    def _at(self, sector: int) -> bytes:
        return self._data[(sector + 1) * self._sector : (sector + 2) * self._sector]

    def _chain(self, first: int) -> bytes:
        return b"".join(self._at(sector) for sector in _follow(self._fat, first))

    @staticmethod
    def _read_directory(directory: bytes) -> dict[str, _Entry]:
        entries = {}
        for at in range(0, len(directory) - 127, 128):
            length, first, size = struct.unpack_from("<H50xII", directory, at + 64)
            if 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                entries[name.lower()] = _Entry(first, size)
        return entries


def _integers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data[: len(data) // 4 * 4])
    return numbers


def _follow(table: array[int], first: int) -> list[int]:
    """The sectors of one chain. Raises ValueError if it leaves the table or runs in a circle."""
    chain: list[int] = []
    while first < _LAST:
        if first >= len(table) or len(chain) > len(table):
            raise ValueError("a chain of sectors leads nowhere")
        chain.append(first)
        first = table[first]
    return chain
