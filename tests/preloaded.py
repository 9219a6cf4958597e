"""khoxa and what it stands on, imported once, to fork its commands off (tests/khoxa.py); it has
read the forms, the rules and the units of the environment of that moment."""

from __future__ import annotations

import gc
import os
import pkgutil
from importlib import import_module

ENVIRONMENT = dict(os.environ)
_HEAVY = (
    "alembic.config", "jinja2", "openpyxl", "pandas", "psycopg2", "python_calamine", "rapidfuzz",
    "rich.markdown", "sqlalchemy.dialects.postgresql", "typer.rich_utils", "vi_textmatch",
    "xlsxwriter",
)  # fmt: skip

gc.set_threshold(100_000, 50, 50)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a command asks as it begins: is this a terminal?
for _name in _HEAVY:
    import_module(_name)
import_module("etl.check.lean").import_engine()
for _module in pkgutil.walk_packages(import_module("etl").__path__, "etl."):
    if not _module.name.endswith("__main__"):
        import_module(_module.name)
import_module("etl.catalogue.definitions").load_rules()
import_module("etl.units.index").load_units()
gc.freeze()  # what is here already is nothing that a command need look through
