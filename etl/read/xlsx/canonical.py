"""XML in any lawful shape, written again in the shape that office programs give it.

The fast reader and the guard know the usual shape. Comments, CDATA, character references, other
encodings, other names of parts and the like say the same in other words: such a package is
written anew before anything looks at it, so that nothing is read otherwise for them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from etl.read.refusal import Refused
from etl.read.xlsx.plain_rows import Run

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
_ESCAPED_BYTES = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_LOOSE = re.compile(rb"<v[^<>]*>\s|\s</v>")
# the fast reader gives up a whole workbook for an error that it does not know ("#SPILL!")
_NEW_ERROR = re.compile(
    rb'( t="e"[^<>]*>(?:<f[^<>]*(?:/>|>[^<]*</f>))?<v>)'
    rb"(?!#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)</v>)[^<]+"
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELLS = frozenset({"sheetData", "row", "c", "sst", "si"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
WORKBOOK, RELATIONSHIPS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_READ = frozenset({"[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONSHIPS,
                   "xl/styles.xml", "xl/sharedstrings.xml"})  # fmt: skip
# elements with a prefix that have the names of those that are read
_FOREIGN = re.compile(rb"<[\w.-]+:(?:sheets?|sheetData|row|c|v|is|si|t|r|xf|mergeCells?)[\s/>]")
_USUAL = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedstrings.xml"}
_SMALL = 20_000  # bytes that are worth remembering
_LARGEST = 12_000_000  # bytes of a part that is written anew: ten times as much in memory
Parts = dict[str, bytes]


def as_utf8(xml: bytes) -> bytes:
    """A part in UTF-16 as UTF-8; any other as it is. Raises Refused (file-damaged)."""
    if not xml.startswith(_UTF16):
        return xml
    try:
        text = xml.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Refused("file-damaged", detail=str(error)) from None
    return re.sub(r"^<\?xml[^>]*\?>", "", text, count=1).encode()


def is_usual(xml: bytes) -> bool:
    """Whether XML is in UTF-8 and holds nothing that the fast reader might pass over."""
    declared = _DECLARED.match(xml)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        return False
    if b"<!" in xml or b"&#" in xml or xml.find(b"<?", 5) >= 0:
        return False
    return not _ESCAPED_BYTES.search(xml)


@lru_cache(maxsize=256)
def relations(xml: bytes, base: str) -> tuple[tuple[str, str, str], ...]:
    """(id, last word of the type, part it leads to) of a .rels part that belongs to a part in the
    folder `base`; names in lower case. Raises Refused (file-damaged)."""
    found = []
    for element in parsed(xml):
        target = unquote(element.get("Target", "")).replace("\\", "/")
        if element.get("TargetMode", "") == "External":
            continue
        whole = target if target.startswith("/") else posixpath.join("/", base, target)
        name = posixpath.normpath(whole).lstrip("/").lower()
        kind = element.get("Type", "").rpartition("/")[2]
        found.append((element.get("Id", ""), kind, name))
    return tuple(found)


def is_usual_package(parts: Parts, runs: Mapping[str, Run]) -> bool:
    """Whether the fast reader finds the parts of an xlsx package and knows their shape.

    runs: of the sheets and the shared texts, where plain rows or texts begin and end.
    """
    if not _has_usual_names(parts) or any(_NEW_ERROR.search(parts[name]) for name in runs):
        return False
    return all(
        _is_usual_part(parts[name], runs.get(name)) for name in {*_READ, *runs} & parts.keys()
    )


def spelled_out(xml: bytes) -> bytes:
    """A part of attributes alone, with its character references put into letters.

    Raises Refused (file-damaged).
    """
    if b"&" not in xml:
        return xml
    return "\n".join(value for e in parsed(xml).iter() for value in e.attrib.values()).encode()


def _is_usual_part(xml: bytes, run: Run | None) -> bool:
    start, end = run or (len(xml), len(xml))  # what is in the run is plain
    around = xml[:start] + xml[end:]
    return _knows(around) if len(around) < _SMALL else _knows.__wrapped__(around)


@lru_cache(maxsize=1024)
def _knows(xml: bytes) -> bool:
    """Whether the reader knows all that is not cells or texts, which is alike in many workbooks."""
    return is_usual(xml) and not _FOREIGN.search(xml) and not _LOOSE.search(xml)


def _has_usual_names(parts: Parts) -> bool:
    if WORKBOOK not in parts or RELATIONSHIPS not in parts:
        return False
    xml = parts[RELATIONSHIPS]
    if b"../" in xml or b"./" in xml or b"%" in xml:
        return False
    known = relations(xml, "xl")
    return all(
        name == _USUAL[kind] if kind in _USUAL else name.startswith("xl/") or kind not in _SHEETS
        for _id, kind, name in known
    )


_SHEETS = {"worksheet": "worksheets", "chartsheet": "chartsheets", "dialogsheet": "dialogsheets"}


def workbook_part(parts: Parts) -> str:
    """Name of the part that is the workbook, by the package's own relationships; "" if none."""
    if "_rels/.rels" in parts:
        for _id, kind, name in relations(parts["_rels/.rels"], ""):
            if kind == "officeDocument" and name in parts:
                return name
    return WORKBOOK if WORKBOOK in parts else ""


def rewritten_xlsx(parts: Parts) -> Parts:
    """The parts of an xlsx package that are read, under usual names and in the usual shape.

    Raises Refused (file-damaged) where they are no package of a workbook.
    """
    workbook = workbook_part(parts)
    if not workbook:
        raise Refused("file-damaged", detail="xl/workbook.xml is missing")
    folder = posixpath.dirname(workbook)
    own = f"{folder}/_rels/{posixpath.basename(workbook)}.rels".lstrip("/")
    out: Parts = {WORKBOOK: _xlsx_part(parts[workbook])}
    lines, types = [], [("workbook.xml", "sheet.main")]
    for number, (key, kind, name) in enumerate(relations(parts.get(own, b"<R/>"), folder), start=1):
        if name not in parts or kind not in {*_SHEETS, *_USUAL}:
            continue
        new = _USUAL.get(kind) or f"xl/{_SHEETS[kind]}/sheet{number}.xml"
        out[new] = _xlsx_part(parts[name])
        if kind in _SHEETS:
            out.update(_drawn(parts, name, new))
        target = "sharedStrings.xml" if kind == "sharedStrings" else new.removeprefix("xl/")
        types.append((target, kind))
        lines.append(f'<Relationship Id={quoteattr(key)} Type="{_OFFICE}/{kind}"'
                     f' Target="{target}"/>')  # fmt: skip
    out[RELATIONSHIPS] = _document(f'<Relationships xmlns="{_PACKAGE}/relationships">'
                                   + "".join(lines) + "</Relationships>")  # fmt: skip
    return _framed(types) | out


def _framed(types: list[tuple[str, str]]) -> Parts:
    """The parts of a package that lead to its workbook."""
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPE.format(kind)}"/>'
        for name, kind in types
    )
    return {
        "[content_types].xml": _document(
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
            f' ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": _document(
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
    }


def _drawn(parts: Parts, name: str, new: str) -> Parts:
    """The drawings and comments of a sheet, for their texts, and the part that leads to them."""
    own = f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"
    out: Parts = {}
    lines = []
    for key, kind, drawing in relations(parts.get(own, b"<R/>"), posixpath.dirname(name)):
        if kind in ("drawing", "comments", "threadedComment") and drawing in parts:
            out[drawing] = parts[drawing]
            lines.append(f'<Relationship Id={quoteattr(key)} Type="{_OFFICE}/{kind}"'
                         f' Target={quoteattr("/" + drawing)}/>')  # fmt: skip
    if lines:
        folder, base = posixpath.split(new)
        out[f"{folder}/_rels/{base}.rels"] = _document(
            f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
        )
    return out


def parsed(xml: bytes) -> ElementTree.Element:
    """The root of a part. Raises Refused (file-damaged)."""
    if len(xml) > _LARGEST:
        raise Refused("file-damaged", detail="unusual XML, too large to be written anew")
    try:
        return ElementTree.fromstring(xml)  # noqa: S314 (the guard refuses entities)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Refused("file-damaged", detail=str(error)) from None


def _document(body: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body).encode()


def _xlsx_part(xml: bytes) -> bytes:
    """A part of a workbook with its elements alone, in the namespace that is usual."""
    root = parsed(xml)
    space = root.tag.rpartition("}")[0] + "}" if root.tag.startswith("{") else ""
    spaces = f' xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    written = _document(_written(root, lambda e: _own_name(e, space), _xlsx_text, spaces))
    return _NEW_ERROR.sub(rb"\1#VALUE!", written)  # as Excel stores it for older programs


def _own_name(element: ElementTree.Element, space: str) -> str | None:
    if not isinstance(element.tag, str) or not element.tag.startswith(space):
        return None
    return element.tag.removeprefix(space)


def _xlsx_text(element: ElementTree.Element, name: str) -> str:
    text = element.text or ""
    if name == "v":
        text = text.strip()
    if name in ("t", "v") and "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text if name in ("t", "v", "f", "formula") or text.strip() else ""


def _unescaped(found: re.Match[str]) -> str:
    """The character that _xHHHH_ stands for (ECMA-376 part 1, 22.9.2.19), if XML can hold it."""
    code = int(found[1], 16)
    return chr(code) if code in (9, 10) or (code >= 32 and not 0xD800 <= code < 0xE000) else ""


def _written(
    element: ElementTree.Element,
    name_of: Callable[[ElementTree.Element], str | None],
    text_of: Callable[[ElementTree.Element, str], str],
    spaces: str = "",
) -> str:
    """An element and all below it; those without a name are left out, never inside the cells."""
    name = name_of(element)
    if name is None:
        return ""
    if name in _CELLS and any(name_of(child) is None for child in element):
        raise Refused("file-damaged", detail=f"foreign elements in <{name}>")
    inner = escape(text_of(element, name))
    try:
        inner += "".join(_written(child, name_of, text_of) for child in element)
    except RecursionError:
        raise Refused("file-damaged", detail="elements in elements without end") from None
    attributes = "".join(f" {_attribute(k)}={quoteattr(v)}" for k, v in element.items() if _kept(k))
    opened = f"<{name}{spaces}{attributes}"
    return f"{opened}>{inner}</{name}>" if inner else f"{opened}/>"


def _kept(key: str) -> bool:
    return not key.startswith("{") or key.startswith(_XML) or key.endswith("}id")


def _attribute(key: str) -> str:
    if key.startswith(_XML):
        return f"xml:{key.removeprefix(_XML)}"
    return f"r:{key.rpartition('}')[2]}" if key.startswith("{") else key
