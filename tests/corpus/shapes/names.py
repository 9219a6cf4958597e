"""Shapes of the package: what its parts are called, where they stand, how they are zipped."""

from __future__ import annotations

import posixpath
import re
import zipfile
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from tests.corpus.shapes.package import OFFICE, Package, local, shape

_ID = f"{{{OFFICE}}}id"


def _relationships(package: Package) -> Element:
    """Those of the workbook."""
    return next(
        tree
        for name, tree in package.trees.items()
        if local(tree) == "Relationships" and name != "_rels/.rels"
        and any(str(element.get("Type")).endswith("/worksheet") for element in tree)
    )  # fmt: skip


def _part_of(package: Package, element: Element) -> str:
    """The part that a relationship of the workbook names, however it does."""
    target = unquote(str(element.get("Target"))).lower()
    path = target if target.startswith("/") else f"/xl/{target}"
    wanted = posixpath.normpath(path).lstrip("/")
    return next((name for name in package.trees if name.lower() == wanted), "")


def _targets(package: Package, *kinds: str) -> list[str]:
    """The parts that the workbook's relationships of some kinds name."""
    return [
        _part_of(package, element)
        for element in _relationships(package)
        if str(element.get("Type")).rpartition("/")[2] in kinds
    ]


def _move(package: Package, old: str, new: str, target: str) -> None:
    """A part under another name: its relationship and its content type follow."""
    for element in _relationships(package):
        if _part_of(package, element) == old:
            element.set("Target", target)
    for element in package.trees["[Content_Types].xml"]:
        if str(element.get("PartName")).lower() == f"/{old}".lower():
            element.set("PartName", "/" + quote(new))
    package.rename(old, new)
    folder, _, name = old.rpartition("/")
    own = package.trees.get(f"{folder}/_rels/{name}.rels", [])
    for element in own:
        if element.get("TargetMode") != "External":
            target = posixpath.join(f"/{folder}", element.get("Target", ""))
            element.set("Target", posixpath.normpath(target))
    folder_to, _, name_to = new.rpartition("/")
    package.rename(f"{folder}/_rels/{name}.rels", f"{folder_to}/_rels/{name_to}.rels")


@shape("targets from the root")
def absolute(package: Package) -> None:
    for element in _relationships(package):
        element.set("Target", f"/{_part_of(package, element)}")


@shape("targets by a way round")
def roundabout(package: Package) -> None:
    for element in _relationships(package):
        element.set("Target", f".././{_part_of(package, element)}")


@shape("targets in other letters")
def other_case(package: Package) -> None:
    for element in _relationships(package):
        element.set("Target", re.sub("[a-z]+", lambda x: x[0].upper(), element.get("Target", "")))


@shape("parts in other letters")
def parts_other_case(package: Package) -> None:
    for name in list(package.trees):
        if name.startswith("xl/") and not name.endswith(".rels") and "book" not in name:
            package.rename(name, f"xl/{name[3:].title()}")


@shape("sheets in another folder")
def other_folder(package: Package) -> None:
    for number, name in enumerate(_targets(package, "worksheet"), start=1):
        _move(package, name, f"xl/bang bieu/s{number}.xml", f"bang%20bieu/s{number}.xml")


@shape("sheets in a folder beyond ASCII")
def accented_folder(package: Package) -> None:
    for number, name in enumerate(_targets(package, "worksheet"), start=1):
        _move(package, name, f"xl/biểu/s{number}.xml", f"biểu/s{number}.xml")


@shape("sheets in a folder beyond ASCII, target escaped")
def accented_folder_escaped(package: Package) -> None:
    for number, name in enumerate(_targets(package, "worksheet"), start=1):
        _move(package, name, f"xl/biểu/s{number}.xml", quote(f"biểu/s{number}.xml"))


@shape("sheets beside the workbook's folder")
def outside_folder(package: Package) -> None:
    for number, name in enumerate(_targets(package, "worksheet"), start=1):
        _move(package, name, f"pages/s{number}.xml", f"/pages/s{number}.xml")


@shape("sheets whose numbers are not their order")
def renumber(package: Package) -> None:
    names = list(_targets(package, "worksheet"))
    for number, name in enumerate(names):
        other = f"sheet{len(names) - number + 20}.xml"
        _move(package, name, f"xl/worksheets/{other}", f"worksheets/{other}")


@shape("styles and texts under other names")
def other_names(package: Package) -> None:
    for name in _targets(package, "styles"):
        _move(package, name, "xl/s/how.xml", "s/how.xml")
    for name in _targets(package, "sharedStrings"):
        _move(package, name, "xl/s/words.xml", "/xl/s/words.xml")


@shape("the workbook under another name")
def other_workbook(package: Package) -> None:
    for element in package.trees["_rels/.rels"]:
        if str(element.get("Type")).endswith("/officeDocument"):
            element.set("Target", "/xl/book.xml")
    for element in package.trees["[Content_Types].xml"]:
        if str(element.get("PartName")).lower() == "/xl/workbook.xml":
            element.set("PartName", "/xl/book.xml")
    for name, tree in list(package.trees.items()):
        if local(tree) == "workbook":
            package.rename(name, "xl/book.xml")
        elif tree is _relationships(package):
            package.rename(name, "xl/_rels/book.xml.rels")


@shape("relationships in another order and under other names")
def other_relationships(package: Package) -> None:
    tree = _relationships(package)
    names = {e.get("Id"): f"bảng_{n}" for n, e in enumerate(tree)}
    for element in tree:
        element.set("Id", names[element.get("Id")])
    workbook = package.part("workbook")
    assert workbook is not None
    for element in workbook.iter():
        if element.get(_ID) is not None:
            element.set(_ID, names[element.get(_ID)])
    children = list(tree)
    package.random.shuffle(children)
    tree[:] = children


@shape("content types by extension")
def types_by_extension(package: Package) -> None:
    tree = package.trees["[Content_Types].xml"]
    for element in tree:
        if element.get("Extension"):
            element.set("Extension", str(element.get("Extension")).upper())
    children = list(tree)
    package.random.shuffle(children)
    tree[:] = children


@shape("strict")
def strict(package: Package) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name not in package.trees:
            return content
        encoding = package.lexis.encoding
        text = content.decode(encoding)
        for old, new in (
            ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
             "http://purl.oclc.org/ooxml/spreadsheetml/main"),
            ("http://schemas.openxmlformats.org/officeDocument/2006/",
             "http://purl.oclc.org/ooxml/officeDocument/"),
            ("http://schemas.openxmlformats.org/drawingml/2006/",
             "http://purl.oclc.org/ooxml/drawingml/"),
        ):  # fmt: skip
            text = text.replace(old, new)
        return text.encode(encoding)

    package.lexis.references = False  # a name in pieces would not be found
    package.after.insert(0, change)


@shape("parts in another order", ods=False)
def other_order(package: Package) -> None:
    names = list(package.trees)
    package.random.shuffle(names)
    package.trees = {name: package.trees[name] for name in names}


@shape("stored, not packed", ods=True)
def store(package: Package) -> None:
    package.method = zipfile.ZIP_STORED


@shape("sizes after the parts", ods=True)
def stream(package: Package) -> None:
    package.streamed = True


@shape("folders as parts", ods=True)
def list_folders(package: Package) -> None:
    folders = dict.fromkeys(f"{n.rpartition('/')[0]}/" for n in package.trees if "/" in n)
    package.others |= dict.fromkeys(folders, b"")


@shape("a comment on the zip", ods=True)
def comment(package: Package) -> None:
    package.last.append(lambda data: data[:-2] + b"\x04\x00bieu")
