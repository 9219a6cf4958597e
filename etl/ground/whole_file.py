"""A file is written whole or not at all, a folder is made closed to other logins, and one process
at a time holds a lock file."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


def closed_folder(folder: Path) -> None:
    """Make a folder, and those above it that are not there (mkdir leaves these open), closed to
    other logins of the machine."""
    missing = takewhile(lambda each: not each.exists(), (folder, *folder.parents))
    for each in reversed([*missing]):
        each.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time holds this lock file, which no other login may; makes its folder."""
    closed_folder(path.parent)
    path.touch(mode=0o600)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place at the end; an error leaves nothing.

    Makes the folder. `private`: file and folders made are closed to other logins of the machine.
    Raises OSError, naming `path`, where it cannot be written.
    """
    with _beside(path, path.suffix) as part:
        if private:
            closed_folder(path.parent)
        elif not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600 if private else 0o666)
        yield part


def keep_whole(path: Path, content: bytes) -> None:
    """Bytes as such a file, private, for a third of the cost: what is emptied to be written again
    ext4 sends to the disk at once."""
    with _beside(path) as part:
        if not path.parent.is_dir():
            closed_folder(path.parent)
        with os.fdopen(os.open(part, _NEW, 0o600), "wb") as file:
            file.write(content)


@contextmanager
def _beside(path: Path, ending: str = "") -> Iterator[Path]:
    # two machines that share the folder may have processes of one number
    part = path.with_name(f".{os.uname().nodename}.{os.getpid()}.part{ending}")
    try:
        yield part
        part.replace(path)
    except BaseException as error:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
        if isinstance(error, OSError) and (
            # of a write that finds no room the system names no file
            error.filename == str(part) or (error.filename, error.errno) == (None, errno.ENOSPC)
        ):
            error.filename = str(path)
        raise


def write_whole(path: Path, text: str) -> Path:
    """A text as such a file; returns its path."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return path
