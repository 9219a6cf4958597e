"""The colours that old and new Excel workbooks call by number (ECMA-376 part 1, 18.8.27)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

_FIRST = (
    "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff",
    "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff",
    "800000 008000 000080 808000 800080 008080 c0c0c0 808080",
    "9999ff 993366 ffffcc ccffff 660066 ff8080 0066cc ccccff",
    "000080 ff00ff ffff00 00ffff 800080 800000 008080 0000ff",
    "00ccff ccffff ccffcc ffff99 99ccff ff99cc cc99ff ffcc99",
    "3366ff 33cccc 99cc00 ffcc00 ff9900 ff6600 666699 969696",
    "003366 339966 003300 333300 993300 993366 333399 333333",
)
DEFAULT = tuple(colour for line in _FIRST for colour in line.split())
_OF_WINDOWS = {64: "000000", 65: "ffffff", 0x7FFF: "000000"}  # text and background
_THEME = {0: "ffffff", 1: "000000"}  # the first two colours of a theme: background, text


def indexed(number: int, palette: Sequence[str] = DEFAULT) -> str:
    """The colour of a number; "" where there is none."""
    return palette[number] if number < len(palette) else _OF_WINDOWS.get(number, "")


def of_element(element: ElementTree.Element | None, palette: Sequence[str], otherwise: str) -> str:
    """The colour that an element of xl/styles.xml names: "ff0000", or "theme 4" and how much
    lighter it is made; "" where it is not known, `otherwise` where the element names none."""
    if element is None:
        return otherwise
    if rgb := element.get("rgb", ""):
        base = rgb[-6:].lower()
    elif (theme := element.get("theme", "")).isdecimal():
        base = _THEME.get(int(theme), f"theme {int(theme)}")
    elif (number := element.get("indexed", "")).isdecimal():
        base = indexed(int(number), palette)
    else:
        return otherwise
    return _tinted(base, element.get("tint", ""))


def _tinted(colour: str, tint: str) -> str:
    """A colour made darker (negative) or lighter, as spreadsheets do to those of a theme."""
    try:
        share = float(tint or 0)
        if colour.startswith("theme"):
            return f"{colour} {share:.3f}"
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return ""
    lighter = [p + (255 - p) * share if share > 0 else p * (1 + share) for p in parts]
    return "".join(f"{min(255, max(0, round(p))):02x}" for p in lighter)
