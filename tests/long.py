"""Long tests run again only when something changed that they rest on.

`long.passed` holds, for each group of them, the digest of those files as of the last
`make test-long` that passed. Where the tree has the same digest the tests would do the same with
the same code, and `make test` says that it leaves them out; any change brings them back, in CI too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PASSED = Path(__file__).with_name("long.passed")


class Group(NamedTuple):
    """Tests, as files or folders, and all files and folders that they rest on beside
    themselves and what every test rests on."""

    tests: tuple[str, ...]
    rests_on: tuple[str, ...]


ALL = ("tests/long.py", "tests/conftest.py", "pyproject.toml", "requirements-dev.lock")
READING = (
    "read",
    "normalise",
    "catalogue",
    "check",
    "forms",
    "ground",
    "units",
    "receive",
    "night",
)
HOUSE = ("etl", "sql", "expectations", "samples", "dags", "tests/night.py", "tests/khoxa.py",
         "tests/dying.py", "tests/helpers")  # fmt: skip
GROUPS = {
    # workbooks drawn and damaged by the thousand
    "reading": Group(
        tests=("tests/corpus", "tests/fuzz", "tests/unit/test_damage.py"),
        rests_on=(
            *(f"etl/{room}" for room in READING), "expectations", "sql/seeds", "samples/local",
            "tests/damage", "tests/books", "tests/helpers", "tests/filling.py",
        ),
    ),
    # units, plans and figures drawn at random, and a second method to compute their marts
    "worlds": Group(
        tests=(
            "tests/sql/test_map_world.py", "tests/sql/test_star_worlds.py",
            "tests/sql/test_attainment_properties.py",
        ),
        rests_on=("etl", "sql", "expectations", "samples/local", "tests/sql", "tests/fuzz"),
    ),
    # Airflow and PostgreSQL as services: started, killed, restarted
    "services": Group(
        tests=("tests/dags", "tests/contract/test_compose.py"),
        rests_on=(
            *HOUSE, "docker-compose.yml", ".env.example", "Dockerfile", "bi/superset",
            "tests/compose.py", "docs/operations.md",
        ),
    ),
    # nights that die at each of their writes, and days of the past made twice over
    "nights": Group(
        tests=(
            "tests/pipeline/test_kill.py", "tests/pipeline/test_mailbox_kept.py",
            "tests/pipeline/test_answers_killed.py", "tests/pipeline/test_as_of.py",
        ),
        rests_on=(*HOUSE, "tests/pipeline"),
    ),
}  # fmt: skip


def digest(group: str, root: Path = ROOT) -> str:
    """SHA-256 over the names and contents of all that a group of long tests rests on."""
    total = hashlib.sha256()
    tests, rests_on = GROUPS[group]
    for path in sorted(set(_files(root, *ALL, *tests, *rests_on))):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _files(root: Path, *names: str) -> Iterator[Path]:
    for name in names:
        path = root / name
        for each in path.rglob("*") if path.is_dir() else [path]:
            if each.is_file() and "__pycache__" not in each.parts and each.suffix != ".pyc":
                yield each


@cache
def passed() -> dict[str, tuple[str, ...]]:
    """The groups that passed for the tree as it is, and their tests."""
    text = PASSED.read_text(encoding="ascii") if PASSED.exists() else ""
    known = dict(line.split() for line in text.splitlines() if line.count(" ") == 1)
    return {name: group.tests for name, group in GROUPS.items() if known.get(name) == digest(name)}


def is_of(nodeid: str, tests: Iterable[str]) -> bool:
    """Whether a test, or what is asked for on the command line, is among these tests."""
    file = nodeid.partition("::")[0]
    return any(file == each or file.startswith(f"{each}/") for each in tests)


if __name__ == "__main__":
    lines = [f"{name} {digest(name)}\n" for name in GROUPS]
    PASSED.write_text("".join(lines), encoding="ascii")
