"""`draw_units.py` on a tiny country: every file as written by hand, every fault refused."""

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest

from etl.units.alphabet import sort_key
from tests.helpers import tiny_units as tiny
from tools import draw_units
from tools.unit_seeds.names import split_type

Draw = Callable[..., Path]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Draw the tiny country into a folder, with what is wrong about it; the folder."""

    def run(to: str = "drawn", counts=tiny.COUNTS, origins=tiny.ORIGINS, **wrong) -> Path:
        folders = [tmp_path / name for name in (f"package {to}", f"by hand {to}", to)]
        for folder in folders:
            folder.mkdir()
        package = {key: wrong.pop(key) for key in ("old", "new", "converter") if key in wrong}
        tiny.write_package(folders[0], **package)
        tiny.write_by_hand(folders[1], **wrong)
        draw_units.main(folders[0], folders[2], folders[1], counts, origins)
        return folders[2]

    return run


def test_provinces_and_districts(draw: Draw):
    folder = draw()
    assert tiny.drawn(folder, "province") == [
        "01 Hà Nội thành phố 2021-01-01 - -",
        "10 Lào Cai tỉnh 2021-01-01 2025-07-01 -",
        "15 Yên Bái tỉnh 2021-01-01 2025-07-01 -",
        "15 Lào Cai tỉnh 2025-07-01 2026-04-30 Nghị quyết 202/2025/QH15",
        "15 Lào Cai thành phố 2026-04-30 - NQ 30",
    ]
    ended = "2021-01-01 2025-07-01"
    law = "Nghị quyết 203/2025/QH15; Luật 72/2025/QH15"
    assert tiny.drawn(folder, "district") == [
        f"001 Ba Đình quận {ended} 01 {law}",
        f"085 Bắc Hà huyện {ended} 10 {law}",
        f"137 Trạm Tấu huyện {ended} 15 {law}",
        f"471 Cồn Cỏ huyện {ended} 15 {law}",
    ]


def test_communes(draw: Draw):
    assert tiny.drawn(draw(), "commune") == [
        "00001 Phúc Xá phường 2021-01-01 2025-07-01 001 01 -",
        "00001 Hồng Hà phường 2025-07-01 - - 01 NQ 1656",
        "02839 Bắc Hà thị trấn 2021-01-01 2024-11-01 085 10 -",
        "02839 Bắc Hà thị trấn 2024-11-01 2025-07-01 085 10 NQ 1197",
        "02839 Bắc Hà xã 2025-07-01 2026-04-30 - 15 NQ 1673",
        "02839 Bắc Hà phường 2026-04-30 - - 15 NQ 237",
        "02842 Tả Củ Tỷ xã 2021-01-01 2025-07-01 085 10 -",
        "02842 Tả Củ Tỷ xã 2025-07-01 2026-04-30 - 15 NQ 1673",
        "02842 Tả Củ Tỷ xã 2026-04-30 - - 15 NQ 30",
        "02872 Tà Chải xã 2021-01-01 2024-11-01 085 10 -",
        "04000 É Tòng xã 2021-01-01 2025-07-01 137 15 -",
        "04000 Hòa xã 2025-07-01 2026-04-30 - 15 NQ 1673",
        "04000 Hòa xã 2026-04-30 - - 15 NQ 30",
        "04003 Hoà xã 2021-01-01 2025-07-01 137 15 -",
        "04003 É Tòng xã 2025-07-01 2026-04-30 - 15 NQ 1673",
        "04003 É Tòng xã 2026-04-30 - - 15 NQ 30",
        "19742 Cồn Cỏ đặc khu 2025-07-01 2026-04-30 - 15 NQ 1673",
        "19742 Cồn Cỏ đặc khu 2026-04-30 - - 15 NQ 30",
    ]


def test_events_and_links(draw: Draw):
    folder = draw()
    kinds = [line.split()[:3] for line in tiny.drawn(folder, "unit_event")]
    assert [(event_id, kind) for event_id, _, kind in kinds] == [
        ("2024-11-01/10/02839", "merge"),
        ("2025-07-01/01/00001", "rename"),
        ("2025-07-01/15/02839", "split"),
        ("2025-07-01/15/02842", "split"),
        ("2025-07-01/15/04000", "transfer"),  # "Hoà" and "Hòa" are one name
        ("2025-07-01/15/04003", "transfer"),
        ("2025-07-01/15/15", "merge"),
        ("2025-07-01/15/19742", "retype"),
        ("2026-04-30/15/02839", "retype"),
        ("2026-04-30/15/02842", "transfer"),
        ("2026-04-30/15/04000", "transfer"),
        ("2026-04-30/15/04003", "transfer"),
        ("2026-04-30/15/15", "retype"),
        ("2026-04-30/15/19742", "transfer"),
    ]
    assert all(event_id.startswith(f"{event_on}/") for event_id, event_on, _ in kinds)
    assert tiny.drawn(folder, "unit_link") == [
        "2024-11-01/10/02839 commune 02839 commune 02839 whole -",
        "2024-11-01/10/02839 commune 02872 commune 02839 whole -",
        "2025-07-01/01/00001 commune 00001 commune 00001 whole -",
        "2025-07-01/15/02839 commune 02839 commune 02839 whole -",
        "2025-07-01/15/02839 commune 02842 commune 02839 part -",
        "2025-07-01/15/02842 commune 02842 commune 02842 part -",
        "2025-07-01/15/04000 commune 04003 commune 04000 whole -",
        "2025-07-01/15/04003 commune 04000 commune 04003 whole -",
        "2025-07-01/15/15 province 10 province 15 whole -",
        "2025-07-01/15/15 province 15 province 15 whole -",
        "2025-07-01/15/19742 district 471 commune 19742 whole -",
        "2026-04-30/15/02839 commune 02839 commune 02839 whole -",
        "2026-04-30/15/02842 commune 02842 commune 02842 whole -",
        "2026-04-30/15/04000 commune 04000 commune 04000 whole -",
        "2026-04-30/15/04003 commune 04003 commune 04003 whole -",
        "2026-04-30/15/15 province 15 province 15 whole -",
        "2026-04-30/15/19742 commune 19742 commune 19742 whole -",
    ]


def test_the_same_source_gives_the_same_bytes(draw: Draw):
    first, second = draw("first"), draw("second", old=tiny.OLD[::-1], new=tiny.NEW[::-1])
    files = sorted(path.name for path in first.iterdir())
    assert len(files) == 5
    for name in files:
        assert (first / name).read_bytes() == (second / name).read_bytes()
        assert b"\r" not in (first / name).read_bytes()


def without(ward: str) -> dict:
    """The converter without a commune that is not divided."""
    converter = deepcopy(tiny.CONVERTER)
    del converter["DICT_PROVINCE_WARD_NO_DIVIDED"]["lc"][ward]
    return converter


def also(province: str, ward: str, old_key: str) -> dict:
    """The converter with one more whole link."""
    converter = deepcopy(tiny.CONVERTER)
    converter["DICT_PROVINCE_WARD_NO_DIVIDED"][province].setdefault(ward, []).append(old_key)
    return converter


def replaced(lines: list[str], old: str, new: str) -> list[str]:
    found = [line.replace(old, new) for line in lines]
    assert found != lines
    return found


MERGED_ACROSS = [
    "2026-05-01,commune,00001,phường,Hồng Hà,00001,phường,Hồng Hà,whole,NQ,",
    "2026-05-01,commune,04000,xã,Hòa,00001,phường,Hồng Hà,whole,NQ,",
]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"counts": {("commune", "2025-07-01"): 3321}}, "6 units on 2025-07-01, not 3321"),
        ({"origins": {"commune": 6}}, "come from"),
        ({"converter": without("hoa")}, "come from nowhere: .'04000'"),
        (
            {"new": tiny.NEW[:4] + tiny.NEW[5:], "converter": without("hoa")},
            "lead nowhere: .'04003'",
        ),
        ({"converter": also("hn", "hh", "yb_tt_hoa")}, "successor of its province"),
        ({"new": [*tiny.NEW, tiny.NEW[0]]}, "twice"),
        ({"corrections": [*tiny.CORRECTIONS, tiny.CORRECTIONS[1]]}, "nothing to correct"),
        ({"corrections": replaced(tiny.CORRECTIONS, "É Tòng", "Ê Tòng")}, "Ê Tòng"),
        ({"by_hand": replaced(tiny.BY_HAND, "15,tỉnh", "15,thành phố")}, "15 thành phố Lào Cai"),
        ({"by_hand": replaced(tiny.BY_HAND, "02839,thị trấn,Bắc", "02839,xã,Bắc")}, "xã Bắc Hà"),
        ({"by_hand": replaced(tiny.BY_HAND, "Hà,whole,NQ 1197,nhập", "Hà,part,NQ 1197,")}, "part"),
        ({"by_hand": replaced(tiny.BY_HAND, "02872", "02842")}, "the source's old state"),
        ({"by_hand": replaced(tiny.BY_HAND[:2], "1197", "9") + tiny.BY_HAND[2:]}, "do not agree"),
        ({"by_hand": [*tiny.BY_HAND, *MERGED_ACROSS]}, "several old parents"),
        ({"by_hand": [*tiny.BY_HAND, MERGED_ACROSS[1]]}, "00001 is already in force"),
    ],
)
def test_what_cannot_be_right_is_refused(draw: Draw, wrong: dict, message: str):
    with pytest.raises(ValueError, match=message):
        draw(**wrong)


def test_the_sort_key_puts_names_in_the_order_of_the_alphabet():
    names = ["2", "10", "An", "An Bình", "Ăn", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Da", "Đa", "Ơ"]
    assert sorted(set(names), key=sort_key) == names
    assert sort_key("Hoà") == sort_key("Hòa")


@pytest.mark.parametrize(
    ("full_name", "level", "type_and_name"),
    [
        ("Xã Kim  Hỷ", "commune", ("xã", "Kim Hỷ")),
        ("Phường 1", "commune", ("phường", "1")),
        ("Thị trấn Nông trường Việt Lâm", "commune", ("thị trấn", "Nông trường Việt Lâm")),
        ("Xã é Tòng", "commune", ("xã", "É Tòng")),
        ("Đặc khu Cồn Cỏ", "commune", ("đặc khu", "Cồn Cỏ")),
        ("Thành phố Huế", "province", ("thành phố", "Huế")),
    ],
)
def test_the_type_is_read_from_the_full_name(full_name, level, type_and_name):
    split = partial(split_type, level=level)
    assert split(full_name) == type_and_name
    with pytest.raises(ValueError, match="no unit type"):
        split(full_name.split()[-1])
