"""Markdown for the generated pages of docs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from etl.ground.yaml_file import words_beside


def words(kind: str) -> dict[Any, Any]:
    """The words of words.yaml for codes of a kind."""
    return dict(words_beside(__file__)[kind])


def quoted(words: Iterable[str]) -> str:
    """Words in Vietnamese quotation marks, with commas."""
    return ", ".join(f"“{word}”" for word in words)


def grid(name: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table under the headers of that name."""
    header = words("headers")[name]
    for row in (header, ["---"] * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def chapter(name: str, mark: str = "##") -> list[str]:
    """A heading, and what is said below it in both languages."""
    said = words("intros")[name]
    return [f"{mark} {said['title']}", "", said["vi"], "", said["en"]]


def page(name: str, lines: Iterable[str]) -> str:
    """A page that says where it comes from."""
    return "\n".join(["<!-- python -m etl.docs -->", *chapter(name, "#"), *lines, ""])
