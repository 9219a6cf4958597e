"""A country of two provinces to try events on, and events as a province writes them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from etl.units.event_file import EventFile, parse_event
from etl.units.register import Register
from etl.units.version import Unit

START = date(2025, 7, 1)
OLDER = date(2021, 1, 1)
NAMES = {
    "10001": "An Bình", "10002": "Bình Minh", "10003": "Cẩm Thủy", "20001": "Đông Sơn",
    "20002": "Ea Kar",
}  # fmt: skip


def country(districts: bool = False) -> Register:
    """Provinces 10 and 20 with communes 1000x and 2000x; before the reform in districts too."""
    start = OLDER if districts else START
    units = [
        Unit("province", "10", "Mười", "tỉnh", start, date.max, None, "10"),
        Unit("province", "20", "Hai Mươi", "tỉnh", start, date.max, None, "20"),
    ]
    if districts:
        units += [
            Unit("district", "101", "Một", "huyện", start, date.max, None, "10"),
            Unit("district", "201", "Hai", "huyện", start, date.max, None, "20"),
        ]
    for code, name in NAMES.items():
        district = f"{code[0]}01" if districts else None
        units.append(Unit("commune", code, name, "xã", start, date.max, district, f"{code[0]}0"))
    return Register(units, lambda: ([], []))


def new(code: str, name: str, type: str = "xã", province: str = "10", **more: str) -> dict:
    """A unit under `to`."""
    return {"code": code, "name": name, "type": type, "province": province, **more}


def event(
    on: str,
    old: list[str],
    to: list[dict],
    *links: tuple[str, ...],
    basis: str = "NQ 1",
    **head: str,
) -> EventFile:
    """One file; a link is from, to, extent and perhaps weight."""
    keys = ("from", "to", "link", "weight")
    content = {
        "event": {"on": on, "basis": basis, **head},
        "from": old,
        "to": to,
        "links": [dict(zip(keys, link, strict=False)) for link in links],
    }
    return parse_event(Path(f"{on}.yaml"), json.dumps(content))
