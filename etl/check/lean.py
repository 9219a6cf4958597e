"""Great Expectations without what khoxa never calls of it: half of its five seconds of import are
packages that draw charts, fit distributions or reach clouds.

Three packages that it names but rarely needs are imported when they are first used (Python's own
LazyLoader); optional ones, which it does without where they are not installed, count as that
unless this process has them already: so does SQLAlchemy in `khoxa check`, which asks no database.
Its own sources of data but for frames of pandas, whose classes take a quarter of its import to
make, are empty modules; a version of it that this was not tried with is imported whole.
"""

from __future__ import annotations

import gc
import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

ENGINE = "great_expectations"
LATER = frozenset({"altair", "jsonschema", "scipy.stats"})
OPTIONAL = frozenset(
    {"azure", "boto3", "botocore", "google", "psycopg2", "pyathena", "pyspark", "snowflake"}
    | {"sqlalchemy", "sqlalchemy_bigquery", "trino"}
)
SOURCES = re.compile(  # below great_expectations.datasource.fluent
    r"(alloy|aurora|bigquery|citus|databricks|fabric|neon|postgres|redshift|snowflake|spark|sql)\w*"
    r"|pandas_(azure|dbfs|file|google|s3)\w*"
    r"|data_asset\.path\.(spark|pandas\.generated_assets|directory_asset|file_asset)(\.\w+)?"
)
TRIED = "1.24.1"  # with which the findings were the same, of all samples and every rule
_FLUENT = f"{ENGINE}.datasource.fluent."


def import_engine() -> None:
    """Import great_expectations, once a process; whoever imports it after that finds it there."""
    if ENGINE in sys.modules:
        return
    with _deferring(), _without_collecting():
        importlib.import_module(ENGINE)


class _Empty(ModuleType):
    """A module in which every name is a class that nothing is an instance of."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, made := type(name, (), {}))
        return made


class _Emptied(Loader):
    """Makes empty modules."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module of a spec."""
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is run in it."""


class _Deferring(MetaPathFinder):
    """Answers for the packages named above before Python's own finders do."""

    def __init__(self) -> None:
        self._is_tried = metadata.version(ENGINE) == TRIED

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None for every other module: the next finder is asked."""
        root = fullname.partition(".")[0]
        if root in OPTIONAL and root not in sys.modules:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        if self._is_tried and fullname.startswith(_FLUENT) and _is_emptied(fullname):
            return ModuleSpec(fullname, _Emptied(), is_package=True)
        if fullname not in LATER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def _is_emptied(fullname: str) -> bool:
    return SOURCES.fullmatch(fullname, len(_FLUENT)) is not None


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
    """Nothing of an import is garbage: looking for some takes a fifth of the time, and again
    0.15 s whenever all that there is would be looked through later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()
