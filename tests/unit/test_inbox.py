"""A look into an inbox: only plain files are opened; whatever else lies there is named."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.catalogue.definitions import load_rules
from etl.receive.inbox import MAX_MB, File, NotTaken, look

LOG = "so_van_den.csv"
HEADER = "Tên tệp,Ngày giờ nhận\n"
NOBODY = 65534


def seen(folder: Path) -> dict[str, str]:
    """Name -> "" where it was read, else the rule that says why not."""
    return {found.name: getattr(found, "rule", "") for found in look(folder)}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(b"good")
    return folder


def test_what_is_no_file_is_named_and_never_opened(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.xlsx").write_bytes(b"outside")
    (inbox / "folder.xlsx").mkdir()
    (inbox / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    (inbox / "link to a folder").symlink_to(tmp_path)
    (inbox / "dangling.xlsx").symlink_to("nowhere")
    (inbox / "round.xlsx").symlink_to("round.xlsx")
    os.mkfifo(inbox / "pipe.xlsx")  # opened for reading it would wait for ever
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inbox / "socket.xlsx"))
    assert seen(inbox) == {
        "good.xlsx": "",
        "folder.xlsx": "inbox-folder",
        "link.xlsx": "inbox-link",
        "link to a folder": "inbox-link",
        "dangling.xlsx": "inbox-link",
        "round.xlsx": "inbox-link",
        "pipe.xlsx": "inbox-special",
        "socket.xlsx": "inbox-special",
    }


def test_hidden_ones_are_passed_over(inbox: Path) -> None:
    (inbox / ".hidden").mkdir()
    (inbox / "~$good.xlsx").write_bytes(b"lock")
    assert seen(inbox) == {"good.xlsx": ""}


@pytest.fixture
def as_nobody(inbox: Path) -> Iterator[None]:
    """Root reads everything: until the test ends this process is somebody else."""
    for folder in (inbox, *inbox.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(before)


def test_a_file_without_rights_costs_only_itself(inbox: Path, as_nobody: None) -> None:
    before, mine = os.geteuid(), os.getuid()
    os.seteuid(mine)
    (inbox / "closed.xlsx").write_bytes(b"closed")
    (inbox / "closed.xlsx").chmod(0)
    os.seteuid(before)
    assert seen(inbox) == {"closed.xlsx": "inbox-unreadable", "good.xlsx": ""}
    (closed,) = (found for found in look(inbox) if isinstance(found, NotTaken))
    assert closed.params == {"why": "Permission denied"}


def test_a_file_that_vanishes_after_it_was_listed(inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"a")
    (inbox / "z.xlsx").write_bytes(b"z")
    found = look(inbox)
    assert next(found).name == "a.xlsx"  # listed by now
    (inbox / "good.xlsx").unlink()
    assert [(f.name, getattr(f, "rule", "")) for f in found] == [
        ("good.xlsx", "inbox-changing"),
        ("z.xlsx", ""),
    ]


def test_a_folder_or_link_that_takes_a_files_place(inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"a")
    found = look(inbox)
    next(found)
    (inbox / "good.xlsx").unlink()
    (inbox / "good.xlsx").symlink_to("a.xlsx")
    assert [(f.name, getattr(f, "rule", "")) for f in found] == [("good.xlsx", "inbox-link")]


def test_an_inbox_that_vanishes_while_it_is_looked_at(inbox: Path) -> None:
    (inbox / "a.xlsx").write_bytes(b"a")
    found = look(inbox)
    next(found)
    shutil.rmtree(inbox)
    assert [getattr(f, "rule", "") for f in found] == ["inbox-changing"]


def test_a_file_that_grows_while_it_is_read(inbox: Path) -> None:
    path, ended = inbox / "growing.xlsx", threading.Event()
    path.write_bytes(b"0" * (64 * 2**20))

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not ended.is_set():
                file.write(b"1")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        # the writer may not get a processor while a file is read, where much else runs
        assert any(seen(inbox)["growing.xlsx"] == "inbox-changing" for _ in range(50))
    finally:
        ended.set()
        writer.join()
    assert seen(inbox)["growing.xlsx"] == ""  # it is whole now


def test_a_huge_file_is_not_read_into_memory(inbox: Path) -> None:
    with (inbox / "huge.xlsx").open("wb") as file:
        file.truncate(MAX_MB * 2**20 + 1)
    assert seen(inbox) == {"good.xlsx": "", "huge.xlsx": "inbox-too-large"}


def test_a_name_that_is_not_utf8(inbox: Path) -> None:
    for name in (b"b\xff.xlsx", b"b\xfe.xlsx"):
        Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(b"x")
    assert seen(inbox) == {
        "good.xlsx": "",
        "b\\xff.xlsx": "inbox-name",
        "b\\xfe.xlsx": "inbox-name",
    }


def test_times_of_the_receiving_log(inbox: Path) -> None:
    lines = "good.xlsx,2025-06-03T14:15:00\nother.xlsx,2025-06-03T07:15:00Z\n"
    (inbox / "other.xlsx").write_bytes(b"other")
    (inbox / "unlisted.xlsx").write_bytes(b"unlisted")
    (inbox / LOG).write_text(HEADER + lines, encoding="utf-8-sig")
    times = {f.name: f.logged for f in look(inbox) if isinstance(f, File)}
    assert times["good.xlsx"] == times["other.xlsx"] and times["unlisted.xlsx"] is None
    assert str(times["good.xlsx"]) == "2025-06-03 14:15:00+07:00"


@pytest.mark.parametrize("year", ["2999", "0001", "9999", "1899", "2014"])
def test_a_time_that_is_to_come_or_long_gone_is_refused_by_name(inbox: Path, year: str) -> None:
    (inbox / "other.xlsx").write_bytes(b"other")
    (inbox / LOG).write_text(f"{HEADER}good.xlsx,{year}-06-03T14:15:00\n", encoding="utf-8")
    assert seen(inbox) == {"good.xlsx": "inbox-log-far", "other.xlsx": ""}


@pytest.mark.parametrize("divider", [";", "\t", ","])
def test_a_log_as_excel_divides_it_and_a_name_as_a_mac_spells_it(inbox: Path, divider: str) -> None:
    name = "Biểu xã Kim Hỷ.xlsx"
    (inbox / unicodedata.normalize("NFD", name)).write_bytes(b"x")
    text = f"{HEADER}{name},2025-06-03 14:15\n".replace(",", divider)
    (inbox / LOG).write_text(text, encoding="utf-8-sig")
    times = {f.name: f.logged for f in look(inbox) if isinstance(f, File)}
    assert str(times[unicodedata.normalize("NFD", name)]) == "2025-06-03 14:15:00+07:00"


@pytest.mark.parametrize("line", ["good.xlsx,10/6/2025", "good.xlsx,", "good.xlsx"])
def test_a_file_waits_for_its_time(inbox: Path, line: str) -> None:
    (inbox / "other.xlsx").write_bytes(b"other")
    (inbox / LOG).write_text(f"{HEADER}{line}\n", encoding="utf-8")
    assert seen(inbox) == {"good.xlsx": "inbox-log-time", "other.xlsx": ""}


@pytest.mark.parametrize(
    "log",
    [
        HEADER.encode("utf-16"),
        b"",
        b"file,time\nx,2025-06-03\n",
        HEADER.encode("cp1258", "replace"),
    ],
)
def test_nothing_is_taken_while_the_log_cannot_be_read(inbox: Path, log: bytes) -> None:
    (inbox / LOG).write_bytes(log)
    assert seen(inbox) == {LOG: "inbox-log"}
    (inbox / LOG).unlink()
    (inbox / LOG).symlink_to("good.xlsx")
    assert seen(inbox) == {LOG: "inbox-link"}


def test_every_rule_of_the_inbox_is_met_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    rules = [rule for rule in load_rules() if rule.startswith("inbox-")]
    assert rules and all(f'"{rule}"' in text for rule in rules)
