"""A mail's headers and files hold what they should, whatever others put into names and ids."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest

from etl.answer.letters import Letter, letter, one_line
from etl.answer.mime import Paper, mail, may_be_written_to, parsed
from etl.catalogue.forms import Bilingual
from etl.catalogue.mail_file import MailFile

NOW = datetime.fromisoformat("2025-06-10T09:00:00+07:00")
FILE = MailFile(
    sender="hoso@tinh.example",
    office=Bilingual(vi="Tổ tổng hợp, tỉnh", en="Team"),
    since=NOW.date(),
)


SAID = Letter("Đã nhận", "Nội dung\n")


def made(said: Letter = SAID, papers=(), reply_to=None) -> bytes:
    return mail(FILE, "xa@x.example", "k", said, NOW, list(papers), reply_to).as_bytes()


def test_the_headers_of_an_answer() -> None:
    message = message_from_bytes(made(reply_to="<1@x.example>"), policy=policy.default)
    assert message["From"] == '"Tổ tổng hợp, tỉnh" <hoso@tinh.example>'
    assert message["Subject"] == "Đã nhận"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["Date"] == "Tue, 10 Jun 2025 09:00:00 +0700"


def test_the_same_mail_has_the_same_id_and_another_has_another() -> None:
    first = parsed(made())["Message-ID"]
    assert first == parsed(made(reply_to=""))["Message-ID"]
    assert first.startswith("<khoxa.") and first.endswith("@tinh.example>")
    assert mail(FILE, "xa@x.example", "l", Letter("", ""), NOW, [], None)["Message-ID"] != first


def test_a_long_id_is_neither_wrapped_nor_encoded() -> None:
    """Python folds long ones into encoded words, which no mail program finds again."""
    long = f"<{'a' * 200}=b@{'mail.' * 20}example>"
    lines = made(reply_to=long).decode().split("\r\n")
    assert f"In-Reply-To: {long}" in lines and f"References: {long}" in lines
    assert parsed(made(reply_to=long)).as_bytes() == made(reply_to=long), "resent as it was"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "<a@b>\r\nBcc: all@x.example",
        "a@b",
        "<a b@c>",
        "<a@b> <c@d>",
        "<Ạ@b>",
        f"<{'a' * 901}@b>",
    ],
)
def test_an_id_that_is_none_is_left_out(wrong: str) -> None:
    message = parsed(made(reply_to=wrong))
    assert message["In-Reply-To"] is None and message["References"] is None
    assert message["Bcc"] is None and message["Auto-Submitted"] == "auto-replied"


LONG = "báo cáo 6 tháng đầu năm 2025 của xã Kim Hỷ.xlsx"
NAMES = {
    LONG: LONG,
    "a\r\nBcc: all@x.example\r\n.xlsx": "a Bcc: all@x.example .xlsx",
    'a";name="b.exe': 'a";name="b.exe',
    "bao‮xslx.exe": "baoxslx.exe",
    "x" * 300 + ".xlsx": "x" * 179 + "…",
}


@pytest.mark.parametrize(("name", "seen"), NAMES.items())
def test_a_file_keeps_its_name_and_writes_no_header(name: str, seen: str) -> None:
    content = made(papers=[Paper(name, b"PK")])
    message = message_from_bytes(content, policy=policy.default)
    (paper,) = message.iter_attachments()
    assert paper.get_filename() == seen
    assert paper.get_content() == b"PK"
    assert message["Bcc"] is None and paper["Bcc"] is None
    assert max(map(len, content.split(b"\r\n"))) < 998


def test_a_long_vietnamese_name_is_written_as_rfc_2231_wants_it() -> None:
    content = made(papers=[Paper("báo cáo kết quả công tác giảm nghèo của xã.xlsx", b"PK")])
    assert (
        b"filename*0*=utf-8''b%C3%A1o" in content
        and b"=?" not in content.partition(b"PK")[0][content.index(b"Content-Disposition") :]
    )


@pytest.mark.parametrize(
    "said",
    [
        "Nhắc nộp Báo cáo kết quả công tác giảm nghèo của xã 9 tháng 2025: Thị trấn Yến Lạc",
        "Chưa nhận được: Báo cáo kết quả công tác giảm nghèo của xã năm 2025 (xã Kim Hỷ)",
        "Tổ tổng hợp số liệu, Sở Nông nghiệp và Môi trường (2) Nam 1.337 " + "ệ" * 80,
    ],
)
def test_no_blank_is_lost_or_doubled_where_a_line_is_wrapped(said: str) -> None:
    name = one_line(said, 60)
    file = FILE.model_copy(update={"office": Bilingual(vi=name, en="Team")})
    sent = mail(file, "xa@x.example", "k", Letter(said, "x"), NOW, [], None).as_bytes()
    header = message_from_bytes(sent, policy=policy.compat32)
    subject, sender = (str(make_header(decode_header(header[n]))) for n in ("Subject", "From"))
    assert subject == said and sender == f"{name} <hoso@tinh.example>"
    lines = f"Subject: {header['Subject']}".splitlines()
    assert max(map(len, lines)) <= 76  # RFC 2047, section 2
    assert parsed(sent)["From"].addresses[0].addr_spec == FILE.sender


def test_a_subject_of_another_is_one_line() -> None:
    said = letter("unknown", office=Bilingual(vi="Tổ\r\nBcc: all@x.example", en="x"))
    message = parsed(made(said))
    assert message["Bcc"] is None
    assert one_line("a\n\tb\u2028c\x00d\u202ee", 100) == "a b cde"
    assert len(one_line("x" * 500)) == 120


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("vanphong.kimhy+bc@xa.example", True), ("o'neil@x.example", True),
        ("xa@localhost", False), ("xã@x.example", False),
        ("a@b.example\r\nBcc: c@d.example", False),
        ("a@b.example, c@d.example", False), ("Kim Hỷ <a@b.example>", False), ("", False),
        ("MAILER-DAEMON@x.example", False), ("postmaster@x.example", False),
        ("do-not-reply@x.example", False), ("noreply@x.example", False),
        ("bounces+123@x.example", False), ("a" * 260 + "@x.example", False),
        ("a..b@x.example", False), (".a@x.example", False),
        ("notary@x.example", True), ("rooted@x.example", True), ("bouncer@x.example", True),
    ],
)  # fmt: skip
def test_who_may_be_written_to(address: str, may: bool) -> None:
    assert may_be_written_to(address) is may


def test_files_say_what_they_are_on_a_machine_without_a_list_of_types() -> None:
    code = (
        "import mimetypes; mimetypes.knownfiles.clear()\n"
        "from tests.unit.test_mail_headers import made, Paper, parsed\n"
        "papers = [Paper('a.xlsx', b'x'), Paper('b.docx', b'x'), Paper('c.html', b'x')]\n"
        "for part in parsed(made(papers=papers)).iter_attachments(): print(part.get_content_type())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    office = "application/vnd.openxmlformats-officedocument."
    sheet, document = f"{office}spreadsheetml.sheet", f"{office}wordprocessingml.document"
    assert said.stdout.split() == [sheet, document, "text/html"]
