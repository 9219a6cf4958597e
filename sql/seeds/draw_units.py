"""Draw the unit seeds: provinces, districts and communes as they stood before 2025-07-01.

Usage: python sql/seeds/draw_units.py PATH_TO_dataset.db

Source: table `admin_units_legacy` of the SQLite file in the package vietnamadminunits 1.0.4
(MIT), a state of March 2025. Standard library only; the same source gives the same bytes.
"""

import csv
import re
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

Row = dict[str, str]

VALID = {"valid_from": "2021-01-01", "valid_to": "2025-07-01"}
EXPECTED_COUNTS = {"province": 63, "district": 696, "commune": 10_035}
UNIT_TYPES = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn"),
}
PARENTS = {
    "province": (),
    "district": ("province_code",),
    "commune": ("district_code", "province_code"),
}
QUERIES = {
    "province": "SELECT DISTINCT provinceCode, province FROM admin_units_legacy",
    "district": "SELECT DISTINCT districtCode, district, provinceCode FROM admin_units_legacy",
    "commune": "SELECT wardCode, ward, districtCode, provinceCode FROM admin_units_legacy"
    " WHERE wardCode IS NOT NULL",
}
TONES = {mark: str(rank) for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
VOWEL_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # breve, circumflex, horn
NUMBER_WIDTH = 3


def sort_key(name: str) -> str:
    """An ASCII key, digits and a-z only, that puts names in Vietnamese alphabetical order.

    Letters decide first (a ă â b c d đ e ê ... o ô ơ ... u ư v x y; f j w z at their Latin
    place), then the tones, word by word: ngang huyền hỏi ngã sắc nặng. Every letter is two
    characters, a word gap is "01" and "00" ends the letters, so a shorter name comes first.
    Whole numbers count by value, hyphens and apostrophes not at all.
    """
    words = re.sub(r"[-–]", " ", name.lower()).split()
    pairs = [_word_key(word) for word in words]
    return "01".join(letters for letters, _ in pairs) + "00" + "".join(t for _, t in pairs)


def _word_key(word: str) -> tuple[str, str]:
    """The letters of one word, two characters each, and its tones ("0" for none)."""
    letters: list[str] = []
    tones = ""
    padded = re.sub(r"\d+", lambda found: found[0].zfill(NUMBER_WIDTH), word)
    for char in unicodedata.normalize("NFD", padded):
        if char in TONES:
            tones += TONES[char]
        elif char in VOWEL_MARKS:
            letters[-1] = letters[-1][0] + VOWEL_MARKS[char]
        elif char == "đ":
            letters.append("d1")
        elif char.isdecimal():
            letters.append("1" + char)
        elif char.isalpha():
            letters.append(char + "0")
        elif char not in "'’":
            raise ValueError(f"{word!r}: no place in the alphabet for {char!r}")
    return "".join(letters), tones or "0"


def split_type(full_name: str, unit_types: Iterable[str]) -> tuple[str, str]:
    """The unit type in lower case and the short name: "Xã Kim Hỷ" gives ("xã", "Kim Hỷ").

    The type is read from the full name: the package's own type column is wrong for 15061, 27046
    and 27076, and its short names carry additions such as "Yên Viên (Xã)".
    """
    name = " ".join(unicodedata.normalize("NFC", full_name).split())
    for unit_type in unit_types:
        if name.lower().startswith(unit_type + " "):
            return unit_type, name[len(unit_type) + 1 :]
    raise ValueError(f"no unit type in {full_name!r}")


def read_units(database: sqlite3.Connection, level: str) -> list[Row]:
    """The units of one level, sorted by code, one dict a unit with the seed's columns."""
    units = []
    for code, full_name, *parents in database.execute(QUERIES[level]):
        unit_type, name = split_type(full_name, UNIT_TYPES[level])
        row = {"code": code, "name": name, "unit_type": unit_type, **VALID}
        row["sort_key"] = sort_key(name)
        units.append(row | dict(zip(PARENTS[level], parents, strict=True)))
    units.sort(key=lambda row: row["code"])
    codes = {row["code"] for row in units}
    if not len(units) == len(codes) == EXPECTED_COUNTS[level]:
        raise ValueError(f"{level}: {len(units)} rows, {len(codes)} codes in the source")
    return units


def write_units(path: Path, units: list[Row]) -> None:
    """Write one seed file: UTF-8, comma, a header row, line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(units[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(units)


def main(source: Path, target: Path) -> None:
    """Read all levels from `source`, then write province.csv, district.csv, commune.csv."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as database:
        levels = {level: read_units(database, level) for level in QUERIES}
    for level, units in levels.items():
        write_units(target / f"{level}.csv", units)
        print(f"{level}: {len(units)} units")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(__file__).resolve().parent)
