"""The workbook part: its sheets, and ours put before them."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from etl.publish.markup import Edits, Node, Unfit, escape, outline
from etl.publish.package import CONTENT_TYPE, RELATIONSHIPS, Package


class SheetPart(NamedTuple):
    """A sheet of the workbook: its name, and its part and what kind that is ("worksheet")."""

    name: str
    part: str
    kind: str


def sheets(package: Package) -> list[SheetPart]:
    """All sheets in the workbook's order. Raises Unfit where one has no part."""
    relations = {relation.id: relation for relation in package.relations(package.workbook)}
    found = []
    for node in _sheets(outline(package[package.workbook])).children:
        relation = relations.get(node.relation)
        if relation is None or relation.part not in package:
            raise Unfit("a sheet without its part")
        found.append(SheetPart(node.attributes.get("name", ""), relation.part, relation.kind))
    return found


def same_name(one: str, other: str) -> bool:
    """Whether Excel takes two sheet names for one."""
    return _folded(one) == _folded(other)


def free_name(name: str, taken: list[str]) -> str:
    """The name, numbered where a sheet has it already."""
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(n for n in names if not any(same_name(n, t) for t in taken))


def put_first(package: Package, name: str, content: bytes, instead_of: str = "") -> None:
    """Put a worksheet before all others and open the workbook on it.

    `instead_of` names a sheet that goes; names local to a sheet follow it, or go with theirs.
    """
    ids = [node.attributes for node in _sheets(outline(package[package.workbook])).children]
    gone = next((n for n, about in enumerate(ids) if about.get("name") == instead_of), None)
    if gone is not None:
        package.remove(sheets(package)[gone].part)
    part = package.add("xl/worksheets/sheet{}.xml", content, CONTENT_TYPE.format("worksheet"))
    relation = package.relate(package.workbook, "worksheet", part)
    edits = Edits(package[package.workbook])
    root = outline(edits.xml)
    parent = _sheets(root)
    if gone is not None:
        edits.remove(parent.children[gone])
    number = max((int(about.get("sheetId", 0)) for about in ids), default=0) + 1
    text = (
        f'<{parent.prefix}sheet name="{escape(name)}" sheetId="{number}"'
        f' xmlns:r="{package.namespace(RELATIONSHIPS)}" r:id="{relation}"/>'
    )
    if parent.children:
        edits.before(parent.children[0], text)
    else:
        edits.append(parent, text)
    _renumber(edits, root, gone)
    package[package.workbook] = edits.applied()


def _renumber(edits: Edits, root: Node, gone: int | None) -> None:
    """Follow the sheets, which are one place further back, where they are meant by number."""
    for views in root.all("bookViews"):
        for view in views.children:
            for name in {"activeTab", "firstSheet"} & set(view.attributes):
                edits.set(view, name, 0)
    for names in root.all("definedNames"):
        for node in names.children:
            if "localSheetId" not in node.attributes:
                continue
            number = int(node.attributes["localSheetId"])
            if number == gone:
                edits.remove(node)
            elif gone is None or number < gone:
                edits.set(node, "localSheetId", number + 1)


def _sheets(root: Node) -> Node:
    node = root.child("sheets")
    if node is None:
        raise Unfit("a workbook without sheets")
    return node


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
