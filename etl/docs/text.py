"""Markdown for the generated pages of docs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def quoted(words: Iterable[str]) -> str:
    """Words in Vietnamese quotation marks, with commas."""
    return ", ".join(f"“{word}”" for word in words)


def grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    for row in (header, ["---"] * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def page(title: str, vi: str, en: str, lines: Iterable[str]) -> str:
    """A page that says where it comes from."""
    return "\n".join(["<!-- python -m etl.docs -->", f"# {title}", "", vi, "", en, *lines, ""])
