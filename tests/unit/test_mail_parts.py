"""What a message says of its files, however mail programs write it."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from etl.receive.file_names import safe_name
from etl.receive.files_of_mail import MAX_FILES
from etl.receive.letters import decide
from etl.receive.message import opened
from tests.helpers.mail_text import HEAD, XLSX, letter


def attached(disposition: bytes, kind: bytes = b"application/octet-stream") -> list[str]:
    raw = (HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: " + kind
           + b"\r\n" + disposition + b"\r\n\r\n" + XLSX + b"\r\n--b--\r\n")  # fmt: skip
    return [file.name for file in letter(raw).files]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.xlsx", "báo cáo.xlsx"),
        (b"attachment; filename*0*=utf-8'vi'b%C3%A1o; filename*1*=%20c%C3%A1o;"
         b" filename*2=.xlsx", "báo cáo.xlsx"),
        (b"attachment; filename*0=bieu_bao_cao; filename*1=.xlsx", "bieu_bao_cao.xlsx"),
        (b'attachment; filename="=?UTF-8?B?YsOhbyBjw6FvLnhsc3g=?="', "báo cáo.xlsx"),
        (b'attachment; filename="=?UTF-8?B?YsOhbyA=?=\r\n =?UTF-8?B?Y8Ohby54bHN4?="',
         "báo cáo.xlsx"),
        (b"attachment; filename==?UTF-8?B?YsOhbyBjw6FvLnhsc3g=?=", "báo cáo.xlsx"),
        ('attachment; filename="báo cáo.xlsx"'.encode(), "báo cáo.xlsx"),
        ('attachment; filename="báo.xlsx"'.encode("cp1258", "replace"), "báo.xlsx"),
        (b"attachment; filename*=x-viet-tcvn''b%B8o.xlsx", "b¸o.xlsx"),
        (b'attachment; filename="=?x-tcvn?Q?b=B8o.xlsx?="', "b¸o.xlsx"),
        (b'attachment; filename="../../etc/bieu.xlsx"', "bieu.xlsx"),
        (b'attachment; filename="C:\\\\x\\\\bieu.xlsx"', "bieu.xlsx"),
        (b'attachment; filename="bi\xe2\x80\xaeeu.xlsx"', "bieu.xlsx"),
        (b'attachment; filename="a\x00b.xlsx"', "ab.xlsx"),
        (b"attachment; filename*=UTF-8''th%ZZt.xlsx", "th%ZZt.xlsx"),
        (b'attachment; filename="bieu.xlsx', "bieu.xlsx"),
        (b'inline; filename="bieu.xlsx"', "bieu.xlsx"),  # Apple Mail
        (b'attachment; filename="=?utf-8?B?abcde?="', "=?utf-8?B?abcde?="),
        (b"attachment", "tep"),
    ],
)  # fmt: skip
def test_names_of_files(disposition: bytes, name: str) -> None:
    assert attached(b"Content-Disposition: " + disposition) == [name]


def test_a_name_that_only_the_type_has() -> None:
    kind = b'application/vnd.ms-excel; name="bieu.xls"'
    assert attached(b"Content-Transfer-Encoding: 8bit", kind) == ["bieu.xls"]


def test_long_names_keep_their_ending() -> None:
    assert safe_name("a" * 400 + ".xlsx") == "a" * 145 + ".xlsx"


def packed(*names: str, content: bytes = XLSX, times: int = 1) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            package.writestr(name, content * times)
    return made.getvalue()


def locked() -> bytes:
    """A zip whose files say that they have a password."""
    data = bytearray(packed("bieu.xlsx"))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def rules(*files: tuple[str, bytes]) -> list[tuple[str, str]]:
    message = EmailMessage()
    message["From"] = "xa@example.org"
    message.set_content("Kính gửi")
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return [(file.name, file.rule) for file in letter(message.as_bytes()).files]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([("a.xlsx", XLSX)], [("a.xlsx", "")]),
        ([("a.xlsm", XLSX)], [("a.xlsm", "")]),  # read like another; macros are never run
        ([("a.pdf", b"%PDF-")], [("a.pdf", "")]),  # its filer hears why it cannot be read
        ([("cv.pdf", b"%PDF-"), ("a.xlsx", XLSX), ("cv.docx", XLSX)],
         [("cv.pdf", "mail-beside"), ("a.xlsx", ""), ("cv.docx", "mail-beside")]),
        ([("a.xlsx", XLSX), ("A.xlsx", XLSX)], [("a.xlsx", ""), ("A (2).xlsx", "")]),
        ([("a.exe", b"MZ")], [("a.exe", "mail-no-document")]),
        ([("a.xlsx.exe", b"x")], [("a.xlsx.exe", "mail-no-document")]),
        ([("a.xlsx", b"MZ\x90")], [("a.xlsx", "mail-no-document")]),
        ([("a.js", b"x"), ("b.xlsx", XLSX)], [("a.js", "mail-no-document"), ("b.xlsx", "")]),
        ([("a.rar", b"Rar!")], [("a.rar", "mail-archive")]),
        ([("winmail.dat", b"x")], [("winmail.dat", "mail-wrapped")]),
        ([("a.zip", packed("x/a.xlsx", "y/a.xlsx", "__MACOSX/x/._a.xlsx", "x/.DS_Store"))],
         [("a.xlsx", ""), ("a (2).xlsx", "")]),
        ([("a.zip", packed("../../etc/a.xlsx", "C:\\b.xlsx"))], [("a.xlsx", ""), ("b.xlsx", "")]),
        ([("a.zip", packed("trong.zip", content=packed("a.xlsx")))],
         [("trong.zip", "mail-archive")]),
        ([("a.zip", packed("a.exe", content=b"MZ"))], [("a.exe", "mail-no-document")]),
        ([("a.zip", locked())], [("a.zip", "mail-zip-locked")]),
        ([("a.zip", packed("a.xlsx")[:-30])], [("a.zip", "mail-zip-broken")]),
        ([("a.zip", b"no zip")], [("a.zip", "mail-zip-broken")]),
        ([("a.zip", packed("a.xlsx", content=bytes(2**20), times=101))],
         [("a.zip", "mail-zip-too-large")]),
        ([("a.zip", packed(*(f"{n}.xlsx" for n in range(MAX_FILES + 1))))],
         [("a.zip", "mail-zip-too-large")]),
        ([("a.zip", packed())], [("a.zip", "mail-zip-empty")]),
    ],
)  # fmt: skip
def test_what_may_be_a_filing(files: list[tuple[str, bytes]], found: list[tuple[str, str]]) -> None:
    assert rules(*files) == found


def test_twenty_files_are_twenty_and_the_fifty_first_is_none() -> None:
    twenty = [(f"{n}.xlsx", XLSX) for n in range(20)]
    assert rules(*twenty) == [(name, "") for name, _ in twenty]
    many = [(f"{n}.xlsx", XLSX) for n in range(MAX_FILES + 1)]
    assert [rule for _, rule in rules(*many)] == [""] * MAX_FILES + ["mail-too-many"]


def test_many_small_zips_unpack_to_no_more_than_one() -> None:
    half = packed("a.xlsx", content=bytes(2**20), times=60)
    found = rules(("1.zip", half), ("2.zip", half), ("b.xlsx", XLSX))
    assert found == [("a.xlsx", ""), ("2.zip", "mail-zip-too-large"), ("b.xlsx", "")]


def test_a_message_that_is_built_to_break_programs_stops_nothing() -> None:
    part = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
    raw = HEAD + b"".join(part % (n, n) for n in range(3000))
    assert decide(letter(raw), ["1"])[1] in ("mail-from-unclear", "mail-no-file")


def test_names_in_a_zip_of_a_vietnamese_windows() -> None:
    data = packed("b?o.xlsx").replace(b"b?o", "báo".encode("cp1258")[:3])
    assert rules(("a.zip", data)) == [("báo.xlsx", "")]


def test_pictures_in_the_text_are_no_files() -> None:
    message = EmailMessage()
    message["From"] = "xa@example.org"
    message.set_content("Kính gửi")
    message.add_alternative('<img src="cid:logo@x"> Kính gửi', subtype="html")
    logo = {"cid": "<logo@x>", "filename": "logo.png"}
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", **logo)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="scan.png")
    assert [file.name for file in letter(message.as_bytes()).files] == ["scan.png"]


def test_files_of_a_forwarded_message(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["From"] = "other@example.net"
    inner.set_content("x")
    inner.add_attachment(XLSX, maintype="application", subtype="x", filename="a.xlsx")
    outer = EmailMessage()
    outer["From"] = "xa@example.org"
    outer.set_content("Chuyển tiếp")
    outer.add_attachment(inner)
    found = letter(outer.as_bytes())
    assert (found.address, [f.name for f in found.files]) == ("xa@example.org", ["a.xlsx"])


@pytest.mark.parametrize(
    ("header", "has_file", "decision"),
    [
        ("X-Auto-Response-Suppress: All", True, ("taken", "")),  # what Exchange writes on all
        ("Auto-Submitted: no", True, ("taken", "")),
        ("Auto-Submitted: auto-generated", True, ("taken", "")),  # a program for documents sent it
        ("Auto-Submitted: auto-generated", False, ("ignored", "mail-automatic")),
        ("Auto-Submitted: auto-replied; x", True, ("ignored", "mail-automatic")),
        ("X-Autoreply: yes", True, ("ignored", "mail-automatic")),
        ("Precedence: auto_reply", True, ("ignored", "mail-automatic")),
        ("Precedence: bulk", True, ("taken", "")),
        ("Precedence: bulk", False, ("ignored", "mail-automatic")),
        ("Return-Path: <>", True, ("ignored", "mail-automatic")),
        ("Subject: x", False, ("ignored", "mail-no-file")),
    ],
)
def test_what_programs_send(header: str, has_file: bool, decision: tuple[str, str]) -> None:
    message = EmailMessage()
    message["From"] = "xa@example.org"
    message.set_content("x")
    if has_file:
        message.add_attachment(XLSX, maintype="application", subtype="x", filename="a.xlsx")
    raw = header.encode() + b"\n" + message.as_bytes()
    assert decide(letter(raw), ["02146"]) == decision


def test_a_report_of_delivery_is_no_filing() -> None:
    raw = (b"From: it@example.org\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
           b"Content-Type: message/rfc822\r\n\r\n" + HEAD + b"\r\nx\r\n--b--\r\n")  # fmt: skip
    assert decide(letter(raw), []) == ("ignored", "mail-automatic")


def test_strangers() -> None:
    with_file = letter(HEAD + b"Content-Type: application/x; name=a.xlsx\r\n\r\n" + XLSX)
    assert decide(with_file, []) == ("quarantined", "mail-sender-unknown")
    assert decide(letter(HEAD + b"\r\nx"), []) == ("ignored", "mail-sender-unknown")
    forged = with_file._replace(is_verified=False)
    assert decide(forged, ["1"]) == ("quarantined", "mail-unverified")


def test_a_copy_is_the_same_message_and_another_with_its_number_is_not() -> None:
    one = letter(HEAD + b"\r\nx")
    assert letter(b"Received: from a by b\r\n" + HEAD + b"\r\nx").key == one.key
    assert letter(HEAD + b"\r\ny").key != one.key
    assert letter(HEAD.replace(b"xa@", b"xb@") + b"\r\nx").key != one.key
    assert opened(HEAD + b"\r\nx", "khac", "").key != one.key
    bare = HEAD.replace(b"Message-ID: <1@x>\r\n", b"")
    keys = {letter(b"Date: %d\r\n" % day + bare + b"\r\nx").key for day in (1, 2)}
    assert len(keys) == 2
