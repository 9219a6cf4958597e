"""docs/mails.md: every mail that khoxa writes, on an example. All figures are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from types import SimpleNamespace

from etl.answer.composing import answer_letter, reminder_letter, unknown_letter
from etl.answer.filed import Answer, Due, FileSaid, Said, not_taken
from etl.answer.letters import Letter
from etl.answer.team import weekly_letter
from etl.catalogue.definitions import load_rules
from etl.catalogue.mail_file import MailFile, mail_file
from etl.catalogue.rules import RenderedFinding, render
from etl.catalogue.sending import receiver_of
from etl.docs.text import page
from etl.ground.config import ROOT
from etl.ground.records import Finding

NOW = datetime.fromisoformat("2025-06-10T15:20:00+07:00")
BEFORE = datetime.fromisoformat("2025-06-03T14:15:00+07:00")
REPORT, MARKED = "bao_cao_6_thang_2025.xlsx", "bao_cao_6_thang_2025__3f0a9b1c5d7e2468.xlsx"
COMMUNE = "Xã Kim Hỷ"
_DUE = date(2025, 6, 14)
_LOCKED = ("bao_cao.zip", "not_taken", "mail-zip-locked")
_SCAN = ("cong_van.pdf", "beside", "mail-beside")
_NOT_THEIRS = ("bao_cao_xa_khac.xlsx", "not_theirs")
_VAN_LANG = Said(2, "commune_report", 2025, "H1", "Xã Văn Lang", None, "rejected", 0, False)
_HEADINGS: dict[str, Callable[[], Letter]] = {
    "Nhận, trong ngày / Received, by day": lambda: _answer(_filed(shows=False), due=True),
    "Nhận, sau lần cập nhật, có điều cần xem lại / Received, after the night, with warnings":
        lambda: _answer(_filed(warns=1)),
    "Trả lại / Returned": lambda: _answer(_returned()),
    "Trả lại, nhiều lỗi / Returned, with many errors": lambda: _answer(_returned(many=True)),
    "Nhiều tệp trong một thư / Several files of one mail": lambda: _answer(
        _filed(), _again(), _again(rejected=True), _beside(*_LOCKED), _beside(*_NOT_THEIRS),
        _too_large(),
    ),
    "Bản quét kèm bảng tính / A scan beside the workbook":
        lambda: _answer(_filed(), _beside(*_SCAN)),
    "Địa chỉ chưa được ghi cho đơn vị / An address that does not file for the unit":
        lambda: _answer(_beside(*_NOT_THEIRS)),
    "Có biểu của xã khác trong tệp / A neighbour's form in the workbook":
        lambda: _answer(_filed(beside=_VAN_LANG)),
    "Tệp chép vào hộp nhận / Files dropped into the inbox":
        lambda: _answer(_filed(), by_mail=False),
    "Kết quả mới / Another verdict": lambda: _answer(_filed(version=2), is_change=True),
    "Người gửi không có trong danh sách / An unknown sender":
        lambda: unknown_letter("mail-sender-unknown", NOW, _file(), _file().sender),
    "Máy chủ thư không xác nhận người gửi / A sender that the mail server does not confirm":
        lambda: unknown_letter("mail-unverified", NOW, _file(), _file().sender),
    "Thư không có tệp / A message without a file":
        lambda: unknown_letter("mail-no-file", NOW, _file(), _file().sender),
    "Thư quá lớn / A message that is too large":
        lambda: unknown_letter("mail-too-large", NOW, _file(), _file().sender),
    "Nhắc trước hạn / A reminder before": lambda: _reminder(date(2025, 6, 11)),
    "Nhắc đúng ngày hạn / on the day": lambda: _reminder(date(2025, 6, 10), attached=False),
    "Nhắc sau hạn / and after": lambda: _reminder(date(2025, 6, 9), returned=True),
    "Mỗi tuần cho tổ tổng hợp / The line of the week": lambda: _weekly(),
}  # fmt: skip


def mails_page() -> str:
    """The page."""
    return page("mails", _examples())


def _examples() -> Iterator[str]:
    for heading, make in _HEADINGS.items():
        said = make()
        yield from ("", f"## {heading}", "", "```text", said.subject, "", said.body.rstrip(), "```")


def _file() -> MailFile:
    file = mail_file(ROOT / "samples" / "local")
    assert file is not None
    return file


def _answer(
    *files: FileSaid, due: bool = False, by_mail: bool = True, is_change: bool = False
) -> Letter:
    owed = [Due(COMMUNE, "target_registration", 2025, "Y", date(2025, 6, 1)),
            Due(COMMUNE, "commune_report", 2025, "Y", date(2025, 11, 9))]  # fmt: skip
    answer = Answer(
        "", "", None, "", NOW if by_mail else None, list(files), [("commune", "02146")], COMMUNE,
        is_change, owed if due else [],
        receiver_of("commune", "02146", date(2025, 6, 30), NOW.date()),
    )  # fmt: skip
    return answer_letter(answer, _file(), NOW, _file().sender)


def _filed(
    *, shows: bool = True, warns: int = 0, version: int | None = 1, beside: Said | None = None
) -> FileSaid:
    said = Said(1, "commune_report", 2025, "H1", COMMUNE, version if shows else None, "accepted",
                60, shows)  # fmt: skip
    file = FileSaid(REPORT, "filed", 0x3F0A9B1C5D7E2468, BEFORE, [said])
    file.waiting = [beside] if beside else []
    if warns:
        params = (("year_before", "240"), ("year_before_from", "bao_cao_6_thang_2024.xlsx"))
        file.findings = [_finding("year-on-year-jump", "D10", "163", "", params)]
        file.attached = MARKED
    return file


def _finding(
    rule: str, cell: str, seen: str, expected: str, params: tuple[tuple[str, str], ...] = ()
) -> RenderedFinding:
    params = (("row", "Tổng số hộ"), ("column", "Số đạt được"), *params)
    found = Finding(1, rule, "Chỉ tiêu", cell, seen, expected, params)
    return render(found, load_rules()[rule], strict=True)


def _returned(due_on: date | None = _DUE, *, many: bool = False) -> FileSaid:
    said = Said(1, "commune_report", 2025, "H1", COMMUNE, 1, "rejected", 0, False)
    findings = [_finding("not-negative", f"D{row}", "-5", "") for row in (10, 11, 12)]
    if many:
        findings = [_finding("not-negative", f"{column}10", "-5", "") for column in "DEFGHIJKLMNO"]
    findings += [_finding("number-unreadable", "E14", "khoảng 20", "")]
    return FileSaid(
        REPORT, "filed", 0x3F0A9B1C5D7E2468, BEFORE, [said], findings, due_on=due_on,
        attached=MARKED,
    )  # fmt: skip


def _again(*, rejected: bool = False) -> FileSaid:
    file = _returned(date(2025, 6, 9)) if rejected else _filed()
    file.kind = "again"
    file.attached, file.findings = "", []
    return file


def _beside(name: str, kind: str, code: str = "") -> FileSaid:
    """A file of which nothing is read, by the rule why."""
    why, fix = not_taken(code, name) if code else ("", "")
    return FileSaid(name, kind, None, None, why=why, fix=fix)


def _too_large() -> FileSaid:
    file = _returned(None)
    file.attached, file.is_left_out = "", True
    return file


def _reminder(due_on: date, *, attached: bool = True, returned: bool = False) -> Letter:
    row = SimpleNamespace(
        form="commune_report", period="H1", year=2025, due_on=due_on, unit_name=COMMUNE,
        level="commune", unit_code="02146",
        returned_on=date(2025, 6, 5) if returned else None,
    )  # fmt: skip
    name = "commune_report_02146_2025-H1.xlsx" if attached else ""
    return reminder_letter(row, _file(), NOW, name, is_filled=attached, where=_file().sender)


def _weekly() -> Letter:
    about = {"form": "commune_report", "year": 2025, "period": "H1"}
    rows = [
        SimpleNamespace(**about, what="missing", unit_name="Xã Văn Lang", due_on=date(2025, 6, 9)),
        SimpleNamespace(**about, what="rejected", unit_name=COMMUNE, name=REPORT,
                        received_on=date(2025, 6, 5)),
        SimpleNamespace(**about, what="correction", unit_name="Xã Cường Lợi", name="sua.xlsx",
                        received_on=date(2025, 6, 6)),
    ]  # fmt: skip
    return weekly_letter("Huyện Na Rì", rows, _file(), NOW)
