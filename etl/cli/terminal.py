"""A terminal that shows what filers wrote and never obeys it."""

from __future__ import annotations

import json
import logging
import os
import unicodedata
from functools import lru_cache
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

_KEPT = "\n\t"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Terminal(Console):
    """A console on which brackets are brackets, and a control character (an escape that moves the
    cursor or names the window, a change of the direction of writing) is shown as �. Where it is
    none (a pipe, a file) lines have room for a table, unless COLUMNS says how wide they are: rich
    takes 80 columns."""

    def __init__(self, *, piped: int = 180, **options: Any) -> None:
        super().__init__(markup=False, **options)
        if not (self.is_terminal or "width" in options or "COLUMNS" in os.environ):
            self.width = piped

    def render_str(self, text: str, **options: Any) -> Text:
        """As rich does, of a text that is safe to show."""
        return super().render_str(harmless(text), **options)


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """A text without characters that a terminal acts on."""
    if text.isprintable():
        return text
    return "".join("�" if _acts(char) else char for char in text)


def say_json(value: object) -> None:
    """Print a value as JSON, what JSON does not know as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def say(text: str, *, err: bool = False) -> None:
    """Print a text that may hold what filers wrote."""
    typer.echo(harmless(text), err=err)


class HarmlessLog(logging.Formatter):
    """Log lines for a terminal: names of files are what filers wrote, too."""

    def format(self, record: logging.LogRecord) -> str:
        """As logging does, of a text that is safe to show."""
        return harmless(super().format(record))


def _acts(char: str) -> bool:
    return char not in _KEPT and (
        unicodedata.category(char) in ("Cc", "Cs") or unicodedata.bidirectional(char)
        in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
    )  # fmt: skip


def as_cell(value: object) -> object:
    """A value for a CSV file: a text that a spreadsheet would take for a formula begins with '."""
    is_text = isinstance(value, str) and len(value) > 1  # a dash alone says: nothing to report
    return f"'{value}" if is_text and str(value).startswith(_FORMULA) else value
