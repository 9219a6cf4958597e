"""Whoever has another Python is told which one to name, before anything is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.ground.config import ROOT

FILES = ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock",
         "bi/superset/requirements.lock")  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "variable", "version", "last"),
    [
        ("run", "PYTHON", "3.10", "3.13"), ("setup-dev", "PYTHON", "3.14", "3.13"),
        ("bi", "BI_PYTHON", "3.13", "3.12"), ("test-bi", "PYTHON", "2.7", "3.13"),
    ],
)  # fmt: skip
def test_the_python_to_name_is_said(
    goal: str, variable: str, version: str, last: str, tmp_path: Path
) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    other = tmp_path / "python3"
    says = f"sys.version_info = {tuple(map(int, version.split('.')))}"
    other.write_text(f"#!{sys.executable}\nimport sys\n{says}\nexec(sys.argv[2])\n")
    other.chmod(0o755)
    done = subprocess.run(
        ["make", "-C", str(tmp_path), goal, f"PYTHON={other}", f"{variable}={other}"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0
    assert f"Cần Python 3.11 đến {last}; {other} là {version} / " in done.stderr
    assert f": make {goal} {variable}=python3.12" in done.stderr
    assert not list(tmp_path.glob(".venv*"))
