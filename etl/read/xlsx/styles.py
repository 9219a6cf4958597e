"""What the styles and the pieces of text of an xlsx workbook make of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.etree import ElementTree

from etl.read.seen.appearance import BLACK, WHITE, Appearance, Font, Run, is_unseen
from etl.read.seen.colours import DEFAULT, of_element
from etl.read.seen.dated_formats import built_in
from etl.read.xlsx.canonical import parsed
from etl.read.xlsx.cells import elements

_RAISED = ("superscript", "subscript")


@dataclass(frozen=True, eq=False)
class Styles:
    """The cell styles by number, and the differential ones that conditional formats use.

    hides: numbers of differential styles that change what is seen of a number. palette: the
    colours that are called by number.
    """

    cells: tuple[Appearance, ...]
    hides: frozenset[int]
    palette: Sequence[str] = DEFAULT

    @cached_property
    def is_plain(self) -> bool:
        """Whether no style of a cell shows a number otherwise than it is stored."""
        return all(style.is_plain for style in self.cells)

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
    palette = _palette(lists.get("colors", ()))
    fonts = [font_of(child, palette) for child in lists.get("fonts", ())]
    fills = [_background(child, palette) for child in lists.get("fills", ())]
    cells = tuple(_appearance(xf, codes, fonts, fills) for xf in lists.get("cellXfs", ()))
    hides = (n for n, dxf in enumerate(lists.get("dxfs", ())) if hides_content(dxf, palette))
    return Styles(cells, frozenset(hides), palette)


def _palette(colours: Sequence[ElementTree.Element]) -> Sequence[str]:
    """The colours by number, where a workbook has its own."""
    own = next((each for each in colours if local(each) == "indexedColors"), ())
    return [each.get("rgb", "")[-6:].lower() for each in own] or DEFAULT


def local(element: ElementTree.Element) -> str:
    """Its name without a namespace."""
    return element.tag.rpartition("}")[2]


def number(text: str | None) -> int:
    """A whole number of an attribute; 0 where there is none."""
    return int(text) if text and text.strip().isdecimal() else 0


def font_of(element: ElementTree.Element, palette: Sequence[str]) -> Font:
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
    colour = of_element(found.get("color"), palette, "")
    return Font(_is_on(found.get("strike")), raised, colour, points, name)


def _is_on(element: ElementTree.Element | None) -> bool:
    return element is not None and element.get("val", "1").strip() not in ("0", "false", "off")


def _background(fill: ElementTree.Element, palette: Sequence[str]) -> str:
    """The colour behind a cell; "" for a gradient or a dense pattern of two colours, which hide
    nothing for sure. A thin pattern leaves the colour behind it."""
    for pattern in fill:
        if local(pattern) != "patternFill":
            first, *others = [of_element(c, palette, "") for stop in pattern for c in stop] or [""]
            return first if all(is_unseen(first, other, 0) for other in others) else ""
        kind = pattern.get("patternType", "none")
        found = {local(child): child for child in pattern}
        if kind == "solid":
            return of_element(found.get("fgColor"), palette, "")
        if kind.startswith(("light", "gray1", "gray0")):
            return of_element(found.get("bgColor"), palette, WHITE)
        if kind == "none":
            return WHITE
        front = of_element(found.get("fgColor"), palette, BLACK)
        behind = of_element(found.get("bgColor"), palette, WHITE)
        return front if is_unseen(front, behind, 0) else ""
    return WHITE


def _appearance(
    xf: ElementTree.Element, codes: dict[int, str], fonts: list[Font], fills: list[str]
) -> Appearance:
    code = number(xf.get("numFmtId"))
    written = codes.get(code, built_in(code))
    at, behind = number(xf.get("fontId")), number(xf.get("fillId"))
    font = fonts[at] if at < len(fonts) else Font()
    colour = fills[behind] if behind < len(fills) else WHITE
    aligned = (child.get("horizontal") for child in xf if local(child) == "alignment")
    return font.on(colour, written, is_repeated="fill" in aligned)


def hides_content(dxf: ElementTree.Element, palette: Sequence[str]) -> bool:
    """Whether a conditional format changes what is seen of a number, not only how it looks."""
    found = {local(child): child for child in dxf}
    code = found["numFmt"].get("formatCode", "") if "numFmt" in found else ""
    font = font_of(found["font"], palette) if "font" in found else Font()
    fills = {local(c): c for p in found.get("fill", ()) for c in p}  # a solid fill is bgColor
    behind = of_element(fills.get("bgColor", fills.get("fgColor")), palette, WHITE)
    return font._replace(points=0.0).on(behind, code).hides  # it sets no size


def pieces_of(text: ElementTree.Element, palette: Sequence[str] = DEFAULT) -> list[Run]:
    """The runs of a shared or inline text (`<si>`, `<is>`); none where it is set in one way."""
    runs = []
    for child in text:
        if local(child) != "r":
            continue
        properties = next((c for c in child if local(c) == "rPr"), None)
        font = Font() if properties is None else font_of(properties, palette)
        said = "".join(c.text or "" for c in child if local(c) == "t")
        runs.append(Run(said, *font))
    return runs


@lru_cache(maxsize=4)
def shared_pieces(strings: bytes, palette: tuple[str, ...] = DEFAULT) -> dict[str, list[Run]]:
    """Runs of the shared texts that are set piecemeal, by their number. Raises Refused."""
    texts = elements(strings, ends=frozenset({"si"}))
    found = ((str(n), pieces_of(text, palette)) for n, (_event, _name, text) in enumerate(texts))
    return {number: runs for number, runs in found if runs}
