"""Shapes of a spreadsheet's own language: other elements and attributes for the same cells."""

from __future__ import annotations

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from tests.corpus.shapes.package import MAIN, Package, local, shape
from tests.corpus.shapes.writer import XML

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"


def _q(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def _cells(package: Package) -> list[Element]:
    return [cell for sheet in package.sheets for cell in sheet.iter(_q("c"))]


def _split(reference: str) -> tuple[int, int]:
    letters = reference.upper().rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def _rows(sheet: Element) -> dict[int, Element]:
    """Rows by number, also those that do not say theirs."""
    found: dict[int, Element] = {}
    for row in sheet.iter(_q("row")):
        found[int(row.get("r") or max(found, default=0) + 1)] = row
    return found


def _columns(row: Element) -> dict[int, Element]:
    """Cells by number of their column, also those that do not say theirs."""
    found: dict[int, Element] = {}
    for cell in row:
        at = cell.get("r")
        found[_split(at)[1] if at else max(found, default=0) + 1] = cell
    return found


@shape("rows and cells without their places")
def drop_places(package: Package) -> None:
    for sheet in package.sheets:
        data = sheet.find(_q("sheetData"))
        assert data is not None
        rows = _rows(sheet)
        filled = [rows.get(n, Element(_q("row"))) for n in range(1, max(rows, default=0) + 1)]
        for row in filled:
            row.attrib.pop("r", None)
            cells = _columns(row)
            row[:] = [cells.get(n, Element(_q("c"))) for n in range(1, max(cells, default=0) + 1)]
            for cell in row:
                cell.attrib.pop("r", None)
        data[:] = filled


@shape("cells without their places, rows with")
def drop_cell_places(package: Package) -> None:
    drop_places(package)
    for sheet in package.sheets:
        for number, row in _rows(sheet).items():
            row.set("r", str(number))


@shape("some cells without their places")
def drop_some_places(package: Package) -> None:
    for sheet in package.sheets:
        for row in sheet.iter(_q("row")):
            before = 0
            for column, cell in _columns(row).items():
                if column == before + 1 and package.random.random() < 0.5:
                    cell.attrib.pop("r", None)
                before = column


@shape("places in small letters")
def small_places(package: Package) -> None:
    for cell in _cells(package):
        if cell.get("r"):
            cell.set("r", str(cell.get("r")).lower())


def _texts(package: Package) -> list[Element]:
    strings = package.part("sst")
    return [] if strings is None else list(strings)


@shape("texts in the cells")
def inline(package: Package) -> None:
    texts = _texts(package)
    for cell in _cells(package):
        value = cell.find(_q("v"))
        if cell.get("t") == "s" and value is not None:
            text = deepcopy(texts[int(value.text or "0")])
            text.tag = _q("is")
            cell.set("t", "inlineStr")
            cell[:] = [text]


@shape("texts as results")
def as_results(package: Package) -> None:
    texts = _texts(package)
    for cell in _cells(package):
        value = cell.find(_q("v"))
        if cell.get("t") == "s" and value is not None:
            text = texts[int(value.text or "0")]
            if len(text) == 1 and local(text[0]) == "t":
                cell.set("t", "str")
                value.text = text[0].text


def _pieces(text: Element) -> None:
    """A text in two runs of one look."""
    if len(text) == 1 and local(text[0]) == "t" and len(text[0].text or "") > 1:
        whole = text[0].text or ""
        if "_x" in whole:
            return  # a letter written as _x0041_ must not be cut
        text[:] = []
        for piece in (whole[: len(whole) // 2], whole[len(whole) // 2 :]):
            run = SubElement(text, _q("r"))
            SubElement(SubElement(run, _q("rPr")), _q("b"))
            child = SubElement(run, _q("t"), {f"{{{XML}}}space": "preserve"})
            child.text = piece


@shape("texts in pieces")
def in_pieces(package: Package) -> None:
    for text in _texts(package):
        _pieces(text)


@shape("texts in pieces in the cells")
def in_pieces_inline(package: Package) -> None:
    in_pieces(package)
    inline(package)


@shape("phonetic runs")
def phonetic(package: Package) -> None:
    for text in _texts(package):
        guide = SubElement(text, _q("rPh"), {"sb": "0", "eb": "1"})
        SubElement(guide, _q("t")).text = "9"
        SubElement(text, _q("phoneticPr"), {"fontId": "0", "type": "noConversion"})


@shape("phonetic runs in the cells")
def phonetic_inline(package: Package) -> None:
    phonetic(package)
    inline(package)


@shape("xml:space on every text")
def keep_spaces(package: Package) -> None:
    for tree in package.trees.values():
        for element in tree.iter():
            if local(element) in ("t", "v", "f"):
                element.set(f"{{{XML}}}space", "preserve")


@shape("letters as _x0041_")
def escape_letters(package: Package) -> None:
    for text in _texts(package):
        for element in text.iter(_q("t")):
            written = element.text or ""
            if written and "_x" not in written:
                at = package.random.randrange(len(written))
                code = f"_x{ord(written[at]):04X}_"
                element.text = written[:at] + code + written[at + 1 :]


@shape("numbers with an exponent")
def exponents(package: Package) -> None:
    _spell(package, lambda number: f"{number:.16E}")


@shape("numbers with more zeros")
def more_zeros(package: Package) -> None:
    _spell(package, lambda number: f"{number!r}000" if "." in repr(number) else f"{number}.00")


@shape("numbers in spaces")
def spaced_numbers(package: Package) -> None:
    _spell(package, lambda number: f"\n {number!r} ")


def _spell(package: Package, spelt: object) -> None:
    for cell in _cells(package):
        value = cell.find(_q("v"))
        if cell.get("t", "n") == "n" and value is not None and value.text:
            value.text = spelt(float(value.text))  # type: ignore[operator]


@shape("kinds of cells said")
def say_kinds(package: Package) -> None:
    for cell in _cells(package):
        if cell.get("t") is None:
            cell.set("t", "n")
        cell.set("s", cell.get("s", "0"))
        cell.set("cm", "0")


@shape("no extents")
def drop_extents(package: Package) -> None:
    for sheet in package.sheets:
        for name in ("dimension", "sheetFormatPr"):
            for element in sheet.findall(_q(name)):
                sheet.remove(element)
        for row in sheet.iter(_q("row")):
            row.attrib.pop("spans", None)


@shape("wrong extents")
def wrong_extents(package: Package) -> None:
    for sheet in package.sheets:
        for element in sheet.findall(_q("dimension")):
            element.set("ref", "A1:B2")
    for name in ("count", "uniqueCount"):
        strings = package.part("sst")
        if strings is not None:
            strings.set(name, "1")


@shape("extensions")
def extend(package: Package) -> None:
    """As Excel writes them: what only a newer program reads."""
    for root in ("worksheet", "workbook", "styleSheet", "sst"):
        for known in _extensions(package, root):
            SubElement(known, f"{{{_X14}}}conditionalFormattings")
            SubElement(SubElement(known, f"{{{_X14}}}f"), f"{{{_X14}}}v").text = "9"


@shape("extensions with names of our own")
def extend_alike(package: Package) -> None:
    """Rows, cells, texts, formats and sheets, but in a namespace of another program."""
    for known in _extensions(package, "worksheet"):
        row = SubElement(SubElement(known, f"{{{_X14}}}sheetData"), f"{{{_X14}}}row")
        cell = SubElement(row, f"{{{_X14}}}c", {"r": "C11", "t": "n"})
        SubElement(cell, f"{{{_X14}}}v").text = "9"
    for known in _extensions(package, "sst"):
        SubElement(SubElement(known, f"{{{_X14}}}si"), f"{{{_X14}}}t").text = "9"
    for known in _extensions(package, "styleSheet"):
        formats = SubElement(known, f"{{{_X14}}}numFmts")
        SubElement(formats, f"{{{_X14}}}numFmt", {"numFmtId": "4", "formatCode": "0%"})
    for known in _extensions(package, "workbook"):
        SubElement(SubElement(known, f"{{{_X14}}}sheets"), f"{{{_X14}}}sheet", {"name": "Ma"})


def _extensions(package: Package, root: str) -> list[Element]:
    found = []
    for tree in (t for t in package.trees.values() if local(t) == root):
        extensions = SubElement(tree, _q("extLst"))
        found.append(SubElement(extensions, _q("ext"), {"uri": "{78C0D931-6437-407d-A8EE-F0AAD}"}))
    return found


@shape("attributes of other programs")
def foreign_attributes(package: Package) -> None:
    for tree in (*package.sheets, package.part("styleSheet"), package.part("workbook")):
        if tree is not None:
            tree.set(f"{{{_MC}}}Ignorable", "x14ac")
            for element in tree.iter():
                if local(element) in ("row", "c", "font", "xf", "sheet", "numFmt"):
                    element.set(f"{{{_AC}}}r", "ZZ99")
                    element.set(f"{{{_AC}}}s", "1")


@shape("alternate content")
def alternate(package: Package) -> None:
    """As Excel writes it into workbook.xml, and where the fallback holds what is there anyway."""
    for tree in (*package.sheets, package.part("workbook")):
        assert tree is not None
        choice = Element(f"{{{_MC}}}AlternateContent")
        chosen = SubElement(choice, f"{{{_MC}}}Choice", {"Requires": "x14"})
        SubElement(chosen, f"{{{_X14}}}absPath", {"url": "C:\\Users\\9\\"})
        SubElement(choice, f"{{{_MC}}}Fallback")
        tree.insert(0, choice)
