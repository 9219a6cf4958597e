"""A workbook as its parts: XML as trees, the rest as bytes; and how the shapes are found."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from xml.etree import ElementTree

from tests.corpus.shapes.writer import Lexis, write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EPOCH = (2025, 2, 13, 8, 0, 0)


@dataclass
class Package:
    """The parts by name, how their XML is written, and how they are zipped.

    `stays` are parts that no shape may rewrite.
    """

    trees: dict[str, ElementTree.Element]
    others: dict[str, bytes]
    random: Random
    lexis: Lexis = field(default_factory=Lexis)
    after: list[Callable[[str, bytes], bytes]] = field(default_factory=list)
    last: list[Callable[[bytes], bytes]] = field(default_factory=list)
    method: int = zipfile.ZIP_DEFLATED
    streamed: bool = False

    @property
    def sheets(self) -> list[ElementTree.Element]:
        """The roots of all worksheets."""
        return [tree for tree in self.trees.values() if local(tree) == "worksheet"]

    def part(self, root: str) -> ElementTree.Element | None:
        """The one part whose root has this local name."""
        return next((tree for tree in self.trees.values() if local(tree) == root), None)

    def rename(self, old: str, new: str) -> None:
        """A part under another name, in the same place."""
        self.trees = {new if name == old else name: tree for name, tree in self.trees.items()}

    def pack(self) -> bytes:
        """The file."""
        target = BytesIO()
        with zipfile.ZipFile(_Stream(target) if self.streamed else target, "w") as archive:
            contents = {name: write(tree, self.lexis, self.random)
                        for name, tree in self.trees.items()}  # fmt: skip
            for name, content in (self.others | contents).items():
                for change in self.after:
                    content = change(name, content)
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else self.method
                archive.writestr(info, content)
        data = target.getvalue()
        for change in self.last:
            data = change(data)
        return data


class _Stream:
    """A target that cannot go back, so that sizes follow the parts."""

    def __init__(self, target: BytesIO) -> None:
        self._target = target

    def write(self, data: bytes) -> int:
        return self._target.write(data)

    def flush(self) -> None:
        self._target.flush()


def unpacked(data: bytes, random: Random) -> Package:
    """The parts of a file."""
    trees, others = {}, {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                trees[name] = ElementTree.fromstring(content)  # of our own writers
            else:
                others[name] = content
    return Package(trees, others, random)


def shaped(data: bytes, names: tuple[str, ...], seed: int) -> bytes:
    """The file in these shapes, each applied once, in this order."""
    package = unpacked(data, Random(seed))
    for name in names:
        (SHAPES | ODS_SHAPES)[name](package)
    return package.pack()


def local(element: ElementTree.Element) -> str:
    """Its name without a namespace."""
    return element.tag.rpartition("}")[2]


Shape = Callable[[Package], None]
SHAPES: dict[str, Shape] = {}
ODS_SHAPES: dict[str, Shape] = {}


def shape(name: str, *, ods: bool = False, xlsx: bool = True) -> Callable[[Shape], Shape]:
    """Register a change of a package under a name."""

    def register(change: Shape) -> Shape:
        if xlsx:
            SHAPES[name] = change
        if ods:
            ODS_SHAPES[name] = change
        return change

    return register
