"""The XML of a Word file by local names: its strict and its usual form say the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import overload
from xml.etree.ElementTree import Element

from etl.read.refusal import Refused
from etl.read.xlsx import canonical

MAX_XML_BYTES = 5 * 10**6  # of one part: ten times as much in memory
_OFF = ("0", "false", "off", "none")


def parsed(xml: bytes) -> Element:
    """The root of a part. Raises Refused: file-damaged, file-too-large."""
    if len(xml) > MAX_XML_BYTES:
        raise Refused("file-too-large", limit_mb=str(MAX_XML_BYTES // 10**6))
    return canonical.parsed(xml)


def name_of(element: Element) -> str:
    """The local name of an element."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of a name, its first child of the next name and so on."""
    for name in names:
        for each in element if element is not None else ():
            if _local(each.tag) == name:
                element = each
                break
        else:
            return None
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    return (e for e in (element if element is not None else ()) if name_of(e) == name)


@overload
def value(element: Element | None, default: str = "", name: str = "val") -> str: ...
@overload
def value(element: Element | None, default: None, name: str = "val") -> str | None: ...
def value(element: Element | None, default: str | None = "", name: str = "val") -> str | None:
    """An attribute by its local name."""
    for key, text in element.attrib.items() if element is not None else ():
        if _local(key) == name:
            return text
    return default


def is_on(element: Element | None) -> bool | None:
    """Whether a property is set: None where it is not there."""
    return None if element is None else value(element, "1") not in _OFF
