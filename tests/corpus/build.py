"""From the description of a case to the bytes of its workbook, and what is expected of it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.corpus.edits import edited
from tests.corpus.foreign import FOREIGN
from tests.corpus.further_bases import ALL_BASES
from tests.corpus.model import Drawn, Expected, Filing, Meaning, draw
from tests.corpus.old_writers import WRITERS
from tests.corpus.traits import TRAITS

FOLDER = Path(__file__).parent
FORMATS = WRITERS | {name: writer for name, (writer, _ending) in FOREIGN.items()}
_ABOUT = {"name", "base", "traits", "format", "expect", "warn", "findings", "at", "rule", "says",
          "sentence"}  # fmt: skip
_ENDINGS = {name: ending for name, (_writer, ending) in FOREIGN.items()}


@dataclass(frozen=True, slots=True)
class Case:
    """One workbook as described in cases/*.yaml (1_headers.yaml says how).

    expect: `same`, `refused`, `same-or-refused`, `said`. `findings`: exactly these; None: whatever
    else is said. `at`: places of which a finding must tell; `rules`: of which at least one must be
    among the findings; `says`: texts that must all stand in one finding; `sentence`: words that
    must all stand in what the filer reads of one, in Vietnamese.
    """

    name: str
    theme: str
    base: str
    traits: tuple[tuple[str, dict[str, Any]], ...]
    format: str
    expect: str
    findings: tuple[dict[str, Any], ...] | None
    at: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether it must be accepted, every figure at its cell and nothing else."""
        return self.expect == "same"

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


@cache
def load_cases() -> list[Case]:
    """All cases, in the order of the files."""
    return [
        _case(path.stem, entry)
        for path in sorted((FOLDER / "cases").glob("*.yaml"))
        for entry in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


def _case(theme: str, entry: dict[str, Any]) -> Case:
    traits = [(t, {}) if isinstance(t, str) else next(iter(t.items())) for t in entry["traits"]]
    expect = entry["expect"]
    listed = entry.get("warn", []) if expect == "same" else entry.get("findings")
    listed = listed and [
        {**finding, "cell": cell} if cell else finding
        for finding in listed
        for cell in finding.pop("cells", "").split() or [""]
    ]
    unknown = set(entry) - _ABOUT
    if unknown or expect not in ("same", "refused", "same-or-refused", "said"):
        raise ValueError(f"{theme}: {entry['name']}: {sorted(unknown)} {expect}")
    rules = entry.get("rule", [])
    return Case(
        *(entry["name"], theme, entry["base"], tuple(traits), entry.get("format", "xlsx"), expect),
        None if listed is None else tuple(listed),
        at=tuple(entry.get("at", "").split()),
        rules=tuple([rules] if isinstance(rules, str) else rules),
        says=tuple(entry.get("says", [])),
        sentence=tuple(entry.get("sentence", [])),
    )


def build(case: Case) -> Built:
    """Draw the workbook of a case. Raises ValueError where a trait changes nothing."""
    book = ALL_BASES[case.base]()
    for name, params in case.traits:
        before = deepcopy(book)
        TRAITS[name](book, **params)
        if book == before:
            raise ValueError(f"{case.name}: {name} changes nothing")
    pages = [draw(sheet) for sheet in book.sheets]
    data = edited(FORMATS[case.format](pages, case.name), book, case.name)
    ending = _ENDINGS.get(case.format, case.format.partition("-")[0])
    mark = "~$" if case.format == "lock" else ""
    return Built(f"{mark}{case.name}.{ending}", data, _figures(case, pages), tuple(book.filings))


def _figures(case: Case, pages: list[Drawn]) -> dict[Meaning, Expected]:
    """Figures by meaning; the one sheet of a csv has no name of its own."""
    is_csv = case.format.startswith("csv")
    return {
        meaning: expected._replace(sheet="CSV") if is_csv else expected
        for page in pages
        for meaning, expected in page.figures.items()
    }
