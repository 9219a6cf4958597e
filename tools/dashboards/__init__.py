"""bi/superset/bundle, which Superset imports, made of the short files in bi/superset/described.

`python -m tools.dashboards` writes the bundle, `--check` says which files are stale. Columns, their
types and what they mean come from a migrated warehouse; tests/bi holds the bundle against one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from etl.ground import database
from etl.ground.config import ROOT, Settings

BI_DIR = ROOT / "bi" / "superset"
BUNDLE_DIR = BI_DIR / "bundle"
DESCRIBED_DIR = BI_DIR / "described"
VERSION = "1.0.0"  # of Superset's file format
_NAMESPACE = uuid5(NAMESPACE_URL, "khoxa/superset")


def uuid_of(kind: str, name: str) -> str:
    """The same on every machine and after every change of words: Superset knows a thing by it."""
    return str(uuid5(_NAMESPACE, f"{kind}/{name}"))


def described(name: str) -> Any:
    """What bi/superset/described/NAME.yaml says."""
    return yaml.safe_load((DESCRIBED_DIR / f"{name}.yaml").read_text(encoding="utf-8"))


def dashboards() -> dict[str, dict[str, Any]]:
    """Every described dashboard by the name of its file, in the order of their numbers."""
    files = sorted(DESCRIBED_DIR.glob("[0-9]*_*.yaml"))
    return {re.sub(r"^\d+_", "", file.stem): described(file.stem) for file in files}


def files(settings: Settings) -> dict[str, str]:
    """Path below the bundle -> text. `settings` of a migrated warehouse."""
    from tools.dashboards.charts import chart
    from tools.dashboards.datasets import dataset
    from tools.dashboards.pages import page

    made: dict[str, Any] = {
        "metadata.yaml": {"version": VERSION, "type": "assets"},
        "databases/khoxa.yaml": {
            **described("database"),
            "uuid": uuid_of("database", "khoxa"),
            "version": VERSION,
        },
    }
    sets, words = described("datasets"), described("labels")
    with database.engine(settings, "bi_reader").connect() as connection:
        for name, about in sets.items():
            made[f"datasets/khoxa/{name}.yaml"] = dataset(connection, name, about, words)
    for slug, about in dashboards().items():
        made[f"dashboards/{slug}.yaml"] = page(slug, about)
        for name, spec in about["charts"].items():
            made[f"charts/{slug}_{name}.yaml"] = chart(slug, name, spec, words)
    return {path: _text(value) for path, value in made.items()}


def stale(texts: dict[str, str], folder: Path = BUNDLE_DIR) -> list[str]:
    """Paths whose file is not there, says something else, or should not be there."""
    there = {str(f.relative_to(folder)): f.read_text("utf-8") for f in folder.rglob("*.yaml")}
    return sorted(path for path in texts.keys() | there if texts.get(path) != there.get(path))


def _text(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
