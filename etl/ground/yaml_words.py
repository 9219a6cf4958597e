"""What the parser says of a file that is no YAML, in words for somebody who is no developer: what
is wrong on the line, and what to do."""

from __future__ import annotations

import re

import yaml

_QUOTE = (
    "để chữ trong dấu nháy kép thẳng: \"…\"",
    "put the text in straight quotation marks: \"…\"",
)  # fmt: skip
_ALIGN = (
    "dòng thụt vào không thẳng với các dòng cùng cấp, hoặc thừa, thiếu dấu nháy, dấu ngoặc",
    "the line is not indented as those of its level, or a quotation mark or bracket is amiss",
)
_COMMA = (
    "thiếu dấu phẩy giữa hai mục hoặc dấu ngoặc đóng; chữ có dấu phẩy, dấu hai chấm phải để trong"
    ' dấu nháy kép: "…"',
    "a comma between two entries or a closing bracket is missing; a text with a comma or colon"
    ' stands in quotation marks: "…"',
)
_TAB = ("thụt dòng bằng dấu cách, không bằng tab", "indent with spaces, not tabs")
# by what of the parser's words is found first; the first line of the context is where it began
_SAID = (
    ("tab character", _TAB),
    ("could not find expected ':'",
     ("thiếu dấu hai chấm và dấu cách sau tên mục: “mục: nội dung”",
      "a colon and a space are missing after the key: “key: value”")),
    ("mapping values are not allowed",
     (f"dấu hai chấm ở giữa chữ, hoặc dòng thụt vào quá sâu: {_QUOTE[0]}, hoặc thụt lại",
      f"a colon inside a text, or a line indented too far: {_QUOTE[1]}, or indent anew")),
    ("quoted scalar found unexpected end",
     ("dấu nháy mở ở dòng này không có dấu đóng", "the quotation mark is never closed")),
    ("unknown escape", (
        "dấu \\ trong nháy kép: viết \\\\, hoặc dùng nháy đơn '…'",
        "a \\ inside quotation marks is written \\\\, or use '…'")),
    ("expected ',' or", _COMMA),
    ("expected node content", _COMMA),
    ("undefined alias", (f"chữ bắt đầu bằng dấu *: {_QUOTE[0]}",
                         f"a text that begins with *: {_QUOTE[1]}")),
    ("single document", ("bỏ dòng “---”: mỗi tệp một biểu", "drop the line “---”: one per file")),
    ("cannot start any token", (f"ký tự không mở đầu được một chữ: {_QUOTE[0]}",
                                f"no text begins with this character: {_QUOTE[1]}")),
    ("block scalar", (f"chữ bắt đầu bằng | hay >: {_QUOTE[0]}",
                      f"a text that begins with | or >: {_QUOTE[1]}")),
    ("could not determine a constructor", (f"chữ bắt đầu bằng dấu !: {_QUOTE[0]}",
                                           f"a text that begins with !: {_QUOTE[1]}")),
    ("did not find expected", _ALIGN),
)  # fmt: skip
_MARKS = ("“", "”", "‘", "’")
_CURLY = re.compile(r"[:,\-\[{]\s*[“”‘’]")
NO_QUOTES = (
    'dấu nháy cong “ ” không bao được chữ: gõ dấu nháy thẳng "…"'
    " / curly quotation marks do not enclose a text: type straight ones"
)
_DEEPEST = 500
TOO_DEEP = "dấu ngoặc lồng nhau quá sâu / brackets are nested too deep"
_FROM_START = ("could not find expected ':'", "unexpected end")


def said(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line (from 1) to look at and what is wrong there, in Vietnamese and English."""
    words = " ".join(filter(None, (error.context, error.problem)))
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(part in words for part in _FROM_START):
        mark = error.context_mark
    line = mark.line + 1 if mark else 1
    vi, en = next((told for part, told in _SAID if part in words), ("", words))
    lines = text.splitlines()
    if "token" in words and line <= len(lines) and lines[line - 1].lstrip(" ")[:1] == "\t":
        vi, en = _TAB
    odd = next((n for n, row in enumerate(lines[:line], start=1) if row.count('"') % 2), 0)
    if (vi, en) in (_ALIGN, _COMMA) and odd:
        vi = f"{vi}; xem dấu nháy kép ở dòng {odd}"
        en = f"{en}; see the quotation mark on line {odd}"
    return line, f"không đúng cú pháp YAML: {vi or words} / not valid YAML: {en}"


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
