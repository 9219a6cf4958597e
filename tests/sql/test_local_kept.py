"""The province's own folder is named once: a shell without KHOXA_LOCAL goes on with that folder,
so that it drops no due date, contact or form."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from etl.ground import database
from etl.ground.config import Settings
from etl.load import synchronise
from etl.load.seeding import put_seeds


def _folder_of(settings: Settings, **local: str) -> str:
    """The folder of a process with this home whose shell sets KHOXA_LOCAL so, or not at all."""
    kept = {name: value for name, value in os.environ.items() if name != "KHOXA_LOCAL"}
    done = subprocess.run(
        [sys.executable, "-c", "from etl.ground.config import LOCAL_DIR; print(LOCAL_DIR)"],
        check=True, capture_output=True, text=True,
        env={**kept, "KHOXA_HOME": str(settings.home), **local},
    )  # fmt: skip
    return done.stdout.strip()


def _migrated(settings: Settings) -> None:
    """The part of `khoxa db migrate` that puts the province's rows into the warehouse."""
    with database.engine(settings, "khoxa_owner").begin() as connection:
        put_seeds(connection, settings)


@pytest.mark.parametrize("given", [synchronise, _migrated], ids=["a night", "migrate"])
def test_a_shell_that_names_no_folder_goes_on_with_the_last(
    fresh_warehouse: Settings, tmp_path: Path, given: Callable[[Settings], None]
) -> None:
    given(replace(fresh_warehouse, local_folder=tmp_path))
    assert _folder_of(fresh_warehouse) == str(tmp_path)
    assert _folder_of(fresh_warehouse, KHOXA_LOCAL="/elsewhere") == "/elsewhere"
    assert _folder_of(fresh_warehouse, KHOXA_LOCAL="") == "None"
    given(replace(fresh_warehouse, local_folder=None))
    assert _folder_of(fresh_warehouse) == "None"
