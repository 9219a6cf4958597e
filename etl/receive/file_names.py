"""Names of files as mail programs write them: RFC 2231, RFC 2047 where it does not belong, bare
bytes, charsets that nobody knows; and what is safe of a name."""

from __future__ import annotations

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import unquote

_LONGEST = 150
_CHARSETS = ("utf-8", "cp1258", "latin-1")  # the second: Vietnamese Windows; the last fits all
_BROKEN_ENCODED = re.compile(r"(\?=)\s+(=\?)")  # the white space between encoded words is none


def name_of(part: Message) -> str:
    """The name that a part gives itself; "" where it gives none."""
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = part.get_param(key, header=header, unquote=True)
        except (TypeError, ValueError):  # pieces of RFC 2231 without an order
            continue
        if isinstance(value, tuple):  # RFC 2231
            charset, _language, said = value
            return decoded(said.encode("latin-1", "surrogateescape"), charset or "")
        if value:
            return _words(str(value).strip().strip('"'))
    return ""


def decoded(raw: bytes, charset: str = "") -> str:
    """Bytes as text: in their charset where that is known and fits, else in one that does."""
    for name in (charset, *_CHARSETS):
        try:
            return raw.decode(name) if name else raw.decode("utf-8")
        except (LookupError, ValueError):  # the second: bytes that do not fit, or a NUL in it
            continue
    return raw.decode("ascii", "replace")


def safe_name(name: str) -> str:
    """A name without folders, without marks that are not seen, and not too long; "tep" for none."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .\t")
    stem, dot, ending = seen.rpartition(".")
    if len(seen) > _LONGEST:
        seen = stem[: _LONGEST - len(ending) - 1] + dot + ending[:20]
    return seen or "tep"


def _words(value: str) -> str:
    """A text with encoded words in it, or with bare bytes (as surrogates)."""
    if "=?" not in value:
        return decoded(value.encode("utf-8", "surrogateescape"))
    joined = _BROKEN_ENCODED.sub(r"\1\2", unquote(value))
    try:
        chunks = decode_header(joined)
    except (ValueError, HeaderParseError):
        return value
    return "".join(
        chunk if isinstance(chunk, str) else decoded(chunk, charset or "")
        for chunk, charset in chunks
    )
