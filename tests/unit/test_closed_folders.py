"""Folders that khoxa makes for itself are closed to other logins, those above them, too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.ground.whole_file import closed_folder, keep_whole, whole_file


@pytest.fixture(autouse=True)
def usual_rights() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_every_folder_that_was_missing_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    closed_folder(tmp_path / "kho" / "airflow")
    closed_folder(tmp_path / "kho" / "airflow")
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path, *tmp_path.rglob("*"))]
    assert modes == [0o755, 0o700, 0o700]


@pytest.mark.parametrize(("private", "mode"), [(True, 0o700), (False, 0o755)])
def test_a_file_of_its_own_is_closed(tmp_path: Path, private: bool, mode: int) -> None:
    with whole_file(tmp_path / "a" / "b" / "c.txt", private=private) as part:
        part.write_text("c")
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "a", tmp_path / "a" / "b")} == {mode}


def test_bytes_that_are_kept_are_closed_and_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "ab" / "abc"
    keep_whole(path, b"as it was")
    assert {each.stat().st_mode & 0o777 for each in (path.parent, path.parent.parent)} == {0o700}
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(TypeError):
        keep_whole(path, None)  # type: ignore[arg-type]
    assert [each.name for each in path.parent.iterdir()] == ["abc"]
    assert path.read_bytes() == b"as it was"
    (tmp_path / "file").touch()
    below = tmp_path / "file" / "abc"
    with pytest.raises(OSError) as raised:
        keep_whole(below, b"x")
    assert raised.value.filename == str(below)
