"""What was known on a day, against hand arithmetic and against warehouses that knew no more.

Of Na Rì's 17 half-year reports two came after 10 June 2025: Văn Vũ's on the 11th, Đổng Xá's on the
12th.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Thread

import pytest
import yaml
from openpyxl import load_workbook

from etl.cli.ask import ask
from etl.ground import database
from etl.ground.config import Settings
from etl.ground.errors import NightIsRunning
from etl.night.as_of import as_of
from etl.reports import annexes
from tests.night import NOW, SAMPLES, Night
from tests.pipeline.test_corrections import REPORT, ROW, file_report

TENTH, TWELFTH = date(2025, 6, 10), date(2025, 6, 12)
LOG = "so_van_den.csv"
REGISTER = "na_ri_muc_tieu_giam_ngheo_2025.xlsx"
OTHER = "bao_cao_6_thang_2025_kim_lu.xlsx"
AGAIN = ("bao_cao_lan_2.xlsx", "muc_tieu_lan_2.xlsx")
EARLY = ROW | {"unit": "02158", "cell": "D17", "guard": "0", "value": "1", "on": "2025-05-30"}
MARTS = (
    "mart.attainment", "mart.figure_trace", "mart.filing_status", "mart.fund_use",
    "mart.indicator_by_unit", "mart.target", "mart.target_gap",
)  # fmt: skip
CUT = (
    "select distinct actual_value, units_reported, units_expected, verdict from mart.attainment"
    " where unit_code = '066' and unit_map = 'as_filed' and basis = 'assigned'"
    " and indicator_code = 'poor_households_reduction'"
)


def received() -> dict[str, date]:
    """File -> day received, as the office's log says."""
    with (SAMPLES / "inbox" / LOG).open(encoding="utf-8-sig", newline="") as handle:
        return {
            row["Tên tệp"]: datetime.fromisoformat(row["Ngày giờ nhận"]).date()
            for row in csv.DictReader(handle)
        }


def rows(then: Settings, query: str) -> list[tuple]:
    return ask(then, query)[1]


def tables(then: Settings, night: Night, *marts: str) -> dict[str, list[str]]:
    """`Night.dump` as the settings see it, and marts; without what was seen in which inbox, which
    is not undone: nothing that is known rests on it."""
    names = [name for name in (*night.tables, *marts) if name != "raw.arrival"]
    with database.asking(then) as connection:
        connection.exec_driver_sql("set local timezone = 'Asia/Ho_Chi_Minh'")
        return {
            name: sorted(connection.exec_driver_sql(f"select t::text from {name} t").scalars())
            for name in names
        }


def same(one: dict[str, list[str]], other: dict[str, list[str]]) -> None:
    """Table by table, so that a difference can be read."""
    assert set(one) == set(other) and one["raw.filing"]
    for name in one:
        assert one[name] == other[name], name


@pytest.mark.parametrize(("day", "known"), [(TENTH, 15), (date(2025, 6, 11), 16), (TWELFTH, 17)])
def test_the_half_year_as_it_came_in(warehouse_with_samples: Night, day: date, known: int) -> None:
    """Poor households at the start, as printed, less those that each report counts (D10)."""
    with (SAMPLES / "facts" / "na_ri_2025_communes.csv").open(encoding="utf-8") as handle:
        start = {
            " ".join(row["name_as_printed"].split()): int(row["poor_households_start"])
            for row in csv.DictReader(handle)
        }
    cut = poor = households = reports = 0
    for name, came in received().items():
        if name.startswith("bao_cao_6_thang") and "_lan_2" not in name and "scan" not in name:
            if came > day:
                continue
            sheet = load_workbook(SAMPLES / "inbox" / name, data_only=True)["Chỉ tiêu"]
            unit = sheet["A5"].value.removeprefix("Đơn vị báo cáo: ").partition(",")[0]
            cut += start[unit] - sheet["D10"].value
            poor, households = poor + sheet["D10"].value, households + sheet["E10"].value
            reports += 1
    assert reports == known
    with as_of(warehouse_with_samples.settings, day) as then:
        verdict = "behind" if known == 17 else "not_assessable"
        found = rows(then, f"{CUT} and period = 'H1'")
        assert found == [(cut, known, 17, verdict)]
        rate = rows(
            then,
            "select numerator, denominator, value, units_reported from mart.indicator_by_unit"
            " where unit_code = '066' and unit_map = 'as_filed' and period = 'H1'"
            " and indicator_code = 'poverty_rate' and measure = 'actual'",
        )
        percent = round(Decimal(100 * poor) / households, 2)
        assert rate == [(poor, households, percent, known)]
        missing = rows(
            then,
            "select unit_name from mart.filing_status where state = 'missing' and year = 2025"
            " and form = 'commune_report' and period = 'H1' and unit_code in ('02137', '02194')"
            " order by unit_code",
        )
        assert missing == [("Xã Văn Vũ",), ("Xã Đổng Xá",)][known - 15 :]


def test_in_february_there_are_targets_and_nothing_reached(warehouse_with_samples: Night) -> None:
    with as_of(warehouse_with_samples.settings, date(2025, 2, 15)) as then:
        assert [row[0] for row in rows(then, CUT)] == [None]
        measures = (
            "select distinct measure from mart.indicator_by_unit where year = 2025"
            " and level = 'district' order by 1"
        )
        assert rows(then, measures) == [("assigned",), ("baseline",)]


@pytest.mark.parametrize("day", [date(2025, 2, 14), TENTH])
def test_equal_to_a_warehouse_that_received_no_more(
    warehouse_with_samples: Night, make_warehouse: Callable, tmp_path: Path, day: date
) -> None:
    for name in (LOG, *(name for name, came in received().items() if came <= day)):
        shutil.copy(SAMPLES / "inbox" / name, tmp_path / name)
    with make_warehouse() as settings:
        night = Night(settings, tmp_path)
        night.go()
        expected = tables(settings, night, *MARTS)
    with as_of(warehouse_with_samples.settings, day) as then:
        same(tables(then, warehouse_with_samples, *MARTS), expected)


def test_nothing_stays(warehouse_with_samples: Night, tmp_path: Path) -> None:
    settings = warehouse_with_samples.settings
    before = tables(settings, warehouse_with_samples)
    with as_of(settings, date(2025, 2, 15)) as then:
        annexes(then, None, None, None, tmp_path)
        assert tables(then, warehouse_with_samples) != before
        assert tables(settings, warehouse_with_samples) == before  # others go on reading
    assert tables(settings, warehouse_with_samples) == before
    with as_of(settings, max(received().values())) as then:  # nothing came later
        same(tables(then, warehouse_with_samples), before)


@pytest.fixture(scope="module")
def story(make_warehouse: Callable, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """Kim Hỷ files "1,647" persons on 3 June, which is rejected until a correction of the 19th.

    Kim Lư files on 2 June, and again at the first minutes of the 18th, with a cell that was
    corrected (EARLY) before it was there. At the end of the 18th the district files its register
    again without its last commune, Dương Sơn (414 households, 189 poor, 20 to be cut).
    """
    inbox = tmp_path_factory.mktemp("story")
    for name in (REGISTER, OTHER):
        shutil.copy(SAMPLES / "inbox" / name, inbox / name)
    file_report(inbox, E13="1,647")
    book = load_workbook(inbox / OTHER)
    book["Chỉ tiêu"]["D17"] = 0
    book.save(inbox / AGAIN[0])
    book = load_workbook(inbox / REGISTER)
    for column in "ABCDEFGH":
        book.active[f"{column}27"] = None
    # 10307 - 414, 2977 - 189, 28.18 %; 361 - 20, 3.45 pp, 24.73 %
    for column, total in zip("CDEFGH", (9893, 2788, 28.18, 341, 3.45, 24.73), strict=True):
        book.active[f"{column}28"] = total
    book.save(inbox / AGAIN[1])
    times = {
        REGISTER: "02-14T08:30", OTHER: "06-02T09:05", REPORT: "06-03T14:15",
        AGAIN[0]: "06-18T00:05", AGAIN[1]: "06-18T23:55",
    }  # fmt: skip
    lines = [f"{name},2025-{time}:00+07:00" for name, time in times.items()]
    (inbox / LOG).write_text("\n".join(("Tên tệp,Ngày giờ nhận", *lines)), encoding="utf-8")
    with told(make_warehouse, inbox, [EARLY, ROW]) as night:
        yield night


@contextmanager
def told(make_warehouse: Callable, inbox: Path, corrections: list) -> Iterator[Night]:
    """A night on the inbox with these corrections."""
    path = inbox.with_suffix(f".{len(corrections)}.yaml")
    path.write_text(yaml.safe_dump(corrections), encoding="utf-8")
    with make_warehouse() as settings:
        night = Night(replace(settings, corrections=str(path)), inbox)
        night.go(NOW)
        yield night


def without(story: Night, tmp_path: Path, *names: str) -> Path:
    inbox = tmp_path / "inbox"
    shutil.copytree(story.inbox, inbox, ignore=shutil.ignore_patterns(*names))
    return inbox


def test_a_superseded_filing_counts_again(
    story: Night, make_warehouse: Callable, tmp_path: Path
) -> None:
    versions = (
        "select version, state, original_name from mart.filing_status where original_name in"
        f" {(OTHER, REGISTER, *AGAIN)} order by form, version"
    )
    with as_of(story.settings, date(2025, 6, 18)) as then:  # Vietnam's, from end to end
        assert rows(then, versions) == [
            (1, "superseded", OTHER), (2, "accepted", AGAIN[0]),
            (1, "superseded", REGISTER), (2, "accepted", AGAIN[1]),
        ]  # fmt: skip
    with (
        told(make_warehouse, without(story, tmp_path, *AGAIN), [EARLY]) as other,
        as_of(story.settings, date(2025, 6, 17)) as then,
    ):
        assert rows(then, versions) == [(1, "accepted", OTHER), (1, "accepted", REGISTER)]
        same(tables(then, story), tables(other.settings, other))


def test_a_correction_waits_for_what_had_not_come(story: Night) -> None:
    for day, state in ((TENTH, "failed"), (date(2025, 6, 1), "waiting")):
        with as_of(story.settings, day) as then:
            (row,) = [row for row in tables(then, story)["ref.correction"] if ",02158," in row]
            assert f",{state}," in row
    assert story.rows("select state from ref.correction") == [("applied",)] * 2


def test_a_correction_decided_later_is_undone(story: Night, make_warehouse: Callable) -> None:
    population = (
        "select value, corrected_value from mart.figure_trace where code = 'population'"
        " and unit_code = '02146' and is_current"
    )
    assert rows(story.settings, population) == [(1647, 1647)]
    before = tables(story.settings, story)
    files = {path: path.stat().st_mtime_ns for path in story.settings.home.rglob("*")}
    with (
        told(make_warehouse, story.inbox, [EARLY]) as other,
        as_of(story.settings, date(2025, 6, 18)) as then,
    ):
        assert rows(then, population) == []
        assert rows(then, "select state, original_name from mart.filing_status"
                          " where unit_code = '02146' and state <> 'missing'") == [
            ("rejected", REPORT),
        ]  # fmt: skip
        same(tables(then, story), tables(other.settings, other))
    with as_of(story.settings, date(2025, 6, 19)) as then:
        same(tables(then, story), before)
    assert tables(story.settings, story) == before
    assert {path: path.stat().st_mtime_ns for path in story.settings.home.rglob("*")} == files


def test_a_night_waits_and_is_not_harmed(story: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    before = story.dump()
    night = Thread(target=story.go, args=(NOW + timedelta(days=1),))
    with as_of(story.settings, date(2025, 6, 10)):
        night.start()
        night.join(2)
        assert night.is_alive()
    night.join(60)
    assert not night.is_alive() and story.dump() == before
    hurried = database.statement("as_of/limits").replace("2min", "100ms")
    asked = database.statement
    monkeypatch.setattr(
        database, "statement", lambda name: hurried if name == "as_of/limits" else asked(name)
    )
    with (
        database.night(story.settings),
        pytest.raises(NightIsRunning),
        as_of(story.settings, TENTH),
    ):
        pass
