"""Which columns of an unknown table hold funds of a programme, and of which line each amount is:
stage, source, capital or recurrent, and the project or source that its row names."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.authoring.columns import Columns
from etl.authoring.guess import Guess
from etl.authoring.rows import Member, RowsSeen
from etl.authoring.seen import Seen
from etl.authoring.words import first_of
from etl.catalogue.indicators import sources
from etl.ground.seeds import seed
from etl.ground.text import key

UNSPLIT = "NSNN"  # a source that the author looks at: the sheet names none
_SUB = re.compile(r"\b(?:tiểu dự án|tda)(?: thành phần)?(?: số)? ?(\d+)")
_PROJECT = re.compile(r"(?<!tiểu )\b(?:dự án|da)(?: thành phần)?(?: số)? ?(\d+)")
_NO_FUND = ("estimate", "plan_next", "other_year")


class Line(NamedTuple):
    """Of a column: stage, source ("" where the rows name it), nature ("" where it is not split)."""

    stage: str
    source: str
    nature: str


class Funds(NamedTuple):
    """Lines by column; projects or sources by the number of their row."""

    lines: dict[str, Line]
    projects: dict[int, str]
    sources: dict[int, str]


def programme_in(lines: list[str]) -> str:
    """The programme that the lines above a table name; "" where they name none or several."""
    plain = [key(line) for line in lines]
    found = {
        row["programme_code"] for row in seed("programme") for line in plain
        if key(row["topic_vi"]) in line or key(row["name_vi"]) in line
    }  # fmt: skip
    return next(iter(found)) if len(found) == 1 else ""


def funds_in(seen: Seen, columns: Columns, rows: RowsSeen, title: str) -> Funds | None:
    """The funds of a table whose rows are all projects of its programme, or all sources; None where
    an amount would not be told in full, or twice."""
    programme = programme_in(seen.title)
    money = [g for g in columns.figures if g.unit == "million_vnd" and g.is_fact
             and g.sense not in _NO_FUND and not g.offset]  # fmt: skip
    if not programme or not money or columns.units or columns.of("measure"):
        return None
    projects = {m.line.number: _project(m, programme) for m in rows.members}
    named = {m.line.number: source_in(m.label) for m in rows.members}
    is_projects, is_sources = _all_differ(projects), _all_differ(named)
    if not is_projects and not is_sources:
        return None
    lines = {g.code: _line(g, title, of_rows=not is_projects) for g in money}
    found = {code: line for code, line in lines.items() if line.stage}
    if is_projects:
        told = {code: line for code, line in found.items() if line.source}
        found = told or {code: line._replace(source=UNSPLIT) for code, line in found.items()}
    when = {g.code: g.period for g in money}
    amounts = [(line.stage, line.source, when[code]) for code, line in found.items()]
    split = {a for a, line in zip(amounts, found.values(), strict=True) if line.nature}
    whole = {a for a, line in zip(amounts, found.values(), strict=True) if not line.nature}
    each = [(*a, line.nature) for a, line in zip(amounts, found.values(), strict=True)]
    if not found or split & whole or len(set(each)) < len(each):
        return None
    return Funds(found, projects if is_projects else {}, {} if is_projects else named)


def source_in(text: str) -> str:
    """The source of funds that a text names, by the names of the sources or by the words for them;
    "" for none."""
    plain = key(text)
    named = {row["source"]: key(row["name_vi"]) for row in seed("source")}
    own = max((code for code, name in named.items() if name in plain),
              key=lambda code: len(named[code]), default="")  # fmt: skip
    found = own or first_of("sources", text) or ""
    return found if found in sources() else ""


def _all_differ(codes: dict[int, str]) -> bool:
    return bool(codes) and all(codes.values()) and len(set(codes.values())) == len(codes)


def _line(guess: Guess, title: str, *, of_rows: bool) -> Line:
    path = guess.head.path
    stage = next((s for text in reversed(path) if (s := first_of("stages", text))), None)
    source = next((s for text in reversed(path) if (s := source_in(text))), "")
    nature = next((s for text in reversed(path) if (s := first_of("natures", text))), "")
    return Line(stage or first_of("stages", title) or "", "" if of_rows else source, nature)


def _project(member: Member, programme: str) -> str:
    """The project or sub-project that a row names by number or by name; "" for none."""
    own = [row for row in seed("project") if row["programme_code"] == programme]
    label, group = key(member.label), key(member.group)
    sub, of = _SUB.search(label), _PROJECT.search(label) or _PROJECT.search(group)
    if of or sub:
        wanted = (f"DA{of[1]}" if of else "", f"TDA{sub[1]}" if sub else "")
        found = [r for r in own if (r["project"], r["sub_project"]) == wanted]
    else:
        found = [r for r in own if key(r["name_vi"]) == label]
    return found[0]["project_code"] if len(found) == 1 else ""
