"""A disk with a cache of its own, as a file for a loop device: `disk.py IMAGE FOLDER`.

FOLDER/disk is IMAGE, but what is written goes into a cache until it is flushed (fsync, which a loop
device makes of a flush). A number written to FOLDER/cut is a power cut in the middle of the next
flush: of the blocks of 4 KiB in the cache each is kept or lost by a coin that the number seeds, in
no order, and whatever is written or flushed later is lost. FOLDER/cut then says how many were lost.
"""

from __future__ import annotations

import errno
import os
import random
import stat
import sys

from fusepy import FUSE, FuseOSError, Operations

BLOCK = 4096


class Disk(Operations):
    """The two files; the kernel asks one thing at a time."""

    def __init__(self, image: str) -> None:
        self.image = os.open(image, os.O_RDWR)
        self.size = os.fstat(self.image).st_size
        self.cache: dict[int, bytes] = {}  # blocks that were not flushed, by number
        self.coin: random.Random | None = None  # for the power cut to come
        self.said = b""  # of the one that was

    def getattr(self, path, fh=None):
        """A folder and two files."""
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o755, "st_nlink": 2}
        if path not in ("/disk", "/cut"):
            raise FuseOSError(errno.ENOENT)
        size = self.size if path == "/disk" else len(self.said)
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}

    def readdir(self, path, fh):
        """What is in the folder."""
        return [".", "..", "disk", "cut"]

    def read(self, path, size, offset, fh):
        """What was written last, flushed or not."""
        if path == "/cut":
            return self.said[offset : offset + size]
        first, last = offset // BLOCK, -(-(offset + size) // BLOCK)
        found = bytearray(os.pread(self.image, (last - first) * BLOCK, first * BLOCK))
        for number in range(first, last) if self.cache else ():
            if (block := self.cache.get(number)) is not None:
                found[(number - first) * BLOCK : (number - first + 1) * BLOCK] = block
        at = offset - first * BLOCK
        return bytes(found[at : at + size])

    def write(self, path, data, offset, fh):
        """Into the cache; into FOLDER/cut, that the power is to fail."""
        if path == "/cut":
            self.coin = random.Random(int(data))
        elif not self.said:
            first, last = offset // BLOCK, -(-(offset + len(data)) // BLOCK)
            whole = bytearray(data)
            if len(data) != (last - first) * BLOCK:
                whole = bytearray(self.read(path, (last - first) * BLOCK, first * BLOCK, fh))
                at = offset - first * BLOCK
                whole[at : at + len(data)] = data
            for number in range(first, last):
                at = (number - first) * BLOCK
                self.cache[number] = bytes(whole[at : at + BLOCK])
        return len(data)

    def fsync(self, path, datasync, fh):
        """A flush."""
        if path == "/disk" and not self.said:
            kept = [number for number in self.cache if not self.coin or self.coin.random() < 0.5]
            for number in kept:
                os.pwrite(self.image, self.cache[number], number * BLOCK)
            if self.coin and self.cache:
                self.said = b"%d of %d" % (len(self.cache) - len(kept), len(self.cache))
            self.cache.clear()
        return 0

    def truncate(self, path, length, fh=None):
        """Nothing: a shell asks it of FOLDER/cut."""
        return 0


if __name__ == "__main__":
    FUSE(Disk(sys.argv[1]), sys.argv[2], foreground=True, nothreads=True, big_writes=True)
