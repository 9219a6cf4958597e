"""What a page of khoxa holds, read from its HTML by a parser of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from etl.reports import annexes
from tests.night import Night

VOID = {"meta", "br", "link", "img", "input", "hr", "base"}


@dataclass
class Tag:
    """An element: its name, attributes, the text in it and the elements just in it."""

    name: str
    attributes: dict[str, str]
    inside: list[Tag | str] = field(default_factory=list)

    def all(self, *names: str) -> list[Tag]:
        """Every element of the names below this one, in the order of the page."""
        found = []
        for part in self.inside:
            if isinstance(part, Tag):
                if not names or part.name in names:
                    found.append(part)
                found += part.all(*names)
        return found

    @property
    def text(self) -> str:
        """All text below, single spaces."""
        parts = (p if isinstance(p, str) else f" {p.text} " for p in self.inside)
        return " ".join("".join(parts).split())

    @property
    def vietnamese(self) -> str:
        """As `text`, without what is marked as English."""
        parts = (
            p if isinstance(p, str) else "" if p.attributes.get("lang") == "en"
            else f" {p.vietnamese} "
            for p in self.inside
        )  # fmt: skip
        return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Tag("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says an attribute twice"
        made = Tag(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(text: str) -> Tag:
    """The root of a page. Raises AssertionError where elements are not closed in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> is not closed"
    return reader.open[0]


def table(page: Tag, caption: str) -> list[list[str]]:
    """The rows of the body of the table whose caption has the words: Vietnamese, cell by cell."""
    [found] = [t for t in page.all("table") if caption in t.all("caption")[0].text]
    return [
        [cell.vietnamese for cell in row.all("th", "td")]
        for body in found.all("tbody")
        for row in body.all("tr")
    ]


def written(night: Night, folder: Path, unit: str, year: int, unit_map: str | None = None) -> Path:
    [found] = [
        path for path in annexes(night.settings, unit, year, unit_map, folder)
        if path.suffix == ".html"
    ]  # fmt: skip
    return found
