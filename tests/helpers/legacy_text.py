"""Texts in old Vietnamese encodings, written with tables of the tests' own."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import yaml

from etl.ground.legacy import FontEncoding
from etl.ground.records import Workbook

ROOT = Path(__file__).resolve().parents[2]
Rows = Sequence[Sequence[str | float]]

# Letter by letter as the converters' tables print them, tones in the order à á ả ã ạ.
LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ"
PRINTED_VNI = """
    aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò
    oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î
"""
VNI = PRINTED_VNI.split()
TO_TCVN3 = dict(zip([*LETTERS, *"ĂÂÊÔƠƯĐ"], [*TCVN3, *"¡¢£¤¥¦§"], strict=True))
TO_VNI = dict(zip(LETTERS, VNI, strict=True)) | {
    letter.upper(): written.upper() for letter, written in zip(LETTERS, VNI, strict=True)
}


def to_tcvn3(text: str) -> str:
    """As typed for .VnTime, or .VnTimeH for what is drawn as toned capitals."""
    text = unicodedata.normalize("NFC", text)
    return "".join(TO_TCVN3.get(c, TO_TCVN3.get(c.lower(), c)) for c in text)


def to_vni(text: str) -> str:
    return "".join(TO_VNI.get(c, c) for c in unicodedata.normalize("NFC", text))


def to_cp1258(text: str) -> bytes:
    """Vowel with its accent, then the tone as a mark of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = ""
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        vowel = unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones))
        written += vowel + "".join(m for m in marks if m in tones)
    return written.encode("cp1258")


ENCODERS: dict[FontEncoding, Callable[[str], str]] = {"tcvn3": to_tcvn3, "vni": to_vni}
FONTS: dict[FontEncoding, str] = {"tcvn3": ".VnTime", "vni": "VNI-Times"}
NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}


@cache
def register() -> list[list[str]]:
    """Na Rì's register of 2025, as its plan prints it."""
    with (ROOT / "samples/facts/na_ri_2025_communes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    title = ["BIỂU MỤC TIÊU PHẤN ĐẤU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2025", "", "", ""]
    header = ["TT", "Đơn vị", "Tổng số hộ dân cư đầu năm 2025", "Tỷ lệ hộ nghèo đầu năm 2025"]
    columns = ("tt", "name_as_printed", "households_start_as_printed")
    table = [[row[c] for c in (*columns, "poverty_rate_start_as_printed")] for row in rows]
    return [title, header, *table]


@cache
def report() -> list[list[str]]:
    """The row labels of the commune's report, with sample figures (số liệu minh hoạ)."""
    form = yaml.safe_load((ROOT / "etl/forms/commune_report.yaml").read_text(encoding="utf-8"))
    items = form["tables"]["indicators"]["items"].values()
    labels = [[str(tt), item["labels"][0], "1.337"] for tt, item in enumerate(items, start=1)]
    return [["STT", "Chỉ tiêu", "Số đạt được"], *labels]


def small(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    """What TCVN3 keeps of capitals."""
    return [[cell.lower() for cell in row] for row in rows]


Opened = Callable[[str, bytes], Workbook]
