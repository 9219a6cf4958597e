"""What the styles and the pieces of text of an xlsx workbook make of its cells."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

from etl.read.appearance import BLACK, WHITE, Appearance, Run, is_unseen, symbol_font
from etl.read.canonical import parsed
from etl.read.formats import BUILT_IN
from etl.read.xlsx import elements

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE}
_THEME = {0: WHITE, 1: BLACK}  # the first two colours of a theme: background, text
_RAISED = ("superscript", "subscript")


class Font(NamedTuple):
    """A font as far as it hides or marks text; `colour` as "rrggbb", "" where it is not known."""

    is_struck: bool
    is_raised: bool
    colour: str
    points: float
    name: str = ""


class Styles(NamedTuple):
    """The cell styles by number, and the differential ones that conditional formats use.

    hides: numbers of differential styles that change what is seen of a number.
    """

    cells: tuple[Appearance, ...]
    hides: frozenset[int]

    @property
    def is_plain(self) -> bool:
        """Whether no style of a cell shows a number otherwise than it is stored."""
        return not self.hides and all(style.is_plain for style in self.cells)

    def of(self, number: int) -> Appearance:
        """A cell's style; one that is not there is as good as none."""
        return self.cells[number] if number < len(self.cells) else Appearance()


NO_STYLES = Styles((), frozenset())


@lru_cache(maxsize=64)
def styles_of(xml: bytes) -> Styles:
    """The styles of xl/styles.xml. Raises Refused (file-damaged)."""
    lists = {local(child): list(child) for child in parsed(xml)}
    codes = {
        number(child.get("numFmtId")): child.get("formatCode", "")
        for child in lists.get("numFmts", ())
    }
    fonts = [font_of(child) for child in lists.get("fonts", ())]
    fills = [_background(child) for child in lists.get("fills", ())]
    cells = tuple(_appearance(xf, codes, fonts, fills) for xf in lists.get("cellXfs", ()))
    hides = (n for n, dxf in enumerate(lists.get("dxfs", ())) if _hides(dxf))
    return Styles(cells, frozenset(hides))


def local(element: ElementTree.Element) -> str:
    """Its name without a namespace."""
    return element.tag.rpartition("}")[2]


def number(text: str | None) -> int:
    """A whole number of an attribute; 0 where there is none."""
    return int(text) if text and text.strip().isdecimal() else 0


def font_of(element: ElementTree.Element) -> Font:
    """A `<font>` or the properties of a run."""
    found = {local(child): child for child in element}
    size = found["sz"].get("val", "") if "sz" in found else ""
    try:
        points = float(size or 0)
    except ValueError:
        points = 0.0
    raised = "vertAlign" in found and found["vertAlign"].get("val") in _RAISED
    named = next((found[key] for key in ("name", "rFont") if key in found), None)
    name = "" if named is None else named.get("val", "")
    colour = _colour(found.get("color"), "")
    return Font(_is_on(found.get("strike")), raised, colour, points, name)


def _is_on(element: ElementTree.Element | None) -> bool:
    return element is not None and element.get("val", "1").strip() not in ("0", "false", "off")


def _colour(element: ElementTree.Element | None, otherwise: str) -> str:
    if element is None:
        return otherwise
    if rgb := element.get("rgb", ""):
        base = rgb[-6:].lower()
    elif "theme" in element.attrib:
        base = _THEME.get(number(element.get("theme")), "")
    elif "indexed" in element.attrib:
        base = _INDEXED.get(number(element.get("indexed")), "")
    else:
        return otherwise
    return _tinted(base, element.get("tint", ""))


def _tinted(colour: str, tint: str) -> str:
    """A colour made darker (negative) or lighter, as spreadsheets do to those of a theme."""
    try:
        share = float(tint or 0)
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return ""
    lighter = [p + (255 - p) * share if share > 0 else p * (1 + share) for p in parts]
    return "".join(f"{min(255, max(0, round(p))):02x}" for p in lighter)


def _background(fill: ElementTree.Element) -> str:
    """The colour behind a cell; "" for a gradient or a pattern, which hide nothing for sure."""
    for pattern in fill:
        if local(pattern) != "patternFill":
            return ""
        kind = pattern.get("patternType", "none")
        if kind == "solid":
            front = next((c for c in pattern if local(c) == "fgColor"), None)
            return _colour(front, "")
        return WHITE if kind == "none" else ""
    return WHITE


def _appearance(
    xf: ElementTree.Element, codes: dict[int, str], fonts: list[Font], fills: list[str]
) -> Appearance:
    code = number(xf.get("numFmtId"))
    written = codes.get(code, "yyyy" if code in _DATES else BUILT_IN.get(code, "General"))
    at, behind = number(xf.get("fontId")), number(xf.get("fillId"))
    font = fonts[at] if at < len(fonts) else Font(False, False, "", 0)
    colour = fills[behind] if behind < len(fills) else WHITE
    aligned = (child.get("horizontal") for child in xf if local(child) == "alignment")
    return Appearance(
        written or "General",
        font.is_struck,
        font.is_raised,
        is_unseen(font.colour or BLACK, colour, font.points),
        "fill" in aligned,
        symbol_font(font.name),
    )


def _hides(dxf: ElementTree.Element) -> bool:
    """Whether a conditional format changes what is seen of a number, not only how it looks."""
    found = {local(child): child for child in dxf}
    code = found["numFmt"].get("formatCode", "") if "numFmt" in found else ""
    font = font_of(found["font"]) if "font" in found else Font(False, False, "", 0)
    behind = _colour(next((c for p in found.get("fill", ()) for c in p), None), WHITE)
    unseen = bool(font.colour) and is_unseen(font.colour, behind, 0)
    return font.is_struck or unseen or not Appearance(code or "General").is_plain


def pieces_of(text: ElementTree.Element) -> list[Run]:
    """The runs of a shared or inline text (`<si>`, `<is>`); none where it is set in one way."""
    runs = []
    for child in text:
        if local(child) != "r":
            continue
        properties = next((c for c in child if local(c) == "rPr"), None)
        font = Font(False, False, "", 0) if properties is None else font_of(properties)
        said = "".join(c.text or "" for c in child if local(c) == "t")
        unseen = is_unseen(font.colour, WHITE, font.points)
        runs.append(Run(said, font.is_struck, font.is_raised, unseen))
    return runs


@lru_cache(maxsize=4)
def shared_pieces(strings: bytes) -> dict[str, list[Run]]:
    """Runs of the shared texts that are set piecemeal, by their number. Raises Refused."""
    texts = elements(strings, ends=frozenset({"si"}), starts=frozenset())
    found = ((str(n), pieces_of(element)) for n, (_event, _name, element) in enumerate(texts))
    return {number: runs for number, runs in found if runs}
