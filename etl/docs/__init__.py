"""Write the pages of docs/ that follow from data: forms, findings, marts, indicators.

`python -m etl.docs` writes them, `--check` only says which are stale (exit code 1). Doors:
`pages`, `stale`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import inspect

from etl.aggregate.models import views
from etl.catalogue.definitions import form_titles, load_rules
from etl.docs.form_schema import SCHEMA, form_schema
from etl.docs.forms import forms_page
from etl.docs.lineage import origins
from etl.docs.mails import mails_page
from etl.docs.models import index_part, models_part
from etl.docs.text import grid, page, words
from etl.export.model import tables
from etl.ground import database, server
from etl.ground.config import ROOT, SQL_DIR, Settings
from etl.ground.seeds import seed
from etl.ground.yaml_file import read_yaml
from etl.setup.migrate import migrate

DOCS_DIR = ROOT / "docs"
MODEL = "marts.model.json"


def pages(settings: Settings) -> dict[str, str]:
    """Every generated page: file name in docs/ -> text. `settings` of a migrated warehouse."""
    return {
        "forms.md": forms_page(),
        "findings.md": _findings(),
        "mails.md": mails_page(),
        "marts.md": _marts(settings),
        "indicators.md": _indicators(),
        SCHEMA: form_schema(),
        MODEL: _model(settings),
    }


def stale(texts: dict[str, str], folder: Path = DOCS_DIR) -> list[str]:
    """Names of those pages whose file in `folder` is missing or says something else."""
    return [
        name
        for name, text in texts.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def examples() -> dict[str, str]:
    """The example query of each mart and dimension: schema.table -> SQL."""
    spec = read_yaml(SQL_DIR / "comments.yaml")
    return {name: entry["example"].strip() for name, entry in spec.items() if "example" in entry}


def _findings() -> str:
    lines: list[str] = []
    titles = words("suites") | {
        form: f"{title.vi} / {title.en}" for form, title in form_titles().items()
    }
    rules = load_rules().values()
    for suite, title in titles.items():
        rows = [
            (
                *(f"`{rule.rule}`", words("severities")[rule.severity]),
                *(f"{rule.vi}<br>→ {rule.fix.vi}", f"{rule.en}<br>→ {rule.fix.en}"),
            )
            for rule in rules
            if rule.suite == suite
        ]
        lines += ["", f"## {title}", "", *grid("findings", rows)]
    return page("findings", lines)


def _marts(settings: Settings) -> str:
    lines: list[str] = []
    inspector = inspect(database.engine(settings, "bi_reader"))
    with database.engine(settings).connect() as connection:
        found = origins(connection)
    kind = inspector.dialect.type_compiler_instance.process
    for name, query in sorted(examples().items(), key=lambda item: item[0].startswith("dw.")):
        schema, relation = name.split(".")
        about = str(inspector.get_table_comment(relation, schema)["text"])
        columns = [
            (f"`{c['name']}`", kind(c["type"]).lower(), *str(c["comment"]).split(" / "))
            for c in inspector.get_columns(relation, schema)
        ]
        lines += ["", f"## {name}", "", about, "", *_source(name), *grid("marts", columns)]
        lines += ["", "```sql", query, "```"]
    return page("marts", [*index_part(found), *lines, *models_part()])


def _source(name: str) -> list[str]:
    """Where the SQL of a mart lies, and what it reads; nothing for a dimension."""
    return [
        line
        for view in views()
        if view.makes == (name,)
        for line in (
            f"[{view.name}.sql](../sql/marts/{view.name}.sql) ← {', '.join(view.reads)}",
            "",
        )
    ]


def _indicators() -> str:
    rows = [
        (
            f"`{s['indicator_code']}`", f"{s['name_vi']} / {s['name_en']}",
            f"`{s['unit_of_measure']}`", _formula(s), words("directions")[s["direction"]],
            f"`{s['population']}`" if s["population"] else "",
            f"{s['definition_vi']} / {s['definition_en']}",
        )
        for s in seed("indicator")
    ]  # fmt: skip
    return page("indicators", ["", *grid("indicators", rows)])


def _formula(seed: dict[str, str]) -> str:
    if not seed["numerator_code"]:
        return str(words("timings")[seed["timing"]])
    of = words("denominators")[seed["denominator_measure"]]
    return f"100 × `{seed['numerator_code']}` / `{seed['denominator_code']}`{of}"


def _model(settings: Settings) -> str:
    """The marts made for dragging, for BI tools that read a model instead of guessing one."""
    with database.engine(settings, "bi_reader").connect() as connection:
        found = tables(connection)
    return json.dumps({"tables": found}, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def scratch_warehouse() -> Iterator[Settings]:
    """A migrated warehouse that is gone afterwards: pages never follow somebody's state."""
    with TemporaryDirectory(prefix="khoxa-") as folder:
        settings = Settings(home=Path(folder), inbox="")
        settings.home.chmod(0o755)  # started by root, the server runs as another user
        try:
            migrate(settings)
            yield settings
        finally:
            server.stop(settings.pgdata)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the generated pages; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m etl.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which pages are stale")
    only_check = parser.parse_args(arguments).check
    with scratch_warehouse() as settings:
        texts = pages(settings)
        names = stale(texts)
        if not only_check:
            for name, text in texts.items():
                (DOCS_DIR / name).write_text(text, encoding="utf-8")
    for name in names:
        print(f"docs/{name}: {'stale' if only_check else 'written'}")
    return int(only_check and bool(names))
