"""A country of three provinces in the form of the package that the unit seeds are drawn from."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

OLD_COLUMNS = (
    "provinceKey, provinceCode, province, districtKey, districtCode, district,"
    " wardKey, wardCode, ward"
)
NEW_COLUMNS = "provinceKey, provinceCode, province, wardKey, wardCode, ward"
OLD = [
    ("hn", "01", "Thành phố Hà Nội", "bd", "001", "Quận Ba Đình", "px", "00001", "Phường Phúc Xá"),
    ("lc", "10", "Tỉnh Lào Cai", "bh", "085", "Huyện Bắc Hà", "bh", "02839", "Thị trấn Bắc Hà"),
    ("lc", "10", "Tỉnh Lào Cai", "bh", "085", "Huyện Bắc Hà", "tct", "02842", "Xã Tả Củ Tỷ"),
    ("yb", "15", "Tỉnh Yên Bái", "tt", "137", "Huyện Trạm Tấu", "et", "04000", "Xã é Tòng"),
    ("yb", "15", "Tỉnh Yên Bái", "tt", "137", "Huyện Trạm Tấu", "hoa", "04003", "Xã Hoà"),
    ("yb", "15", "Tỉnh Yên Bái", "cc", "471", "Huyện Cồn Cỏ", None, None, None),
]
NEW = [
    ("hn", "01", "Thành phố Hà Nội", "hh", "00001", "Phường Hồng Hà"),
    ("lc", "15", "Tỉnh Lào Cai", "bh", "02839", "Xã Bắc Hà"),
    ("lc", "15", "Tỉnh Lào Cai", "tct", "02842", "Xã Tả Củ Tỷ"),
    ("lc", "15", "Tỉnh Lào Cai", "et", "04003", "Xã É Tòng"),
    ("lc", "15", "Tỉnh Lào Cai", "hoa", "04000", "Xã Hòa"),
    ("lc", "15", "Tỉnh Lào Cai", "cc", "19742", "Đặc khu Cồn Cỏ"),
]
CONVERTER = {
    "DICT_PROVINCE": {"hn": ["hn"], "lc": ["lc", "yb"]},
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "hn": {"hh": ["hn_bd_px"]},
        "lc": {"bh": ["lc_bh_bh"], "hoa": ["yb_tt_hoa"], "cc": ["yb_cc_"]},
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "lc": {
            "lc_bh_tct": [{"newWardKey": "bh"}, {"newWardKey": "tct"}],
            "yb_tt_et": [{"newWardKey": "et"}, {"newWardKey": "bh"}],  # et only: corrected
        }
    },
}
BY_HAND = [
    "event_on,level,old_code,old_type,old_name,new_code,new_type,new_name,link,legal_basis,note",
    "2024-11-01,commune,02839,thị trấn,Bắc Hà,02839,thị trấn,Bắc Hà,whole,NQ 1197,nhập",
    "2024-11-01,commune,02872,xã,Tà Chải,02839,thị trấn,Bắc Hà,whole,NQ 1197,nhập",
    "2026-04-30,province,15,tỉnh,Lào Cai,15,thành phố,Lào Cai,whole,NQ 30,thành phố",
    "2026-04-30,commune,02839,xã,Bắc Hà,02839,phường,Bắc Hà,whole,NQ 237,phường",
]
CORRECTIONS = [
    "old_code,old_type,old_name,new_code,new_type,new_name,link,reason",
    "04000,xã,É Tòng,02839,xã,Bắc Hà,none,nhầm",
]
RESOLUTIONS = ["province_code,legal_basis", "01,NQ 1656", "15,NQ 1673"]
COUNTS = {
    ("commune", "2021-01-01"): 6,
    ("commune", "2025-06-30"): 5,
    ("commune", "2025-07-01"): 6,
    ("province", "2025-06-30"): 3,
    ("province", "2025-07-01"): 2,
}
ORIGINS = {"commune": 5, "district": 1}


def write_package(
    folder: Path, old: list = OLD, new: list = NEW, converter: dict = CONVERTER
) -> Path:
    """`dataset.db` and `converter_2025.json` in a folder."""
    with closing(sqlite3.connect(folder / "dataset.db")) as database, database:
        for table, columns, rows in (
            ("admin_units_legacy", OLD_COLUMNS, old),
            ("admin_units", NEW_COLUMNS, new),
        ):
            database.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" * len(rows[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    (folder / "converter_2025.json").write_text(json.dumps(converter), encoding="utf-8")
    return folder


def write_by_hand(
    folder: Path, by_hand: list[str] = BY_HAND, corrections: list[str] = CORRECTIONS
) -> Path:
    """The files that stand beside the script."""
    for name, lines in (
        ("units_by_hand", by_hand),
        ("link_corrections", corrections),
        ("resolutions_2025", RESOLUTIONS),
    ):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def drawn(folder: Path, name: str) -> list[str]:
    """The lines of a drawn file, without the header and the sort keys, blanks as "-"."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        " ".join(value or "-" for column, value in row.items() if column != "sort_key")
        for row in rows
    ]
