"""Comments on cells: ours beside the filer's, and ours of an earlier round taken away.

A comment is written twice: its text in a comments part, its box in a VML drawing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.publish.markup import Edits, Node, Unfit, drawn, escape, outline
from etl.publish.package import CONTENT_TYPE, MAIN, RELATIONSHIPS, Package, document
from etl.publish.sheet import CellAt, SheetXml, address_of, cell_at

_AUTHOR = "khoxa"
# How a later round knows our texts: LibreOffice does not keep the author.
_SIGN = f"[{_AUTHOR}]"
_SIGNED = re.compile(rb"<[^<>]*\bt(?:\s[^<>]*)?>(?:\s|&#10;)*\[khoxa\]")
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREADED = "tc="  # author of the comment that stands for a thread in an older Excel
_SHAPE = re.compile(rb"<(\w*:?)shape\s.*?</\1shape>", re.DOTALL)
_AT = re.compile(rb"<(?:\w+:)?(Row|Column)(?:\s[^<>]*)?>\s*(\d+)")
_SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})\b")


class Comments:
    """The comments of one sheet. `stale` are cells on which an earlier round commented."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._sheet = part
        relations = package.relations(part)
        self._part = next((r.part for r in relations if r.kind == "comments"), "")
        self._drawings = {r.id: r.part for r in relations if r.kind == "vmlDrawing"}
        xml = package[self._part] if self._part else _empty(package)
        self._edits = Edits(xml)
        self._root = outline(xml)
        authors = self._list("authors").children
        self._authors = [xml[a.inside : a.inside_end].decode() for a in authors]
        self._comments = self._list("commentList").children
        own = [c for c in self._comments if self._signed(_texts(c)[:1])]
        self._own = {_cell(comment) for comment in own}
        self.stale = {_cell(c) for c in self._comments if self._signed(_texts(c))}

    def put(self, sheet: SheetXml, texts: Mapping[CellAt, str]) -> None:
        """Comment on cells; a comment of the filer's is gone on with, a thread left alone."""
        theirs = set()
        for comment in self._comments:
            cell = _cell(comment)
            if cell in self._own:
                self._edits.remove(comment)
            else:
                theirs.add(cell)
                self._go_on(comment, texts.get(cell, ""))
        new = {cell: text for cell, text in texts.items() if cell not in theirs}
        self._append(new)
        content = self._edits.applied()
        if self._part:
            self._package[self._part] = content
        else:
            kind = CONTENT_TYPE.format("comments")
            self._part = self._package.add("xl/comments{}.xml", content, kind)
            self._package.relate(self._sheet, "comments", self._part)
        if sheet.legacy_drawing:
            drawing = self._drawings[sheet.legacy_drawing]
            vml = _without_boxes(self._package[drawing], self._own - set(new))
            self._package[drawing] = _with_boxes(vml, sorted(set(new) - self._own))
        else:
            vml = _with_boxes(drawn("drawing.vml").encode(), sorted({*theirs, *new}))
            drawing = self._package.add("xl/drawings/khoxa{}.vml", vml, _VML_TYPE)
            relation = self._package.relate(self._sheet, "vmlDrawing", drawing)
            sheet.hook(relation, self._package.namespace(RELATIONSHIPS))

    def _list(self, name: str) -> Node:
        node = self._root.child(name)
        if node is None:
            raise Unfit(f"comments without {name}")
        return node

    def _author(self, comment: Node) -> str:
        number = int(comment.attributes.get("authorId", 0))
        return self._authors[number] if number < len(self._authors) else ""

    def _signed(self, texts: list[Node]) -> bool:
        return any(_SIGNED.search(self._edits.xml, node.start, node.end) for node in texts)

    def _go_on(self, comment: Node, text: str) -> None:
        """Put our text behind the filer's own, and take away what stands there of ours."""
        p, last = self._root.prefix, comment
        for node in _texts(comment):
            last = node
            if self._signed([node]):
                self._edits.remove(node)
            elif node.name == "t" and text:  # a plain text and a run do not go together
                self._edits.before(node, f"<{p}r>")
                self._edits.replace(node.end, node.end, f"</{p}r>")
        thread = self._author(comment).startswith(_THREADED)
        if text and last is not comment and not thread:
            self._edits.replace(last.end, last.end, self._run(f"\n\n{_SIGN} {text}"))

    def _run(self, text: str) -> str:
        p = self._root.prefix
        font = f'<{p}rPr><{p}sz val="9"/><{p}rFont val="Tahoma"/><{p}family val="2"/></{p}rPr>'
        return f'<{p}r>{font}<{p}t xml:space="preserve">{escape(text)}</{p}t></{p}r>'

    def _append(self, texts: Mapping[CellAt, str]) -> None:
        if not texts:
            return
        p = self._root.prefix
        if _AUTHOR not in self._authors:
            self._edits.append(self._list("authors"), f"<{p}author>{_AUTHOR}</{p}author>")
            self._authors.append(_AUTHOR)
        number = self._authors.index(_AUTHOR)
        for cell, text in texts.items():
            about = f'ref="{address_of(cell)}" authorId="{number}"'
            body = f"<{p}text>{self._run(f'{_SIGN} {text}')}</{p}text>"
            comment = f"<{p}comment {about}>{body}</{p}comment>"
            self._edits.append(self._list("commentList"), comment)


def _cell(comment: Node) -> CellAt:
    cell = cell_at(comment.attributes.get("ref", ""))
    if cell is None:
        raise Unfit("a comment on no cell")
    return cell


def _texts(comment: Node) -> list[Node]:
    """The pieces of a comment's text: runs, or one plain text."""
    pieces = (node for body in comment.all("text") for node in body.children)
    return [node for node in pieces if node.name in ("r", "t")]


def _empty(package: Package) -> bytes:
    main = package.namespace(MAIN)
    return document(f'<comments xmlns="{main}"><authors/><commentList/></comments>')


def _without_boxes(vml: bytes, cells: set[CellAt]) -> bytes:
    def keep(shape: re.Match[bytes]) -> bytes:
        at = {name: int(number) + 1 for name, number in _AT.findall(shape[0])}
        return b"" if (at.get(b"Row"), at.get(b"Column")) in cells else shape[0]

    return _SHAPE.sub(keep, vml) if cells else vml


def _with_boxes(vml: bytes, cells: list[CellAt]) -> bytes:
    """A drawing with a hidden box for each cell. No drawing is parsed: Excel's are not always
    well-formed XML. Raises Unfit for one that does not end as all do."""
    if not cells:
        return vml
    end = vml.rfind(b"</xml>")
    if end < 0:
        raise Unfit("a drawing that does not end")
    first = max(map(int, _SHAPE_ID.findall(vml)), default=1024) + 1
    shape_type = "" if b'"_x0000_t202"' in vml else drawn("shape_type.vml")
    boxes = "".join(
        drawn("box.vml").format(number=number, row=row - 1, column=column - 1)
        for number, (row, column) in enumerate(cells, first)
    )
    return vml[:end] + (shape_type + boxes).encode() + vml[end:]
