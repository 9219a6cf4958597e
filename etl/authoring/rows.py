"""What each row of an unknown table is: a unit or item, the total, or the heading of a group."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from etl.authoring.columns import Columns, number
from etl.authoring.guess import Guess
from etl.authoring.seen import Line, Seen
from etl.authoring.words import pattern
from etl.ground.text import key
from etl.normalise.texts.cells import without_ordinal
from etl.units.version import LEVEL_TYPES

_ROMAN = re.compile(r"[IVX]{1,5}\.?")
_LETTER = re.compile(r"[A-ZĐ]\.?")
_NEAR = Decimal("0.02")


@dataclass
class Member:
    """An item row: its label, the line, the label of the innermost group that it stands in."""

    label: str
    line: Line
    group: str = ""


@dataclass
class RowsSeen:
    """The rows of a table: labels of its total, groups by label with their items (none where rows
    are units), the data rows."""

    totals: list[str] = field(default_factory=list)
    groups: dict[str, list[Member]] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    total_line: Line | None = None


def rows_of(seen: Seen, columns: Columns) -> RowsSeen:
    """The rows of a table by what stands in the columns of rows and of their numbers."""
    found = RowsSeen()
    lines: list[Line] = []
    told_apart = columns.of("line")
    for line in seen.lines:
        label = _label(line, columns)
        if told_apart and line.text(told_apart.head.place) != columns.lines[0]:
            continue  # a further line of the same unit
        if pattern("totals").fullmatch(key(label)):
            found.totals.append(label)
            found.total_line = found.total_line or line
        elif label:
            lines.append(line)
    if columns.units:
        unknown = set(columns.units.unknown)
        for line in lines:
            label = _label(line, columns)
            if label in unknown:
                found.groups[label] = []
            else:
                found.members.append(Member(label, line))
    else:
        _items(found, lines, columns)
    return found


def _items(found: RowsSeen, lines: list[Line], columns: Columns) -> None:
    """Items, and the rows above them that sum them up or only head them."""
    depths = [_depth(line, columns) for line in lines]
    open_groups: dict[int, str] = {}
    for n, (line, depth) in enumerate(zip(lines, depths, strict=True)):
        label = _label(line, columns)
        open_groups = {d: name for d, name in open_groups.items() if d < depth}
        end = next((m for m in range(n + 1, len(lines)) if depths[m] <= depth), len(lines))
        direct = [m for m in range(n + 1, end) if depths[m] == min(depths[n + 1 : end])]
        if direct and _heads(line, [lines[m] for m in direct], columns):
            open_groups[depth] = label
            found.groups[label] = []
            continue
        group = open_groups[max(open_groups)] if open_groups else ""
        found.members.append(Member(label, line, group))
        for name in open_groups.values():
            found.groups[name].append(found.members[-1])


def _label(line: Line, columns: Columns) -> str:
    label = line.text(columns.key.head.place)
    ordinal = columns.of("ordinal")
    if not label and ordinal and pattern("totals").fullmatch(key(line.text(ordinal.head.place))):
        return line.text(ordinal.head.place)
    return label


def _depth(line: Line, columns: Columns) -> int:
    """0 for the rows A, B; 1 for I, II; 2 for 1, 2; 3 for 1.1 and rows without a number; 4 for
    those with a dash."""
    numbers = columns.of("ordinal")
    ordinal = line.text(numbers.head.place) if numbers else "1"
    if _LETTER.fullmatch(ordinal) and not _ROMAN.fullmatch(ordinal):
        return 0
    if _ROMAN.fullmatch(ordinal):
        return 1
    if ordinal in ("-", "+") or line.text(columns.key.head.place)[:1] in "-+":
        return 4
    return 2 if re.fullmatch(r"\d+\.?", ordinal) else 3


def _heads(line: Line, below: list[Line], columns: Columns) -> bool:
    """Whether a row has no figures, or the sums of those below it."""
    summed = 0
    for guess in columns.figures:
        whole = number(line, guess.head.place)
        values = [number(each, guess.head.place) for each in below]
        if whole is None or guess.unit == "pct":
            continue
        if abs(whole - sum(value for value in values if value is not None)) > _NEAR:
            return False
        summed += 1
    return summed > 0 or all(line.text(g.head.place) == "" for g in columns.figures)


def sums_up(found: RowsSeen, guess: Guess) -> bool:
    """Whether the total row shows the sum of the rows; so it is thought of an empty workbook."""
    if not found.totals or guess.unit == "pct" or found.total_line is None:
        return False
    total = number(found.total_line, guess.head.place)
    values = [number(member.line, guess.head.place) for member in found.members]
    if total is None:
        return all(value is None for value in values)
    return abs(total - sum(value for value in values if value is not None)) <= _NEAR


def types_of(label: str) -> list[str]:
    """The types of unit that the heading of a group names: "Các xã" is ["xã"]."""
    plain = without_ordinal(key(label)).removeprefix("các ").removeprefix("khối ")
    words = [word.strip() for word in re.split(r",| và ", plain)]
    return words if set(words) <= set(LEVEL_TYPES["commune"]) else []
