"""Files that were dropped into the inbox, and workbooks that are too large for a mail."""

from __future__ import annotations

from pathlib import Path

from etl.ground.config import Settings
from etl.publish import return_path
from tests.helpers.mail_office import Office, body, later

VAN_VU, NO_OFFICE = "02137", "02146"  # samples/local/contacts.csv
ON = "answer_folder: true\n"


def test_the_units_office_is_told_once_of_all_that_came(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path, ON)
    office.filing("a.xlsx", unit=VAN_VU)
    office.filing("b.xlsx", "rejected", unit=VAN_VU, period="Y", fails=1, at=later(1))
    office.filing("c.xlsx", unit=NO_OFFICE)
    assert office.answer(now=later(5)) == {"composed": 1, "written": 1}
    (message,) = office.letters()
    assert message["To"] == "vanvu@example.org"
    assert message["In-Reply-To"] is None and message["Auto-Submitted"] == "auto-generated"
    said = body(message)
    assert "1. a.xlsx: ĐÃ NHẬN" in said and "2. b.xlsx: TRẢ LẠI" in said and "c.xlsx" not in said
    office.filing("d.xlsx", unit=VAN_VU, at=later(6), version=2)
    assert office.answer(now=later(10)) == {"composed": 1, "written": 1}
    assert "a.xlsx" not in body(office.letters()[1])


def test_unless_asked_for_they_are_not_told(fresh_warehouse: Settings, tmp_path: Path) -> None:
    office = Office.at(fresh_warehouse, tmp_path)
    office.filing("a.xlsx", unit=VAN_VU)
    assert office.answer() == {"composed": 0}


def test_a_workbook_too_large_for_a_mail_is_named_and_left_out(
    fresh_warehouse: Settings, tmp_path: Path
) -> None:
    office = Office.at(fresh_warehouse, tmp_path, ON + "largest_mb: 1\n")
    sizes = {"small.xlsx": 1000, "large.xlsx": 800_000}
    for n, (name, size) in enumerate(sizes.items()):
        number = office.filing(name, "rejected", unit=VAN_VU, fails=1, at=later(n))
        path = return_path(office.settings.returns_dir, number, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    office.answer(now=later(5))
    (message,) = office.letters()
    assert [paper.get_filename() for paper in message.iter_attachments()] == [
        "small__00000000000003e8.xlsx"
    ]
    assert "đề nghị liên hệ Tổ tổng hợp để nhận, nêu số 00000000000003e9" in body(message)
    assert len(message.as_bytes()) < 1_000_000
