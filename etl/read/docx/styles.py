"""How the text of a Word file looks: what its styles and its own properties make of a piece of it
(ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from etl.read.docx.xml import child, children, is_on, name_of, value

Look = dict[str, Any]  # hidden, struck, raised, colour, points, font; only what is said


class Styles:
    """The styles of a document; `numbering` of a paragraph style is its list and level."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {value(s, name="styleId"): s for s in children(root, "style")}
        self._default = next(
            (name for name, s in self._styles.items()
             if value(s, name="default") == "1" and value(s, name="type") == "paragraph"), ""
        )  # fmt: skip
        self._base = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._looks: dict[str, Look] = {}

    def look(self, name: str) -> Look:
        """What a style says, with those that it is based on."""
        if name not in self._looks:
            said: Look = {}
            for style in reversed(list(self._chain(name))):
                said |= look_of(child(style, "rPr"))
            self._looks[name] = said
        return self._looks[name]

    def of(self, paragraph: str, properties: Element | None) -> Look:
        """The look of a run with these properties in a paragraph of this style."""
        own = look_of(properties)
        by_name = self.look(value(child(properties, "rStyle")))
        return self._base | self.look(paragraph or self._default) | by_name | own

    def numbering(self, paragraph: str) -> Element | None:
        """The `numPr` of a paragraph style."""
        for style in self._chain(paragraph or self._default):
            if (found := child(style, "pPr", "numPr")) is not None:
                return found
        return None

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those below it."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(child(self._styles[name], "basedOn"))


def look_of(properties: Element | None) -> Look:
    """What the properties of a run say themselves."""
    said: Look = {}
    for each in properties if properties is not None else ():
        name = name_of(each)
        if name in ("vanish", "webHidden"):
            said["hidden"] = bool(is_on(each)) and name == "vanish"
        elif name in ("strike", "dstrike"):
            said["struck"] = bool(is_on(each))
        elif name == "vertAlign":
            said["raised"] = value(each) in ("superscript", "subscript")
        elif name == "color":
            colour = value(each).lower()
            said["colour"] = "" if colour == "auto" else colour
        elif name == "sz":
            size = value(each, "0")
            said["points"] = int(size) / 2 if size.isdecimal() else 0.0
        elif name == "rFonts":
            font = value(each, name="ascii") or value(each, name="hAnsi")
            if font:
                said["font"] = font
    return said
