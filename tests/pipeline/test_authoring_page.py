"""docs/authoring.md from top to bottom: its commands run in order, its edits are made, and what the
warehouse answers at the end is what stands in the workbook."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.ground.config import ROOT, Settings
from tests.helpers.author_books import criteria
from tests.khoxa import khoxa, variables
from tests.night import Night

PAGE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
BOOK = ROOT / "samples" / "authoring" / "nong_thon_moi.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(BOOK, tmp_path)
    return tmp_path


def test_the_page_is_worked_to_its_end(folder: Path, fresh_warehouse: Settings) -> None:
    environment, said = variables(fresh_warehouse), ""
    for kind, text in BLOCKS:
        if kind == "sh":
            for line in text.strip().split("\n"):
                said = _run(shlex.split(line), folder, environment)
        else:
            first, _, rest = text.partition("\n")
            _edit(kind, folder / first.strip(" #"), rest)
    # met: (7n + 3c) mod 5 is not 0, so all but c = n mod 5: 15 of 19, or 16 where n mod 5 is 4, as
    # it is for three of 17 units: 14 x 15 + 3 x 16
    assert "258" in said
    rows = Night(fresh_warehouse).rows(
        "select level, value, units_reported from mart.indicator_by_unit where indicator_code ="
        " 'nong_thon_moi_so_tieu_chi_dat' and level <> 'commune' and unit_map = 'as_filed'"
        " order by 1"
    )
    assert rows == [("district", 258, 17), ("province", 258, 17)]


def _run(words: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Run one line in the folder; what it says. Every command of the page ends well."""
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        environment[name] = value
        return ""
    if words[0] != "khoxa":
        subprocess.run(words, cwd=folder, check=True)
        return ""
    done = khoxa(*words[1:], folder=folder, **environment)
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def _edit(kind: str, path: Path, text: str) -> None:
    """A file as the page shows it, rows added to a table, or the lines of a form that change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "yaml":
        path.write_text(text, encoding="utf-8")
    elif kind == "csv":
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    else:
        form = path.read_text(encoding="utf-8")
        for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", text, re.MULTILINE):
            before, after = (re.sub(r"(?m)^[-+]", "", lines) for lines in (old, new))
            before = before.strip("\n")
            assert form.count(before) == 1, (before, form)
            form = form.replace(before, after.strip("\n"))
        path.write_text(form, encoding="utf-8")


def test_the_sample_is_the_layout_of_the_tests(tmp_path: Path) -> None:
    criteria(tmp_path / "drawn.xlsx")
    drawn, shipped = (load_workbook(p).active for p in (tmp_path / "drawn.xlsx", BOOK))
    assert drawn is not None and shipped is not None
    assert list(drawn.values) == list(shipped.values)
