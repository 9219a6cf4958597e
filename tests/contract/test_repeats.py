"""Python 3.11.0 to 3.11.4, Debian 12's among them, misreads a possessive repeat of a group (its
gh-106052): sound workbooks were called damaged there."""

from __future__ import annotations

import re

from etl.ground.config import ROOT

POSSESSIVE = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")


def test_no_group_is_repeated_possessively() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "etl").rglob("*.py")}
    found = {path.name: POSSESSIVE.findall(text) for path, text in texts.items()}
    assert {name: each for name, each in found.items() if each} == {}
