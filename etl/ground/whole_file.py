"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place at the end; an error leaves nothing.

    Makes the folder. `private`: file and folders made are closed to other logins of the machine.
    Raises OSError, naming `path`, where it cannot be written.
    """
    part = path.with_name(f".{os.getpid()}.part{path.suffix}")
    try:
        missing = [folder for folder in path.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700 if private else 0o777, exist_ok=True)
        part.touch(mode=0o600 if private else 0o666)
        yield part
        part.replace(path)
    except OSError as error:
        if error.filename == str(part):
            error.filename = str(path)
        raise
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
