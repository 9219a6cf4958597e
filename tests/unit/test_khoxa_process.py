"""The process that tests run a command in is as one from a terminal."""

from __future__ import annotations

import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from tests import khoxa as forked
from tests.khoxa import khoxa


def read_at_import(kept: Path) -> None:
    """Keep the names that khoxa asks the environment for as its modules are imported."""
    for name in [each for each in sys.modules if each.partition(".")[0] == "etl"]:
        del sys.modules[name]
    read, found = set(), type(os.environ).__getitem__

    def recorded(environment: os._Environ[str], name: str) -> str:
        read.add(name)
        return found(environment, name)

    type(os.environ).__getitem__ = recorded
    for module in pkgutil.walk_packages(import_module("etl").__path__, "etl."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    kept.write_text(" ".join(read))


def test_khoxa_reads_nothing_as_it_is_imported_that_may_differ(tmp_path: Path) -> None:
    process = forked.FORKS.Process(target=read_at_import, args=(tmp_path / "read",))
    process.start()
    process.join()
    read = set((tmp_path / "read").read_text().split())
    assert {"KHOXA_FORMS", "KHOXA_LOCAL"} <= read
    assert read & forked.LATER == {"KHOXA_HOME"}  # asked where KHOXA_LOCAL says nothing


def test_another_environment_is_read_anew(tmp_path: Path) -> None:
    assert khoxa("forms").returncode == 0
    assert "có thư mục này" in khoxa("forms", KHOXA_FORMS=str(tmp_path / "none")).stderr
    (tmp_path / "calendar.csv").write_text("form,period\n")
    linted = khoxa("forms", "lint", KHOXA_LOCAL=str(tmp_path))
    assert (linted.returncode, "calendar.csv" in linted.stdout) == (1, True)
    assert khoxa("forms", "lint").returncode == 0
