"""Opens a zip that came by mail, within limits that are held while it is unpacked: what a zip says
of its own sizes is not believed."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from etl.receive.file_names import decoded

_JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


class Packed(NamedTuple):
    """A file of a zip: its name with folders, and its content."""

    name: str
    content: bytes


def unpack(content: bytes, most: int, left: int) -> list[Packed] | str:
    """The files of a zip in its order; the rule why it is not opened where it has a password, is
    damaged, unpacks to more than `left` bytes or holds more than `most` files."""
    found: list[Packed] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in package.infolist():
                name = _name(entry)
                if entry.is_dir() or _is_junk(name):
                    continue
                if entry.flag_bits & 1:
                    return "mail-zip-locked"
                if len(found) == most:
                    return "mail-zip-too-large"
                with package.open(entry) as file:
                    unpacked = file.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    return "mail-zip-too-large"
                found.append(Packed(name, unpacked))
    except Exception:  # each way of packing raises errors of its own
        return "mail-zip-broken"
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """A name; without the UTF-8 mark, in the charset of the computer that packed it."""
    is_utf8 = entry.flag_bits & 0x800
    return entry.filename if is_utf8 else decoded(entry.filename.encode("cp437", "replace"))


def _is_junk(name: str) -> bool:
    """What systems leave beside files."""
    last = name.replace("\\", "/").rpartition("/")[2].lower()
    return name.lower().startswith(_JUNK[0]) or last in _JUNK or last.startswith((".", "~$"))
