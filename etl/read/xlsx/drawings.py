"""What is drawn over the cells of an xlsx sheet: text boxes, shapes, lines and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from etl.ground.drawn import Drawn
from etl.read.xlsx.canonical import parsed
from etl.read.xlsx.styles import local, number

_SHAPES = frozenset({"sp", "pic", "cxnSp", "graphicFrame"})
_HEIGHT, _WIDTH = 190_500, 609_600  # of a usual cell, in the units of drawings
_EDGE = 5  # what reaches into a cell by less than this part of it only touches it


def drawn_on(drawing: bytes) -> tuple[tuple[str, ...], tuple[Drawn, ...]]:
    """The paragraphs of all that a drawing part shows, in words for the newest programs, and what
    of it lies over cells. Raises Refused."""
    root = parsed(drawing)
    for parent in [*root.iter()]:
        for child in filter(_is_unseen, [*parent]):
            parent.remove(child)
    anchors = (each for each in root.iter() if local(each) in ("twoCellAnchor", "oneCellAnchor"))
    shown = (each for each in anchors if any(local(shape) in _SHAPES for shape in each.iter()))
    return tuple(_paragraphs(root)), tuple(map(_over_cells, shown))


def _is_unseen(shape: ElementTree.Element) -> bool:
    """Whether a shape is hidden, or only what programs before Excel 2010 show in its place."""
    about = (each for part in shape for each in part if local(each) == "cNvPr")
    return local(shape) == "Fallback" or any(
        each.get("hidden", "0").strip() in ("1", "true") for each in about
    )


def _paragraphs(shape: ElementTree.Element) -> Iterator[str]:
    found = (p for p in shape.iter() if local(p) == "p")
    said = ("".join(t.text or "" for t in p.iter() if local(t) == "t") for p in found)
    return filter(None, map(str.strip, said))


def _over_cells(anchor: ElementTree.Element) -> Drawn:
    parts = {local(each): each for each in anchor}
    begin = _corner(parts["from"]) if "from" in parts else (0, 0, 0, 0)
    end = _corner(parts["to"]) if "to" in parts else _far_corner(begin, parts.get("ext"))
    top, bottom = _span(begin[0], begin[1], end[0], end[1], _HEIGHT)
    left, right = _span(begin[2], begin[3], end[2], end[3], _WIDTH)
    return Drawn(top, left, bottom, right, "\n".join(_paragraphs(anchor)))


def _corner(corner: ElementTree.Element) -> tuple[int, int, int, int]:
    """Row and how far into it, column and how far into it."""
    said = {local(each): number(each.text) for each in corner}
    return tuple(said.get(name, 0) for name in ("row", "rowOff", "col", "colOff"))  # type: ignore[return-value]


def _far_corner(
    begin: tuple[int, int, int, int], size: ElementTree.Element | None
) -> tuple[int, int, int, int]:
    """Where a shape of a size ends among usual cells."""
    high, wide = (number(size.get(name)) if size is not None else 0 for name in ("cy", "cx"))
    down, across = begin[1] + high, begin[3] + wide
    return (begin[0] + down // _HEIGHT, down % _HEIGHT, begin[2] + across // _WIDTH,
            across % _WIDTH)  # fmt: skip


def _span(first: int, into: int, last: int, reach: int, size: int) -> tuple[int, int]:
    """The rows or columns that a shape lies over, without one at its edge that it only touches."""
    if first == last:
        return first, last
    return first + (into > size - size // _EDGE), last - (reach < size // _EDGE)
