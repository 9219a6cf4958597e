"""Long tests run again only when something changed that they rest on.

`long.passed` holds, for each group of them, the digest of those files as of the last
`make test-long` that passed. Where the tree has the same digest the tests would do the same with
the same code, and `make test` says that it leaves them out; any change brings them back, in CI too.

The Python that a group rests on is what its tests import, found by grimp, which import-linter rests
on too; what they read beside Python is listed here.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from grimp import ImportGraph, build_graph

ROOT = Path(__file__).parents[1]
PASSED = Path(__file__).with_name("long.passed")


class Group(NamedTuple):
    """Tests, as files or folders; modules and packages that they run without importing them
    (through a fixture, or as a process); and files and folders that they read."""

    tests: tuple[str, ...]
    runs: tuple[str, ...]
    reads: tuple[str, ...]


ALL = ("tests/long.py", "tests/conftest.py", "pyproject.toml", "requirements-dev.lock")
HOUSE = ("sql", "expectations", "samples")
PROGRAMS = ("etl.cli", "dags")
GROUPS = {
    # workbooks drawn and damaged by the thousand
    "reading": Group(
        tests=("tests/corpus", "tests/fuzz", "tests/unit/test_damage.py"),
        runs=(),
        reads=("expectations", "sql/seeds", "samples", "tools/samples/reached"),
    ),
    # units, plans and figures drawn at random, and a second method to compute their marts
    "worlds": Group(
        tests=(
            "tests/sql/test_map_world.py", "tests/sql/test_star_worlds.py",
            "tests/sql/test_star_nights.py",
            "tests/sql/test_attainment_properties.py", "tests/sql/test_unit_map.py",
            "tests/sql/test_whole_nights.py",
        ),
        runs=("etl.setup.migrate",),
        reads=("sql", "expectations", "samples/local"),
    ),
    # Airflow and PostgreSQL as services: started, killed, restarted
    "services": Group(
        tests=("tests/dags", "tests/contract/test_compose.py"),
        runs=PROGRAMS,
        reads=(
            *HOUSE, "docker-compose.yml", ".env.example", "Dockerfile", "bi/superset",
            "docs/operations.md",
        ),
    ),
    # nights that die at each of their writes, and days of the past made twice over
    "nights": Group(
        tests=(
            "tests/pipeline/test_kill.py", "tests/pipeline/test_mailbox_kept.py",
            "tests/pipeline/test_answers_killed.py", "tests/pipeline/test_as_of.py",
            "tests/pipeline/test_kill_server.py", "tests/pipeline/test_power_cut.py",
            "tests/pipeline/test_seventeen_communes.py",
        ),
        runs=(*PROGRAMS, "tests.conftest", "tests.pipeline.conftest"),
        reads=HOUSE,
    ),
    # what is filed, or what it is read by, changes from night to night; an inbox of damaged files
    "changes": Group(
        tests=(
            "tests/pipeline/test_again.py", "tests/pipeline/test_refiling.py",
            "tests/pipeline/test_counts_within_year.py", "tests/pipeline/test_set_aside.py",
            "tests/pipeline/test_meanings_changed.py", "tests/pipeline/test_retyped_unit.py",
            "tests/pipeline/test_load_conserves.py", "tests/pipeline/test_seeds_apart.py",
            "tests/pipeline/test_damaged_night.py",
        ),
        runs=("tests.conftest",),
        reads=HOUSE,
    ),
    # the same by commands, and a province's own forms and units
    "commands": Group(
        tests=(
            "tests/pipeline/test_as_of_asked.py", "tests/pipeline/test_broken_form.py",
            "tests/pipeline/test_export.py", "tests/pipeline/test_first_evening.py",
            "tests/pipeline/test_backup.py", "tests/pipeline/test_corrections.py",
            "tests/pipeline/test_cross_filing.py", "tests/pipeline/test_local_folder.py",
            "tests/pipeline/test_unit_import.py", "tests/pipeline/test_file_modes.py",
            "tests/pipeline/test_headers.py", "tests/pipeline/test_headers_withdrawn.py",
            "tests/pipeline/test_officer_view.py", "tests/unit/test_author_rates.py",
            "tests/unit/test_author_refused.py", "tests/unit/test_form_faults.py",
            "tests/unit/test_lean_import.py", "tests/unit/test_strangers_units.py",
            "tests/unit/test_unit_cli.py",
        ),
        runs=("etl.cli", "etl.authoring.child", "tests.conftest"),
        reads=HOUSE,
    ),
}  # fmt: skip


def digest(group: str, root: Path = ROOT) -> str:
    """SHA-256 over the names and contents of all that a group of long tests rests on."""
    total = hashlib.sha256()
    tests, _runs, reads = GROUPS[group]
    for name in sorted(set(_files(root, *ALL, *tests, *reads, *code(group)))):
        content = hashlib.sha256((root / name).read_bytes()).hexdigest()
        total.update(f"{name} {content}\n".encode())
    return total.hexdigest()


@cache
def code(group: str) -> tuple[str, ...]:
    """The modules that a group's tests import or run, and what lies beside these in their rooms:
    templates, words, forms."""
    graph, (tests, runs, _reads) = _graph(), GROUPS[group]
    names = (*(name.removesuffix(".py").replace("/", ".") for name in tests), *runs)
    within = tuple(f"{name}." for name in names)
    first = {each for each in graph.modules if f"{each}.".startswith(within)}
    found = first.union(*map(graph.find_upstream_modules, first))
    rooms = {"forms", *(name.split(".")[1] for name in found if name.startswith("etl."))}
    files = {name for module in found for name in _places(module) if (ROOT / name).is_file()}
    beside = _files(ROOT, *(f"etl/{room}" for room in rooms))
    return (*files, *(name for name in beside if not name.endswith(".py")))


@cache
def _graph() -> ImportGraph:
    # pytest puts tests/ itself on the path, where tests/dags would pass for a part of dags/
    with patch.object(
        sys, "path", [str(ROOT), *(p for p in sys.path if Path(p) != ROOT / "tests")]
    ):
        return build_graph(
            "etl", "tests", "tools", "dags", exclude_type_checking_imports=True, cache_dir=None
        )


def _places(module: str) -> tuple[str, str]:
    path = module.replace(".", "/")
    return f"{path}.py", f"{path}/__init__.py"


def _files(root: Path, *names: str) -> Iterator[str]:
    """The files of these names and in folders of these names, from the root."""
    for name in names:
        if (root / name).is_file():
            yield name
        for folder, folders, files in os.walk(root / name):
            folders[:] = [each for each in folders if each != "__pycache__"]
            within = Path(folder).relative_to(root).as_posix()
            yield from (f"{within}/{each}" for each in files if not each.endswith(".pyc"))


@cache
def passed() -> dict[str, tuple[str, ...]]:
    """The groups that passed for the tree as it is, and their tests."""
    text = PASSED.read_text(encoding="ascii") if PASSED.exists() else ""
    known = dict(line.split() for line in text.splitlines() if line.count(" ") == 1)
    now = digests()
    return {name: group.tests for name, group in GROUPS.items() if known.get(name) == now[name]}


def is_of(nodeid: str, tests: Iterable[str]) -> bool:
    """Whether a test, or what is asked for on the command line, is among these tests."""
    file = nodeid.partition("::")[0]
    return any(file == each or file.startswith(f"{each}/") for each in tests)


def is_whole(arguments: Sequence[str]) -> bool:
    """Whether a run with these arguments is that of `make test-long`, of all tests."""
    return not arguments and {"KHOXA_LONG", "KHOXA_FUZZ"} <= os.environ.keys()


def digests() -> dict[str, str]:
    """The digest of each group for the tree as it is."""
    return {name: digest(name) for name in GROUPS}


def keep(found: Mapping[str, str]) -> None:
    """Record that every group passed with these digests."""
    PASSED.write_text(
        "".join(f"{name} {value}\n" for name, value in found.items()), encoding="ascii"
    )
