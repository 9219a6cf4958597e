"""The text of a paragraph of a Word file as it is seen: insertions and results of fields, without
deletions, hidden text and instructions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from etl.read.docx.numbers import Numbering
from etl.read.docx.styles import Styles
from etl.read.docx.xml import child, children, is_on, name_of, value
from etl.read.seen.appearance import Run, symbol_font

OBJECT = "\ufffc"  # stands for what is seen and is no text: a picture, a formula, a table
_DELETED = ("del", "moveFrom")
_SHOWN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_INSIDE = ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo",
           "fldSimple", "rubyBase", "rt")  # fmt: skip


@dataclass(slots=True)
class Piece:
    """What is seen of a paragraph, cell or table beside its text."""

    runs: list[Run] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    footnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    tracked: int = 0
    objects: int = 0

    @property
    def text(self) -> str:
        """The text of its runs."""
        return "".join(run.text for run in self.runs)

    def add(self, other: Piece) -> None:
        """Take in what follows."""
        for name in ("runs", "footnotes", "comments", "boxes"):
            getattr(self, name).extend(getattr(other, name))
        self.fonts |= other.fonts
        self.tracked += other.tracked
        self.objects += other.objects


class Reader:
    """Reads paragraphs in the order of the document: lists are counted on, and a field may go over
    several of them."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self._numbering = styles, numbering
        self._fields: list[bool] = []  # of the open fields: whether their result has begun
        self.taken = 0  # texts that were read, or left out for what is around them

    def paragraph(self, p: Element) -> Piece:
        """What is seen of a paragraph, with its number of a list."""
        out = Piece()
        properties = child(p, "pPr")
        style = value(child(properties, "pStyle"))
        self._inside(p, style, out)
        mark = child(properties, "rPr")
        gone = is_on(child(mark, "vanish")) or child(mark, "del") is not None
        if not gone or out.text:
            number = self._number(properties, style)
            if number:
                out.runs.insert(0, Run(number + (" " if out.text else "")))
        return out

    def _number(self, properties: Element | None, style: str) -> str:
        said = child(properties, "numPr")
        by_style = self.styles.numbering(style)
        number = value(child(said, "numId"), None)
        if number is None:
            number = value(child(by_style, "numId"))
        level = value(child(said if said is not None else by_style, "ilvl"), "0")
        return self._numbering.next(number, int(level)) if number not in ("", "0") else ""

    def _inside(self, element: Element, style: str, out: Piece) -> None:
        for each in element:
            name = name_of(each)
            if name == "r":
                self._run(each, style, out)
            elif name in _INSIDE:
                out.tracked += name in ("ins", "moveTo")
                self._inside(each, style, out)
            elif name in ("sdt", "ruby"):
                self._inside(each, style, out)
            elif name in _DELETED:
                out.tracked += 1
                self.leave(each)
            elif name == "AlternateContent":
                self._alternative(each, style, out)
            elif name in ("oMath", "oMathPara", "subDoc", "altChunk"):
                self.leave(each)
                out.runs.append(Run(OBJECT))
                out.objects += name in ("subDoc", "altChunk")

    def leave(self, element: Element) -> None:
        """Leave out the texts of an element."""
        self.taken += count_texts(element)

    def _alternative(self, element: Element, style: str, out: Piece) -> None:
        """Of two ways to say the same the first."""
        for each in element:
            if name_of(each) == "Choice":
                self._inside(each, style, out)
            else:
                self.leave(each)

    def _run(self, run: Element, style: str, out: Piece) -> None:
        look = self.styles.of(style, child(run, "rPr"))
        if look.get("hidden"):
            self.leave(run)
            for mark in children(run, "fldChar"):
                self._field(mark)
            return
        text = "".join(self._texts(run, out))
        if not text:
            return
        if not text.isascii():
            out.fonts.add(look.get("font", ""))
        if symbol_font(look.get("font", "")):
            text = OBJECT
        out.runs.append(
            Run(text, look.get("struck", False), look.get("raised", False),
                look.get("colour", ""), look.get("points", 0.0))
        )  # fmt: skip

    def _texts(self, run: Element, out: Piece) -> Iterator[str]:
        for each in run:
            name = name_of(each)
            self.taken += name == "t"
            if name == "fldChar":
                yield self._field(each)
            elif not all(self._fields):
                continue  # an instruction
            elif name == "t":
                yield each.text or ""
            elif name in _SHOWN:
                yield "" if value(each, name="type") in ("page", "column") else _SHOWN[name]
            elif name in ("footnoteReference", "endnoteReference"):
                out.footnotes.append(f"{name[:3]}{value(each, name='id')}")
            elif name == "commentReference":
                out.comments.append(value(each, name="id"))
            elif name == "sym":
                yield OBJECT
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                yield self._drawn(each, out)

    def _field(self, mark: Element) -> str:
        """Follow a field; the text of one whose result is no text of its own."""
        kind = value(mark, name="fldCharType")
        if kind == "begin":
            self._fields.append(False)
            return _form_field(child(mark, "ffData"))
        if kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        return ""

    def _drawn(self, drawing: Element, out: Piece) -> str:
        """The texts of boxes go to `out`; what stands in the line is OBJECT."""
        if name_of(drawing) == "AlternateContent":
            for fallback in children(drawing, "Fallback"):
                self.leave(fallback)
            drawn = child(drawing, "Choice")
            inside = drawn if drawn is not None else ()
            return "".join(self._drawn(each, out) for each in inside)
        parts = list(drawing.iter())
        names = set(map(name_of, parts))
        for art in (value(each, name="string") for each in parts if name_of(each) == "textpath"):
            out.boxes.append(art.strip())  # "DỰ THẢO" across the page
        for box in (each for each in parts if name_of(each) == "txbxContent"):
            out.objects += any(name_of(each) == "tbl" for each in box.iter())
            texts = (self.paragraph(p).text for p in box.iter() if name_of(p) == "p")
            out.boxes.extend(text.strip() for text in texts if text.strip())
        out.objects += bool(names & {"OLEObject", "chart", "embed"})
        return OBJECT if names & {"inline", "imagedata", "OLEObject"} else ""


def count_texts(element: Element) -> int:
    """How many texts an element holds, of whatever kind."""
    return sum(name_of(each) == "t" for each in element.iter())


def _form_field(data: Element | None) -> str:
    """What a box to tick or a list to choose from shows."""
    box, choice = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        checked = child(box, "checked")
        checked = child(box, "default") if checked is None else checked
        return "☒" if is_on(checked) else "☐"
    if choice is not None:
        entries = [value(entry) for entry in children(choice, "listEntry")]
        at = int(value(child(choice, "result"), "0"))
        return entries[at] if at < len(entries) else ""
    return ""
