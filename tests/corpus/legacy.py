"""Unicode to the encodings from before it, the way a machine of that time would have typed it.

Written from TCVN 5712:1993 (VN3) and the VNI key tables, by hand: a second source beside etl's.
"""

from __future__ import annotations

import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot below
_TCVN3_VOWELS = {  # vowel: its bytes without a tone and with each of the five
    "a": "61 B5 B6 B7 B8 B9", "ă": "A8 BB BC BD BE C6", "â": "A9 C7 C8 C9 CA CB",
    "e": "65 CC CE CF D0 D1", "ê": "AA D2 D3 D4 D5 D6", "i": "69 D7 D8 DC DD DE",
    "o": "6F DF E1 E2 E3 E4", "ô": "AB E5 E6 E7 E8 E9", "ơ": "AC EA EB EC ED EE",
    "u": "75 EF F1 F2 F3 F4", "ư": "AD F5 F6 F7 F8 F9", "y": "79 FA FB FC FD FE",
}  # fmt: skip
_TCVN3_PLAIN = {"đ": 0xAE, "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6,
                "Đ": 0xA7}  # fmt: skip
_VNI_MARKS = {  # marks after the vowel, in the order of _TCVN3_VOWELS
    "a": ("", *"øûõùï"), "e": ("", *"øûõùï"), "o": ("", *"øûõùï"), "u": ("", *"øûõùï"),
    "ă": tuple("êèúüéë"), "â": tuple("âàåãáä"), "ê": tuple("âàåãáä"), "ô": tuple("âàåãáä"),
    "ơ": ("", *"øûõùï"), "ư": ("", *"øûõùï"),
}  # fmt: skip
_VNI_BASE = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "ô", "ư": "ö"}
_VNI_WHOLE = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î",
              "ỳ": "yø", "ỷ": "yû", "ỹ": "yõ", "ý": "yù"}  # fmt: skip


def _split(letter: str) -> tuple[str, int]:
    """("ế") is ("ê", 4): the vowel with its mark, and the number of its tone, 0 for none."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES.index(mark) + 1 for mark in parts if mark in _TONES), 0)
    bare = "".join(mark for mark in parts if mark not in _TONES)
    return unicodedata.normalize("NFC", bare), tone


def _tcvn3_letter(letter: str) -> str:
    vowel, tone = _split(letter)
    if letter in _TCVN3_PLAIN:
        return chr(_TCVN3_PLAIN[letter])
    if vowel in _TCVN3_VOWELS:
        return chr(int(_TCVN3_VOWELS[vowel].split()[tone], 16))
    return letter


def tcvn3(text: str) -> tuple[str, bool]:
    """The text as TCVN3 holds it, and whether it needs a font of capitals.

    There are no capitals with a tone: such a text is typed small in a font whose letters are
    drawn as capitals.
    """
    composed = unicodedata.normalize("NFC", text)
    capitals = any(_split(letter)[1] and letter.isupper() for letter in composed)
    small = composed.lower() if capitals else composed
    return "".join(map(_tcvn3_letter, small)), capitals


def vni(text: str) -> str:
    """The text as a VNI font holds it: each vowel, then its mark."""
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    written = _VNI_WHOLE.get(small)
    if written is None:
        vowel, tone = _split(small)
        if vowel not in _VNI_MARKS:
            return letter
        written = _VNI_BASE.get(vowel, vowel) + _VNI_MARKS[vowel][tone]
    return written.upper() if letter.isupper() else written


def cp1258(text: str) -> bytes:
    """Windows-1258: letters that it lacks as their vowel and a combining tone."""
    written = b""
    for letter in unicodedata.normalize("NFC", text):
        vowel, tone = _split(letter)
        parts = vowel + _TONES[tone - 1] if tone else vowel
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            written += parts.encode("cp1258")
    return written
