"""One form's YAML file and the lists that it takes in: its content, and where each part stands.

What departs from the schema of catalogue.forms is a Fault, with file, line and the nearest
known word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from etl.catalogue.forms import Bilingual, Column, Form, Group, Item, ItemCell, Ratio, Table, Valid
from etl.catalogue.units_of_measure import listed_words
from etl.ground.errors import BrokenFile
from etl.ground.faults import Fault, unknown, wrong_type
from etl.ground.lists import list_names, merged, read_list
from etl.ground.yaml_file import Place, YamlFile, read_yaml_file, sentence

_FROM = {"tables_from", "items_from", "values_from"}
_OF_FIGURES = ("period", "year_offset")  # stated by a form: those of all its figures
_INSIDE: dict[str, type[BaseModel]] = {
    "columns": Column, "items": Item, "groups": Group, "ratio": Ratio, "cells": ItemCell,
}  # fmt: skip
_QUOTED = re.compile(r"'([^']*)'")


class BrokenForm(Exception):
    """A form that cannot be used, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(slots=True)
class FormFile:
    """The content of a form's file with its lists put in place, and the files it came from."""

    yaml: YamlFile
    spec: dict[str, Any] = field(default_factory=dict)
    lists: dict[Place, YamlFile] = field(default_factory=dict)

    def fault(self, place: Place, why: str) -> Fault:
        """A fault at a place of `spec`."""
        file, rest = self.yaml, tuple(place)
        for depth in range(len(place) + 1):
            if listed := self.lists.get(tuple(place[:depth])):
                inside = tuple(place[depth:])
                if listed.line(inside) > 1 or not _is_there(file.data, rest):
                    file, rest = listed, inside
        return Fault(file.name, file.line(rest), why)


def _is_there(data: Any, place: Place) -> bool:
    for step in place:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return True


def read_form_file(path: Path, name: str, folder: Path) -> FormFile:
    """A form's file: `tables_from: NAME` takes the form's tables, a table's `items_from: NAME` the
    items after its own, and a column's `values_from: NAME` its values, from lists/NAME.yaml beside
    the forms of `folder`; tables also from the form NAME there. Faults call the file `name`. Raises
    BrokenForm: no YAML, no form, a list that is not there.
    """
    try:
        read = read_yaml_file(path, name)
        if not isinstance(read.data, dict):
            raise BrokenForm([Fault(name, 1, sentence(__file__, "no_form"))])
        file = FormFile(read, deepcopy(read.data))
        if "tables_from" in file.spec:
            file.spec["tables"] = _tables(file, folder, file.spec["tables_from"])
        for table_name, table in _entries(file.spec.get("tables")):
            _fill(file, folder, ("tables", table_name), table)
    except BrokenFile as error:
        raise BrokenForm([Fault(error.file, error.line, error.why)]) from error
    return file


def _tables(file: FormFile, folder: Path, name: object) -> dict[str, Any]:
    path = folder / f"{name}.yaml"
    if name not in list_names(folder) and path.is_file():
        form = read_yaml_file(path, f"{folder.name}/{path.name}")
        if isinstance(form.data, dict) and "tables" in form.data:
            file.lists[("tables",)] = form.part("tables")
            return deepcopy(form.data["tables"])
        if isinstance(form.data, dict):  # it borrows itself: with its tables go its rules
            name = file.spec["tables_from"] = form.data.get("tables_from", name)
    return _take(file, folder, (), "tables", name)


def _fill(file: FormFile, folder: Path, place: Place, table: dict[str, Any]) -> None:
    if "items_from" in table:
        own = table.get("items") or {}
        listed = _take(file, folder, place, "items", table.pop("items_from"))
        if twice := set(own) & set(listed):
            why = f"mục {sorted(twice)} có cả trong danh sách / also in the list"
            raise BrokenForm([file.fault((*place, "items"), why)])
        table["items"] = own | listed if isinstance(own, dict) else own
    of_all = {key: file.spec[key] for key in _OF_FIGURES if key in file.spec}
    for name, column in _entries(table.get("columns")):
        if column.get("is") == "figure":
            column.update(of_all | column)
        if "values_from" in column:
            inside = (*place, "columns", name)
            taken = _take(file, folder, inside, "values", column.pop("values_from"))
            column["values"] = dict(_words(taken))


def _words(taken: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The words of a list by code; of units of measure, those that a column of units may hold."""
    for code, said in taken.items():
        if not isinstance(said, dict):
            yield code, said
        elif words := listed_words(said):
            yield code, words


def _entries(named: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a mapping that are mappings; what is not, the schema will say."""
    if isinstance(named, dict):
        yield from ((name, each) for name, each in named.items() if isinstance(each, dict))


def _take(file: FormFile, folder: Path, place: Place, key: str, name: object) -> dict[str, Any]:
    """The content of a list, which stands for `key` at a place of the form."""
    if name not in (known := list_names(folder)):
        why = unknown("danh sách", "list", name, known)
        raise BrokenForm([file.fault((*place, f"{key}_from"), why)])
    first, *more = read_list(str(name), folder)
    file.lists[(*place, key)] = first
    file.lists |= {(*place, key, added): listed.part(added)
                   for listed in more for added in set(listed.data) - set(first.data)}  # fmt: skip
    return merged([first, *more])


def form_of(file: FormFile) -> Form:
    """The form that a file holds. Raises BrokenForm: it departs from the schema."""
    try:
        return Form.model_validate(file.spec)
    except ValidationError as error:
        found = [file.fault(e["loc"], _sentence(e)) for e in error.errors()]
        raise BrokenForm(found) from error


def _sentence(error: Any) -> str:
    kind, name = error["type"], error["loc"][-1] if error["loc"] else ""
    if kind == "missing":
        return f"thiếu mục “{name}” / “{name}” is missing"
    if kind == "extra_forbidden":
        return unknown("mục", "key", name, _keys(error["loc"]))
    if kind == "literal_error":
        words = _QUOTED.findall(error["ctx"]["expected"])
        return unknown("từ", "word", error["input"], words)
    return wrong_type(error)


def _keys(place: Place) -> set[str]:
    """The keys that may stand beside the last one of a place."""
    inside: type[BaseModel] = Form
    depth = len(place)
    if place[0] in ("title", "valid") and depth > 1:
        inside = Bilingual if place[0] == "title" else Valid
    elif place[0] == "tables" and depth > 4:
        inside = _INSIDE.get(str(place[2]), Table)
        inside = _INSIDE.get(str(place[4]), inside) if depth > 5 else inside
    elif place[0] == "tables" and depth > 2:
        inside = Table
    return {f.alias or name for name, f in inside.model_fields.items()} | _FROM
