"""What brings the long tests back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import long

RESTS = [(name, place) for name, group in long.GROUPS.items()
         for place in (*long.ALL, *group.tests, *group.rests_on)]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in {name for _group, name in RESTS}:
        path = tmp_path / name
        path = path if (long.ROOT / name).is_file() else path / "a.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    return tmp_path


@pytest.mark.parametrize(("group", "name"), RESTS)
def test_any_change_does(tree: Path, group: str, name: str) -> None:
    before = long.digest(group, tree)
    path = tree / name if (tree / name).is_file() else tree / name / "a.py"
    path.write_text("2")
    assert long.digest(group, tree) != before


def test_a_change_brings_back_what_rests_on_it(tree: Path) -> None:
    before = {group: long.digest(group, tree) for group in long.GROUPS}
    (tree / "tests/books/a.py").write_text("2")
    changed = {group for group in long.GROUPS if long.digest(group, tree) != before[group]}
    assert changed == {"reading"}
    (tree / "etl/a.py").write_text("2")
    changed = {group for group in long.GROUPS if long.digest(group, tree) != before[group]}
    assert changed == set(long.GROUPS)


def test_a_file_that_comes_or_moves_does(tree: Path) -> None:
    before = long.digest("reading", tree)
    (tree / "etl/read/b.py").write_text("1")
    added = long.digest("reading", tree)
    (tree / "etl/read/b.py").rename(tree / "etl/read/c.py")
    assert len({before, added, long.digest("reading", tree)}) == 3


def test_what_is_compiled_does_not(tree: Path) -> None:
    before = long.digest("reading", tree)
    (tree / "etl/read/__pycache__").mkdir()
    (tree / "etl/read/__pycache__/a.pyc").write_text("1")
    assert long.digest("reading", tree) == before


def test_they_rest_on_what_is_there() -> None:
    assert all((long.ROOT / name).exists() for _group, name in RESTS)


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


def test_a_test_is_of_its_file_and_folder() -> None:
    tests = ("tests/dags", "tests/pipeline/test_kill.py")
    assert long.is_of("tests/dags/test_upkeep.py::test_a[x]", tests)
    assert long.is_of("tests/pipeline/test_kill.py::test_b", tests)
    assert not long.is_of("tests/pipeline/test_kill_2.py::test_b", tests)
    assert not long.is_of("tests/dags_too/test_a.py", tests)
