"""Lists that several forms share (forms/lists/*.yaml): those that ship, with the words that a
province adds to them in its own forms/lists, and those that only the province has."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.ground.config import FORMS_DIR, LOCAL_DIR
from etl.ground.errors import BrokenFile
from etl.ground.seeds import local_name
from etl.ground.yaml_file import YamlFile, read_yaml_file


def list_names(folder: Path = FORMS_DIR) -> set[str]:
    """The names of all lists."""
    return {path.stem for lists in _folders(folder) for path in lists.glob("*.yaml")}


def read_list(name: str, folder: Path = FORMS_DIR) -> list[YamlFile]:
    """The files of a list, the one that ships first; nobody may change them. Raises BrokenFile: no
    YAML, or no list."""
    return list(_read_list(name, folder))


def list_words(name: str) -> dict[str, Any]:
    """The content of a list: what ships, and behind it what the province adds, where that is in
    order. Raises BrokenFile: what ships is not."""
    try:
        return merged(read_list(name))
    except BrokenFile:
        if not (shipped := FORMS_DIR / "lists" / f"{name}.yaml").exists():
            raise
        return dict(read_yaml_file(shipped, f"lists/{name}.yaml").data)


def merged(files: list[YamlFile]) -> dict[str, Any]:
    """The content of the files of one list. Raises BrokenFile: something is added to what is no
    list of words."""
    found: dict[str, Any] = {}
    for file in files:
        for key, value in file.data.items():
            if not isinstance(key, str):
                why = f'“{key}”: mục phải là chữ, "yes" và "no" trong nháy kép / a key is a text'
                raise BrokenFile(file.name, file.line((str(key),)), why)
            if key not in found:
                found[key] = deepcopy(value)
            elif not _extended(found[key], value):
                why = f'“{key}” đã có trong danh sách chung, chỉ thêm được chữ: ["…"]'
                why += f" / “{key}” is in the list that ships: only words can be added"
                raise BrokenFile(file.name, file.line((key,)), why)
    return found


def _extended(known: Any, more: Any) -> bool:
    """Put further words behind those of an entry, or of what it holds; whether that can be done."""
    if isinstance(known, list) and isinstance(more, list):
        if not all(isinstance(word, str) for word in more):
            return False
        known += [word for word in more if word not in known]
        return True
    return (
        isinstance(known, dict)
        and isinstance(more, dict)
        and all(_extended(known.setdefault(key, []), value) for key, value in more.items())
    )


@lru_cache(maxsize=64)
def _read_list(name: str, folder: Path) -> tuple[YamlFile, ...]:
    files = []
    for lists in _folders(folder):
        path = lists / f"{name}.yaml"
        if path.exists():
            is_shipped = lists == folder / "lists"
            said = f"{folder.name}/lists/{path.name}" if is_shipped else local_name(path)
            files.append(read_yaml_file(path, said))
            if not isinstance(files[-1].data, dict):
                raise BrokenFile(said, 1, "không phải một danh sách / this is no list")
    return tuple(files)


def _folders(folder: Path) -> list[Path]:
    return [folder / "lists", *([LOCAL_DIR / "forms" / "lists"] if LOCAL_DIR else [])]
