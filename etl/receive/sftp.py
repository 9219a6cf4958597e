"""A folder of an SFTP server, over a client like paramiko's that is logged in."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True)
class SftpPath:
    """A file or folder, as the room looks into it; links are not followed. `listed`: what the
    listing of its folder says of it."""

    client: Any
    path: PurePosixPath
    listed: Any = None

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.name

    def iterdir(self) -> Iterator[SftpPath]:
        """What lies in it, with one question to the server."""
        for each in self.client.listdir_attr(str(self.path)):
            yield SftpPath(self.client, self.path / each.filename, each)

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        return stat.S_ISDIR(self.stat().st_mode)

    def read_bytes(self) -> bytes:
        """All of it."""
        with self.client.open(str(self.path), "rb") as file:
            file.prefetch()
            return bytes(file.read())

    def stat(self) -> Any:
        """Its size, time and kind (st_size, st_mtime, st_mode)."""
        return self.listed or self.client.lstat(str(self.path))

    def __str__(self) -> str:
        return f"sftp://khoxa_sftp{self.path}"
