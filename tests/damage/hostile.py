"""Hostile texts and numbers, drawn at random, in every place of a workbook that a text or a number
travels from to the database. Each is a workbook that is sound but for one or two of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

INBOX = Path(__file__).resolve().parents[2] / "samples" / "inbox"
BASES = (
    "bao_cao_6_thang_2025_duong_son.xlsx", "na_ri_muc_tieu_giam_ngheo_2025_ban_sua.xlsx",
    "bac_ha_nhu_cau_von_2021_2025.xlsx", "thieu_hut_2024_yen_lac.xlsx",
    "ba_to_phan_cong_va_bao_cao_2025.xlsx", "na_ri_ra_soat_chinh_thuc_2024.xlsx",
)  # fmt: skip
_LETTERS = (
    "aĐỹ0", "\u202e\u2067\u200f", "\u0301\u0323", "\U0001f33e\U000e0001", "\u200b\ufeff\u00ad",
    "\\\\\\.", "\t\r\n\x0b\x0c", "'\";--$$", "{0}%s%(a)s{seen}", "[/x][bold]", "=+-@|!", "\ufffe",
    "&#0;&#xD800;", "<>&\"", "\x00\x01\x1b", "\ud800\udfff", "ﷺ", "０١२", "\x85\u2028\u2029",
    "_x0000_",
)  # fmt: skip
_FIXED = (
    "\\N", "\\.", "NULL", "nan", "[/]", "[link=x]", "\x1b]0;x\x07", "'; drop table x; --",
    "=cmd|' /C calc'!A0", "_xD800_", "{", "{seen}", "..", "../../x", "/", "con", "%00", "\u202e",
)  # fmt: skip


def a_text(random: Random) -> str:
    """A text that something may choke on: odd letters, up to 40 000 of them."""
    if random.random() < 0.25:
        return random.choice(_FIXED)
    size = random.choice((1, 3, 30, 32, 255, 256, 300, 3_500, 9_000, 40_000))
    letters = "".join(random.sample(_LETTERS, random.randint(1, 3)))
    # what cannot be packed into an index entry is not a repeated letter
    alphabet = letters + ("" if random.random() < 0.5 else "".join(map(chr, range(0xAC00, 0xD000))))
    return "".join(random.choices(alphabet, k=size))


def a_number(random: Random) -> str:
    """A number as the file may hold it: huge, tiny, endless, or none."""
    digits = "".join(random.choices("0123456789", k=random.choice((1, 16, 40, 400, 16_400))))
    power = random.choice((14, 15, 18, 22, 28, 37, 127, 307, 308, 309, 999, 131_072, 10**9))
    return random.choice((
        f"{random.uniform(1, 9)}e{power}", f"-1e{power}", f"1e-{power}", f"1{digits}",
        f"0.{digits}", f"1.{digits}", f"-{digits}.{digits}", f"1{digits}e{power}", "inf", "-inf",
        "nan", "1_000", "0x1p4", "٣", "1e", "--1", "-0", "-0.0", "5e-324", "1.7976931348623157e308",
        str(2**63), str(2**64), str(10**22), "99999999999999999999999", " 1 ", "1,5", "sNaN",
    ))  # fmt: skip


Parts = dict[str, str]


def _in(pattern: str, part: str, value: str, random: Random, parts: Parts) -> None:
    """One group of one match in the parts whose names match gets the value."""
    names = [name for name in parts if re.search(part, name)]
    name = random.choice(names)
    if places := list(re.finditer(pattern, parts[name])):
        start, end = random.choice(places).span(1)
        parts[name] = parts[name][:start] + value + parts[name][end:]


def _put(pattern: str, part: str, what: Callable[[Random], str]) -> Callable[[Random, Parts], None]:
    return lambda random, parts: _in(pattern, part, what(random), random, parts)


def _escaped(random: Random) -> str:
    return escape(a_text(random), {'"': "&quot;", "\n": "&#10;", "\x00": "\x00"})


def _figure_text(random: Random) -> str:
    return f' t="str"><v>{escape(a_number(random) + random.choice(("", "%", " hộ", " tỷ đồng")))}'


def _define(random: Random, parts: Parts) -> None:
    name = f'<definedNames><definedName name="{_escaped(random)}">{_escaped(random)}</definedName>'
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace("</sheets>", f"</sheets>{name}</definedNames>")


def _comment(random: Random, parts: Parts) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{main}"><authors><author>{_escaped(random)}</author></authors>'
        f'<commentList><comment ref="D10" authorId="0"><text><t>{_escaped(random)}</t></text>'
        "</comment></commentList></comments>"
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdC" Type="{kind}" Target="../comments1.xml"/></Relationships>'
    )


_SHEETS, _STRINGS, _STYLES = r"worksheets/sheet\d+", r"sharedStrings", r"styles\.xml"
PLACES: dict[str, Callable[[Random, Parts], None]] = {
    "sheet name": _put(r'<sheet name="([^"]*)"', r"workbook\.xml$", _escaped),
    "text": _put(r"<t[^>]*>([^<]*)</t>", _STRINGS, _escaped),
    "label": _put(r"<t[^>]*>[^<]*?(?<=\w)()[^<]*</t>", _STRINGS, _escaped),
    "number": _put(r"<v>(\d[\d.]*)</v></c><c", _SHEETS, a_number),
    "figure as text": _put(r'<c r="[D-G]\d+" s="\d+"(><v>)\d', _SHEETS, _figure_text),
    "formula": _put(r'<c r="[C-G]\d+"[^>]*>()<v>\d', _SHEETS, lambda r: f"<f>{_escaped(r)}</f>"),
    "font": _put(r'<name val="([^"]*)"', _STYLES, _escaped),
    "number format": _put(
        r"<styleSheet[^>]*>()", _STYLES,
        lambda r: f'<numFmts count="1"><numFmt numFmtId="{r.randrange(1, 200)}"'
        f' formatCode="{_escaped(r)}"/></numFmts>',
    ),
    "property": _put(r"<(?:dc|cp):\w+[^>]*>([^<]*)</", r"docProps/core", _escaped),
    "defined name": _define,
    "comment": _comment,
}  # fmt: skip


def hostile(seed: int) -> tuple[bytes, bytes]:
    """A file name, as bytes (of 250 at most), and a workbook with hostile values in it."""
    random = Random(seed)
    base = (INBOX / random.choice(BASES)).read_bytes()
    with zipfile.ZipFile(BytesIO(base)) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    places = list(PLACES)
    for place in {places[seed % len(places)], *random.sample(places, random.randrange(2))}:
        PLACES[place](random, parts)
    parts["docProps/seed.xml"] = f"<seed>{seed}</seed>"  # no two are one content
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content.encode("utf-8", "surrogatepass"))
    return _file_name(random, seed), target.getvalue()


def _file_name(random: Random, seed: int) -> bytes:
    if random.random() < 0.4:
        return f"{seed}.xlsx".encode()
    name = a_text(random).translate({0: None, ord("/"): None}).encode("utf-8", "surrogatepass")
    return f"{seed}_".encode() + name[: random.choice((30, 240))] + b".xlsx"
