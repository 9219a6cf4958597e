"""From the description of a case to the bytes of its workbook, and what is expected of it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.corpus.bases import BASES
from tests.corpus.model import Drawn, Expected, Filing, Meaning, draw
from tests.corpus.old_writers import WRITERS
from tests.corpus.traits import TRAITS

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """One workbook as described in cases/*.yaml.

    `accepted`: every figure of the base at its cell, nothing else, and `findings` are warnings.
    Otherwise the filing is refused with exactly `findings`; None: refused, in whatever words.
    """

    name: str
    theme: str
    base: str
    traits: tuple[tuple[str, dict[str, Any]], ...]
    format: str
    accepted: bool
    findings: tuple[dict[str, Any], ...] | None

    @property
    def used(self) -> set[str]:
        """Names of the traits in it; a format is one."""
        return {name for name, _params in self.traits} | {self.format}


@dataclass(frozen=True, slots=True)
class Built:
    """A drawn workbook and the figures and filings that it means."""

    name: str
    data: bytes
    figures: dict[Meaning, Expected] = field(default_factory=dict)
    filings: tuple[Filing, ...] = ()


def load_cases() -> list[Case]:
    """All cases, in the order of the files."""
    return [
        _case(path.stem, entry)
        for path in sorted((FOLDER / "cases").glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _case(theme: str, entry: dict[str, Any]) -> Case:
    traits = [(t, {}) if isinstance(t, str) else next(iter(t.items())) for t in entry["traits"]]
    accepted = entry["expect"] == "same"
    listed = entry.get("warn" if accepted else "findings", [] if accepted else None)
    listed = listed and [
        {**finding, "cell": cell} if cell else finding
        for finding in listed
        for cell in finding.pop("cells", "").split() or [""]
    ]
    unknown = set(entry) - {"name", "base", "traits", "format", "expect", "warn", "findings"}
    if unknown or entry["expect"] not in ("same", "refused"):
        raise ValueError(f"{theme}: {entry['name']}: {sorted(unknown)} {entry['expect']}")
    return Case(
        *(entry["name"], theme, entry["base"], tuple(traits), entry.get("format", "xlsx")),
        *(accepted, None if listed is None else tuple(listed)),
    )


def build(case: Case) -> Built:
    """Draw the workbook of a case. Raises ValueError where a trait changes nothing."""
    book = BASES[case.base]()
    for name, params in case.traits:
        before = deepcopy(book)
        TRAITS[name](book, **params)
        if book == before:
            raise ValueError(f"{case.name}: {name} changes nothing")
    pages = [draw(sheet) for sheet in book.sheets]
    data = WRITERS[case.format](pages, case.name)
    ending = case.format.partition("-")[0]
    return Built(f"{case.name}.{ending}", data, _figures(case, pages), tuple(book.filings))


def _figures(case: Case, pages: list[Drawn]) -> dict[Meaning, Expected]:
    """Figures by meaning; the one sheet of a csv has no name of its own."""
    is_csv = case.format.startswith("csv")
    return {
        meaning: expected._replace(sheet="CSV") if is_csv else expected
        for page in pages
        for meaning, expected in page.figures.items()
    }
