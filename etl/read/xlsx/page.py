"""What a sheet hides, and what stands on its page but in no cell."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.ground.drawn import Drawn
from etl.read.xlsx.conditions import Condition

# what khoxa itself wrote on a returned workbook, and the author whom Excel writes first
_OURS, _AUTHOR = "[khoxa]", re.compile(r"^[^\n:]{0,60}:\s*\n")
_OUR_PROMPTS = ("Bắt buộc", "Không bắt buộc")  # titles of those of blank forms
# the codes of page headers: fonts in quotation marks, sizes, colours, and single letters
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d+|&&|&.', re.DOTALL)


class Page(NamedTuple):
    """A sheet beside its cells: rows and columns that are hidden (0-based), texts around the
    cells, whether a zero is shown at all, conditional formats that hide or change numbers, the
    comments on cells (row, column, text), whether formulas are shown instead of their results,
    what cells ask for when they are entered, as comments are, and what is drawn over cells."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    printed: tuple[str, ...] = ()
    shows_zeros: bool = True
    conditions: tuple[Condition, ...] = ()
    comments: tuple[tuple[int, int, str], ...] = ()
    shows_formulas: bool = False
    prompts: tuple[tuple[int, int, str], ...] = ()
    drawn: tuple[Drawn, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether numbers and texts are seen wherever they are not hidden with their rows."""
        return self.shows_zeros and not self.shows_formulas and not self.conditions


def comment_text(said: str) -> str:
    """The text of a comment on a cell, without what khoxa wrote on a workbook that it returned."""
    return _AUTHOR.sub("", said.partition(_OURS)[0].strip()).strip()


def prompt_texts(title: str, text: str) -> list[str]:
    """What a cell asks for, title and text apart; nothing where a blank form of khoxa does."""
    said = () if title in _OUR_PROMPTS else (title, text)
    return [each.strip() for each in said if each.strip()]


def said_on_page(header: str) -> list[str]:
    """The texts of a page header or footer, without its codes."""
    parts = re.split(r"&[LCR](?![a-z])|\n", header)
    texts = (_CODES.sub(lambda m: "&" if m[0] == "&&" else " ", part).strip() for part in parts)
    return [text for text in texts if text]
