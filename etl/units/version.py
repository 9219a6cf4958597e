"""What a unit is: one dated version of one territory, its type and its names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from etl.ground.text import key

LEVELS = ("province", "district", "commune")
_SHORT_TYPES = {
    "x": "xã", "p": "phường", "tt": "thị trấn", "đk": "đặc khu", "h": "huyện", "q": "quận",
    "tx": "thị xã", "tp": "thành phố", "t": "tỉnh", "t t": "thị trấn", "ttr": "thị trấn",
    "t tr": "thị trấn", "t trấn": "thị trấn", "t x": "thị xã", "t p": "thành phố",
    "đ k": "đặc khu",
}  # fmt: skip
LEVEL_TYPES = {
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "province": ("tỉnh", "thành phố"),
}
LEVEL_OF = {  # a city may be of either of two
    kind: level for level, kinds in LEVEL_TYPES.items() for kind in kinds if kind != "thành phố"
}  # fmt: skip
TYPES = tuple(dict.fromkeys(kind for kinds in LEVEL_TYPES.values() for kind in kinds))
A_TYPE = f"(?:{'|'.join(TYPES)})"  # a pattern over keys
A_TYPE_IN_PROSE = f"(?!xã hội){A_TYPE}"  # "xã hội", society, is no commune
_LETTERS = "".join(short for short in _SHORT_TYPES if len(short) == 1)
_SHORT = "|".join(short for short in _SHORT_TYPES if len(short) > 1)
_TYPED = re.compile(rf"^(?:({A_TYPE}|{_SHORT})[\s:–-]+|([{_LETTERS}])\s+)(.+)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of one unit: valid from `valid_from` until the day before `valid_to`.

    `valid_to` is date.max while it is in force; `district_code` is None above communes' districts
    and where the district tier has ended. `sort_key` puts names in alphabetical order;
    `legal_basis` is what the version begins with.
    """

    level: str
    code: str
    name: str
    unit_type: str
    valid_from: date
    valid_to: date
    district_code: str | None
    province_code: str
    sort_key: str = field(default="", compare=False)
    legal_basis: str = field(default="", compare=False)

    def __hash__(self) -> int:
        return hash((self.level, self.code, self.valid_from))

    @property
    def full_name(self) -> str:
        """Type and name as printed: "Xã Kim Hỷ"."""
        return f"{self.unit_type.capitalize()} {self.name}"

    @property
    def last_day(self) -> date:
        """The last day of this version; date.max while it is in force."""
        return self.valid_to if self.valid_to == date.max else self.valid_to - timedelta(days=1)

    @property
    def last_known_day(self) -> date:
        """The day on which its parents are named: its last, or its first while it is in force."""
        return self.valid_from if self.valid_to == date.max else self.last_day

    @property
    def parents(self) -> tuple[str | None, str]:
        """Codes of its district (None: none) and province; of a province itself too."""
        return self.district_code, self.province_code

    def is_on(self, on: date) -> bool:
        """Whether this version is in force on the day."""
        return self.valid_from <= on < self.valid_to


@lru_cache(maxsize=65536)
def split_type(text: str) -> tuple[str | None, str]:
    """("xã", "kim hỷ") of "Xã  Kim Hỷ", "X. Kim Hỷ" or "XÃ KIM HỶ"; (None, key) without a type."""
    found = _TYPED.match(key(text).replace(".", " ").strip())
    if not found:
        return None, key(text)
    unit_type = found[1] or found[2]
    return _SHORT_TYPES.get(unit_type, unit_type), key(found[3])
