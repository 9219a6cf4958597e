"""Shapes of the letters alone: an XML parser reports the same events for each."""

from __future__ import annotations

import codecs

from tests.corpus.shapes.package import Package, shape


@shape("attributes in another order", ods=True)
def shuffle(package: Package) -> None:
    package.lexis.shuffled = True


@shape("single quotes", ods=True)
def quote_singly(package: Package) -> None:
    package.lexis.quote = "'"


@shape("quotes of both kinds", ods=True)
def quote_anyhow(package: Package) -> None:
    package.lexis.quote = ""


@shape("two spaces in tags", ods=True)
def space_tags(package: Package) -> None:
    package.lexis.gap, package.lexis.end = "  ", " "


@shape("line breaks in tags", ods=True)
def break_tags(package: Package) -> None:
    package.lexis.gap, package.lexis.end = "\n\t", "\n"


@shape("spaces around =", ods=True)
def space_equals(package: Package) -> None:
    package.lexis.equals = " = "


@shape("line breaks between elements", ods=True)
def indent(package: Package) -> None:
    package.lexis.between = "\r\n  "


@shape("empty elements opened and closed", ods=True)
def open_empty(package: Package) -> None:
    package.lexis.opened = True


@shape("a prefix", ods=True)
def prefix(package: Package) -> None:
    package.lexis.prefix = "x"


@shape("other prefixes", ods=True)
def rename_prefixes(package: Package) -> None:
    package.lexis.renamed = True


@shape("namespaces declared late and again", ods=True)
def declare_late(package: Package) -> None:
    package.lexis.late = True


@shape("character references", ods=True)
def refer(package: Package) -> None:
    package.lexis.references = True


@shape("CDATA", ods=True)
def write_cdata(package: Package) -> None:
    package.lexis.cdata = True


@shape("comments and instructions between elements", ods=True)
def note(package: Package) -> None:
    package.lexis.notes = True


@shape("comments and instructions inside texts", ods=True)
def note_texts(package: Package) -> None:
    package.lexis.notes_in_text = True


@shape("no XML declaration", ods=True)
def drop_declaration(package: Package) -> None:
    package.lexis.declaration = ""


@shape("another XML declaration", ods=True)
def redeclare(package: Package) -> None:
    package.lexis.declaration = "<?xml version = '1.0'\n encoding = '{encoding}' ?>\r\n\r\n"


@shape("a byte order mark", ods=True)
def mark(package: Package) -> None:
    _encode(package, "utf-8", codecs.BOM_UTF8)


@shape("UTF-16, the lower byte first", ods=True)
def encode_utf_16(package: Package) -> None:
    _encode(package, "utf-16-le", codecs.BOM_UTF16_LE)


@shape("UTF-16, the higher byte first", ods=True)
def encode_utf_16_be(package: Package) -> None:
    _encode(package, "utf-16-be", codecs.BOM_UTF16_BE)


def _encode(package: Package, encoding: str, mark: bytes) -> None:
    """Of several, the last one holds."""
    package.lexis.encoding, package.lexis.mark = encoding, mark
