"""The content.xml of an ods workbook in the shape that the fast reader knows: usual prefixes,
nothing between the elements, no comments."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from etl.read.refusal import Refused
from etl.read.xlsx.canonical import is_usual, parsed

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
# those that the reader, or a search of the bytes, knows elements by
_PREFIXES = {
    f"{_OASIS}{name}:1.0": prefix
    for name, prefix in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("datastyle", "number"), ("xsl-fo-compatible", "fo"), ("drawing", "draw"),
    )
} | {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext"}  # fmt: skip
_NEEDED = tuple(f'xmlns:{p}="{_OASIS}{p}:1.0"'.encode() for p in ("office", "table", "text"))
_BETWEEN = re.compile(rb">\s+</?(?:table|office):")
_PARAGRAPHS = frozenset({f"{{{_OASIS}text:1.0}}p", f"{{{_OASIS}text:1.0}}h"})


def is_usual_ods(xml: bytes) -> bool:
    """Whether content.xml declares the usual prefixes, once, with nothing between elements."""
    declared = all(xml.count(space) == 1 for space in _NEEDED)
    in_use = b"<office:spreadsheet" in xml and b"<table:table-row" in xml
    return declared and in_use and is_usual(xml) and not _BETWEEN.search(xml)


def rewritten_ods(xml: bytes) -> bytes:
    """The same content with usual prefixes. Raises Refused (file-damaged)."""
    root = parsed(xml)
    for uri, prefix in _PREFIXES.items():
        ElementTree.register_namespace(prefix, uri)
    try:
        _close_up(root, within=False)
        return bytes(ElementTree.tostring(root, encoding="utf-8"))
    except RecursionError:
        raise Refused("file-damaged", detail="elements in elements without end") from None


def _close_up(element: ElementTree.Element, *, within: bool) -> None:
    """Leave out the white space between elements: all text outside paragraphs."""
    within = within or element.tag in _PARAGRAPHS
    if not within and len(element):
        element.text = None
    for child in element:
        child.tail = child.tail if within else None
        _close_up(child, within=within)
