"""What an xlsx sheet hides, prints around its cells, says in comments, and changes by conditional
formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from xml.etree import ElementTree

from etl.ground.addresses import place_of
from etl.ground.drawn import Drawn
from etl.read.refusal import MAX_COLUMNS, MAX_ROWS
from etl.read.xlsx.canonical import RELATIONSHIPS, WORKBOOK, relations
from etl.read.xlsx.cells import elements, sheet_parts, without_empty
from etl.read.xlsx.conditions import Condition, of_xlsx
from etl.read.xlsx.drawings import drawn_on
from etl.read.xlsx.page import Page, comment_text, prompt_texts, said_on_page
from etl.read.xlsx.plain_rows import Run, holds_nothing_else
from etl.read.xlsx.styles import Styles, local, number

# what a sheet without anything odd on its page does not say; names cannot be written otherwise
_ODD = (b"hidden", b"showZeros", b"showFormulas", b"headerFooter", b"drawing", b"legacyDrawing",
        b"conditionalFormatting", b"prompt")  # fmt: skip
_SCROLLED = re.compile(rb"""<(?:\w+:)?sheetView\s[^>]*topLeftCell\s*=\s*["'](?!A1["'])""")
_NARROW_COLUMN = re.compile(rb"""width\s*=\s*["'](?:[0-2](?:\.\d*)?|\.\d+)["']""")
_SMALL = 20_000  # bytes that are worth remembering
_FLAT, _NARROW = 3.0, 0.5  # points, characters: less is not to be seen
_SAYS_MORE = (b"hidden", b"ht", b"width", b"showZeros", b"showFormulas", b"headerFooter",
              b"conditionalFormatting", b"prompt", b"topLeftCell")  # fmt: skip
Comment = tuple[int, int, str]  # row and column, 0-based, and text
_ENDS = frozenset({"sheetView", "col", "row", "headerFooter", "conditionalFormatting",
                   "dataValidation"})  # fmt: skip


def may_be_odd(xml: bytes, run: Run) -> bool:
    """Whether a sheet may hide anything or print anything around its cells; `run` is where its
    plain rows begin and end."""
    if not holds_nothing_else(xml, run):
        return True
    around = xml[: run[0]] + xml[run[1] :]
    return _says_odd(around) if len(around) < _SMALL else _says_odd.__wrapped__(around)


@lru_cache(maxsize=1024)
def _says_odd(around: bytes) -> bool:
    """The same of what is around the cells, which is alike in many workbooks."""
    is_odd = any(word in around for word in _ODD) or bool(_NARROW_COLUMN.search(around))
    return is_odd or bool(_SCROLLED.search(around))


def pages(contents: Mapping[str, bytes], names: Iterable[str], styles: Styles) -> dict[int, Page]:
    """The pages of some sheets of an inspected package, by the number of the sheet."""
    parts = sheet_parts(contents[WORKBOOK], contents[RELATIONSHIPS])
    found = {}
    for name in names:
        if name not in parts:
            continue
        folder, base = posixpath.split(name)
        own = contents.get(f"{folder}/_rels/{base}.rels", b"")
        boxes: list[str] = []
        drawn: list[Drawn] = []
        comments: list[Comment] = []
        threads: list[Comment] = []
        for _id, kind, part in relations(own, folder) if own else ():
            if kind == "drawing" and part in contents:
                texts, over = drawn_on(contents[part])
                boxes, drawn = [*boxes, *texts], [*drawn, *over]
            elif kind == "comments" and part in contents:
                comments += comments_of(contents[part])
            elif kind == "threadedComment" and part in contents:
                threads += comments_of(contents[part])
        held = {(row, column) for row, column, _text in threads}
        comments = [each for each in comments if each[:2] not in held]  # older programs' copy
        page = page_of(contents[name], styles)
        found[parts.index(name)] = page._replace(
            printed=(*page.printed, *boxes), comments=(*comments, *threads), drawn=tuple(drawn)
        )
    return found


def page_of(xml: bytes, styles: Styles) -> Page:
    """The page of a sheet part. Raises Refused (file-damaged)."""
    if not any(word in xml for word in _SAYS_MORE):  # a million rows need not be parsed
        return Page()
    rows: set[int] = set()
    columns: set[int] = set()
    printed: list[str] = []
    conditions: list[Condition] = []
    prompts: list[Comment] = []
    shows_zeros, shows_formulas, row = True, False, -1
    for _event, name, element in elements(without_empty(xml), ends=_ENDS):
        if name == "row":
            row = number(element.get("r")) - 1 if element.get("r") else row + 1
            if _is_on(element, "hidden") or _is_below(element, "ht", _FLAT):
                rows.add(row)
            element.clear()
        elif name == "col" and (_is_on(element, "hidden") or _is_below(element, "width", _NARROW)):
            first, last = number(element.get("min")), number(element.get("max"))
            columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif name == "sheetView":
            shows_zeros &= element.get("showZeros", "1").strip() not in ("0", "false")
            shows_formulas |= _is_on(element, "showFormulas")
            above, left = _out_of_reach(element)
            rows.update(range(above))
            columns.update(range(left))
        elif name == "headerFooter":
            printed += [text for part in element for text in said_on_page(part.text or "")]
        elif name == "conditionalFormatting":
            conditions += of_xlsx(element, styles)
        elif name == "dataValidation" and _is_on(element, "showInputMessage"):
            prompts += _prompts(element)
    return Page(frozenset(rows), frozenset(columns), tuple(printed), shows_zeros,
                tuple(conditions), shows_formulas=shows_formulas,
                prompts=tuple(prompts))  # fmt: skip


def _prompts(validation: ElementTree.Element) -> Iterator[Comment]:
    """What the first of some cells asks for when it is entered."""
    beyond = (each.text or "" for each in validation if local(each) == "sqref")  # of Excel 2010
    areas = validation.get("sqref", "") or next(beyond, "")
    if cell := place_of(re.split("[: ]", areas)[0]):
        said = validation.get("promptTitle", ""), validation.get("prompt", "")
        for text in prompt_texts(*said):
            yield *cell, text


def _out_of_reach(view: ElementTree.Element) -> tuple[int, int]:
    """How many rows and columns nobody can scroll to: they lie before the first one that was seen
    when the panes were frozen."""
    pane = next((each for each in view if local(each) == "pane"), None)
    first = place_of(view.get("topLeftCell", ""))
    if pane is None or not first or not pane.get("state", "").startswith("frozen"):
        return 0, 0
    above = first[0] if pane.get("ySplit") else 0
    left = first[1] if pane.get("xSplit") else 0
    return min(above, MAX_ROWS), min(left, MAX_COLUMNS)


def _is_on(element: ElementTree.Element, name: str) -> bool:
    return element.get(name, "0").strip() in ("1", "true")


def _is_below(element: ElementTree.Element, name: str, least: float) -> bool:
    try:
        return float(element.get(name, least)) < least
    except ValueError:
        return False


def has_threads(contents: Mapping[str, bytes], name: str) -> bool:
    """Whether a sheet part has comments that it does not itself say."""
    folder, base = posixpath.split(name)
    return b"threadedComment" in contents.get(f"{folder}/_rels/{base}.rels", b"")


def comments_of(xml: bytes) -> Iterator[Comment]:
    """The comments in a part, of either kind, answers too. Raises Refused (file-damaged)."""
    ends = frozenset({"comment", "threadedComment"})
    for _event, _name, element in elements(xml, ends=ends):
        cell = place_of(element.get("ref", ""))
        said = "".join(t.text or "" for t in element.iter() if local(t) in ("t", "text"))
        if cell and (text := comment_text(said)):
            yield *cell, text
