"""The tables of sql/seeds as rows of texts: what ships, and what a province adds to it.

Of its own files in KHOXA_LOCAL a row that departs from sql/seeds/shape.yaml, or whose key is there
already, is left out and said (`local_seed(...).faults`); the others are taken.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from etl.ground.config import FORMS_DIR, LOCAL_DIR, SEEDS_DIR
from etl.ground.errors import BrokenFile
from etl.ground.faults import Fault, unknown
from etl.ground.seed_words import Values, beside, misfit, no_code, no_reference
from etl.ground.yaml_file import both, read_text, read_yaml, words_beside

_DELIMITERS = ",;\t"
_OF_PERSON = re.compile(r"họ|tên|người|cán bộ|phụ trách|person|name|officer|staff|cccd|cmnd")


class Row(NamedTuple):
    """A row of a seed file: every column of the table, and the line (from 1) that it begins on."""

    line: int
    values: Values


@dataclass(slots=True)
class SeedFile:
    """The rows of a file that are in order, and what is wrong with the others; `name` is what
    faults call the file."""

    name: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, line: int, key: str, /, **about: object) -> None:
        """Note a fault in the words of words.yaml."""
        why = both(words_beside(__file__)["rows"][key], **about)
        self.faults.append(Fault(self.name, line, why))


@lru_cache(maxsize=32)
def seed(name: str) -> list[Values]:
    """The rows of sql/seeds/NAME.csv and the province's own; nobody may change them."""
    return [row.values for row in (*_shipped(name).rows, *local_seed(name).rows)]


@lru_cache(maxsize=32)
def seed_columns(name: str) -> list[str]:
    """The columns of a table, in their order."""
    with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return next(csv.reader(handle))


@cache
def shapes() -> dict[str, Any]:
    """The tables that a province may add rows to (sql/seeds/shape.yaml)."""
    return dict(read_yaml(SEEDS_DIR / "shape.yaml"))


@lru_cache(maxsize=32)
def local_seed(name: str) -> SeedFile:
    """The province's own rows of a table that are in order, and what is wrong with the others."""
    path = LOCAL_DIR / f"{name}.csv" if LOCAL_DIR else None
    if path is None or name not in shapes() or not path.exists():
        return SeedFile("")
    return checked(path, name)


def local_keys(name: str) -> set[str]:
    """The codes of the province's own rows of a table, also of those that are not in order."""
    path = LOCAL_DIR / f"{name}.csv" if LOCAL_DIR else None
    if path is None or not path.exists():
        return set()
    return {_key(name, row)[0] for row in _read(path, name, "").rows}


def checked(path: Path, name: str) -> SeedFile:
    """A file of rows to be added to the table `name`, each checked against its shape, what ships
    and the rows before it."""
    file = _read(path, name, local_name(path))
    taken = {_key(name, row): f"sql/seeds/{name}.csv:{row.line}" for row in _shipped(name).rows}
    rows, file.rows = file.rows, []
    for row in rows:
        key = _key(name, row)
        if place := taken.get(key):
            file.add(row.line, "known_key", key=", ".join(key), place=place)
        elif not (wrong := list(_wrong(name, row.values))):
            file.rows.append(row)
        else:
            file.faults += [Fault(file.name, row.line, why) for why in wrong]
        taken.setdefault(key, f"{file.name}:{row.line}")
    _refer_to_own(file, name)
    return file


def placed(path: Path) -> Path:
    """Where a file lies, which may be a link to another."""
    return path.parent.resolve() / path.name


def local_name(path: Path) -> str:
    """What faults call a file of the province's: by its folder, "local/forms/x.yaml"."""
    there = placed(path)
    inside = LOCAL_DIR is not None and there.is_relative_to(LOCAL_DIR)
    return str(there.relative_to(LOCAL_DIR.parent)) if inside and LOCAL_DIR else str(path)


def _refer_to_own(file: SeedFile, name: str) -> None:
    """Leave out rows that name a row of their own table which is not there, is left out, is the row
    itself or is none of those that may be named."""
    own = {column: rule for column, rule in shapes()[name]["columns"].items()
           if rule.get("refers", "").startswith(f"{name}.")}  # fmt: skip
    left = -1
    while left != len(file.rows):
        left = len(file.rows)
        for column, rule in own.items():
            target = rule["refers"].partition(".")[2]
            rows = (*_shipped(name).rows, *file.rows)
            known = {row.values[target]: row.values for row in rows}
            for row in list(file.rows):
                text = row.values[column]
                if text and (why := no_reference(column, rule, text, row.values[target], known)):
                    file.faults.append(Fault(file.name, row.line, why))
                    file.rows.remove(row)


def _key(name: str, row: Row) -> tuple[str, ...]:
    return tuple(row.values[column] for column in shapes().get(name, {"key": []})["key"])


def _wrong(name: str, row: Values) -> Iterator[str]:
    """What is wrong with a row by itself."""
    for column, rule in shapes()[name]["columns"].items():
        text = row[column]
        if not text:
            if not rule.get("optional"):
                yield f"cột “{column}” còn trống / column “{column}” is blank"
        elif "one_of" in rule:
            if text not in rule["one_of"]:
                yield no_code(column, text, rule["one_of"])
        elif "refers" in rule:
            known = _known(name, rule["refers"]) | set(rule.get("or", ()))
            if known and text not in known:
                yield no_code(column, text, known)
        elif shape := misfit(rule["is"], text):
            vi, en = shape["vi"], shape["en"]
            yield f"cột “{column}”: “{text}” không phải {vi} / in “{column}”: “{text}” is not {en}"
        if text:
            yield from beside(column, rule, row)


def _known(name: str, refers: str) -> set[str]:
    """What a column may refer to; nothing where that is looked at elsewhere: of the same table
    (_refer_to_own), of forms and units (catalogue.seed_faults)."""
    if refers == "measure":
        return _units_of_measure()
    table, _dot, column = refers.partition(".")
    return {row[column] for row in seed(table)} if column and table != name else set()


@cache
def _units_of_measure() -> set[str]:
    """The codes of the list of units of measure, which is looked at elsewhere."""
    found: set[str] = set()
    for folder in (FORMS_DIR, *([LOCAL_DIR / "forms"] if LOCAL_DIR else [])):
        path = folder / "lists" / "units_of_measure.yaml"
        with suppress(BrokenFile):
            listed = read_yaml(path) if path.exists() else None
            found |= set(map(str, listed)) if isinstance(listed, dict) else set()
    return found


@lru_cache(maxsize=32)
def _shipped(name: str) -> SeedFile:
    return _read(SEEDS_DIR / f"{name}.csv", name, f"{name}.csv")


def _read(path: Path, name: str, said: str) -> SeedFile:
    """The rows of a file as they stand there. Columns may be in any order, between commas,
    semicolons or tabs; one that may be blank may be left out."""
    file = SeedFile(said)
    try:
        text = read_text(path, said)
    except BrokenFile as error:
        file.faults.append(Fault(said, error.line, error.why))
        return file
    first, _, rest = text.partition("\n")
    is_told = first.lower().startswith("sep=")  # Excel's own first line
    delimiter = max(_DELIMITERS, key=(rest.partition("\n")[0] if is_told else first).count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if is_told:
            next(reader)
        header = _filled([cell.strip() for cell in next(reader, [])], 0)
        if _header(file, name, header):
            _rows(file, header, seed_columns(name), reader)
    except csv.Error as error:
        file.add(reader.line_num, "quotation_mark", error=error)
    return file


def _filled(cells: list[str], least: int) -> list[str]:
    """A row without the blank cells that Excel saves behind a table of `least` columns."""
    while len(cells) > least and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _header(file: SeedFile, name: str, header: list[str]) -> bool:
    """Whether the first row names the columns of the table."""
    rules = shapes().get(name, {"columns": {}})["columns"]
    for column in header:
        if column not in seed_columns(name):
            file.faults.append(
                Fault(file.name, 1, unknown("cột", "column", column, seed_columns(name)))
            )
            if _OF_PERSON.search(column.lower()):
                file.add(1, "person", column=column)
        elif header.count(column) > 1:
            file.add(1, "column_twice", column=column)
    for column, rule in rules.items():
        if column not in header and not rule.get("optional"):
            file.add(1, "no_column", column=column)
    return not file.faults


def _rows(file: SeedFile, header: list[str], wanted: list[str], reader: Any) -> None:
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        cells = _filled(cells, len(header))
        if len(cells) != len(header):
            file.add(line, "cells", cells=len(cells), wanted=len(header))
            continue
        values = dict.fromkeys(wanted, "")
        for column, cell in zip(header, cells, strict=True):
            values[column] = unicodedata.normalize("NFC", cell.strip())
        file.rows.append(Row(line, values))
