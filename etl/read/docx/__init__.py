"""Word files: each of their tables is a sheet, with the lines before it as rows above and those
behind it as rows below.

What opens here is what the guard has let through. A title stands in paragraphs, so the lines of the
document up to its first table stand above the others too, unless these have a title of their own.
Running prose is no title and no note: it is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from etl.ground import numerals
from etl.ground.records import Cells, Finding, SecondLook, Sheet, WordTable, Workbook
from etl.read.again import shown
from etl.read.docx.body import OURS, Body, body_of, texts_of
from etl.read.docx.numbers import Numbering
from etl.read.docx.styles import Styles
from etl.read.docx.table import Cell, Grid
from etl.read.docx.text import Piece, Reader, count_texts
from etl.read.docx.xml import child, children, name_of, parsed, value
from etl.read.refusal import Extent, Refused
from etl.read.seen.appearance import Appearance, looked_at
from etl.read.xlsx.canonical import relations

TABLE = "Bảng {}"
_LONG, _SENTENCE = 200, 90  # characters of a line that is prose, and of one that ends as prose does
_PROSE_ENDS = (".", ";", ":", ",")
_NOTE = re.compile(r"\W{0,3}(?:\d{1,2}\)|\*|ghi chú|lưu ý|chú thích|chú ý|nguồn|số liệu)", re.I)
_YEAR = re.compile(r"\b20\d\d\b")
_DIGIT = re.compile(r"[\d\s.,%-]*\d[\d\s.,%-]*")
_BESIDE = ("styles", "numbering", "footnotes", "endnotes", "comments")
_MOST_TABLES = 200
Lines = list[list[str]]


@dataclass(slots=True)
class _Looker:
    """`look_again` and `fonts` of a Word file: what is odd is known by then."""

    odd: dict[str, dict[tuple[int, int], SecondLook]] = field(default_factory=dict)
    of_sheets: dict[str, frozenset[str]] = field(default_factory=dict)
    rows: dict[str, list[list[object]]] = field(default_factory=dict)

    def look(self, sheet: str, cells: Cells) -> dict[tuple[int, int], SecondLook]:
        """What each of the cells is."""
        return {at: self.odd[sheet].get(at) or shown(self.rows[sheet], at) for at in cells}

    def fonts(self, sheet: str) -> frozenset[str]:
        """The fonts of a sheet's text beyond ASCII."""
        return self.of_sheets[sheet]


def read_docx(book: Workbook, parts: Mapping[str, bytes]) -> None:
    """Fill the workbook with the tables of a document, given its parts by their names in lower
    case. Raises Refused: file-damaged, file-too-large, file-too-wide, file-word-no-table."""
    main, related = _main(parts)
    of_kind = {kind: parsed(parts[name]) for kind, name in related
               if name in parts and kind in _BESIDE}  # fmt: skip
    reader = Reader(Styles(of_kind.get("styles")), Numbering.of(of_kind.get("numbering")))
    root = parsed(main)
    story = child(root, "body")
    body = body_of(story if story is not None else (), reader)
    body.rest.objects += reader.taken != count_texts(root)
    notes = {
        f"{kind[:3]}{value(note, name='id')}": " ".join(texts_of(note, reader))
        for kind in ("footnote", "endnote")
        for note in children(of_kind.get(f"{kind}s"), kind)
    }
    comments = {
        value(c, name="id"): "\n".join(texts_of(c, reader))
        for c in children(of_kind.get("comments"), "comment") if value(c, name="author") != OURS
    }  # fmt: skip
    pages = [parts[name] for kind, name in related
             if kind in ("header", "footer") and name in parts]  # fmt: skip
    printed = [text for page in pages for text in texts_of(parsed(page), reader)]
    printed += body.rest.boxes
    tables = (each for each in root.iter() if name_of(each) == "tbl")
    numbers = {table: number for number, table in enumerate(tables)}
    _Sheets(book, body, notes, comments, tuple(dict.fromkeys(printed)), numbers).fill()


def _main(parts: Mapping[str, bytes]) -> tuple[bytes, list[tuple[str, str]]]:
    """The part that is the document, and (kind, name) of those that it leads to."""
    top = relations(parts.get("_rels/.rels", b"<r/>"), "")
    name = next((part for _id, kind, part in top if kind == "officeDocument"), "")
    name = name if name in parts else "word/document.xml"
    if name not in parts:
        raise Refused("file-damaged", detail="the document is missing")
    folder, _slash, file = name.rpartition("/")
    own = relations(parts.get(f"{folder}/_rels/{file}.rels", b"<r/>"), folder)
    return parts[name], [(kind, part) for _id, kind, part in own]


class _Sheets:
    """The sheets of a document, made from its blocks."""

    def __init__(
        self, book: Workbook, body: Body, notes: Mapping[str, str], comments: Mapping[str, str],
        printed: tuple[str, ...], numbers: Mapping[Element, int],
    ) -> None:  # fmt: skip
        self._book, self._body, self._printed, self._numbers = book, body, printed, numbers
        self._notes, self._comments = notes, comments
        self._looker = _Looker()
        self._extent = Extent()
        self._tracked, self._objects = body.tracked + body.rest.tracked, body.rest.objects
        self._prose: list[str] = []

    def fill(self) -> None:
        """Add the sheets and what is to be said of the whole."""
        tables = [block for block in self._body.blocks if isinstance(block, Grid)]
        if not tables or len(tables) > _MOST_TABLES:
            raise Refused("file-word-no-table")
        gaps: list[Lines] = [[]]
        for block in self._body.blocks:
            if isinstance(block, Grid):
                gaps.append([])
            else:
                gaps[-1].append(block)
        first = self._title(gaps[0], is_first=True)
        above = first
        for number, grid in enumerate(tables):
            between = gaps[number + 1]
            is_last = number == len(tables) - 1
            below = between if is_last else _notes_at_the_head(between)
            self._sheet(number + 1, grid, above, self._without_prose(below), first)
            above = [] if is_last else self._title(between[len(below) :])
            if not is_last and not any(_YEAR.search(t) for line in above for t in line):
                above = [*first, *above] if _has_header(tables[number + 1]) else above
        self._book.look_again, self._book.fonts = self._looker.look, self._looker.fonts
        self._book.is_plain = not any(self._looker.odd.values())
        self._say()

    def _say(self) -> None:
        number = self._book.received.filing_id
        for rule, count, seen in (
            ("word-tracked", self._tracked, ""), ("word-object", self._objects, ""),
            ("word-prose", len(self._prose), self._prose[0][:80] if self._prose else ""),
        ):  # fmt: skip
            if count:
                params = (("count", numerals.shown(count)), ("seen", seen))
                self._book.notes.append(Finding(number, rule, seen=seen, params=params))

    def _title(self, lines: Lines, is_first: bool = False) -> Lines:
        """Of the lines before a table those that are no prose: before the first such and behind the
        last."""
        prose = [n for n, line in enumerate(lines) if _is_prose(line)]
        if not prose:
            return lines
        self._prose.extend(" ".join(line) for line in lines[prose[0] : prose[-1] + 1])
        return [*(lines[: prose[0]] if is_first else ()), *lines[prose[-1] + 1 :]]

    def _without_prose(self, lines: Lines) -> Lines:
        kept = [line for line in lines if not _is_prose(line) or _NOTE.match(line[0])]
        self._prose.extend(" ".join(line) for line in lines if line not in kept)
        return kept

    def _sheet(self, number: int, grid: Grid, above: Lines, below: Lines, first: Lines) -> None:
        name, offset = TABLE.format(number), len(above)
        piece = Piece()
        for _r, cell in grid.cells():
            piece.add(cell.piece)
        listed = dict.fromkeys([*piece.footnotes, *(self._body.rest.footnotes * (number == 1))])
        below = [*below, *([self._notes[n]] for n in listed if self._notes.get(n))]
        width = max(grid.width, *(len(line) for line in [*above, *below, [""]]))
        rows: list[list[object]] = [[*line, *[""] * (width - len(line))] for line in above]
        rows += [[""] * width for _row in grid.rows]
        merged, odd, places = [], {}, {}
        for r, cell in grid.cells():
            at = (offset + r, cell.first)
            last = (offset + _last_row(grid, r, cell), cell.end - 1)
            if cell.goes_on and _is_covered(grid, r, cell):
                continue
            rows[at[0]][at[1]] = cell.text
            places[at] = cell.place
            if at != last:
                merged.append((at, last))
            look = SecondLook("text" if cell.text else "blank", cell.text)
            closer = looked_at(look, Appearance(behind=cell.behind), cell.piece.runs)
            if closer.doubts:
                odd[at] = closer
        rows += [[*line, *[""] * (width - len(line))] for line in below]
        self._extent.add(len(rows) + self._extent.rows - 1, width - 1)
        hidden = frozenset(offset + r for r in grid.hidden)
        table = WordTable(range(offset, offset + len(grid.rows)), self._numbers[grid.table], places)
        said = tuple((offset + r, cell.first, self._comments[n]) for r, cell in grid.cells()
                     for n in cell.piece.comments if n in self._comments)  # fmt: skip
        sheet = Sheet(name, True, rows, merged, hidden, printed=self._printed, comments=said,
                      table=table)  # fmt: skip
        self._book.sheets.append(sheet)
        self._looker.odd[name], self._looker.rows[name] = odd, rows
        fonts = piece.fonts | (self._body.rest.fonts if above else set())
        self._looker.of_sheets[name] = frozenset(fonts)
        self._tracked += piece.tracked
        self._objects += piece.objects


def _is_prose(line: list[str]) -> bool:
    text = " ".join(line)
    return len(text) > _LONG or (len(text) > _SENTENCE and text.endswith(_PROSE_ENDS))


def _notes_at_the_head(lines: Lines) -> Lines:
    """The lines right behind a table that are notes on it."""
    count = next((n for n, line in enumerate(lines) if not _NOTE.match(line[0])), len(lines))
    return lines[:count]


def _has_header(grid: Grid) -> bool:
    """Whether a table's first row is one of words, as a header's is."""
    cells = grid.rows[0] if grid.rows else []
    return bool(cells) and not any(_DIGIT.fullmatch(cell.text) for cell in cells)


def _last_row(grid: Grid, r: int, cell: Cell) -> int:
    """The last row of a cell that goes on below."""
    last = r
    while last + 1 < len(grid.rows) and any(
        below.goes_on and (below.first, below.end) == (cell.first, cell.end)
        for below in grid.rows[last + 1]
    ):
        last += 1
    return last


def _is_covered(grid: Grid, r: int, cell: Cell) -> bool:
    """Whether there is a cell above which a cell goes on with."""
    above = grid.rows[r - 1] if r else []
    return any((each.first, each.end) == (cell.first, cell.end) for each in above)
