"""What a message says of its sender, however mail programs write it."""

from __future__ import annotations

import pytest

from tests.helpers.mail_text import letter


def sender(line: str) -> str:
    return letter(line.encode() + b"\r\n\r\nx").address


@pytest.mark.parametrize(
    "line",
    [
        "From: xa@example.org",
        "From: <xa@example.org>",
        "From: XA@Example.org",
        "From: UBND xã Kim Hỷ <xa@example.org>",
        'From: "Nguyễn, Văn A." <xa@example.org>',
        "From: =?utf-8?B?WMOjIEtpbSBI4bu3?= <xa@example.org>",
        "From: xa@example.org <xa@example.org>",
        'From: "other@example.net" <xa@example.org>',
        "From: xa@example.org (Văn thư other@example.net)",
        "From: Xa\r\n <xa@example.org>",
        'From: "Tên \\" lạ" <xa@example.org>',
    ],
)
def test_the_address_is_the_one_between_the_marks(line: str) -> None:
    assert sender(line) == "xa@example.org"


@pytest.mark.parametrize(
    "line",
    [
        "Subject: no sender",
        "From: ",
        "From: <>",
        "From: undisclosed-recipients:;",
        "From: xa@example.org, other@example.net",
        "From: xa@example.org\r\nFrom: other@example.net",
        "From: xa@example.org <other@example.net>",
        "From: other@example.net <xa@example.org>",
        "From: <xa@example.org> <other@example.net>",
        "From: xa@example.org <other@example.net> <xa@example.org>",
        "From: =?utf-8?Q?xa=40example=2Eorg?=",
        "From: xa@ex\u0430mple.org",  # a Cyrillic letter
        "From: xa\u0430@example.org",
        "From: @relay.org:xa@example.org",
        "From: xa@example.org\x00@example.net",
        "From: Xã: xa@example.org;",
        "From: xa@[192.0.2.1]",
        "From: xa @example.org",
    ],
)
def test_what_is_not_sure_is_no_sender(line: str) -> None:
    assert sender(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        '"xa@example.org" <evil@example.net>',
        "=?utf-8?Q?xa=40example=2Eorg?= <evil@example.net>",
        "=?utf-8?B?PHhhQGV4YW1wbGUub3JnPg==?= <evil@example.net>",
        "(xa@example.org) evil@example.net",
    ],
)
def test_a_name_never_counts(line: str) -> None:
    assert sender(f"From: {line}") == "evil@example.net"


AR = "Authentication-Results: mx.example.org; "
FROM = "From: xa@example.org\r\n"


@pytest.mark.parametrize(
    ("headers", "is_verified"),
    [
        (AR + "dmarc=pass (p=none) header.from=example.org\r\n" + FROM, True),
        (AR + "spf=pass smtp.mailfrom=bounce@example.org\r\n" + FROM, True),
        (AR + "dkim=fail; dkim=pass (2048-bit key) header.d=example.org\r\n" + FROM, True),
        (AR.replace("mx.example.org", "MX.example.org 1") + "dkim=pass header.d=example.org\r\n"
         + FROM, True),
        (AR + "spf=fail smtp.mailfrom=example.org\r\n" + AR
         + "dmarc=pass header.from=example.org\r\n" + FROM, True),
        (FROM, False),
        (AR + "none\r\n" + FROM, False),
        (AR + "dkim=pass header.d=example.net; spf=pass smtp.mailfrom=example.net\r\n" + FROM,
         False),
        (AR + "dkim=pass header.d=org\r\n" + FROM, False),
        (AR + "spf=softfail smtp.mailfrom=example.org; dkim=none (dkim=pass header.d=example.org)"
         "\r\n" + FROM, False),
        (AR.replace("mx.", "forged.") + "dmarc=pass header.from=example.org\r\n" + FROM, False),
        # below the server's own line and another header: it came with the message
        (AR + "dmarc=fail header.from=example.org\r\nReceived: from a by b\r\n" + AR
         + "dmarc=pass header.from=example.org\r\n" + FROM, False),
    ],
)  # fmt: skip
def test_the_word_of_the_own_server(headers: str, is_verified: bool) -> None:
    assert letter(headers.encode() + b"\r\nx", "mx.example.org").is_verified is is_verified


def test_nobodys_word_is_asked_for_where_none_is_configured() -> None:
    assert letter(FROM.encode() + b"\r\nx").is_verified
