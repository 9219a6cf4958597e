"""docs/mails.md shows every sentence of every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from etl.answer import letters
from etl.docs.mails import mails_page

PAGE = " ".join(mails_page().split())

TEMPLATES = Path(letters.__file__).with_name("templates")


def sentences(template: str) -> list[str]:
    """What a template itself says, between what it fills in."""
    tokens = Environment().lex((TEMPLATES / template).read_text(encoding="utf-8"))
    texts = [" ".join(text.split()) for _line, kind, text in tokens if kind in ("data", "string")]
    return [text for text in texts if len(re.findall(r"[^\W\d_]", text)) > 12]


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.txt")))
def test_each_sentence_is_shown(template: str) -> None:
    found = sentences(template)
    assert len(found) > 3
    lacking = [text for text in found if not shown(text)]
    assert lacking == []


def shown(text: str) -> bool:
    """Whether the page has it; of a text with %d in it, the longest part between."""
    part = max(re.split(r"%[ds]", text.strip("\"'")), key=len)
    return part.strip() in PAGE
