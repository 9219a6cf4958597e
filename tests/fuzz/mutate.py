"""Mutations of a filed workbook: of its bytes, of its XML, of its cells, rows, columns, headers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from random import Random

from tests.fuzz.grid import Cell, Grid

# what people and machines put where a figure should be
CONTENTS: tuple[object, ...] = (
    None, "", "-", "x", "0", 0, 1, 12, -5, 12.5, 1337, "1.337", "1,337", "8,08", "8.08", "0.808",
    "6.05 %", "07", " 1 337", "1\u00a0337", "１２", "(12)", "1e3", "1.2.3", "20 - 30", "khoảng 20",
    "chưa rõ", "#REF!", "#N/A", "=1+1", "TRUE", True, datetime(2025, 2, 1), 1e15, 0.0808,
    "Tổng cộng", "Cộng", "Trong đó", "Xã Kim Hỷ", "Kim Hỷ", "Xã Văn Lăng", "Huyện Na Rì", "I",
    "Hộ nghèo", "Đơn vị", "Chỉ tiêu", "năm 2024", "Nơi nhận:", "\u200b", "ﾃ", "TT.", "Dự án 2",
)  # fmt: skip


def flip_bytes(data: bytes, random: Random) -> bytes:
    """A few bytes changed, dropped or doubled anywhere in the container, or its end cut off."""
    out = bytearray(data)
    kind = random.randrange(4)
    if kind == 3:
        return bytes(out[: random.randrange(len(out))])
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(out))
        if kind == 0:
            out[at] = random.randrange(256)
        elif kind == 1:
            del out[at]
        else:
            out[at:at] = bytes([random.randrange(256)])
    return bytes(out)


def change_xml(data: bytes, random: Random) -> bytes:
    """One part of the package changed as text, the container itself whole."""
    with zipfile.ZipFile(BytesIO(data)) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    xml = [name for name in parts if name.endswith((".xml", ".rels"))]
    likely = [n for n in xml if "sheet" in n or "sharedStrings" in n or "styles" in n]
    name = random.choice(likely if random.random() < 0.7 else xml)
    parts[name] = _edit(parts[name].decode(), random).encode("utf-8", "surrogatepass")
    if random.random() < 0.05:
        del parts[random.choice(list(parts))]
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for part, content in parts.items():
            out.writestr(part, content)
    return target.getvalue()


def _edit(text: str, random: Random) -> str:
    pattern, change = random.choice(_EDITS)
    places = list(re.finditer(pattern, text))
    if not places:
        return text
    found = random.choice(places)
    return text[: found.start()] + change(found, random) + text[found.end() :]


def _swap_digits(found: re.Match[str], random: Random) -> str:
    digits = list(found[0])
    at = [i for i, char in enumerate(digits) if char.isdigit()]
    digits[random.choice(at)] = str(random.randrange(10))
    return "".join(digits)


_EDITS: tuple[tuple[str, Callable[[re.Match[str], Random], str]], ...] = (
    (r"<v>[^<]*\d[^<]*</v>", _swap_digits),
    (r"<c [^>]*?r=\"[A-Z]+\d+\"", _swap_digits),
    (r"<row [^>]*?r=\"\d+\"", _swap_digits),
    (r"<c [^>]*/>|<c .*?</c>", lambda found, random: ""),
    (r"<c .*?</c>", lambda found, random: found[0] * 2),
    (r"<row .*?</row>", lambda found, random: ""),
    (r"<row .*?</row>", lambda found, random: found[0] * 2),
    (r"<si>.*?</si>", lambda found, random: ""),
    (r" t=\"s\"", lambda found, random: random.choice(("", ' t="str"', ' t="e"', ' t="b"'))),
    (r" s=\"\d+\"", lambda found, random: f' s="{random.randrange(40)}"'),
    (r"<mergeCell [^>]*/>", lambda found, random: ""),
    (r"<[a-zA-Z:]+[^>]*>", lambda found, random: ""),
    (r"<[a-zA-Z:]+[^>]*>", lambda found, random: found[0] + random.choice(("&", "<", "\x00", "é"))),
    (r"<t[^>]*>[^<]+</t>", lambda found, random: "<t>" + random.choice("abcđ12") + "</t>"),
    (r"numFmtId=\"\d+\"", lambda found, random: f'numFmtId="{random.choice((0, 9, 10, 14, 49))}"'),
)  # fmt: skip


def change_cells(grids: list[Grid], random: Random) -> None:
    """One to three cells get other contents; now and then two cells change places."""
    for _ in range(random.randint(1, 3)):
        grid = random.choice(grids)
        places = list(grid.places())
        if not places:
            return
        r, c, _cell = random.choice(places)
        if random.random() < 0.2:
            r2, c2, _other = random.choice(places)
            grid.swap((r, c), (r2, c2))
        else:
            grid.rows[r][c] = Cell(random.choice(CONTENTS))


def change_rows(grids: list[Grid], random: Random) -> None:
    """A row is removed, doubled, moved, blanked, or a blank or odd one put in."""
    grid = random.choice(grids)
    r, other = random.randrange(len(grid.rows)), random.randrange(len(grid.rows))
    width = len(grid.rows[r])
    kind = random.randrange(6)
    if kind == 0:
        grid.delete_row(r)
    elif kind == 1:
        grid.insert_row(other, list(grid.rows[r]))
    elif kind == 2:
        row = grid.rows[r]
        grid.delete_row(r)
        grid.insert_row(min(other, len(grid.rows)), row)
    elif kind == 3:
        grid.rows[r] = [Cell()] * width
    elif kind == 4:
        grid.insert_row(r, [Cell()] * width)
    else:
        chosen = (random.choice(CONTENTS) if random.random() < 0.3 else None for _ in range(width))
        grid.insert_row(r, [Cell(value) for value in chosen])


def change_headers(grids: list[Grid], random: Random) -> None:
    """Columns are moved, doubled, removed or put in; header cells renamed or swapped."""
    grid = random.choice(grids)
    width = max(map(len, grid.rows))
    c, other = random.randrange(width), random.randrange(width)
    kind = random.randrange(5)
    if kind == 0:
        column = grid.column(c)
        grid.delete_column(c)
        grid.insert_column(min(other, width - 1), column)
    elif kind == 1:
        grid.insert_column(other, grid.column(c))
    elif kind == 2:
        grid.delete_column(c)
    elif kind == 3:
        grid.insert_column(c, [Cell()] * len(grid.rows))
    else:
        heads = [(r, k) for r, k, cell in grid.places() if r < 16 and isinstance(cell.value, str)]
        if heads:
            grid.swap(random.choice(heads), random.choice(heads))
