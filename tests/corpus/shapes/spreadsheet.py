"""Shapes of an OpenDocument spreadsheet's own language."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from tests.corpus.shapes.package import Package, shape

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT = f"{{{_URN}table:1.0}}", f"{{{_URN}text:1.0}}"
_OFFICE = f"{{{_URN}office:1.0}}"


def _content(package: Package) -> Element:
    return package.trees["content.xml"]


@shape("texts in spans", ods=True, xlsx=False)
def spans(package: Package) -> None:
    for paragraph in _content(package).iter(f"{_TEXT}p"):
        if paragraph.text:
            span = Element(f"{_TEXT}span", {f"{_TEXT}style-name": "T99"})
            span.text = paragraph.text[2:]
            paragraph.insert(0, span)
            paragraph.text = paragraph.text[:2]


@shape("spaces as elements", ods=True, xlsx=False)
def space_elements(package: Package) -> None:
    """Every space a text:s, which is how a second one in a row must be written."""
    for paragraph in _content(package).iter(f"{_TEXT}p"):
        first, *rest = (paragraph.text or "").split(" ")
        paragraph.text = first
        for piece in rest:
            SubElement(paragraph, f"{_TEXT}s").tail = piece


@shape("texts as values", ods=True, xlsx=False)
def string_values(package: Package) -> None:
    for cell in _content(package).iter(f"{_TABLE}table-cell"):
        texts = [_shown(paragraph) for paragraph in cell.findall(f"{_TEXT}p")]
        if cell.get(f"{_OFFICE}value-type") == "string" and any(texts):
            cell.set(f"{_OFFICE}string-value", "\n".join(texts))


def _shown(element: Element) -> str:
    """The text of a paragraph, its text:s as spaces, breaks as breaks."""
    inside = "".join(_shown(child) + (child.tail or "") for child in element)
    signs = {f"{_TEXT}s": " ", f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
    return signs.get(element.tag) or (element.text or "") + inside


@shape("empty cells repeated", ods=True, xlsx=False)
def repeat_cells(package: Package) -> None:
    for row in _content(package).iter(f"{_TABLE}table-row"):
        SubElement(row, f"{_TABLE}table-cell", {f"{_TABLE}number-columns-repeated": "900"})


@shape("empty rows repeated to the end", ods=True, xlsx=False)
def repeat_rows(package: Package) -> None:
    for table in _content(package).iter(f"{_TABLE}table"):
        more = {f"{_TABLE}number-rows-repeated": "1048000"}
        row = SubElement(table, f"{_TABLE}table-row", more)
        SubElement(row, f"{_TABLE}table-cell", {f"{_TABLE}number-columns-repeated": "1024"})


@shape("rows in groups", ods=True, xlsx=False)
def group_rows(package: Package) -> None:
    """The first rows as header rows, the rest in an outline group, as LibreOffice writes them."""
    for table in _content(package).iter(f"{_TABLE}table"):
        rows = table.findall(f"{_TABLE}table-row")
        for row in rows:
            table.remove(row)
        SubElement(table, f"{_TABLE}table-header-rows").extend(rows[:3])
        SubElement(table, f"{_TABLE}table-row-group").extend(rows[3:])


@shape("soft page breaks", ods=True, xlsx=False)
def page_breaks(package: Package) -> None:
    for table in _content(package).iter(f"{_TABLE}table"):
        table.insert(len(table) // 2, Element(f"{_TEXT}soft-page-break"))


@shape("notes on cells", ods=True, xlsx=False)
def annotate(package: Package) -> None:
    """A comment stands inside its cell, as office:annotation."""
    for cell in _content(package).iter(f"{_TABLE}table-cell"):
        if cell.get(f"{_OFFICE}value-type"):
            note = Element(f"{_OFFICE}annotation")
            SubElement(note, f"{_TEXT}p").text = "đã kiểm tra"
            cell.insert(0, note)
