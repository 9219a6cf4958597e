"""An XML writer that can say the same in many ways."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from xml.etree.ElementTree import Element

XML = "http://www.w3.org/XML/1998/namespace"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_VALUES = {**_ESCAPES, '"': "&quot;", "'": "&#39;", "\n": "&#10;", "\t": "&#9;"}
_KNOWN = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": "x14",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac": "x14ac",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    **{f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": name
       for name in ("office", "table", "text", "style", "number", "manifest")},
}  # fmt: skip
_OF_LETTERS = ("p", "span")  # where a space between elements is a space
_NOTES = ("<!-- 9 -->", "<?khac 9?>", "<!--<v>9</v>-->", '<?mso-x version="9"?>')


@dataclass
class Lexis:
    """How XML is written. Nothing of it changes what an XML parser reports.

    prefix: that of the root's namespace, "" for the usual one; late: other namespaces are declared
    where they are used, and some elements declare their own once more under another prefix;
    renamed: no namespace has its usual prefix.
    """

    declaration: str = '<?xml version="1.0" encoding="{encoding}" standalone="yes"?>\n'
    encoding: str = "utf-8"
    mark: bytes = b""
    prefix: str = ""
    late: bool = False
    renamed: bool = False
    quote: str = '"'
    shuffled: bool = False
    gap: str = " "
    equals: str = "="
    end: str = ""
    between: str = ""
    opened: bool = False
    references: bool = False
    cdata: bool = False
    notes: bool = False
    notes_in_text: bool = False


def write(root: Element, lexis: Lexis, random: Random) -> bytes:
    """The document."""
    writer = _Writer(lexis, random)
    scope = {XML: "xml"}
    declared: dict[str, str] = {}
    known = {} if lexis.renamed else _KNOWN
    if not lexis.late:
        for space in sorted(_spaces(root) - {XML, _space(root.tag), ""}):
            scope[space] = declared[space] = known.get(space, f"n{len(scope)}")
    if own := _space(root.tag):
        scope[own] = declared[own] = lexis.prefix or known.get(own, "w" if lexis.renamed else "")
    writer.element(root, scope, declared)
    notes = random.choice(_NOTES) if lexis.notes else ""
    declaration = lexis.declaration.replace(
        "{encoding}", lexis.encoding.removesuffix("-le").removesuffix("-be").upper()
    )
    text = f"{declaration}{notes}{''.join(writer.out)}{notes}"
    return lexis.mark + text.encode(lexis.encoding)


class _Writer:
    def __init__(self, lexis: Lexis, random: Random) -> None:
        self.lexis, self.random = lexis, random
        self.out: list[str] = []

    def element(self, element: Element, scope: dict[str, str], declared: dict[str, str]) -> None:
        """One element, in a scope of prefixes; `declared` are those that it declares itself."""
        space = _space(element.tag)
        if self.lexis.late and space and not declared and self.random.random() < 0.1:
            declared = {space: f"y{len(self.out)}"}  # no prefix is hidden by another
        for name in element.attrib:
            own = _space(name)
            if own and own not in scope:
                declared = declared | {own: _KNOWN.get(own, f"k{len(scope) + len(declared)}")}
        if space and space not in scope and space not in declared:
            declared = declared | {space: _KNOWN.get(space, f"k{len(scope) + len(declared)}")}
        scope = scope | declared
        name = _named(element.tag, scope)
        self.out.append(f"<{name}{self._attributes(element, scope, declared)}")
        self._content(element, scope, name)

    def _attributes(self, element: Element, scope: dict[str, str], new: dict[str, str]) -> str:
        attributes = [(f"xmlns:{p}" if p else "xmlns", space) for space, p in new.items()]
        attributes += [(_named(name, scope), value) for name, value in element.items()]
        if self.lexis.shuffled:
            self.random.shuffle(attributes)
        lexis = self.lexis
        written = (
            f"{lexis.gap}{name}{lexis.equals}{self._quoted(name, value)}"
            for name, value in attributes
        )
        return "".join(written) + lexis.end

    def _quoted(self, name: str, value: str) -> str:
        quote = self.lexis.quote or self.random.choice("\"'")
        written = "".join(_IN_VALUES.get(letter, letter) for letter in value)
        if self.lexis.references and not name.startswith("xml"):
            written = "".join(self._referred(letter, _IN_VALUES) for letter in value)
        return f"{quote}{written}{quote}"

    def _content(self, element: Element, scope: dict[str, str], name: str) -> None:
        if not element.text and len(element) == 0 and not self.lexis.opened:
            self.out.append("/>")
            return
        blank = not (element.text or "").strip() and len(element) > 0
        loose = element.tag.rpartition("}")[2] not in _OF_LETTERS
        self.out.append(">")
        if element.text and not blank:
            self.out.append(self._text(element.text))
        for child in element:
            self.out.append(self._between() if loose else "")
            self.element(child, scope, {})
            if (child.tail or "").strip():
                self.out.append(self._text(child.tail or ""))
        if len(element) and loose:
            self.out.append(self._between())
        self.out.append(f"</{name}{self.lexis.end}>")

    def _between(self) -> str:
        note = ""
        if self.lexis.notes and self.random.random() < 0.2:
            note = self.random.choice(_NOTES)
        return self.lexis.between + note

    def _text(self, text: str) -> str:
        at = self.random.randint(0, len(text))
        if self.lexis.notes_in_text and self.random.random() < 0.5:
            return self._plain(text[:at]) + self.random.choice(_NOTES) + self._plain(text[at:])
        if self.lexis.cdata and "]]>" not in text and "\r" not in text:
            whole = self.random.random() < 0.5
            first, rest = ("", text) if whole else (text[:at], text[at:])
            return f"{self._plain(first)}<![CDATA[{rest}]]>"
        return self._plain(text)

    def _plain(self, text: str) -> str:
        if self.lexis.references:
            return "".join(self._referred(letter, _ESCAPES) for letter in text)
        return "".join(_ESCAPES.get(letter, letter) for letter in text)

    def _referred(self, letter: str, escapes: dict[str, str]) -> str:
        choice = self.random.random()
        if choice < 0.15:
            return f"&#{ord(letter)};"
        if choice < 0.3:
            return f"&#x{ord(letter):x};"
        return escapes.get(letter, letter)


def _space(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _named(tag: str, scope: dict[str, str]) -> str:
    prefix = scope.get(_space(tag), "")
    name = tag.rpartition("}")[2]
    return f"{prefix}:{name}" if prefix and _space(tag) else name


def _spaces(root: Element) -> set[str]:
    found = set()
    for element in root.iter():
        found |= {_space(element.tag), *(_space(name) for name in element.attrib)}
    return found
