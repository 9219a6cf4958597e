"""Drawn and damaged workbooks by the thousand are read again only when something changed that
reading rests on.

`long.passed` holds the digest of those files as of the last `make test-long` that passed; where
the tree has the same digest the long tests would read the same workbooks with the same code, and
`make test` says that it leaves them out. Any change of the reader brings them back, in CI too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PASSED = Path(__file__).with_name("long.passed")
LONG = ("tests/corpus/", "tests/fuzz/", "tests/unit/test_damage.py")
ROOMS = ("read", "normalise", "catalogue", "check", "forms", "ground", "units", "receive", "night")
RESTS_ON = (
    *(f"etl/{room}" for room in ROOMS), "expectations", "sql/seeds", "samples/local",
    "tests/corpus", "tests/fuzz", "tests/damage", "tests/unit/test_damage.py", "tests/long.py",
    "requirements-dev.lock",
)  # fmt: skip


def digest(root: Path = ROOT) -> str:
    """SHA-256 over the names and contents of all that the long tests rest on."""
    total = hashlib.sha256()
    for path in sorted(_files(root)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for name in RESTS_ON:
        path = root / name
        for each in path.rglob("*") if path.is_dir() else [path]:
            if each.is_file() and "__pycache__" not in each.parts and each.suffix != ".pyc":
                yield each


def passed() -> bool:
    """Whether the long tests passed for the tree as it is."""
    return PASSED.exists() and PASSED.read_text(encoding="ascii").strip() == digest()


if __name__ == "__main__":
    PASSED.write_text(digest() + "\n", encoding="ascii")
