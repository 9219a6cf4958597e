"""The texts of an ods part, as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NO_TEXT = frozenset({"note", "annotation", "ruby-text", "hidden-text", "hidden-paragraph"})


def said_in(element: ElementTree.Element) -> str:
    """The text of a paragraph."""
    return "".join(text for _style, text in pieces_of(element, ""))


def pieces_of(element: ElementTree.Element, style: str) -> Iterator[tuple[str, str]]:
    """The pieces of a paragraph with the names of their styles; spaces and breaks are elements."""
    yield style, element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            yield style, " " * min(int(child.get(f"{TEXT}c", "1") or 1), 1000)
        elif name in ("tab", "line-break"):
            yield style, "\t" if name == "tab" else "\n"
        elif name not in NO_TEXT:
            yield from pieces_of(child, child.get(f"{TEXT}style-name", "") or style)
        yield style, child.tail or ""


def lines_of(element: ElementTree.Element) -> list[str]:
    """The paragraphs in an element that say something."""
    said = (said_in(p).strip() for p in element.iter(f"{TEXT}p"))
    return [text for text in said if text]
