"""What is told by words in the rows of an unknown table: cells that are answered yes or no, and the
lines that every unit has ("Hộ", "Khẩu")."""

from __future__ import annotations

from etl.authoring.seen import Line, Seen
from etl.authoring.words import pattern
from etl.ground.lists import list_words
from etl.ground.text import key, spelt
from etl.normalise.header.headings import Heading

Answers = dict[str, list[str]]
_NOT = ("chưa ", "không ")
_MOST = 4  # lines of a unit
_FEWEST = 2  # units that must have them


def answers_in(lines: list[Line], head: Heading) -> Answers | None:
    """The column's own words for `yes` and `no`: none where all of its cells are answered in those
    of forms/lists/yes_no.yaml. None: its cells are no answers."""
    cells = [line.cell(head.place) for line in lines]
    texts = list(
        dict.fromkeys(cell.strip() for cell in cells if type(cell) is str and cell.strip())
    )
    if not texts or any(type(cell) is float and cell not in (0, 1) for cell in _rows(lines, head)):
        return None
    known = {spelt(word) for words in list_words("yes_no").values() for word in words}
    if all(spelt(text) in known for text in texts):
        return {}
    for yes in texts:
        if len(texts) == 2 and any(key(no) == not_ + key(yes) for no in texts for not_ in _NOT):
            return {"yes": [yes], "no": [no for no in texts if no != yes]}
    return None


def _rows(lines: list[Line], head: Heading) -> list[object]:
    """The cells of a column but for those of totals, which count the answers."""
    total = pattern("totals").fullmatch
    return [line.cell(head.place) for line in lines
            if not any(type(c) is str and total(key(c)) for c in line.cells)]  # fmt: skip


def line_column(
    seen: Seen, unit: Heading, kinds: dict[Heading, str]
) -> tuple[Heading | None, tuple[str, ...]]:
    """The column whose words come again with every unit, and these words."""
    for head, kind in kinds.items():
        if head is unit or kind not in ("", "measure"):
            continue
        blocks: list[list[str]] = []
        before = ""
        for line in seen.lines:
            label = line.text(unit.place)
            if label and label != before:
                blocks.append([])
                before = label
            if blocks:
                blocks[-1].append(line.text(head.place))
        labels = tuple(blocks[0]) if blocks else ()
        is_same = len(blocks) >= _FEWEST and all(tuple(block) == labels for block in blocks)
        if is_same and 1 < len(set(labels)) == len(labels) <= _MOST and all(map(key, labels)):
            return head, labels
    return None, ()
