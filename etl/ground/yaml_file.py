"""Data files of this repository: YAML, read by libyaml where PyYAML was built with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from etl.ground.errors import BrokenFile
from etl.ground.yaml_words import NO_QUOTES, TOO_DEEP, curly, explained, too_deep

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # eight times as fast as the one in Python
Place = Sequence[str | int]
_LARGEST = 16 * 2**20


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of a file, plain types only, and where in it each part stands; `first`: the line
    of what is a part of a file itself."""

    name: str
    data: Any
    root: Node | None
    first: int = 1

    def line(self, place: Place) -> int:
        """The line (from 1) of the part at the end of a path of keys and numbers, or of what of
        the path is there."""
        node, line = self.root, self.first
        for step in place:
            found = _inside(node, step)
            if found is None:
                break
            mark, node = found
            line = mark.start_mark.line + 1
        return line

    def part(self, key: str) -> YamlFile:
        """What stands under one key of a file that is a mapping."""
        found = _inside(self.root, key)
        return YamlFile(self.name, self.data[key], found and found[1], self.line((key,)))


def _inside(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """The node that marks a part of a node, and the part."""
    if isinstance(node, MappingNode):
        pairs = ((k, v) for k, v in node.value if k.value == str(step))
        return next(pairs, None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


class _Strict(_LOADER):  # type: ignore[misc, valid-type]
    """A key that stands twice is an error: the first one would be forgotten in silence."""

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys: dict[object, int] = {}
        for key, _value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                raise _Odd(line, "một mục phải là chữ / a key must be a word")
            if key.value in keys:
                word, first = f"“{key.value}”", keys[key.value]
                raise _Odd(
                    line, f"mục {word} đã có ở dòng {first} / {word} is already on line {first}"
                )
            keys[key.value] = line
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made

    def construct_yaml_timestamp(self, node: ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            why = f"“{node.value}” không phải một ngày / is no day"
            raise _Odd(node.start_mark.line + 1, why) from error


_Strict.add_constructor("tag:yaml.org,2002:timestamp", _Strict.construct_yaml_timestamp)


class _Odd(yaml.YAMLError):
    def __init__(self, line: int, why: str) -> None:
        super().__init__(line, why)
        self.line = line
        self.why = why


def read_text_yaml(text: str, name: str) -> YamlFile:
    """The content of a text; `name` is what errors call it. Raises BrokenFile naming file, line and
    what is wrong: no YAML, a key twice."""
    if line := too_deep(text):
        raise BrokenFile(name, line, TOO_DEEP)
    try:
        loader = _Strict(text)
        try:
            root = loader.get_single_node()
            if line := curly(text, root):
                raise BrokenFile(name, line, NO_QUOTES)
            return YamlFile(name, loader.construct_document(root) if root else None, root)
        finally:
            loader.dispose()
    except _Odd as error:
        raise BrokenFile(name, error.line, error.why) from error
    except yaml.MarkedYAMLError as error:
        raise BrokenFile(name, *not_yaml(error, text)) from error
    except yaml.reader.ReaderError as error:
        why = "ký tự điều khiển không nhìn thấy: xoá đi / a control character: delete it"
        before = text.encode()[: error.position]  # counted in bytes
        raise BrokenFile(name, before.count(b"\n") + 1, why) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BrokenFile(name, 1, str(error)) from error


def read_yaml_file(path: Path, name: str | None = None) -> YamlFile:
    """A UTF-8 file; `name` is what errors call it, by default its file name. Raises BrokenFile as
    read_text and read_text_yaml do."""
    return read_text_yaml(read_text(path, name or path.name), name or path.name)


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file. Raises BrokenFile: it cannot be opened, is no plain file (a folder,
    a pipe), is larger than any of ours, or is no text."""
    try:
        if not S_ISREG((about := path.stat()).st_mode):
            raise BrokenFile(name, 1, "không phải là tệp thường / this is no plain file")
        if about.st_size > _LARGEST:
            raise BrokenFile(name, 1, "tệp lớn hơn 16 MB / the file is larger than 16 MB")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = f"không mở được tệp / the file cannot be opened: {error.strerror}"
        raise BrokenFile(name, 1, why) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        why = (
            "tệp không phải bảng mã UTF-8 (có thể là windows-1258, UTF-16): lưu lại bằng UTF-8"
            " (Excel: “CSV UTF-8”) / the file is not UTF-8: save it so"
        )
        raise BrokenFile(name, line, why) from error


def read_yaml(path: Path) -> Any:
    """The content of a UTF-8 file, plain types only. Raises BrokenFile as read_yaml_file does."""
    return read_yaml_file(path).data


def not_yaml(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line (from 1) of a text that is no YAML, and what is wrong there in two languages."""
    return explained(error, text, words_beside(__file__)["yaml"])


@lru_cache(maxsize=16)
def words_beside(module: str) -> dict[str, Any]:
    """What the words.yaml beside a module says; `module` is its __file__."""
    return dict(read_yaml(Path(module).with_name("words.yaml")))


def both(said: Mapping[str, str], **about: object) -> str:
    """A sentence of such a file, "Vietnamese / English", with its {places} filled in."""
    return f"{said['vi']} / {said['en']}".format(**about)


def sentence(module: str, key: str, /, **about: object) -> str:
    """The same of what the words.yaml beside a module has under `said`."""
    return both(words_beside(module)["said"][key], **about)
