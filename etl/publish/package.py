"""An xlsx file as a package of parts: what is not edited is given back byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, NamedTuple

from etl.publish.markup import Edits, Node, Unfit, drawn, escape, outline

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONSHIPS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "[content_types].xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MOST_UNPACKED = 60_000_000  # a sheet that is formatted down to its last row has 46 MB
_DATE = (1980, 1, 1, 0, 0, 0)  # of parts that are new: the same file on every run


class Relation(NamedTuple):
    """One relationship: its id, the last word of its type, and the part it leads to."""

    id: str
    kind: str
    part: str


@dataclass(slots=True)
class _Part:
    info: zipfile.ZipInfo
    content: bytes


def document(body: str) -> bytes:
    """A new XML part."""
    return (_DECLARATION + body).encode()


class Package:
    """The parts of one xlsx file. Part names are asked for in lower case, without a first `/`.

    `workbook` names the workbook's part. Raises Unfit for what is no plain xlsx of sane size.
    """

    def __init__(self, file: str | IO[bytes]) -> None:
        self._parts = _read(file)
        workbooks = (r.part for r in self.relations("") if r.kind == "officeDocument")
        self.workbook = next(workbooks, "")
        if self.workbook not in self:
            raise Unfit("no workbook")
        if CONTENT_TYPE.format("sheet.main").encode() not in self[_TYPES]:
            raise Unfit("a template")
        self._strict = _STRICT[MAIN].encode() in self[self.workbook]

    @classmethod
    def empty(cls) -> Package:
        """A workbook that has no sheet yet."""
        parts = {
            "[Content_Types].xml": "content_types.xml",
            "_rels/.rels": "rels.xml",
            "xl/workbook.xml": "workbook.xml",
        }
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as container:
            for name, body in parts.items():
                container.writestr(_info(name), document(drawn(body)))
        return cls(target)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __getitem__(self, name: str) -> bytes:
        return self._parts[name].content

    def __setitem__(self, name: str, content: bytes) -> None:
        self._parts[name].content = content

    def namespace(self, name: str) -> str:
        """MAIN or RELATIONSHIPS as this workbook writes it."""
        return _STRICT[name] if self._strict else name

    def relations(self, part: str) -> list[Relation]:
        """What a part leads to inside the package; "" asks for the package itself."""
        name = _rels(part)
        if name not in self:
            return []
        return [
            Relation(a.get("Id", ""), a.get("Type", "").rpartition("/")[2], _target(part, a))
            for a in (node.attributes for node in outline(self[name]).children)
            if a.get("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part lead to another; the relationship's id."""
        name = _rels(part)
        if name not in self:
            folder, base = posixpath.split(self._parts[part].info.filename.replace("\\", "/"))
            body = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
            self._put(f"{folder}/_rels/{base}.rels", document(body))
        root = outline(self[name])
        taken = {node.attributes.get("Id", "").lower() for node in root.children}
        number = next(n for n in range(1, len(taken) + 2) if f"rid{n}" not in taken)
        kind = f"{self.namespace(RELATIONSHIPS)}/{kind}"
        text = f'Relationship Id="rId{number}" Type="{kind}" Target="/{escape(target)}"/>'
        self._append(name, root, f"<{root.prefix}{text}")
        return f"rId{number}"

    def add(self, pattern: str, content: bytes, kind: str) -> str:
        """Put in a part under the first free name that `pattern` (lower case, with {}) gives, and
        its content type; the name."""
        names = (pattern.format(number) for number in range(1, len(self._parts) + 2))
        name = next(name for name in names if name not in self)
        self._put(name, content)
        root = outline(self[_TYPES])
        extension = name.rpartition(".")[2]
        defaults = {
            node.attributes.get("Extension", "").lower(): node.attributes.get("ContentType")
            for node in root.all("Default")
        }
        if extension == "vml" and extension not in defaults:
            text = f'Default Extension="{extension}"'
        else:
            text = f'Override PartName="/{name}"'
        if defaults.get(extension) != kind:
            self._append(_TYPES, root, f'<{root.prefix}{text} ContentType="{kind}"/>')
        return name

    def remove(self, name: str) -> None:
        """Take out a part that the workbook leads to, and all that says so."""
        for gone in (name, _rels(name)):
            self._parts.pop(gone, None)
        self._drop(_TYPES, lambda about: _key(about.get("PartName", "")) == name)
        self._drop(_rels(self.workbook), lambda about: _target(self.workbook, about) == name)

    def to_bytes(self) -> bytes:
        """The package as a file; parts in their old order, new ones behind them."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as container:
            for part in self._parts.values():
                container.writestr(_info(part.info.filename, part.info.date_time), part.content)
        return target.getvalue()

    def _put(self, name: str, content: bytes) -> None:
        self._parts[_key(name)] = _Part(_info(name), content)

    def _append(self, name: str, root: Node, text: str) -> None:
        edits = Edits(self[name])
        edits.append(root, text)
        self[name] = edits.applied()

    def _drop(self, name: str, unwanted: Callable[[dict[str, str]], bool]) -> None:
        edits = Edits(self[name])
        for node in outline(self[name]).children:
            if unwanted(node.attributes):
                edits.remove(node)
        self[name] = edits.applied()


def _read(file: str | IO[bytes]) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    try:
        with zipfile.ZipFile(file) as container:
            infos = container.infolist()
            if sum(info.file_size for info in infos) > _MOST_UNPACKED:
                raise Unfit("too large")
            for info in infos:
                parts[_key(info.filename)] = _Part(info, container.read(info))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise Unfit(f"no sound zip: {error}") from None
    if len(parts) < len(infos):
        raise Unfit("two parts of one name")
    return parts


def _info(name: str, date: tuple[int, int, int, int, int, int] = _DATE) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _rels(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _target(part: str, relation: dict[str, str]) -> str:
    target = relation.get("Target", "").replace("\\", "/")
    return _key(posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)))
