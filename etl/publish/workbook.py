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
    parts = []
    for node in _sheets(outline(package[package.workbook])).children:
        relation = relations.get(node.relation)
        if relation is None or relation.part not in package:
            raise Unfit("a sheet without its part")
        parts.append(SheetPart(node.attributes.get("name", ""), relation.part, relation.kind))
    return parts


def same_name(one: str, other: str) -> bool:
    """Whether Excel takes two sheet names for one."""
    return _folded(one) == _folded(other)


def free_name(name: str, taken: list[str]) -> str:
    """The name, numbered where a sheet has it already."""
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(n for n in names if not any(same_name(n, t) for t in taken))


def put(
    package: Package, name: str, content: bytes, *, first: bool, instead_of: str, repeat: int
) -> None:
    """Put a worksheet before all others, and open the workbook on it, or behind them.

    `instead_of` names a sheet that goes, "" none; names local to a sheet follow it, or go with
    theirs. Row `repeat` is printed on every page of the new sheet.
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
    if first and parent.children:
        edits.before(parent.children[0], text)
    else:
        edits.append(parent, text)
    _follow(edits, root, gone, first)
    place = 0 if first else len(ids) - (gone is not None)
    quoted = name.replace("'", "''")
    rows = escape(f"'{quoted}'!${repeat}:${repeat}")
    _define(
        edits,
        root,
        f'definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
        f"{rows}</{root.prefix}definedName>",
    )
    package[package.workbook] = edits.applied()


def _follow(edits: Edits, root: Node, gone: int | None, first: bool) -> None:
    """Follow the sheets where they are meant by number: one that comes first moves all."""
    for views in root.all("bookViews") if first else ():
        for view in views.children:
            for name in {"activeTab", "firstSheet"} & set(view.attributes):
                edits.set(view, name, 0)
    for names in root.all("definedNames"):
        for node in names.children:
            if "localSheetId" not in node.attributes:
                continue
            number = int(node.attributes["localSheetId"])
            now = number + first - (gone is not None and number > gone)
            if number == gone:
                edits.remove(node)
            elif now != number:
                edits.set(node, "localSheetId", now)


def _define(edits: Edits, root: Node, text: str) -> None:
    """Put in a name, behind those that are there."""
    p = root.prefix
    if known := root.child("definedNames"):
        edits.append(known, f"<{p}{text}")
        return
    whole = f"<{p}definedNames><{p}{text}</{p}definedNames>"
    before = ("sheets", "functionGroups", "externalReferences")
    last = max(n for n, node in enumerate(root.children) if node.name in before)
    if last + 1 < len(root.children):
        edits.before(root.children[last + 1], whole)
    else:
        edits.append(root, whole)


def _sheets(root: Node) -> Node:
    node = root.child("sheets")
    if node is None:
        raise Unfit("a workbook without sheets")
    return node


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
