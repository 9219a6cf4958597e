"""A province's version of a form for the years after the one that ships borrows its tables, and its
rules with them, whether they stand in the form or in a list."""

from pathlib import Path

import pytest
import yaml

from etl.catalogue.form_file import form_of, read_form_file
from etl.ground.config import FORMS_DIR
from tests.khoxa import khoxa

YEARS = {"version": "2031", "valid": {"from": 2031, "to": 2035}}
SHIPPED = sorted(path.stem for path in FORMS_DIR.glob("*.yaml"))


def written(name: str, path: Path) -> Path:
    """The form's file without its tables, for the years after."""
    shipped = yaml.safe_load((FORMS_DIR / f"{name}.yaml").read_text(encoding="utf-8"))
    spec = {key: value for key, value in shipped.items() if key != "tables"}
    path.write_text(yaml.safe_dump(spec | YEARS | {"tables_from": name}, allow_unicode=True))
    return path


@pytest.mark.parametrize("name", SHIPPED)
def test_it_has_the_tables_of_the_one_before(name: str, tmp_path: Path) -> None:
    before = form_of(read_form_file(FORMS_DIR / f"{name}.yaml", name, FORMS_DIR))
    after = form_of(read_form_file(written(name, tmp_path / "own.yaml"), "own.yaml", FORMS_DIR))
    assert after.tables == before.tables
    assert after.tables_from == (before.tables_from or name)


def test_a_province_may_have_them_all(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    for name in SHIPPED:
        written(name, tmp_path / "forms" / f"{name}_2031.yaml")
    lint = khoxa("forms", "lint", KHOXA_HOME=str(tmp_path), KHOXA_LOCAL=str(tmp_path))
    assert (lint.returncode, lint.stderr) == (0, "")
    listed = khoxa("forms", KHOXA_HOME=str(tmp_path), KHOXA_LOCAL=str(tmp_path)).stdout
    assert listed.count("2031-2035") == len(SHIPPED)
