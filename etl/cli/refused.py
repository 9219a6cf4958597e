"""A failure in one sentence for a terminal, PostgreSQL's in its own words."""

from __future__ import annotations

import errno
import re
import sys
from typing import NamedTuple

from etl.ground.errors import KhoxaError

_MIGRATE = "có phải chưa chạy `khoxa db migrate`? / has `khoxa db migrate` been run?"
_SILENT = (
    "kho không trả lời: xem máy chủ có chạy không và KHOXA_WAREHOUSE_URL có đúng không"
    " / the warehouse does not answer: is its server up, and is KHOXA_WAREHOUSE_URL right?"
)
_GONE = (
    "máy chủ PostgreSQL đã dừng giữa chừng; chưa có gì ghi dở: cho máy chủ chạy rồi làm lại"
    " / the PostgreSQL server stopped in the middle; nothing is half written: start it, run again"
)
_FULL = (
    "đĩa của máy chủ PostgreSQL đã đầy; chưa có gì ghi dở: giải phóng chỗ rồi làm lại"
    " / the disk of the PostgreSQL server is full; nothing is half written: make room, run again"
)
_NO_ROOM = (
    "đĩa đã đầy; chưa có gì ghi dở: giải phóng chỗ rồi làm lại"
    " / the disk is full; nothing is half written: make room, run again"
)
_MEMORY = (
    "máy chủ PostgreSQL thiếu bộ nhớ: làm lại khi máy rảnh hơn"
    " / the PostgreSQL server is out of memory: run again when the machine is less busy"
)
_MANY = (
    "máy chủ PostgreSQL không nhận thêm kết nối: đóng bớt công cụ đang mở rồi làm lại"
    " / the PostgreSQL server takes no more connections: close some tools, run again"
)
_LOGIN = (
    "sai mật khẩu hoặc vai trò trong KHOXA_WAREHOUSE_URL, KHOXA_OWNER_URL, KHOXA_READER_URL; trong"
    " Docker: mật khẩu trong .env khác mật khẩu của máy chủ (docs/server.md, mục 4)"
    " / a wrong password or role in KHOXA_WAREHOUSE_URL, KHOXA_OWNER_URL, KHOXA_READER_URL; with"
    " Docker: the password in .env is not the server's (docs/server.md, section 4)"
)
_LONG = (
    "câu hỏi chạy quá thời gian cho phép: hỏi hẹp hơn (một năm, một đơn vị)"
    " / the question took longer than it may: ask for less (a year, a unit)"
)
_TO_DO = {  # by SQLSTATE, the longest that begins it
    "3F000": _MIGRATE, "42P01": _MIGRATE, "42703": _MIGRATE, "42883": _MIGRATE, "3D000": _MIGRATE,
    "08": _GONE, "57P": _GONE, "53100": _FULL, "53200": _MEMORY, "53300": _MANY, "28": _LOGIN,
    "57014": _LONG, "53400": _LONG,
}  # fmt: skip
_SAID = (  # where there is no SQLSTATE, as of a connection that was never there
    ("(database|role) .* does not exist", _MIGRATE),
    ("authentication failed|no password supplied|no pg_hba.conf entry", _LOGIN),
    ("too many|remaining connection slots", _MANY),
    ("No space left on device", _FULL),
    ("closed the connection|terminating connection|connection already closed|SSL SYSCALL", _GONE),
)


class Told(NamedTuple):
    """What the command ends with."""

    sentence: str
    exit_code: int


def told(error: Exception) -> Told | None:
    """A failure that is no fault of khoxa's; None: it is one, and its traceback is what helps."""
    if isinstance(error, KhoxaError):
        return Told(str(error), error.exit_code)
    if isinstance(error, OSError) and error.strerror:
        where = "" if error.filename is None else f": {error.filename}"
        words = "không đọc hoặc ghi được / cannot read or write"
        to_do = f"\n{_NO_ROOM}" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        return Told(f"{words}{where} ({error.strerror}){to_do}", 1)
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import DBAPIError

    is_driver = type(error).__module__.startswith("psycopg2")  # COPY is asked past SQLAlchemy
    return Told(said(error), 1) if is_driver or isinstance(error, DBAPIError) else None


def own_words(error: Exception) -> str:
    """PostgreSQL's message with the place in the query, without what surrounds it inside."""
    words = str(getattr(error, "orig", error))
    return re.split(r"\n(?:QUERY|CONTEXT): ", words.strip())[0].rstrip()


def said(error: Exception) -> str:
    """Why a query of khoxa's own failed, and what to do where that is known; `error` is of
    SQLAlchemy or of the driver."""
    code = getattr(getattr(error, "orig", error), "pgcode", None) or ""
    words = own_words(error)
    starts = sorted((start for start in _TO_DO if code.startswith(start)), key=len)
    if starts:
        return f"{words}\n{_TO_DO[starts[-1]]}"
    if code:
        return words
    found = (what for pattern, what in _SAID if re.search(pattern, words))
    return f"{words}\n{next(found, _SILENT)}"
