"""Units through time: the changes and traps that are known one by one."""

from collections import defaultdict

import pytest

from tests.helpers.unit_seeds import (
    EVENTS,
    LINKS,
    REFORM,
    ROOT,
    TODAY,
    Row,
    event_on,
    new_of,
    old_of,
    on,
    parts,
    rows,
)

# Na Rì, Bắc Hà, Quỳnh Nhai, Ba Tơ, Lấp Vò: the districts of the plans, and their communes
PLAN_DISTRICTS = {"066": 17, "085": 18, "118": 11, "535": 19, "875": 13}
ISLAND_DISTRICTS = {
    ("318", "11948"): "Bạch Long Vĩ",
    ("471", "19742"): "Cồn Cỏ",
    ("498", "20333"): "Hoàng Sa",
    ("536", "21548"): "Lý Sơn",
    ("755", "26732"): "Côn Đảo",
}
NEW_WARDS = {
    ("2026-04-30", "75", "Nghị quyết 237/NQ-UBTVQH16"): "Dầu Giây, Đồng Phú, Long Thành, Lộc Ninh, "
    "Nhơn Trạch, Tân Khai, Tân Phú, Trảng Bom, Trị An, Xuân Lộc",
    ("2026-09-20", "24", "Nghị quyết 388/NQ-UBTVQH16"): "Bố Hạ, Lạng Giang, Kép, Lục Nam, "
    "Hiệp Hòa, Yên Phong, Phù Lãng, Chi Lăng, Gia Bình, Tiên Du, Nhân Thắng, Lương Tài",
}

NEW = {row["code"]: row for row in on("commune", REFORM)}


def commune(code: str, day: str) -> Row:
    (found,) = on("commune", day, code=code)
    return found


def targets(code: str) -> dict[str, str]:
    """What became of an old commune on 2025-07-01: new code and link."""
    return {
        link["new_code"]: link["link"]
        for link in LINKS
        if (link["old_level"], link["old_code"], event_on(link)) == ("commune", code, REFORM)
    }


@pytest.mark.parametrize(
    ("day", "count"), [("2021-01-01", 19), ("2024-10-31", 19), ("2024-11-01", 18)]
)
def test_bac_ha_lost_ta_chai(day, count):
    communes = on("commune", day, district_code="085")
    assert len(communes) == count
    assert ("Tà Chải" in {row["name"] for row in communes}) == (count == 19)


def test_ta_chai_went_into_the_town_of_bac_ha():
    links = [link for link in LINKS if event_on(link) == "2024-11-01"]
    assert {(old_of(link)["name"], new_of(link)["name"], link["link"]) for link in links} == {
        ("Tà Chải", "Bắc Hà", "whole"),
        ("Bắc Hà", "Bắc Hà", "whole"),
    }
    (event,) = (row for row in EVENTS.values() if row["event_on"] == "2024-11-01")
    assert (event["kind"], event["legal_basis"]) == ("merge", "Nghị quyết 1197/NQ-UBTVQH15")


@pytest.mark.parametrize(("day", "unit_type"), [("2025-01-31", "xã"), ("2025-02-01", "thị trấn")])
def test_muong_giang_became_a_town(day, unit_type):
    assert commune("03703", day)["unit_type"] == unit_type


@pytest.mark.parametrize(("district", "count"), PLAN_DISTRICTS.items())
def test_no_commune_of_the_plans_districts_was_divided(district, count):
    communes = on("commune", "2025-06-30", district_code=district)
    assert len(communes) == count
    assert all(list(targets(row["code"]).values()) == ["whole"] for row in communes)


def test_the_communes_of_na_ri_went_where_the_facts_say():
    facts = [
        row
        for row in rows(ROOT / "samples" / "facts" / "na_ri_2025_communes.csv")
        if row["nso_code_pre_2025_07"]
    ]
    assert len(facts) == 17
    for row in facts:
        ((code, link),) = targets(row["nso_code_pre_2025_07"]).items()
        assert (code, link) == (row["post_2025_07_code"], "whole")
        new = commune(code, REFORM)
        assert f"Xã {new['name']}" == row["post_2025_07_name"]
        assert new["province_code"] == "19"  # Thái Nguyên
    found = {code for row in facts for code in targets(row["nso_code_pre_2025_07"])}
    assert {commune(code, REFORM)["name"] for code in found} == {
        "Văn Lang", "Cường Lợi", "Na Rì", "Trần Phú", "Côn Minh", "Xuân Dương",
    }  # fmt: skip


def test_con_minh_has_the_code_of_one_part_and_the_name_of_another():
    assert {link["old_code"] for link in parts()["02185"]} == {"02173", "02185", "02188"}
    assert commune("02185", "2025-06-30")["name"] == "Quang Phong"
    assert commune("02173", "2025-06-30")["name"] == commune("02185", REFORM)["name"] == "Côn Minh"


def test_neither_a_name_nor_a_code_tells_where_a_commune_came_from():
    merged = defaultdict(set)  # new province to its old ones
    for link in LINKS:
        if link["new_level"] == "province" and event_on(link) == REFORM:
            merged[link["new_code"]].add(link["old_code"])
    named = defaultdict(set)
    for row in on("commune", "2025-06-30"):
        named[row["province_code"], row["sort_key"]].add(row["code"])
    traps = 0
    for code, links in parts().items():
        if links[0]["old_level"] == "district":
            continue
        new = NEW[code]
        truth = {link["old_code"] for link in links}
        old_provinces = merged.get(new["province_code"], {new["province_code"]})
        by_name = set().union(*(named[old, new["sort_key"]] for old in old_provinces))
        if by_name & truth and code in truth - by_name:
            traps += 1
            assert truth not in (by_name, {code})
    assert 690 <= traps <= 710


def test_five_special_zones_came_from_island_districts():
    links = [link for link in LINKS if link["old_level"] == "district"]
    assert {
        (link["old_code"], link["new_code"]): new_of(link)["name"] for link in links
    } == ISLAND_DISTRICTS
    for link in links:
        old, new = old_of(link), new_of(link)
        assert (old["unit_type"], new["unit_type"], link["link"]) == ("huyện", "đặc khu", "whole")
        assert old["name"] == new["name"]
        assert on("commune", "2025-06-30", district_code=link["old_code"]) == []
        assert EVENTS[link["event_id"]]["kind"] == "retype"


def test_all_other_communes_came_from_communes():
    levels = [{link["old_level"] for link in links} for links in parts().values()]
    assert levels.count({"commune"}) == 3_316
    assert levels.count({"district"}) == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("31378", "31378"),  # Phú Hữu of Hậu Giang, not that of Sóc Trăng
        ("31657", "31654"),  # and the other way round
        ("28252", "28249"),  # ward 4 of Mỹ Tho, not that of Cao Lãnh
        ("11890", "11911"),  # Hòa Bình of Hải Phòng, not that of Hải Dương
        ("28036", "28036"),  # the town Thủ Thừa: in a list of names the district was meant
    ],
)
def test_a_commune_was_not_taken_for_another_of_its_name(old, new):
    assert targets(old) == {new: "whole"}


def test_many_new_communes_draw_on_several_old_districts():
    several = sum(
        len({old_of(link).get("district_code") for link in links}) > 1 for links in parts().values()
    )
    assert 280 <= several <= 320


@pytest.mark.parametrize(
    ("code", "name", "day", "basis"),
    [
        ("75", "Đồng Nai", "2026-04-30", "Nghị quyết 30/2026/QH16"),
        ("22", "Quảng Ninh", "2026-09-01", "Nghị quyết 36/2026/QH16"),
        ("24", "Bắc Ninh", "2026-09-20", "Nghị quyết 39/2026/QH16"),
    ],
)
def test_three_provinces_became_cities(code, name, day, basis):
    (city,) = on("province", TODAY, code=code)
    (province,) = (row for row in on("province", REFORM, code=code))
    assert (province["name"], province["unit_type"], province["valid_to"]) == (name, "tỉnh", day)
    assert (city["name"], city["unit_type"], city["valid_from"]) == (name, "thành phố", day)
    assert city["legal_basis"] == basis
    communes = on("commune", TODAY, province_code=code)
    assert len(communes) == len(on("commune", REFORM, province_code=code))
    assert {row["valid_from"] for row in communes} == {day}


@pytest.mark.parametrize(("change", "names"), NEW_WARDS.items())
def test_communes_became_wards_with_the_city(change, names):
    day, province, basis = change
    wards = [
        row for row in on("commune", day, province_code=province) if row["legal_basis"] == basis
    ]
    assert {row["name"] for row in wards} == set(names.split(", "))
    assert {row["unit_type"] for row in wards} == {"phường"}
    assert all(NEW[row["code"]]["unit_type"] == "xã" for row in wards)
