"""`khoxa unit`: what a name or a code means; events that a province takes in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner, Result

import etl.setup.migrate
from etl.cli.commands import app
from etl.ground.errors import KhoxaError
from etl.units.index import load_units

EVENT = """
event: {on: 2026-12-01, basis: "Nghị quyết 99/NQ-UBTVQH16"}
from: ["02185", "02191"]
to: [{code: "02185", name: Côn Dương, type: xã, province: "19"}]
"""
Khoxa = Callable[..., Result]


@pytest.fixture
def khoxa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Khoxa]:
    """The command, with a home of its own; the units are read anew before and after."""
    monkeypatch.setenv("KHOXA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KHOXA_UNITS")
    monkeypatch.delenv("KHOXA_WAREHOUSE_URL", raising=False)

    def run(*arguments: str | Path) -> Result:
        load_units.cache_clear()
        return CliRunner().invoke(app, ["unit", *map(str, arguments)])

    yield run
    load_units.cache_clear()


@pytest.fixture
def event(tmp_path: Path) -> Path:
    path = tmp_path / "con_duong.yaml"
    path.write_text(EVENT, encoding="utf-8")
    return path


def blocks(result: Result) -> list[list[str]]:
    """The answer's paragraphs, as lists of stripped lines."""
    assert result.exit_code == 0, result.output
    return [[line.strip() for line in block.splitlines()] for block in result.stdout.split("\n\n")]


def test_a_code_that_means_two_units_says_so_first(khoxa: Khoxa) -> None:
    head, was, now = blocks(khoxa("02185"))
    assert head == [
        "“02185” là 2 đơn vị khác nhau / means 2 different units:",
        "- Xã Quang Phong (02185), Huyện Na Rì, Tỉnh Bắc Kạn: đến hết 30/06/2025 / until"
        " 30/06/2025",
        "- Xã Côn Minh (02185), Tỉnh Thái Nguyên: từ 01/07/2025 / from 01/07/2025",
    ]
    assert was[0] == "Xã Quang Phong (02185), Huyện Na Rì, Tỉnh Bắc Kạn"
    assert [line for line in was if "thành / became" in line] == [
        "thành / became            Xã Côn Minh (02185), Tỉnh Thái Nguyên [toàn bộ / whole];"
        " 01/07/2025, nhập / merge, Nghị quyết 1683/NQ-UBTVQH15"
    ]
    assert now[0] == "Xã Côn Minh (02185), Tỉnh Thái Nguyên"
    came = [line for line in now if line.startswith("từ / came from")]
    assert len(came) == 3 and "Xã Dương Sơn (02188)" in came[2]


@pytest.mark.parametrize(
    "words",
    [("Kim Hỷ", "--on", "2025-12-31"), ("--on", "2025-12-31", "xã", "Kim", "Hỷ,", "Na Rì"),
     ("show", "KIM HỶ", "--on=2025-12-31"), ("02146", "--on", "2025-12-31")],
)  # fmt: skip
def test_the_first_word_is_the_name_unless_it_is_a_command(
    khoxa: Khoxa, words: tuple[str, ...]
) -> None:
    (answer,) = blocks(khoxa(*words))
    assert answer[0] == "Xã Kim Hỷ (02146), Huyện Na Rì, Tỉnh Bắc Kạn"
    assert answer[-1] == (
        "ngày / on 31/12/2025      Xã Văn Lang (02143), Tỉnh Thái Nguyên [toàn bộ / whole]"
    )


def test_every_unit_of_a_name_is_shown(khoxa: Khoxa) -> None:
    head, *units = blocks(khoxa("Văn Lang"))
    named = [unit[0] for unit in units]
    assert head[0].startswith("“Văn Lang” là ") and len(head) == 1 + len(named)
    for unit in ("Xã Văn Lang (02140), Huyện Na Rì, Tỉnh Bắc Kạn",
                 "Xã Văn Lang (02143), Tỉnh Thái Nguyên"):  # fmt: skip
        assert unit in named
    assert sum(" Phú Thọ" in name for name in named) >= 1  # and one elsewhere in the country


def test_the_same_unit_before_and_after_is_not_called_two(khoxa: Khoxa) -> None:
    was, now = blocks(khoxa("xã Thượng Quan"))
    assert "đến hết 30/06/2025" in was[1] and "từ 01/07/2025" in now[1]
    assert any("giữ nguyên, thay cấp trên / kept" in line for line in was)


def test_a_district_says_what_lies_on_its_ground(khoxa: Khoxa) -> None:
    (answer,) = blocks(khoxa("huyện Na Rì"))
    for code in ("02143", "02152", "02155", "02176", "02185", "02191"):
        assert f"({code})" in answer[-1]
    assert answer[-1].count("Xã ") == 6


def test_as_json(khoxa: Khoxa) -> None:
    result = khoxa("Côn Minh, Na Rì", "--json", "--on", "2025-12-31")
    (told,) = json.loads(result.stdout)
    assert (told["code"], told["valid_from"], told["valid_to"]) == (
        "02173", "2021-01-01", "2025-07-01",
    )  # fmt: skip
    assert [parent["name"] for parent in told["parents"]] == ["Na Rì", "Bắc Kạn"]
    assert [(link["code"], link["link"], link["weight"], link["kind"]) for link in told["became"]
            ] == [("02185", "whole", None, "merge")]  # fmt: skip
    assert [(unit["code"], unit["valid_to"], unit["whole"]) for unit in told["on_that_day"]] == [
        ("02185", None, True)
    ]


@pytest.mark.parametrize(
    ("text", "near"),
    [("Kim Hy", "Kim Hỷ"), ("xã Côn Min", "Xã Côn Minh"), ("2185", "02185"), ("xyzzy", None)],
)
def test_what_is_not_found_is_suggested(khoxa: Khoxa, text: str, near: str | None) -> None:
    result = khoxa(text)
    assert result.exit_code == 1 and result.stdout == ""
    assert f"không có đơn vị “{text}”" in result.stderr and " / no unit " in result.stderr
    assert (near or "có phải") in result.stderr if near else "có phải" not in result.stderr


def test_an_unknown_day_is_said_in_a_sentence(khoxa: Khoxa) -> None:
    result = khoxa("Kim Hỷ", "--on", "31/12/2025")
    assert isinstance(result.exception, KhoxaError) and "2025-06-10" in str(result.exception)


def test_an_event_is_shown_then_taken_in_once(khoxa: Khoxa, event: Path, tmp_path: Path) -> None:
    change = (
        "01/12/2026, nhập / merge: Xã Côn Dương, Tỉnh Thái Nguyên (02185) ← Xã Côn Minh, Tỉnh Thái"
        " Nguyên (02185) [toàn bộ / whole]; Xã Xuân Dương, Tỉnh Thái Nguyên (02191) [toàn bộ /"
        " whole]"
    )
    kept = tmp_path / "home" / "units" / "con_duong.yaml"
    only_said = khoxa("import", event, "--check")
    assert only_said.exit_code == 0 and only_said.stdout.splitlines()[0] == change
    assert not kept.exists() and khoxa("Côn Dương").exit_code == 1
    taken = khoxa("import", event)
    assert taken.exit_code == 0 and taken.stdout.splitlines()[0] == change
    assert "chưa có kho số liệu" in taken.stdout and kept.read_bytes() == event.read_bytes()
    assert len(blocks(khoxa("Côn Dương"))) == 1
    for name in ("con_duong.yaml", "other.yaml"):
        again = tmp_path / name
        again.write_text(EVENT, encoding="utf-8")
        refused = khoxa("import", again)
        assert refused.exit_code == 1 and "đã nhập" in refused.stderr
    assert list(kept.parent.iterdir()) == [kept]


def test_a_wrong_event_is_refused_with_every_problem(khoxa: Khoxa, event: Path) -> None:
    event.write_text(
        EVENT.replace("02191", "99999").replace("xã", "làng").replace("Nghị quyết 99", "")
        .replace("/NQ-UBTVQH16", ""), encoding="utf-8",
    )  # fmt: skip
    result = khoxa("import", event)
    assert result.exit_code == 1 and result.stdout == ""
    lines = result.stderr.strip().splitlines()[1:]
    assert [line.partition(": ")[2].partition(" / ")[0] for line in lines] == [
        "01/12/2026, –: thiếu căn cứ pháp lý (basis)",
        "01/12/2026, 99999: không có đơn vị nào mang mã này",
        "01/12/2026, 02185: loại “làng” không thuộc: xã, phường, đặc khu",
    ]


def test_an_event_that_breaks_a_later_one_is_refused(
    khoxa: Khoxa, event: Path, tmp_path: Path
) -> None:
    assert khoxa("import", event).exit_code == 0
    earlier = tmp_path / "earlier.yaml"
    earlier.write_text(
        EVENT.replace("2026-12-01", "2026-11-01").replace('"02185"', '"02176"', 1)
        .replace('code: "02185", name: Côn Dương', 'code: "02176", name: Trần Dương'),
        encoding="utf-8",
    )  # fmt: skip
    result = khoxa("import", earlier)  # takes 02191 away before it can go into Côn Dương
    assert result.exit_code == 1 and "con_duong.yaml: 01/12/2026, 02191" in result.stderr


def test_the_warehouse_is_brought_up_to_date(
    khoxa: Khoxa, event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home" / "postgres").mkdir(parents=True)
    asked = []
    monkeypatch.setattr(etl.setup.migrate, "migrate", asked.append)
    monkeypatch.setattr("etl.ground.audit.noted", lambda *_said: None)  # there is no warehouse
    assert "kho đã cập nhật" in khoxa("import", event).stdout
    assert [settings.home for settings in asked] == [tmp_path / "home"]


def test_without_the_warehouse_the_event_waits_and_a_refused_one_is_taken_back(
    khoxa: Khoxa, event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home" / "postgres").mkdir(parents=True)
    kept = tmp_path / "home" / "units" / "con_duong.yaml"

    def fail(error: Exception) -> Callable[[object], None]:
        def migrate(_settings: object) -> None:
            raise error

        return migrate

    monkeypatch.setattr(etl.setup.migrate, "migrate", fail(RuntimeError("seed")))
    assert isinstance(khoxa("import", event).exception, RuntimeError) and not kept.exists()
    down = OperationalError("", {}, ConnectionError("no route"))
    monkeypatch.setattr(etl.setup.migrate, "migrate", fail(down))
    result = khoxa("import", event)
    assert result.exit_code == 0 and "khoxa db migrate" in result.stdout and kept.exists()
