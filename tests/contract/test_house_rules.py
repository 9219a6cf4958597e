"""What the house holds its Python to: short files, short functions, imports in one direction."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from etl.ground.config import ROOT

CODE = [path for folder in ("etl", "dags", "tools", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))]  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_files_are_short() -> None:
    files = [*CODE, *(ROOT / "tests").rglob("*.py")]
    assert len(files) > 500
    most = {"dags": 80}
    lengths = {named(path): path.read_text(encoding="utf-8").count("\n") for path in files}
    assert not {
        name: lines for name, lines in lengths.items()
        if lines > most.get(name.partition("/")[0], 300)
    }  # fmt: skip


def test_functions_are_short() -> None:
    functions = [
        (named(path), node.name, (node.end_lineno or 0) - node.lineno + 1)
        for path in CODE
        for node in ast.walk(parsed(path))
        if isinstance(node, FUNCTIONS)
    ]
    assert len(functions) > 1500
    assert [each for each in functions if each[2] > 40] == []


def test_no_module_needs_itself() -> None:
    """As modules are loaded: what a function imports when it is called may lead back.
    (import-linter asks it of etl.)"""
    modules = {named(path).removesuffix(".py").replace("/", "."): path
               for path in CODE if named(path).partition("/")[0] != "etl"}  # fmt: skip
    needed = {name: set(needs(path, modules.keys())) for name, path in modules.items()}
    assert sum(map(len, needed.values())) > 50
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def needs(path: Path, known: set[str]) -> Iterator[str]:
    """The modules that one imports outside its functions, for types too."""
    for node in outside_functions(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{each.name}" for each in node.names} & known
            yield from inside or {node.module} & known
        elif isinstance(node, ast.Import):
            yield from {each.name for each in node.names} & known


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from outside_functions(child)
