"""Units at any date: what came from what, and what a name or a code meant when.

Expectations: facts/na_ri_2025_communes.csv for Na Rì; for the country, the seed files read again
as plain CSV.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

import pytest

from etl.ground.config import ROOT, SEEDS_DIR
from etl.units.faults import faults
from etl.units.index import Unit, load_units, split_type
from etl.units.seed import read_links, read_units, seed_rows
from etl.units.words import in_full, span

BEFORE, REFORM, YEAR_END = date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31)


def plain(name: str) -> list[dict[str, str]]:
    with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts() -> list[dict[str, str]]:
    path = ROOT / "samples" / "facts" / "na_ri_2025_communes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["tt"]]


def commune(code: str, on: date) -> Unit:
    found = load_units().history.on("commune", code, on)
    assert found is not None
    return found


def codes(units: Iterable[Unit]) -> list[str]:
    return [unit.code for unit in units]


def test_na_ri_became_what_its_facts_say() -> None:
    units = load_units()
    into = defaultdict(set)
    for row in facts():
        old = commune(row["nso_code_pre_2025_07"], BEFORE)
        assert split_type(old.full_name) == split_type(row["name_as_printed"])
        (link,) = units.history.successors(old)
        new = link.unit
        assert (new.code, new.full_name) == (row["post_2025_07_code"], row["post_2025_07_name"])
        assert f"Tỉnh Thái Nguyên ({new.province_code})" == row["post_2025_07_province"]
        assert (link.link, link.weight, link.event.on) == ("whole", None, REFORM)
        assert link.event.kind == "merge" and link.event.legal_basis
        into[new].add(old)
    assert len(into) == 6
    for new, olds in into.items():
        assert {link.unit for link in units.history.predecessors(new)} == olds
        assert units.history.successors(new) == [] and new.district_code is None


def test_names_and_codes_lie() -> None:
    """02185 was Quang Phong's; the new Côn Minh carries it, and is not the old Côn Minh."""
    units = load_units()
    was, now = commune("02185", BEFORE), commune("02185", REFORM)
    assert (was.full_name, now.full_name) == ("Xã Quang Phong", "Xã Côn Minh")
    named = units.ever("commune", "xã Côn Minh")
    assert codes(named) == ["02173", "02185"]
    assert [unit.valid_from.year for unit in named] == [2021, 2025]
    assert (
        units.history.same_on(was, YEAR_END) is None
        and units.history.same_on(named[0], YEAR_END) is None
    )
    assert (
        units.history.same_on(now, BEFORE) is None and units.history.same_on(now, YEAR_END) == now
    )
    for old in (was, named[0]):
        assert units.history.related_on(old, YEAR_END) == [(now, True)]
    assert {each.unit.name for each in units.history.related_on(now, BEFORE)} == {
        "Côn Minh", "Quang Phong", "Dương Sơn",
    }  # fmt: skip


def test_a_territory_is_the_same_only_where_one_whole_unit_became_one() -> None:
    """Over the reform, for every commune of the country, against the links counted by hand."""
    days = {row["event_id"]: row["event_on"] for row in plain("unit_event")}
    links = [row for row in plain("unit_link") if days[row["event_id"]] == "2025-07-01"]
    outs = Counter((row["old_level"], row["old_code"]) for row in links)
    ins = Counter((row["new_level"], row["new_code"]) for row in links)
    alone = {
        row["old_code"]: row["new_code"]
        for row in links
        if row["old_level"] == "commune" and row["link"] == "whole"
        and outs["commune", row["old_code"]] == 1 == ins["commune", row["new_code"]]
    }  # fmt: skip
    units = load_units()
    on_the_eve = [u for u in units.units if u.level == "commune" and u.is_on(BEFORE)]
    same = {unit.code: units.history.same_on(unit, REFORM) for unit in on_the_eve}
    assert {code: unit.code for code, unit in same.items() if unit} == alone
    assert len(same) == 10_035 and 100 < len(alone) < 200
    back = {new: units.history.same_on(commune(new, REFORM), BEFORE) for new in alone.values()}
    assert {old.code: new for new, old in back.items() if old} == alone


def test_a_chain_of_events_is_followed_both_ways() -> None:
    """Xã Kép had been merged in 2025 and became a ward with its province in 2026."""
    units = load_units()
    rural, ward = commune("07399", YEAR_END), commune("07399", date(2026, 9, 20))
    assert (rural.full_name, ward.full_name) == ("Xã Kép", "Phường Kép")
    assert units.history.same_on(rural, date(2026, 12, 31)) == ward
    assert units.history.same_on(ward, REFORM) == rural
    assert units.history.same_on(ward, BEFORE) is None
    assert len(units.history.related_on(ward, BEFORE)) > 1
    (link,) = units.history.successors(rural)
    assert (link.event.kind, link.event.on) == ("retype", date(2026, 9, 20))


def test_ta_chai_went_into_bac_ha_before_the_reform() -> None:
    units = load_units()
    ta_chai = commune("02872", date(2024, 10, 31))
    assert units.history.on("commune", "02872", date(2024, 11, 1)) is None
    (link,) = units.history.successors(ta_chai)
    assert (link.unit.full_name, link.unit.valid_from) == ("Thị trấn Bắc Hà", date(2024, 11, 1))
    inside = [len(units.inside("commune", "085", day)) for day in (ta_chai.last_day, BEFORE)]
    assert inside == [19, 18]
    town = commune("02839", date(2024, 1, 1))
    assert town.valid_to == date(2024, 11, 1) and units.history.same_on(town, BEFORE) is None


def test_a_special_zone_may_come_from_a_district() -> None:
    units = load_units()
    zones = [u for u in units.units if u.unit_type == "đặc khu" and u.is_on(REFORM)]
    from_district = {
        link.unit.full_name: zone.full_name
        for zone in zones
        for link in units.history.predecessors(zone)
        if link.unit.level == "district"
    }
    assert len(zones) == 13 and len(from_district) == 5
    assert from_district["Huyện Côn Đảo"] == "Đặc khu Côn Đảo"
    phu_quoc = next(zone for zone in zones if zone.name == "Phú Quốc")
    for text in ("Đặc khu Phú Quốc", "ĐK Phú Quốc", "đk. phú quốc", "Phú Quốc"):
        assert units.find("commune", text, REFORM, phu_quoc.province_code) == [phu_quoc]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("xã Văn Lang", "huyện Na Rì", "tỉnh Bắc Kạn"), ["02140"]),
        (("xã Văn Lang", "tỉnh Bắc Kạn"), ["02140"]),
        (("Văn Lang", "Na Rì"), ["02140"]),
        (("xã Văn Lang", "tỉnh Thái Nguyên"), ["02143"]),
        (("xã Văn Lang", "huyện Na Rì", "tỉnh Thái Nguyên"), ["02140", "02143"]),
        (("xã Kim Hỷ", "tỉnh Thái Nguyên"), ["02146"]),
        (("xã Na Rì", "huyện Na Rì"), ["02155"]),
        (("thị trấn Văn Lang",), []),
        (("xã Văn Lang", "tỉnh Hà Giang"), []),
        (("xã Tả Văn Chư", "huyện Bắc Hà"), ["02851"]),  # a listed spelling of Tả Van Chư
    ],
)
def test_a_name_means_what_it_meant_inside_its_parents(
    names: tuple[str, ...], found: list[str]
) -> None:
    assert codes(load_units().ever("commune", *names)) == found


def test_a_province_keeps_its_code_and_is_another_one() -> None:
    units = load_units()
    old, new = units.ever("province", "tỉnh Thái Nguyên")
    assert old.code == new.code == "19" and units.history.same_on(old, YEAR_END) is None
    (hanoi,) = units.ever("province", "thành phố Hà Nội")
    assert hanoi.valid_to == date.max
    assert {link.unit.name for link in units.history.predecessors(new)} == {
        "Thái Nguyên",
        "Bắc Kạn",
    }


def test_units_are_named_with_their_parents_and_days() -> None:
    units = load_units()
    old, new = units.ever("commune", "xã Côn Minh")
    history = units.history
    assert in_full(history, old) == "Xã Côn Minh, Huyện Na Rì, Tỉnh Bắc Kạn"
    assert in_full(history, new) == "Xã Côn Minh, Tỉnh Thái Nguyên"
    assert (span(history, old, "vi"), span(history, new, "vi")) == (
        "đến hết 30/06/2025", "từ 01/07/2025",
    )  # fmt: skip
    rural = commune("07399", YEAR_END)
    assert span(history, rural, "en") == "from 01/07/2025 until 19/09/2026"


def test_the_history_of_the_seeds_has_no_fault() -> None:
    assert faults(read_units(SEEDS_DIR), *read_links(SEEDS_DIR)) == []


def test_without_local_events_the_seed_rows_are_the_files() -> None:
    for name, (columns, rows) in seed_rows(event_folders=()).items():
        with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert [columns, *rows] == list(csv.reader(file))
