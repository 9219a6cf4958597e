"""Markdown for the generated pages of docs/."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from etl.ground.config import SEEDS_DIR


def seed(name: str) -> list[dict[str, str]]:
    """The rows of a seed file."""
    with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


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
