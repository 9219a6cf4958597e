"""Messages that are written wrong, or to break programs: each costs no more than the part that is
wrong, and no more time than another."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from time import process_time

import pytest

from etl.receive.files_of_mail import MAX_FILES
from etl.receive.letters import decide
from etl.receive.message import Letter, opened

XLSX = b"PK\x03\x04 [Content_Types].xml"
HEAD = b"From: xa@example.org\r\nMIME-Version: 1.0\r\nMessage-ID: <1@x>\r\n"
A_BOOK = b"Content-Type: application/x\r\nContent-Disposition: attachment; filename=a.xlsx"


def letter(*parts: tuple[bytes, bytes]) -> Letter:
    """A message of parts: header and what is in base64 there."""
    body = b"".join(
        b"--B\r\n"
        + head
        + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(of)
        for head, of in parts
    )
    mixed = b"Content-Type: multipart/mixed; boundary=B\r\n\r\n"
    return opened(HEAD + mixed + body + b"--B--\r\n", "baocao", "")


def files(*parts: tuple[bytes, bytes]) -> list[tuple[str, str]]:
    return [(each.name, each.rule) for each in letter(*parts).files]


def broken_zip() -> bytes:
    """A zip packed with LZMA, whose properties are none."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("a.xlsx", b"x" * 1000)
    packed = bytearray(out.getvalue())
    packed[36:50] = b"\xff" * 14
    return bytes(packed)


@pytest.mark.parametrize(
    "name",
    [
        b"filename*=UTF-8''b.xlsx; filename*0*=UTF-8''b; filename*1*=.xlsx",
        b"filename*" + b"9" * 5000 + b"*=UTF-8''b.xlsx",
        b"filename*=x\0y''b.xlsx",
        b'filename="=?x\0y?B?Yi54bHN4?="',
    ],
)
def test_a_name_that_cannot_be_parsed_costs_the_name_at_most(name: bytes) -> None:
    head = b"Content-Type: application/x\r\nContent-Disposition: attachment; " + name
    found = letter((head, XLSX), (A_BOOK, XLSX))
    assert found.address == "xa@example.org"
    assert [each.rule for each in found.files] == ["", ""]
    assert found.files[0].name in ("b.xlsx", "tep")


def test_a_broken_zip_costs_itself_and_the_workbook_beside_it_is_taken() -> None:
    head = b"Content-Type: application/zip; name=b.zip"
    assert files((head, broken_zip()), (A_BOOK, XLSX)) == [
        ("b.zip", "mail-zip-broken"),
        ("a.xlsx", ""),
    ]


def test_a_part_that_breaks_the_parser_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_about: object) -> object:
        raise RuntimeError

    monkeypatch.setattr("etl.receive.files_of_mail.unpack", breaks)
    assert files((b"Content-Type: application/zip; name=b.zip", b"PK"), (A_BOOK, XLSX)) == [
        ("b.zip", "mail-part-broken"),
        ("a.xlsx", ""),
    ]


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: message/rfc822",
        b"Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=thu.eml",
        b"Content-Type: application/octet-stream; name=thu.eml",
    ],
)
def test_a_forwarded_message_that_is_encoded_or_a_file_is_opened(head: bytes) -> None:
    inside = EmailMessage()
    inside.set_content("Kính gửi")
    inside.add_attachment(XLSX, maintype="application", subtype="x", filename="trong.xlsx")
    assert files((head, inside.as_bytes())) == [("trong.xlsx", "")]


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: application/applefile; name=a.xlsx",
        b"Content-Type: application/octet-stream; name=smime.p7s",
        b"Content-Type: application/octet-stream; name=invite.ics",
    ],
)
def test_what_programs_add_is_no_file_of_the_filer(head: bytes) -> None:
    assert files((head, b"\0\5\x16\7"), (A_BOOK, XLSX)) == [("a.xlsx", "")]


def grows_in_step(act: Callable[[int], object]) -> bool:
    """Whether four times as much costs some four times as much: with the square it is sixteen."""
    spent = []
    for times in (1, 4):
        start = process_time()
        act(times)
        spent.append(process_time() - start)
    return spent[1] < 10 * spent[0] + 0.1


@pytest.mark.parametrize(
    "header",
    [
        (b'From: "', b'\\"' * 25_000),
        (b"From: xa@example.org\r\nSubject: ", b"=?a?q?" * 25_000),
        (b"From: xa@example.org\r\nContent-Type: ", b";" * 125_000),
        (b'From: xa@example.org\r\nContent-Type: application/x; name="', b"=?a?q?" * 25_000),
    ],
)
def test_a_header_of_megabytes_costs_by_its_length(header: tuple[bytes, bytes]) -> None:
    start, more = header
    assert grows_in_step(lambda n: opened(start + more * n + b"\r\n\r\nx", "baocao", "mx"))


def test_of_too_many_files_one_stands_for_the_rest() -> None:
    assert grows_in_step(lambda n: files(*[(A_BOOK, XLSX)] * 1_000 * n))
    found = files(*[(A_BOOK, XLSX)] * 4_000)
    assert len(found) == MAX_FILES + 1
    assert [rule for _name, rule in found[-2:]] == ["", "mail-too-many"]


@pytest.mark.parametrize("name", ["'xa@example.org'", "[xa@example.org]"])
def test_the_address_itself_as_a_name_in_other_marks(name: str) -> None:
    said = f"From: {name} <xa@example.org>\r\n\r\nx"
    assert opened(said.encode(), "baocao", "").address == "xa@example.org"


@pytest.mark.parametrize(
    "header",
    [
        "X-Autoresponse: yes",
        "X-AutoReply-From: xa@example.org",
        "X-Failed-Recipients: hoso@example.org",
        "Subject: Automatic reply: Trả lại",
        "Subject: Trả lời tự động: Nhắc",
        "Subject: Out of Office",
    ],
)
def test_an_automatic_reply_is_known_by_what_programs_write(header: str) -> None:
    content = HEAD + header.encode() + b"\r\n\r\nx"
    assert decide(opened(content, "baocao", ""), ["02146"]) == ("ignored", "mail-automatic")


def test_a_person_who_writes_of_replies_is_none_and_files_count() -> None:
    asks = opened(HEAD + "Subject: Hỏi về trả lời tự động\r\n\r\nx".encode(), "baocao", "")
    assert decide(asks, ["02146"]) == ("ignored", "mail-no-file")
    sends = HEAD + b"Subject: Automatic reply: a\r\nContent-Type: application/x; name=a.xlsx\r\n"
    assert decide(opened(sends + b"\r\n" + XLSX, "baocao", ""), ["02146"]) == ("taken", "")
