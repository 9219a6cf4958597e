"""Great Expectations without what khoxa never calls of it: half of its five seconds of import are
packages that draw charts, fit distributions or reach clouds.

Three packages that it names but rarely needs are imported when they are first used (Python's own
LazyLoader); optional ones, which it does without where they are not installed, count as that
unless this process has them already: so does SQLAlchemy in `khoxa check`, which asks no database.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

ENGINE = "great_expectations"
LATER = frozenset({"altair", "jsonschema", "scipy.stats"})
OPTIONAL = frozenset(
    {"azure", "boto3", "botocore", "google", "psycopg2", "pyathena", "pyspark", "snowflake"}
    | {"sqlalchemy", "sqlalchemy_bigquery", "trino"}
)


def import_engine() -> None:
    """Import great_expectations, once a process; whoever imports it after that finds it there."""
    if ENGINE in sys.modules:
        return
    with _deferring(), _without_collecting():
        importlib.import_module(ENGINE)


class _Deferring(MetaPathFinder):
    """Answers for the packages named above before Python's own finders do."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None for every other module: the next finder is asked."""
        root = fullname.partition(".")[0]
        if root in OPTIONAL and root not in sys.modules:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        if fullname not in LATER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


@contextmanager
def _deferring() -> Iterator[None]:
    finder = _Deferring()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing of an import is garbage: looking for some takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
