"""Unit types and short names."""

import unicodedata

UNIT_TYPES = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
}
LOWER_CASE_WORDS = {"trường"}  # Nông trường Việt Lâm


def split_type(full_name: str, level: str) -> tuple[str, str]:
    """The unit type in lower case and the short name: "Xã Kim Hỷ" gives ("xã", "Kim Hỷ").

    The type is read from the full name: the package's own type column is wrong for 15061, 27046
    and 27076 (old) and 10543, 11848, 31213 and 31299 (new), and its short names carry additions
    such as "Yên Viên (Xã)". A word it wrote in lower case gets its capital: "Mường é", "Ya ly".
    """
    name = " ".join(unicodedata.normalize("NFC", full_name).split())
    for unit_type in UNIT_TYPES[level]:
        if name.lower().startswith(unit_type + " "):
            words = name[len(unit_type) + 1 :].split()
            return unit_type, " ".join(
                word if word in LOWER_CASE_WORDS else word[0].upper() + word[1:] for word in words
            )
    raise ValueError(f"no unit type of a {level} in {full_name!r}")
