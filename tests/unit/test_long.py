"""What brings the long tests back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest, long

RESTS = [(name, place) for name, group in long.GROUPS.items()
         for place in (*long.ALL, *group.tests, *group.reads)]  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that long tests rest on, as files that hold a 1."""
    root = tmp_path_factory.mktemp("tree")
    for name in {*(name for _group, name in RESTS), *chain(*map(long.code, long.GROUPS))}:
        path = root / name
        path = path if (long.ROOT / name).is_file() else path / "a.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    return root


@pytest.fixture(scope="module")
def before(tree: Path) -> dict[str, str]:
    return {group: long.digest(group, tree) for group in long.GROUPS}


def brought_back(
    tree: Path, before: dict[str, str], name: str, groups: Iterable[str] = long.GROUPS
) -> set[str]:
    """Of these groups, those that a change of a file brings back."""
    path = tree / name
    was_there = path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("2")
    changed = {group for group in groups if long.digest(group, tree) != before[group]}
    path.write_text("1") if was_there else path.unlink()
    return changed


@pytest.mark.parametrize(("group", "name"), RESTS)
def test_any_change_does(tree: Path, before: dict[str, str], group: str, name: str) -> None:
    file = name if (tree / name).is_file() else f"{name}/a.py"
    assert brought_back(tree, before, file, [group]) == {group}


COMMANDS = {"services", "nights", "commands"}
PROGRAMS = {*COMMANDS, "changes"}


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("etl/ground/text.py", set(long.GROUPS)),
        ("etl/forms/duties.yaml", set(long.GROUPS)),
        ("etl/read/xlsx/cells.py", {"reading", *PROGRAMS}),
        ("etl/check/templates/data_docs.html", {"reading", *PROGRAMS}),
        ("tools/samples/figures.py", {"reading"}),
        ("samples/inbox/new.xlsx", {"reading", *PROGRAMS}),
        ("etl/aggregate/models.py", {"worlds", *PROGRAMS}),
        ("etl/reports/words.yaml", {"worlds", *PROGRAMS}),
        ("sql/marts/new.sql", {"worlds", *PROGRAMS}),
        ("etl/reports/page.py", COMMANDS),
        ("etl/cli/help_vi.yaml", COMMANDS),
        ("etl/authoring/child.py", {"commands"}),
        ("dags/ways_in.py", {"services", "nights"}),
        ("tests/helpers/mail_server.py", COMMANDS),
        ("tests/pipeline/conftest.py", {"nights", "commands"}),
        ("tests/preloaded.py", {"nights", "commands"}),
        ("tests/compose.py", {"services"}),
        ("etl/docs/models.py", set()),
        ("etl/normalise/__pycache__/rows.pyc", set()),
    ],
)
def test_a_change_brings_back_what_rests_on_it(
    tree: Path, before: dict[str, str], name: str, groups: set[str]
) -> None:
    assert (long.ROOT / name).exists() or "new" in name or name.endswith(".pyc")
    assert brought_back(tree, before, name) == groups


def test_a_file_that_moves_does(tree: Path, before: dict[str, str]) -> None:
    (tree / "tests/corpus/a.py").rename(tree / "tests/corpus/b.py")
    moved = long.digest("reading", tree)
    (tree / "tests/corpus/b.py").rename(tree / "tests/corpus/a.py")
    assert moved != before["reading"] == long.digest("reading", tree)


def test_the_same_is_found_wherever_it_is_asked() -> None:
    """By pytest, which adds folders to the path, and by a process of its own."""
    code = "from tests import long; print(*long.digests().values())"
    done = subprocess.run([sys.executable, "-c", code], cwd=long.ROOT, capture_output=True)
    assert done.stdout.decode().split() == list(long.digests().values())


def test_they_rest_on_what_is_there() -> None:
    assert all((long.ROOT / name).exists() for _group, name in RESTS)
    modules = {path.removesuffix(".py").replace("/", ".") for group in long.GROUPS
               for path in long.code(group)}  # fmt: skip
    for group in long.GROUPS.values():
        assert all(any(f"{m}.".startswith(f"{run}.") for m in modules) for run in group.runs)


def test_only_a_digest_that_is_the_trees_leaves_them_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long, "PASSED", tmp_path / "long.passed")
    long.passed.cache_clear()
    assert long.passed() == {}
    text = f"worlds {long.digest('worlds')}\nreading {long.digest('worlds')}\n"
    long.PASSED.write_text(text, encoding="ascii")
    long.passed.cache_clear()
    assert long.passed() == {"worlds": long.GROUPS["worlds"].tests}
    long.passed.cache_clear()


ASKED = {"KHOXA_LONG": "1", "KHOXA_FUZZ": "5000"}


@pytest.mark.parametrize(
    ("arguments", "asked", "is_whole"),
    [
        ([], ASKED, True),
        (["tests/unit"], ASKED, False),
        (["-k", "green"], ASKED, False),
        ([], {"KHOXA_LONG": "1"}, False),
        ([], {}, False),
    ],
)
def test_only_make_test_long_is_a_whole_run(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], asked: dict[str, str], is_whole: bool
) -> None:
    for name in ASKED:
        monkeypatch.delenv(name, raising=False)
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    assert long.is_whole(arguments) == is_whole


def test_only_a_green_run_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "PASSED", tmp_path / "long.passed")
    session: Any = SimpleNamespace(config=SimpleNamespace(stash=pytest.Stash()))
    conftest.pytest_sessionfinish(session, pytest.ExitCode.OK)  # of a part of the tests
    session.config.stash[conftest.TRIED] = {"reading": "1", "worlds": "2"}
    for code in set(pytest.ExitCode) - {pytest.ExitCode.OK}:
        conftest.pytest_sessionfinish(session, code)
    assert not long.PASSED.exists()
    conftest.pytest_sessionfinish(session, pytest.ExitCode.OK)
    assert long.PASSED.read_text(encoding="ascii") == "reading 1\nworlds 2\n"


def test_what_is_left_out_is_not_even_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(conftest.LEFT_OUT, "tests/dags tests/pipeline/test_kill.py")
    there = ("tests/dags", "tests/pipeline/test_kill.py", "tests/pipeline", "tests/dags_too")
    ignored = [name for name in there if conftest.pytest_ignore_collect(long.ROOT / name)]
    assert ignored == ["tests/dags", "tests/pipeline/test_kill.py"]


def test_a_test_is_of_its_file_and_folder() -> None:
    tests = ("tests/dags", "tests/pipeline/test_kill.py")
    assert long.is_of("tests/dags/test_upkeep.py::test_a[x]", tests)
    assert long.is_of("tests/pipeline/test_kill.py::test_b", tests)
    assert not long.is_of("tests/pipeline/test_kill_2.py::test_b", tests)
    assert not long.is_of("tests/dags_too/test_a.py", tests)
