"""Vietnamese text from before Unicode: TCVN3 (ABC), VNI and Windows-1258.

In TCVN3 and VNI a text holds Latin-1 characters which its font draws as Vietnamese letters.
Nothing here guesses: the caller names the encoding. Sources: TCVN 5712:1993, set VN3; the
character table of the VNI fonts for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

FontEncoding = Literal["tcvn3", "vni"]
Encoding = Literal["tcvn3", "vni", "cp1258"]
NAMES: dict[Encoding, str] = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}

# The letters at 0xA1 to 0xFE, "." where there is none. "ư" is the soft hyphen (0xAD). Capitals
# carry no tones: a font whose name ends in H draws the small letters as capitals.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
)
_FROM_TCVN3 = {0xA1 + at: letter for at, letter in enumerate(_TCVN3_LETTERS) if letter != "."}

_TONES = ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # acute, grave, hook, tilde, dot
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS = (  # vowels, the marks that may follow them, the accent before the tone
    ("aeouyôö", "ùøûõï", "", _TONES),
    ("aeo", "âáàåãä", "\u0302", ("", *_TONES)),
    ("a", "êéèúüë", "\u0306", ("", *_TONES)),
)


def _vni_table() -> dict[str, str]:
    """Letters by what stands for them; the vowel alone says whether it is a capital."""
    table = dict(_VNI_LETTERS)
    for vowels, marks, accent, tones in _VNI_MARKS:
        for vowel in vowels:
            for mark, tone in zip(marks, tones, strict=True):
                letter = _VNI_LETTERS.get(vowel, vowel) + accent + tone
                table[vowel + mark] = unicodedata.normalize("NFC", letter)
    for written, letter in list(table.items()):
        for variant in (written.capitalize(), written.upper()):
            table[variant] = letter.upper()
        table[written[0] + written[1:].upper()] = letter
    return table


_BEYOND_ASCII = re.compile(r"[\u00a1-\u1eff]")
_FROM_VNI = _vni_table()
_VNI = re.compile("|".join(sorted(_FROM_VNI, key=len, reverse=True)))


def goes_beyond_ascii(text: str) -> bool:
    """Whether it has letters beyond ASCII, or signs that a font may draw as such."""
    return bool(_BEYOND_ASCII.search(text))


def decode(text: str, encoding: FontEncoding) -> str:
    """Unicode (NFC) of a text as its cell holds it; what the encoding does not know stays."""
    if encoding == "tcvn3":
        decoded = text.translate(_FROM_TCVN3)
    else:
        decoded = _VNI.sub(lambda found: _FROM_VNI[found[0]], text)
    return unicodedata.normalize("NFC", decoded)


def decode_bytes(data: bytes, encoding: Encoding) -> str:
    """Unicode (NFC) of the bytes of a text file.

    Raises UnicodeDecodeError for a byte that Windows has no character for.
    """
    if encoding == "cp1258":
        return unicodedata.normalize("NFC", data.decode("cp1258"))
    return decode(data.decode("cp1252"), encoding)
