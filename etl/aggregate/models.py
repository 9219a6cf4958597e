"""The models behind the marts: what each file of sql/marts says of itself.

A file begins with four comments, each a word or three and a text that may go on in indented lines:
`makes` (tables, the first is the one its last statement fills), `reads` (tables), `one row per`
and `why`. tests/contract/test_models.py holds them against what the SQL does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.ground.config import SQL_DIR

MARTS_DIR = SQL_DIR / "marts"
FOLDERS = ("indicator", "target", "fund", "star")  # in this order: each reads those before it
WORDS = ("makes", "reads", "one row per", "why")
_HEADER = re.compile(
    "".join(rf"-- {word} (?P<{word.replace(' ', '_')}>.+(?:\n--   .+)*)\n" for word in WORDS)
)


@dataclass(frozen=True, slots=True)
class Model:
    """One file of sql/marts, such as indicator/02_stale_unit.

    Attributes:
        name: path below sql/marts, without its ending.
        makes, reads: tables; one without a schema is temporary and goes with the transaction.
        one_row_per, why: sentences, in English.
    """

    name: str
    makes: tuple[str, ...]
    reads: tuple[str, ...]
    one_row_per: str
    why: str

    @property
    def title(self) -> str:
        """Its name without folder and number: stale_unit."""
        return re.sub(r".*/\d+_", "", self.name)

    @property
    def behind(self) -> frozenset[str]:
        """The tables that it reads, those behind views too."""
        return frozenset(table for name in self.reads for table in _behind(name))

    @property
    def is_kept(self) -> bool:
        """Whether it fills tables that readers see, none of this night alone."""
        return self.makes[0].startswith("dw.")


@cache
def models() -> tuple[Model, ...]:
    """The models of a night, in the order in which they run."""
    return tuple(_model(path) for folder in FOLDERS for path in _files(folder))


@cache
def views() -> tuple[Model, ...]:
    """The views that readers ask, in the order in which they are made."""
    return tuple(_model(path) for path in _files("views"))


@cache
def _behind(name: str) -> frozenset[str]:
    """A table itself, or what a view shows."""
    shown = (view for view in views() if view.makes[0] == name)
    return next((view.behind for view in shown), frozenset([name]))


def _files(folder: str) -> list[Path]:
    return sorted((MARTS_DIR / folder).glob("*.sql"))


def _model(path: Path) -> Model:
    """The model of a file. Raises ValueError where its header is not whole."""
    name = path.relative_to(MARTS_DIR).with_suffix("").as_posix()
    found = _HEADER.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"sql/marts/{name}.sql: no header with {', '.join(WORDS)}")
    text = {word: re.sub(r"\n--   ", " ", words) for word, words in found.groupdict().items()}
    return Model(
        name=name,
        makes=tuple(text["makes"].split(", ")),
        reads=tuple(text["reads"].split(", ")),
        one_row_per=text["one_row_per"],
        why=text["why"],
    )
