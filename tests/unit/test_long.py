"""What brings the long tests back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import long


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in long.RESTS_ON:
        path = tmp_path / name
        path = path if path.suffix else path / "a.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    return tmp_path


@pytest.mark.parametrize("name", long.RESTS_ON)
def test_any_change_does(tree: Path, name: str) -> None:
    before = long.digest(tree)
    path = tree / name if (tree / name).is_file() else tree / name / "a.py"
    path.write_text("2")
    assert long.digest(tree) != before


def test_a_file_that_comes_or_moves_does(tree: Path) -> None:
    before = long.digest(tree)
    (tree / "etl/read/b.py").write_text("1")
    added = long.digest(tree)
    (tree / "etl/read/b.py").rename(tree / "etl/read/c.py")
    assert len({before, added, long.digest(tree)}) == 3


def test_what_is_compiled_does_not(tree: Path) -> None:
    before = long.digest(tree)
    (tree / "etl/read/__pycache__").mkdir()
    (tree / "etl/read/__pycache__/a.pyc").write_text("1")
    assert long.digest(tree) == before


def test_they_rest_on_what_is_there() -> None:
    assert all((long.ROOT / name).exists() for name in (*long.RESTS_ON, *long.LONG))
