"""The style part: each marked cell keeps its own style under our fill."""

from __future__ import annotations

from typing import NamedTuple

from etl.publish.markup import Edits, Node, Unfit, drawn, edited, outline
from etl.publish.package import CONTENT_TYPE, MAIN, Package, document

FILLS = {"fail": "FFFFC7CE", "warn": "FFFFEB9C"}
# Times New Roman is what official papers are set in; the filer's default font may be one of the
# old Vietnamese ones, which cannot show Unicode.
_FONT = "Times New Roman"


class Look(NamedTuple):
    """How a cell of the first sheet looks; `fill` is a key of FILLS or ""."""

    bold: bool = False
    size: int = 11
    link: bool = False
    wrap: bool = True
    quoted: bool = False
    fill: str = ""


class Styles:
    """The styles of a package; new ones are only ever put behind those that are there.

    Raises Unfit for a style part without fonts, fills, or styles of cells.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = _find(package)
        self._xml = package[self._part]
        root = outline(self._xml)
        self._p = root.prefix
        names = ("fonts", "fills", "cellXfs")
        self._lists = {node.name: node for node in root.children if node.name in names}
        if len(self._lists) < len(names) or not self._lists["cellXfs"].children:
            raise Unfit("styles without fonts, fills or formats")
        self._looks: dict[Look, int] = {}
        self._added: dict[str, dict[str, int]] = {name: {} for name in self._lists}

    def marked(self, style: int, severity: str) -> int:
        """The number of a cell's style with the fill of a severity."""
        return self._refilled(style, self._fill(severity))

    def unmarked(self, style: int) -> int:
        """The number of a style that an earlier round marked, without our fill."""
        number = int(self._format(style).attributes.get("fillId", 0))
        pattern = self._lists["fills"].children[number].child("patternFill")
        colour = pattern.child("fgColor") if pattern else None
        ours = colour is not None and colour.attributes.get("rgb") in FILLS.values()
        return self._refilled(style, 0) if ours else style

    def of(self, look: Look) -> int:
        """The number of a style of the first sheet."""
        if look not in self._looks:
            self._looks[look] = self._new(look)
        return self._looks[look]

    def save(self) -> None:
        """Put the new styles into the package."""
        edits = Edits(self._xml)
        for name, added in self._added.items():
            if added:
                node = self._lists[name]
                edits.set(node, "count", len(node.children) + len(added))
                edits.append(node, "".join(added))
        self._package[self._part] = edits.applied()

    def _new(self, look: Look) -> int:
        p = self._p
        shape = f"<{p}b/>" if look.bold else f"<{p}u/>" if look.link else ""
        colour = f'<{p}color rgb="FF0563C1"/>' if look.link else ""
        font = self._add(
            "fonts",
            f'<{p}font>{shape}<{p}sz val="{look.size}"/>{colour}<{p}name val="{_FONT}"/></{p}font>',
        )
        fill = self._fill(look.fill) if look.fill else 0
        wrap = f'<{p}alignment vertical="top" wrapText="1"/>' if look.wrap else ""
        return self._add(
            "cellXfs",
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0"'
            f' applyFont="1" applyFill="1" applyAlignment="1" quotePrefix="{int(look.quoted)}">'
            f"{wrap}</{p}xf>",
        )

    def _format(self, style: int) -> Node:
        formats = self._lists["cellXfs"].children
        return formats[style if style < len(formats) else 0]

    def _fill(self, severity: str) -> int:
        p = self._p
        return self._add(
            "fills",
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{FILLS[severity]}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>',
        )

    def _refilled(self, style: int, fill: int) -> int:
        """The number of a copy of a style that differs in its fill alone."""
        node = self._format(style)
        copy = self._xml[node.start : node.end]

        def refill(edits: Edits, root: Node) -> None:
            edits.set(root, "fillId", fill)
            edits.set(root, "applyFill", 1)

        return self._add("cellXfs", edited(copy, refill).decode())

    def _add(self, name: str, text: str) -> int:
        """The number of a new entry of a list; the same text is one entry."""
        added = self._added[name]
        return len(self._lists[name].children) + added.setdefault(text, len(added))


def _find(package: Package) -> str:
    """The style part of a workbook, made where there is none."""
    for relation in package.relations(package.workbook):
        if relation.kind == "styles":
            if relation.part not in package:
                raise Unfit("no styles where they should be")
            return relation.part
    body = drawn("styles.xml").format(main=package.namespace(MAIN), font=_FONT)
    part = package.add("xl/styles.xml", document(body), CONTENT_TYPE.format("styles"))
    package.relate(package.workbook, "styles", part)
    return part
