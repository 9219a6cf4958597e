"""The content.xml of an ods workbook in the shape that the fast reader knows: usual prefixes,
nothing between the elements, no comments."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from etl.read.canonical import is_usual, parsed
from etl.read.refusal import Refused

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    f"{_OASIS}{name}:1.0": prefix
    for name, prefix in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("datastyle", "number"), ("xsl-fo-compatible", "fo"), ("svg-compatible", "svg"),
        ("drawing", "draw"), ("meta", "meta"), ("script", "script"), ("config", "config"),
        ("presentation", "presentation"), ("form", "form"), ("chart", "chart"), ("dr3d", "dr3d"),
        ("of", "of"), ("manifest", "manifest"),
    )
} | {
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}  # fmt: skip
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
    spaces: dict[str, str] = {}
    try:
        body = _written(root, spaces, within=False)
    except RecursionError:
        raise Refused("file-damaged", detail="elements in elements without end") from None
    declared = "".join(f' xmlns:{p}="{uri}"' for uri, p in spaces.items() if p != "xml")
    first = re.match(r"<[^\s/>]+", body)
    at = first.end() if first else 0
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (head + body[:at] + declared + body[at:]).encode()


def _written(element: ElementTree.Element, spaces: dict[str, str], *, within: bool) -> str:
    """An element; text outside paragraphs is white space between elements, and left out."""
    name = _name(element.tag, spaces)
    within = within or element.tag in _PARAGRAPHS
    is_value = within or not len(element)
    inner = escape(element.text or "") if is_value else ""
    for child in element:
        inner += _written(child, spaces, within=within)
        inner += escape(child.tail or "") if within else ""
    said = "".join(f" {_name(key, spaces)}={quoteattr(text)}" for key, text in element.items())
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def _name(tag: str, spaces: dict[str, str]) -> str:
    uri, _, local = tag.rpartition("}")
    if not uri:
        return local
    uri = uri[1:]
    return f"{spaces.setdefault(uri, PREFIXES.get(uri, f'ns{len(spaces)}'))}:{local}"
