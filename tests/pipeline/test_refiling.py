"""Content that another version replaced may come again; what only lies there never does."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground import database
from etl.ground.clock import now
from etl.ground.config import Settings
from etl.night.as_of import as_of
from etl.night.told import steps
from etl.publish import jobs
from etl.receive import filing_id
from tests.night import NOW, Night

VALUE = (
    "select value from mart.figure_trace where is_current and unit_name = 'Xã Kim Hỷ'"
    " and code = 'labour_export'"
)
FILINGS = (
    "select arrival, original_name, version, superseded_by is null from raw.filing"
    " order by received_at, filing_id"
)
DAY = timedelta(days=1)


@pytest.fixture
def books(tmp_path: Path) -> dict[str, bytes]:
    """The half-year report of Kim Hỷ as filed ("old": 4 workers abroad) and corrected to 0."""
    source = Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx"
    book = load_workbook(source)
    labels = {row[1].value: row for row in book["Chỉ tiêu"].iter_rows()}
    cell = labels["Trong đó: xuất khẩu lao động"][3]
    assert cell.value not in (0, "0")
    cell.value = 0
    book.save(tmp_path / "new.xlsx")
    return {"old": source.read_bytes(), "new": (tmp_path / "new.xlsx").read_bytes()}


class Office:
    """An inbox, and nights on it one day apart; files are as old as the day they were put there."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        folder.mkdir()
        self.night, self.folder, self.day = Night(settings, folder), folder, 0

    def put(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.write_bytes(content)
        self.age(path)

    def age(self, path: Path) -> None:
        at = (NOW + self.day * DAY - timedelta(hours=2)).timestamp()
        os.utime(path, (at, at))

    def go(self) -> int:
        """A night; returns rows changed."""
        steps = self.night.go(NOW + self.day * DAY)
        self.day += 1
        return sum(sum(step.values()) for step in steps.values())

    def value(self) -> int:
        ((value,),) = self.night.rows(VALUE)
        return int(value)


@pytest.fixture
def office(fresh_warehouse: Settings, tmp_path: Path) -> Office:
    return Office(fresh_warehouse, tmp_path / "inbox")


def superseded(office: Office, books: dict[str, bytes], name: str = "bao_cao_2.xlsx") -> int:
    """The old report, then the new one; returns what the old one says."""
    office.put("bao_cao.xlsx", books["old"])
    office.go()
    before = office.value()
    office.put(name, books["new"])
    office.go()
    assert office.value() == 0 != before
    return before


def test_what_keeps_lying_there_is_never_entered_again(
    office: Office, books: dict[str, bytes]
) -> None:
    office.put("ban_sao.xlsx", books["old"])
    superseded(office, books)
    before = office.night.dump()
    assert [office.go() for _ in range(2)] == [0, 0]
    assert office.night.dump() == before


def test_again_under_another_name(office: Office, books: dict[str, bytes]) -> None:
    before = superseded(office, books)
    office.put("gui_lai.xlsx", books["old"])
    assert office.go() > 0
    assert office.value() == before
    assert office.night.rows(FILINGS) == [
        (1, "bao_cao.xlsx", 1, False), (1, "bao_cao_2.xlsx", 2, False),
        (2, "gui_lai.xlsx", 3, True),
    ]  # fmt: skip
    assert office.go() == 0


def test_there_and_back_under_one_name(office: Office, books: dict[str, bytes]) -> None:
    before = superseded(office, books, "bao_cao.xlsx")
    for content, value in (("old", before), ("new", 0), ("old", before)):
        office.put("bao_cao.xlsx", books[content])
        office.go()
        assert office.value() == value
    assert office.go() == 0
    assert [row[0] for row in office.night.rows(FILINGS)] == [1, 1, 2, 2, 3]


def test_put_there_again_as_it_was(office: Office, books: dict[str, bytes]) -> None:
    before = superseded(office, books)
    office.age(office.folder / "bao_cao.xlsx")
    office.go()
    assert office.value() == before
    assert office.go() == 0


def test_a_copied_inbox_is_no_new_filing(office: Office, books: dict[str, bytes]) -> None:
    superseded(office, books)
    for path in office.folder.iterdir():
        office.age(path)
    office.go()
    assert office.value() == 0
    moved = office.folder.with_name("moved")
    shutil.copytree(office.folder, moved, copy_function=shutil.copy)
    office.night.inbox = moved
    assert office.go() == 0
    assert office.value() == 0


def test_a_later_line_of_the_receiving_log(office: Office, books: dict[str, bytes]) -> None:
    before = superseded(office, books)
    at = NOW + office.day * DAY - timedelta(hours=5)
    log = office.folder / "so_van_den.csv"
    log.write_text(f"Tên tệp,Ngày giờ nhận\nbao_cao.xlsx,{at.isoformat()}\n", encoding="utf-8")
    office.go()
    assert office.value() == before
    ((received,),) = office.night.rows("select received_at from raw.filing where arrival = 2")
    assert received == at
    assert office.go() == 0


def test_a_line_of_the_log_is_about_the_file_that_had_the_name_then(
    office: Office, books: dict[str, bytes]
) -> None:
    at = NOW - timedelta(hours=3)
    log = office.folder / "so_van_den.csv"
    log.write_text(f"Tên tệp,Ngày giờ nhận\nbao_cao.xlsx,{at.isoformat()}\n", encoding="utf-8")
    superseded(office, books, "bao_cao.xlsx")
    assert [at for (at,) in office.night.rows("select received_at from raw.filing order by 1")] == [
        at, NOW + DAY,
    ]  # fmt: skip


def test_what_counts_or_was_rejected_is_not_entered_again(
    office: Office, books: dict[str, bytes]
) -> None:
    office.put("bao_cao.xlsx", books["old"])
    office.put("anh.xlsx", b"\x89PNG no workbook")
    office.go()
    office.put("bao_cao_lan_nua.xlsx", books["old"])
    office.put("anh_lan_nua.xlsx", b"\x89PNG no workbook")
    assert office.go() == 0
    assert office.night.rows("select count(*) from raw.filing") == [(2,)]
    # seen beside the version that counted: no new filing once that is superseded
    office.put("moi.xlsx", books["new"])
    office.go()
    assert office.go() == 0
    assert office.value() == 0


def test_the_past_is_as_it_was_known(office: Office, books: dict[str, bytes]) -> None:
    before = superseded(office, books)
    office.put("gui_lai.xlsx", books["old"])
    office.go()
    for day, value in ((0, before), (1, 0), (2, before)):
        on = (NOW + day * DAY).date()
        with as_of(office.night.settings, on) as then:
            assert then.transaction is not None
            assert database.script(then.transaction, VALUE).all() == [(value,)]


def test_each_arrival_has_its_own_findings_and_return_workbook(
    office: Office, books: dict[str, bytes], tmp_path: Path
) -> None:
    book = load_workbook(Night.inbox / "bao_cao_6_thang_2025_kim_hy.xlsx")
    book["Chỉ tiêu"].sheet_state = "hidden"  # a warning
    book["Kinh phí"].sheet_state = "visible"
    book.active = book.sheetnames.index("Kinh phí")
    book.save(tmp_path / "warned.xlsx")
    books["old"] = (tmp_path / "warned.xlsx").read_bytes()
    superseded(office, books)
    office.put("gui_lai.xlsx", books["old"])
    office.go()
    returned = {path.name for path in office.night.settings.returns_dir.iterdir()}
    named = {name.rpartition("__")[0] for name in returned}
    assert "gui_lai" in named and "bao_cao" not in named  # whose later version was accepted
    assert jobs(office.night.settings) == []
    rows = office.night.rows(
        "select f.arrival, count(*) from ops.finding n join raw.filing f using (filing_id)"
        " where n.rule = 'sheet-hidden' group by 1 order by 1"
    )
    assert rows == [(1, 1), (2, 1)]


def test_a_register_from_before_is_taken_as_it_lies(
    office: Office, books: dict[str, bytes]
) -> None:
    """An older khoxa kept no arrivals: what lies there at its first night is not filed again."""
    office.put("ban_sao.xlsx", books["old"])
    superseded(office, books)
    with database.engine(office.night.settings, "khoxa_owner").begin() as connection:
        connection.exec_driver_sql("delete from raw.arrival")
    office.put("lan_ba.xlsx", books["old"])
    assert [office.go(), office.value(), office.go()] == [0, 0, 0]


def test_a_night_that_is_run_again_takes_in_what_came_since_at_its_own_time(
    office: Office, books: dict[str, bytes]
) -> None:
    office.put("bao_cao.xlsx", books["old"])
    office.go()
    office.put("bao_cao_2.xlsx", books["new"])  # a day later, two hours before that night
    (office.folder / "hong.xlsx").write_bytes(b"")
    os.utime(office.folder / "hong.xlsx", (4e9, 4e9))  # 2096: a clock that is wrong
    steps.receive(
        office.night.settings, office.folder, NOW - DAY
    )  # that of the day before, cleared
    office.night.decide()
    assert office.value() == 0, "the correction is the later version"
    received = dict(office.night.rows("select original_name, received_at from raw.filing"))
    assert received["bao_cao_2.xlsx"] == NOW + DAY - timedelta(hours=2)
    assert NOW < received["hong.xlsx"] <= now()


def test_the_number_of_a_first_arrival_stays(books: dict[str, bytes]) -> None:
    digest = "ff" * 32
    assert filing_id(digest) == filing_id(digest, 1) == (1 << 63) - 1
    assert len({filing_id(digest, n) for n in (1, 2, 3)}) == 3
