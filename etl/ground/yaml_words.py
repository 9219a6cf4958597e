"""What the parser says of a file that is no YAML, in words for somebody who is no developer: what
is wrong on the line, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_MARKS = ("“", "”", "‘", "’")
_CURLY = re.compile(r"[:,\-\[{]\s*[“”‘’]")
NO_QUOTES = (
    'dấu nháy cong “ ” không bao được chữ: gõ dấu nháy thẳng "…"'
    " / curly quotation marks do not enclose a text: type straight ones"
)
_DEEPEST = 500
TOO_DEEP = "dấu ngoặc lồng nhau quá sâu / brackets are nested too deep"
_FROM_START = ("could not find expected ':'", "unexpected end")


def explained(
    error: yaml.MarkedYAMLError, text: str, known: Sequence[Mapping[str, Any]]
) -> tuple[int, str]:
    """The line (from 1) to look at and what is wrong there, in Vietnamese and English, by the
    sentences of words.yaml."""
    words = " ".join(filter(None, (error.context, error.problem)))
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(part in words for part in _FROM_START):
        mark = error.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    told = next((each for each in known if each["found"] in words), {"vi": words, "en": words})
    if "token" in words and line <= len(lines) and lines[line - 1].lstrip(" ")[:1] == "\t":
        told = known[0]  # a tab
    vi, en = told["vi"], told["en"]
    odd = next((n for n, row in enumerate(lines[:line], start=1) if row.count('"') % 2), 0)
    if told.get("may_be_quote") and odd:
        vi = f"{vi}; xem dấu nháy kép ở dòng {odd}"
        en = f"{en}; see the quotation mark on line {odd}"
    return line, f"không đúng cú pháp YAML: {vi} / not valid YAML: {en}"


def too_deep(text: str) -> int | None:
    """The line of a bracket inside more of them than any parser bears."""
    depth = 0
    if text.count("[") + text.count("{") > _DEEPEST:
        for found in re.finditer(r"[\[\]{}]", text):
            depth += 1 if found[0] in "[{" else -1
            if depth > _DEEPEST:
                return text.count("\n", 0, found.end()) + 1
    return None


def curly(text: str, root: yaml.Node | None) -> int | None:
    """The line of a text that begins with a curly quotation mark and stands in no straight ones:
    word processors write these, and YAML takes them for letters."""
    left, known = [root] if root and _CURLY.search(text) else [], set[int]()
    while left:
        node = left.pop()
        if isinstance(node, yaml.ScalarNode):
            if node.value[:1] in _MARKS and node.style not in ("'", '"', "|", ">"):
                return int(node.start_mark.line) + 1
        elif id(node) not in known:
            known.add(id(node))
            inside = node.value[::-1]
            left += [n for each in inside for n in (each if isinstance(each, tuple) else (each,))]
    return None
