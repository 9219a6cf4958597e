"""The untouched copies of filed workbooks: whether each still is what was filed, and where the same
content lies elsewhere.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.ground.config import Settings
from etl.ground.whole_file import whole_file
from etl.receive.inbox import File, look

log = logging.getLogger(__name__)


def is_sound(path: Path, digest: str) -> bool:
    """Whether a file is there and has the content of this SHA-256."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def mended(settings: Settings, digests: Iterable[str]) -> dict[str, str]:
    """Of these contents those whose copy is sound, with where it was taken from: "" where it was
    sound already, else a file of the inbox or of a backup, which is its copy from now on."""
    found = {d: "" for d in digests if is_sound(settings.raw_path(d), d)}
    lacking = set(digests) - found.keys()
    for place, digest, content in _elsewhere(settings, lacking) if lacking else ():
        if digest in lacking:
            lacking.remove(digest)
            with whole_file(settings.raw_path(digest), private=True) as part:
                part.write_bytes(content)
            found[digest] = place
            log.warning("raw/%s/%s: lấy lại từ / taken from %s", digest[:2], digest, place)
    return found


def _elsewhere(settings: Settings, digests: set[str]) -> Iterator[tuple[str, str, bytes]]:
    """Contents in the inbox, if that is a folder, and in backups: where, SHA-256, bytes."""
    inbox = Path(settings.inbox.removeprefix("file://"))
    for seen in look(inbox) if inbox.is_dir() else ():
        if isinstance(seen, File):
            digest = hashlib.sha256(seen.content).hexdigest()
            yield str(inbox / seen.name), digest, seen.content
    kept = settings.backup_to.glob("khoxa_*") if settings.backup_to else ()
    for backup in sorted(kept, reverse=True):
        for digest in list(digests):
            path = backup / "home" / settings.raw_path(digest).relative_to(settings.home)
            if is_sound(path, digest):
                yield str(path), digest, path.read_bytes()
