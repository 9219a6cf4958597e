"""XML edited in place: what is not named in an edit keeps its bytes.

A parser tells where elements begin and end; the edits are made on the bytes themselves, since
writing a parsed tree out again would rename prefixes and lose what the tree does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape as html_escape
from pathlib import Path
from xml.parsers import expat

# an atomic group: Python before 3.11.5 misreads a possessive repeat of one (its gh-106052)
_TAG = re.compile(rb"""<(?>(?:[^>"']++|"[^"]*+"|'[^']*+')*)>""")
_TAG_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MOST_CHARACTERS = 32_000  # of 32 767 that a cell or a comment holds


class Unfit(Exception):
    """This file cannot be edited in place; raised inside this room only."""


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes as written (`r:id`), and where it lies.

    `start` is its `<`, `inside` follows its start tag, `inside_end` is the `<` of its end tag,
    `end` follows it. For `<a/>` the last three are one.
    """

    name: str
    prefix: str
    attributes: dict[str, str]
    start: int
    inside: int
    inside_end: int
    end: int
    children: list[Node] = field(default_factory=list)

    @property
    def relation(self) -> str:
        """The `r:id` attribute, whatever the prefix; "" without one."""
        return next((v for k, v in self.attributes.items() if k.endswith(":id")), "")

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((c for c in self.children if c.name == name), None)

    def all(self, name: str) -> list[Node]:
        """All children of that name."""
        return [c for c in self.children if c.name == name]


OnChild = Callable[[int, dict[str, str]], None]


def outline(xml: bytes, depth: int = 99, flat: str = "", on_child: OnChild | None = None) -> Node:
    """The root element, with descendants down to `depth` (1: the root alone).

    Of the element named `flat`, which may have a million, the children are no nodes:
    `on_child` gets the position and attributes of each.

    Raises Unfit: not well formed, not UTF-8, or with a document type.
    """
    if b"\0" in xml[:4]:
        raise Unfit("not UTF-8")
    return _Outliner(xml, depth, flat, on_child).root()


class _Outliner:
    """One pass of a parser over a part."""

    def __init__(self, xml: bytes, depth: int, flat: str, on_child: OnChild | None) -> None:
        self._xml = xml
        self._depth = depth
        self._flat = flat
        self._on_child = on_child
        self._level = 0
        self._shown = depth  # nodes are made down to this level; less inside the flat element
        self._open: list[Node] = []
        self._roots: list[Node] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.XmlDeclHandler = _check_encoding

    def root(self) -> Node:
        try:
            self._parser.Parse(self._xml, True)
        except expat.ExpatError as error:
            raise Unfit(str(error)) from None
        return self._roots[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > self._shown:
            if self._on_child and self._level == self._shown + 1 and self._shown < self._depth:
                self._on_child(self._parser.CurrentByteIndex, attributes)
            return
        at = self._parser.CurrentByteIndex
        tag = _TAG.match(self._xml, at)
        if tag is None:
            raise Unfit("an element that does not end")
        prefix, colon, local = name.rpartition(":")
        after = tag.end()
        node = Node(local, prefix + colon, attributes, at, after, after, after)
        (self._open[-1].children if self._open else self._roots).append(node)
        self._open.append(node)
        if local == self._flat:
            self._shown = self._level

    def _end(self, _name: str) -> None:
        self._level -= 1
        if self._level >= self._shown:
            return
        self._shown = self._depth
        node = self._open.pop()
        if self._xml[node.inside - 2 : node.inside] != b"/>":
            node.inside_end = self._parser.CurrentByteIndex
            node.end = self._xml.index(b">", node.inside_end) + 1


def _refuse_doctype(*_: object) -> None:
    raise Unfit("a document type")


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "utf8"):
        raise Unfit(f"encoding {encoding}")


class Edits:
    """Changes to one part, by position in its bytes; `applied` makes them."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self._edits: list[tuple[int, int, int, int, bytes]] = []
        self._opened: set[int] = set()

    def replace(self, start: int, end: int, text: str = "") -> None:
        """Other bytes for start..end; start = end inserts."""
        self._add(start, end, 2, text)

    def before(self, node: Node, text: str) -> None:
        """Insert before an element."""
        self.replace(node.start, node.start, text)

    def append(self, node: Node, text: str) -> None:
        """Insert at the end of an element, also of `<a/>`; in the order of the calls."""
        if node.inside < node.end:
            self.replace(node.inside_end, node.inside_end, text)
            return
        if node.start not in self._opened:
            self._opened.add(node.start)
            self.replace(node.inside - 2, node.inside, ">")
            self._add(node.end, node.end, 1, f"</{node.prefix}{node.name}>")
        self._add(node.end, node.end, 0, text)

    def remove(self, node: Node) -> None:
        """Take an element out."""
        self.replace(node.start, node.end)

    def set(self, node: Node, name: str, value: object) -> None:
        """Give an element an attribute; one that it has keeps its place."""
        wanted = name.encode()
        for attribute in _ATTRIBUTE.finditer(self.xml, node.start, node.inside):
            if attribute[1] == wanted:
                self.replace(*attribute.span(2), f'"{escape(str(value))}"')
                return
        tag = _TAG_NAME.match(self.xml, node.start)
        at = tag.end() if tag else node.start
        self.replace(at, at, f' {name}="{escape(str(value))}"')

    def applied(self) -> bytes:
        """The part with all changes made."""
        pieces: list[bytes] = []
        done = 0
        for start, _rank, _order, end, text in sorted(self._edits):
            pieces += (self.xml[done:start], text)
            done = max(done, end)  # an insertion may stand at the start of what is replaced
        return b"".join((*pieces, self.xml[done:]))

    def _add(self, start: int, end: int, rank: int, text: str) -> None:
        # Where `<a/>` is opened, what goes into it comes before what goes behind it.
        self._edits.append((start, rank, len(self._edits), end, text.encode()))


def edited(xml: bytes, change: Callable[[Edits, Node], object]) -> bytes:
    """A part after `change`, which gets the edits to fill and the part's root."""
    edits = Edits(xml)
    change(edits, outline(xml))
    return edits.applied()


def clean(text: str) -> str:
    """A text without the characters that XML forbids, no longer than a cell holds."""
    return _ILLEGAL.sub("", text)[:_MOST_CHARACTERS]


def escape(text: str) -> str:
    """A text as XML has it, between tags and in quotes; Excel reads `_x0041_` as a letter A."""
    escaped = html_escape(_LOOKS_ESCAPED.sub("_x005F_", clean(text)))
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")


@lru_cache(maxsize=16)
def drawn(name: str) -> str:
    """The text of a file of parts/ on one line: breaks before tags go, others are spaces."""
    text = (Path(__file__).parent / "parts" / name).read_text(encoding="utf-8").strip()
    return re.sub(r"\n\s*", " ", re.sub(r"\n\s*(?=<)", "", text))
