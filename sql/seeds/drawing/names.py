"""Unit types, short names, and the key that puts names in Vietnamese alphabetical order."""

import re
import unicodedata

UNIT_TYPES = {
    "province": ("tỉnh", "thành phố"),
    "district": ("huyện", "quận", "thị xã", "thành phố"),
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
}
TONES = {mark: str(rank) for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
VOWEL_MARKS = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # breve, circumflex, horn
NUMBER_WIDTH = 3
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
