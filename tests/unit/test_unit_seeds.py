"""Units through time: what holds for all versions, events and links of sql/seeds.

Expectations: the counts of the reform, the resolutions cited in sql/seeds/README.md; the counts
by type are those that Vietnamese and English Wikipedia give for 2025-07-01 and 2026-09-20.
"""

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from etl.units.alphabet import sort_key
from tests.helpers.unit_seeds import (
    BEGUN,
    EVENTS,
    FOREVER,
    LINKS,
    REFORM,
    TODAY,
    UNITS,
    event_on,
    new_of,
    old_of,
    on,
    parts,
)


@pytest.mark.parametrize(
    ("level", "day", "count"),
    [
        ("province", "2021-01-01", 63),
        ("province", "2025-06-30", 63),
        ("province", REFORM, 34),
        ("province", TODAY, 34),
        ("district", "2021-01-01", 696),
        ("district", "2025-06-30", 696),
        ("district", REFORM, 0),
        ("commune", "2021-01-01", 10_036),
        ("commune", "2024-10-31", 10_036),
        ("commune", "2024-11-01", 10_035),
        ("commune", "2025-06-30", 10_035),
        ("commune", REFORM, 3_321),
        ("commune", TODAY, 3_321),
    ],
)
def test_so_many_units_are_in_force(level, day, count):
    assert len(on(level, day)) == count


@pytest.mark.parametrize(
    ("level", "day", "counts"),
    [
        ("commune", REFORM, {"xã": 2_621, "phường": 687, "đặc khu": 13}),
        ("commune", "2026-09-20", {"xã": 2_599, "phường": 709, "đặc khu": 13}),
        ("province", "2025-06-30", {"tỉnh": 57, "thành phố": 6}),
        ("province", REFORM, {"tỉnh": 28, "thành phố": 6}),
        ("province", "2026-04-30", {"tỉnh": 27, "thành phố": 7}),
        ("province", "2026-09-01", {"tỉnh": 26, "thành phố": 8}),
        ("province", "2026-09-20", {"tỉnh": 25, "thành phố": 9}),
    ],
)
def test_so_many_units_of_a_type_are_in_force(level, day, counts):
    assert Counter(row["unit_type"] for row in on(level, day)) == counts


def test_a_code_has_one_version_a_day():
    for level, units in UNITS.items():
        versions = defaultdict(list)
        for row in units:
            assert row["valid_from"] < (row["valid_to"] or FOREVER), row
            versions[row["code"]].append((row["valid_from"], row["valid_to"] or FOREVER))
        for code, dates in versions.items():
            assert all(a[1] <= b[0] for a, b in pairwise(sorted(dates))), (level, code)


def test_a_version_has_the_same_parents_for_all_of_its_life():
    lives = defaultdict(list)
    for level in ("province", "district"):
        for row in UNITS[level]:
            lives[level, row["code"]].append((row["valid_from"], row["valid_to"] or FOREVER))
    for row in [*UNITS["district"], *UNITS["commune"]]:
        parents = [("province", row["province_code"])]
        if row["valid_from"] < REFORM and "district_code" in row:
            parents.append(("district", row["district_code"]))
        for parent in parents:
            holds = [
                begun <= row["valid_from"] and (row["valid_to"] or FOREVER) <= ended
                for begun, ended in lives[parent]
            ]
            assert holds.count(True) == 1, (row, parent)


def test_the_sort_key_is_that_of_the_alphabet():
    for units in UNITS.values():
        assert all(row["sort_key"] == sort_key(row["name"]) for row in units)


def test_no_district_goes_on_after_the_reform():
    assert all(
        (row["valid_from"] < REFORM) == bool(row["district_code"]) for row in UNITS["commune"]
    )
    assert {row["valid_to"] for row in UNITS["district"]} == {REFORM}


def test_every_link_joins_the_version_that_ended_and_the_one_that_began():
    assert len({tuple(link.values()) for link in LINKS}) == len(LINKS)
    for link in LINKS:
        old, new = old_of(link), new_of(link)
        assert old["valid_from"] < event_on(link) == new["valid_from"]  # so there is no cycle
        assert link["weight"] == ""


def test_every_version_that_ended_leads_on_and_every_later_one_came_from_some():
    led = {(link["old_level"], link["old_code"], event_on(link)) for link in LINKS}
    come = {(link["new_level"], link["new_code"], event_on(link)) for link in LINKS}
    for level in ("province", "commune"):
        ended = {(level, r["code"], r["valid_to"]) for r in UNITS[level] if r["valid_to"]}
        begun = {(level, r["code"], r["valid_from"]) for r in UNITS[level]}
        assert ended <= led
        assert {key for key in begun if key[2] != "2021-01-01"} == {
            k for k in come if k[0] == level
        }


def test_a_whole_unit_goes_to_one_and_a_divided_one_to_several():
    targets = defaultdict(list)
    for link in LINKS:
        targets[link["old_level"], link["old_code"], event_on(link)].append(link["link"])
    assert all(
        links == ["whole"] or (len(links) > 1 and set(links) == {"part"})
        for links in targets.values()
    )
    divided = sum("part" in links for links in targets.values())
    assert 440 <= divided <= 471


def test_an_event_is_one_new_unit_and_its_kind_follows_from_its_links():
    links = defaultdict(list)
    for link in LINKS:
        links[link["event_id"]].append(link)
    assert links.keys() == EVENTS.keys()
    for event_id, event in EVENTS.items():
        (new,) = {(link["new_level"], link["new_code"]) for link in links[event_id]}
        unit = BEGUN[(*new, event["event_on"])]
        province = unit.get("province_code", unit["code"])
        assert event_id == f"{event['event_on']}/{province}/{unit['code']}"
        assert event["legal_basis"] == unit["legal_basis"] != ""
        if any(link["link"] == "part" for link in links[event_id]):
            kind = "split"
        elif len(links[event_id]) > 1:
            kind = "merge"
        else:
            old = old_of(links[event_id][0])
            kind = "retype" if old["unit_type"] != unit["unit_type"] else "transfer"
            kind = "rename" if old["sort_key"] != unit["sort_key"] else kind
        assert event["kind"] == kind, event


def test_communes_go_to_the_province_that_their_own_went_to():
    successor = {
        row["code"]: row["code"] for row in on("province", REFORM) if row["valid_from"] < REFORM
    }
    for link in LINKS:
        if link["new_level"] == "province" and event_on(link) == REFORM:
            assert link["link"] == "whole"
            successor[link["old_code"]] = link["new_code"]
    assert len(successor) == 63
    for links in parts().values():
        old = {old_of(link)["province_code"] for link in links}
        assert len(old) == 1  # no commune was made across old provinces
        assert {successor[code] for code in old} == {new_of(links[0])["province_code"]}


def test_seven_provinces_carry_the_code_of_another():
    old = {row["code"]: row["name"] for row in on("province", "2025-06-30")}
    new = {row["code"]: row["name"] for row in on("province", REFORM)}
    assert {new[code]: old[code] for code in new if new[code] != old[code]} == {
        "Lào Cai": "Yên Bái",
        "Bắc Ninh": "Bắc Giang",
        "Quảng Trị": "Quảng Bình",
        "Gia Lai": "Bình Định",
        "Tây Ninh": "Long An",
        "Đồng Tháp": "Tiền Giang",
        "An Giang": "Kiên Giang",
    }
    unchanged = [row["name"] for row in on("province", REFORM) if row["valid_from"] < REFORM]
    assert len(unchanged) == 11


def test_the_communes_of_a_new_province_have_the_resolution_of_their_province():
    bases = defaultdict(set)
    for row in on("commune", REFORM):
        bases[row["province_code"]].add(row["legal_basis"])
    expected = {f"Nghị quyết {number}/NQ-UBTVQH15" for number in range(1654, 1688)}
    assert len(bases) == 34
    assert {basis for (basis,) in bases.values()} == expected
    assert bases["19"] == {"Nghị quyết 1683/NQ-UBTVQH15"}  # Thái Nguyên
    assert bases["15"] == {"Nghị quyết 1673/NQ-UBTVQH15"}  # Lào Cai
