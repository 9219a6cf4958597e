"""What words.yaml says beside a module is asked for, with all that its {places} need."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from etl.ground.config import ROOT
from etl.ground.yaml_file import read_yaml

# who asks: the part of words.yaml, and which argument is the sentence's name
ASK = {
    "sentence": ("said", 1), "_refused": ("refused", 0), "_none": ("no_annex", 0),
    "add": ("rows", 1), "problem": ("", 1),
}  # fmt: skip
IN_ANOTHER_WAY = {  # asked for by a name that the code makes
    "dropped", "not_dropped", "stopped", "none_running", "unread", "told", "told_blank",
    "backup_lacks", "backup_damaged",
}  # fmt: skip
HINTS = {"on_its_ground", "meant", "other_unit"}  # stand behind another (etl.blank)
FOLDERS = sorted(path.parent for path in (ROOT / "etl").glob("*/words.yaml"))


@cache
def parsed(folder: Path) -> list[ast.AST]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.py"))]
    return [node for tree in trees for node in ast.walk(tree)]


def asked(folder: Path, part: str) -> Iterator[tuple[str, set[str | None]]]:
    """The names that modules of a folder ask for, each with the places that they fill in."""
    for node in parsed(folder):
        if not isinstance(node, ast.Call):
            continue
        callee = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        of, number = ASK.get(callee, ("", 9))
        name = node.args[number] if number < len(node.args) else None
        if of == part and isinstance(name, ast.Constant) and isinstance(name.value, str):
            yield name.value, {keyword.arg for keyword in node.keywords}


def places(sentence: dict[str, str]) -> set[str]:
    fields = (field for text in sentence.values() for _t, field, _s, _c in Formatter().parse(text))
    return {field for field in fields if field}


@pytest.mark.parametrize("part", ["said", "refused", "no_annex", "rows"])
def test_each_is_there_and_gets_what_it_needs(part: str) -> None:
    found = 0
    for folder in FOLDERS:
        known = read_yaml(folder / "words.yaml").get(part)
        if not known or not all(isinstance(each, dict) for each in known.values()):
            continue
        names = set()
        for name, given in asked(folder, part):
            names.add(name)
            assert name in known, f"{folder.name}: {name}"
            assert None in given or places(known[name]) <= given, f"{folder.name}: {name}"
            found += 1
        assert set(known) - names <= IN_ANOTHER_WAY | HINTS, folder.name
    assert found > 3


def test_every_problem_of_units_is_one_that_is_looked_for() -> None:
    words = read_yaml(ROOT / "etl/units/words.yaml")
    for part, module in (("event", "checks.py"), ("history", "faults.py")):
        tree = ast.parse((ROOT / "etl/units" / module).read_text(encoding="utf-8"))
        texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert set(words[part]) <= texts and len(words[part]) > 9
    yields = (node.value for node in parsed(ROOT / "etl/units") if isinstance(node, ast.Yield))
    said = {each.elts[1].value for each in yields if isinstance(each, ast.Tuple)
            and len(each.elts) == 3 and isinstance(each.elts[1], ast.Constant)}  # fmt: skip
    assert said - set(words["event"]) == set() and len(said) > 20


def test_what_a_name_of_another_day_was_is_said_in_both_languages() -> None:
    known = read_yaml(ROOT / "etl/units/words.yaml")["dated"]
    calls = [
        node
        for node in parsed(ROOT / "etl/normalise/texts")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "dated"
    ]
    given = {ast.literal_eval(call.args[0]): {k.arg for k in call.keywords} for call in calls}
    assert set(known) == set(given)
    for name, said in known.items():
        assert set(said) == {"vi", "en"}
        assert places({"vi": said["vi"]}) == places({"en": said["en"]}) == given[name], name
