"""Changes of a finished xlsx or ods: what no writer would write, and sheets that hold no table."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from tests.corpus.model import Book


def edited(data: bytes, book: Book, name: str) -> bytes:
    """The file after all edits of the book, in their order.

    Raises ValueError where an edit finds nothing to change.
    """
    if not book.edits:
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    for part, old, new in book.edits:
        chosen = [each for each in parts if re.fullmatch(part, each)]
        changed = 0
        for each in chosen:
            if new is None:
                del parts[each]
                changed += 1
                continue
            text, count = re.subn(old, new, parts[each].decode(), flags=re.DOTALL)
            parts[each] = text.encode()
            changed += count
        if not changed:
            raise ValueError(f"{name}: nothing in {part} is {old}")
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each, content in parts.items():
            stored = each == "mimetype"
            info = zipfile.ZipInfo(each, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()
