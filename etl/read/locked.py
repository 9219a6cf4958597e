"""Workbooks that Excel opens without asking, though they are encrypted: with its own password."""

from __future__ import annotations

import io

from etl.read.refusal import Refused

# What Excel takes where a file is protected without a password to open it ([MS-OFFCRYPTO] 2.1.5).
_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105


def unlocked(data: bytes) -> bytes:
    """The workbook inside an encrypted OLE file, where Excel's default password opens it.

    Raises Refused (file-encrypted).
    """
    from msoffcrypto import OfficeFile  # half of what a run imports, for one file in thousands

    opened = io.BytesIO()
    try:
        locked = OfficeFile(io.BytesIO(data))
        if locked.format == "ooxml":
            locked.load_key(password=_DEFAULT_PASSWORD, verify_password=True)
        else:
            locked.load_key(password=_DEFAULT_PASSWORD)  # verified all the same
        locked.decrypt(opened)
    except Exception:  # another password, another method, or damage: no one can open it so
        raise Refused("file-encrypted") from None
    return opened.getvalue()
