"""Who sent a message: the one address of its From line, and what the own server says of it.

Doors: `sender_of`, `is_verified`. The address is what stands between < and >, or stands alone. A
name beside it is anybody's words: programs that take an address from a line like
`kimhy@example.org <other@example.net>` differ in which, so such a line has no sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from itertools import takewhile

_LONGEST = 2000  # of a From line
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_ENCODED = re.compile(r"=\?[^?\s]*\?[bqBQ]\?[^?\s]*\?=")
_FROM = re.compile(r"(?P<name>[^<>]*)<\s*(?P<framed>[^<>]*?)\s*>|(?P<alone>[^<>\s]+)")
# ASCII only: a letter of another alphabet that looks alike is another address
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII
)
_RESULT = re.compile(r"\s*([a-z0-9_-]+)\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z0-9_-]+\.[a-z0-9_-]+)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_NAMES = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def sender_of(message: Message) -> str:
    """The address that a message is from, in small letters; "" where there is none, there are
    several, or one cannot be sure which."""
    lines = message.get_all("From") or []
    if len(lines) != 1:
        return ""
    line = re.sub(r"\s+", " ", str(lines[0])).strip()
    if len(line) > _LONGEST:
        return ""
    for pattern in (_QUOTED, _COMMENT, _ENCODED):
        line = pattern.sub(" ", line)
    found = _FROM.fullmatch(line.strip())
    if found is None:
        return ""
    address = found["framed"] or found["alone"] or ""
    others = {word.strip(",;:'[]").lower() for word in (found["name"] or "").split() if "@" in word}
    if not _ADDRESS.fullmatch(address) or others - {address.lower()}:
        return ""
    return address.lower()


def is_verified(message: Message, address: str, authserv_id: str) -> bool:
    """Whether the server of this name found that the message is from the address's own domain
    (RFC 8601): DMARC passed, or DKIM or SPF did for that domain or one above it.

    Only the server's uppermost lines count: what stands below another header came with the message,
    and anybody can write it.
    """
    domain = address.rpartition("@")[2]
    for method, outcome, names in _results(message.items(), authserv_id.lower()):
        if outcome == "pass" and any(
            domain == name or (domain.endswith(f".{name}") and "." in name)
            for key, value in names
            if key in _NAMES.get(method, ())
            for name in [value.rpartition("@")[2].lower()]
        ):
            return True
    return False


def _results(
    headers: Iterable[tuple[str, str]], server: str
) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Method, outcome and properties of the uppermost run of Authentication-Results of a server."""
    lines = [(name.lower(), _COMMENT.sub(" ", str(value))) for name, value in headers]
    own = [name == "authentication-results" and _server(value) == server for name, value in lines]
    if True not in own:
        return
    first = own.index(True)
    for _is_own, (_name, value) in takewhile(
        lambda pair: pair[0], zip(own[first:], lines[first:], strict=True)
    ):
        for part in value.split(";")[1:]:
            if found := _RESULT.match(part):
                properties = [(k.lower(), v) for k, v in _PROPERTY.findall(part)]
                yield found[1].lower(), found[2].lower(), properties


def _server(value: str) -> str:
    """The name of the server whose results these are; a version number may follow it."""
    words = value.partition(";")[0].split()
    return words[0].lower() if words else ""
