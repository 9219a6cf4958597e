"""What can be told of a form whose file is broken: its names and titles, so that a filer hears that
the form is broken and not that it is unknown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from etl.catalogue.forms import Bilingual, Form, Valid
from etl.ground.errors import BrokenFile
from etl.ground.yaml_file import read_text, read_text_yaml

_BLOCK = re.compile(r"(?m)^(?=[A-Za-z_]+:)")
_HEAD = ("form", "version", "title", "titles", "span", "unless", "needs")


def head_of(path: Path) -> Form:
    """A form without tables, from what of a file's top level can be read block by block."""
    try:
        blocks = _BLOCK.split(read_text(path, path.name))
    except BrokenFile:
        blocks = []
    read: dict[str, Any] = {}
    for block in blocks:
        try:
            content = read_text_yaml(block, path.name).data
        except BrokenFile:
            continue
        if isinstance(content, dict):
            read |= {key: content[key] for key in _HEAD if key in content}
    code = _text(read.get("form")) or path.stem
    title: dict[str, Any] = read["title"] if isinstance(read.get("title"), dict) else {}
    return Form.model_construct(
        form=code, version=_text(read.get("version")) or "?",
        title=Bilingual(vi=_text(title.get("vi")) or code, en=_text(title.get("en")) or code),
        titles=tuple(filter(_is_pattern, _texts(read.get("titles")))),
        unless=_texts(read.get("unless")), needs=_texts(read.get("needs")),
        span=_text(read.get("span")) or None,
        filer=(), periods={}, tables={}, valid=Valid.model_construct(from_=1, to=0),
    )  # fmt: skip


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(values: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, values))) if isinstance(values, list) else ()


def _is_pattern(title: str) -> bool:
    try:
        re.compile(title)
    except re.error:
        return False
    return True
